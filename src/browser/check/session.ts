import { type Fingerprinter, fingerprintOfPasted, isFingerprintFailure } from '../fingerprint/fingerprinter.ts';
import type { Prints } from '../fingerprint/messages.ts';
import { type Match, matchesOf } from './match.ts';
import type { RegisterIndex } from './register-index.ts';

/** Files and texts that wait, are checked, and were checked, whatever shows them. Nothing of them is kept longer than the page. */

export type Subject = 'file' | 'text' | 'digest';
/** `name`: of the file with its folder; empty of what was pasted. `at`: of this device's clock. */
export type Checked = { subject: Subject; name: string; prints: Prints; matches: readonly Match[]; at: string };
export type Progress = { files: number; filesDone: number; bytes: number; bytesDone: number; current: { name: string; done: number; total: number } | null };
export type NamedFile = { file: File; name: string };

export type Watcher = {
  progress(progress: Progress): void;
  checked(result: Checked): void;
  /** A file that could not be read. */
  failed(name: string): void;
  /** Nothing is left to do; `stopped`: because somebody stopped it. */
  finished(stopped: boolean): void;
  unavailable(): void;
};

export type Session = {
  index: RegisterIndex;
  /** Of the register's exact bytes; null while there is none. */
  sha256: string | null;
  results(): readonly Checked[];
  watch(watcher: Watcher): void;
  files(files: readonly NamedFile[]): void;
  /** False where the text is too short or too long to be compared. */
  text(text: string): Promise<'checked' | 'too_short' | 'too_long' | 'failed'>;
  /** A plain SHA-256, or a fingerprint that a command line gave; false for what is neither. */
  digest(pasted: string): boolean;
  stop(): void;
};

const none: Progress = { files: 0, filesDone: 0, bytes: 0, bytesDone: 0, current: null };

export type SessionOptions = { fingerprinter: Fingerprinter; index: RegisterIndex; sha256: string | null; now(): Date };

export function createSession({ fingerprinter, index, sha256, now }: SessionOptions): Session {
  const [watchers, results, waiting] = [[] as Watcher[], [] as Checked[], [] as NamedFile[]];
  let progress = none;
  let stopper: AbortController | null = null;
  const tell = (say: (watcher: Watcher) => void): void => {
    for (const watcher of watchers) say(watcher);
  };
  /** What was pasted while files are being read is told with them. */
  const finish = (stopped: boolean): void => {
    if (stopper === null) tell((watcher) => watcher.finished(stopped));
  };
  const move = (change: Partial<Progress>): void => {
    progress = { ...progress, ...change };
    tell((watcher) => watcher.progress(progress));
  };
  const keep = (subject: Subject, name: string, prints: Prints): void => {
    const result = { subject, name, prints, matches: matchesOf(index, prints), at: now().toISOString() };
    results.push(result);
    tell((watcher) => watcher.checked(result));
  };

  async function checkOne({ file, name }: NamedFile, signal: AbortSignal): Promise<boolean> {
    const before = progress.bytesDone;
    const onProgress = (done: number, total: number): void => move({ bytesDone: before + done, current: { name, done, total } });
    move({ current: { name, done: 0, total: file.size } });
    try {
      keep('file', name, await fingerprinter.file(file, { levels: index.levels, signal, onProgress }));
    } catch (error) {
      const reason = isFingerprintFailure(error) ? error.reason : 'unreadable';
      if (reason === 'unavailable') tell((watcher) => watcher.unavailable());
      if (reason !== 'unreadable') return false;
      tell((watcher) => watcher.failed(name));
    }
    move({ filesDone: progress.filesDone + 1, bytesDone: before + file.size, current: null });
    return true;
  }

  async function run(): Promise<void> {
    stopper = new AbortController();
    const { signal } = stopper;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (!(await checkOne(next, signal))) waiting.length = 0;
    }
    stopper = null;
    progress = none;
    finish(signal.aborted);
  }

  return {
    index,
    sha256,
    results: () => results,
    watch: (watcher) => watchers.push(watcher),
    files(files) {
      waiting.push(...files);
      move({ files: progress.files + files.length, bytes: files.reduce((sum, { file }) => sum + file.size, progress.bytes) });
      if (stopper === null) void run();
    },
    async text(text) {
      try {
        const prints = await fingerprinter.text(text);
        if (prints.reading !== 'read') return prints.reading === 'too_long' ? 'too_long' : 'too_short';
        keep('text', '', prints);
        finish(false);
        return 'checked';
      } catch {
        tell((watcher) => watcher.unavailable());
        return 'failed';
      }
    },
    digest(pasted) {
      const blinded = fingerprintOfPasted(pasted);
      if (blinded === null) return false;
      const own = pasted.trim().toLowerCase();
      const exact = index.exact.has(own) ? own : blinded;
      keep('digest', '', { size: null, mediaType: null, exact, text: null, sketch: null, reading: 'not_asked' });
      finish(false);
      return true;
    },
    stop: () => stopper?.abort(),
  };
}
