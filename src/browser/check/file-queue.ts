import { type Fingerprinter, isFingerprintFailure } from '../fingerprint/fingerprinter.ts';
import type { Levels, Prints } from '../fingerprint/messages.ts';

/** Files that wait to be fingerprinted, one after the other, and how far they have come. */
export type NamedFile = { file: File; name: string };
export type Progress = { files: number; filesDone: number; bytes: number; bytesDone: number; current: { name: string; done: number; total: number } | null };
export type QueueWatcher = {
  progress(progress: Progress): void;
  printed(name: string, prints: Prints): void;
  /** A file that could not be read. */
  failed(name: string): void;
  unavailable(): void;
  /** Nothing is left to do; `stopped`: because somebody stopped it. */
  finished(stopped: boolean): void;
};
export type FileQueue = { add(files: readonly NamedFile[]): void; stop(): void; isRunning(): boolean };

const none: Progress = { files: 0, filesDone: 0, bytes: 0, bytesDone: 0, current: null };

export function createFileQueue(fingerprinter: Fingerprinter, levels: Levels, watcher: QueueWatcher): FileQueue {
  const waiting: NamedFile[] = [];
  let progress = none;
  let stopper: AbortController | null = null;
  const move = (change: Partial<Progress>): void => {
    progress = { ...progress, ...change };
    watcher.progress(progress);
  };

  /** False where the files behind it are not to be read either. */
  async function printOne({ file, name }: NamedFile, signal: AbortSignal): Promise<boolean> {
    const before = progress.bytesDone;
    const onProgress = (done: number, total: number): void => move({ bytesDone: before + done, current: { name, done, total } });
    move({ current: { name, done: 0, total: file.size } });
    try {
      watcher.printed(name, await fingerprinter.file(file, { levels, signal, onProgress }));
    } catch (error) {
      if (!isFingerprintFailure(error)) throw error;
      if (error.reason === 'unavailable') watcher.unavailable();
      if (error.reason !== 'unreadable') return false;
      watcher.failed(name);
    }
    move({ filesDone: progress.filesDone + 1, bytesDone: before + file.size, current: null });
    return true;
  }

  async function run(): Promise<void> {
    stopper = new AbortController();
    const { signal } = stopper;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (!(await printOne(next, signal))) waiting.length = 0;
    }
    [stopper, progress] = [null, none];
    watcher.finished(signal.aborted);
  }

  return {
    add(files) {
      waiting.push(...files);
      move({ files: progress.files + files.length, bytes: files.reduce((sum, { file }) => sum + file.size, progress.bytes) });
      if (stopper === null) void run();
    },
    stop: () => stopper?.abort(),
    isRunning: () => stopper !== null,
  };
}
