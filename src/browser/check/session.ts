import { type Fingerprinter, fingerprintOfPasted } from '../fingerprint/fingerprinter.ts';
import type { Prints } from '../fingerprint/messages.ts';
import { createFileQueue, type NamedFile, type QueueWatcher } from './file-queue.ts';
import { type Match, matchesOf } from './match.ts';
import type { RegisterIndex } from './register-index.ts';

/** Files and texts that were checked, whatever shows them. Nothing of them is kept longer than the page. */

export type Subject = 'file' | 'text' | 'digest';
/** `name`: of the file with its folder, the first digits of a pasted SHA-256, empty of a pasted text. `at`: of this device's clock. */
export type Checked = { subject: Subject; name: string; prints: Prints; matches: readonly Match[]; at: string };
export type Watcher = Omit<QueueWatcher, 'printed'> & { checked(result: Checked): void };

export type Session = {
  index: RegisterIndex;
  /** Of the register's exact bytes; null while there is none. */
  sha256: string | null;
  results(): readonly Checked[];
  watch(watcher: Watcher): void;
  files(files: readonly NamedFile[]): void;
  text(text: string): Promise<'checked' | 'too_short' | 'too_long' | 'failed'>;
  /** A plain SHA-256, or a fingerprint that a command line gave; false for what is neither. */
  digest(pasted: string): boolean;
  stop(): void;
};
export type SessionOptions = { fingerprinter: Fingerprinter; index: RegisterIndex; sha256: string | null; now(): Date };

export function createSession({ fingerprinter, index, sha256, now }: SessionOptions): Session {
  const [watchers, results] = [[] as Watcher[], [] as Checked[]];
  const tell = (say: (watcher: Watcher) => void): void => {
    for (const watcher of watchers) say(watcher);
  };
  const keep = (subject: Subject, name: string, prints: Prints): void => {
    const result = { subject, name, prints, matches: matchesOf(index, prints), at: now().toISOString() };
    results.push(result);
    tell((watcher) => watcher.checked(result));
  };
  const queue = createFileQueue(fingerprinter, index.levels, {
    progress: (progress) => tell((watcher) => watcher.progress(progress)),
    printed: (name, prints) => keep('file', name, prints),
    failed: (name) => tell((watcher) => watcher.failed(name)),
    unavailable: () => tell((watcher) => watcher.unavailable()),
    finished: (stopped) => tell((watcher) => watcher.finished(stopped)),
  });
  /** What was pasted while files are being read is told with them. */
  const finishPasted = (): void => {
    if (!queue.isRunning()) tell((watcher) => watcher.finished(false));
  };

  return {
    index,
    sha256,
    results: () => results,
    watch: (watcher) => watchers.push(watcher),
    files: queue.add,
    stop: queue.stop,
    async text(text) {
      const prints = await fingerprinter.text(text).catch(() => null);
      if (prints === null) tell((watcher) => watcher.unavailable());
      if (prints?.reading !== 'read') return prints === null ? 'failed' : prints.reading === 'too_long' ? 'too_long' : 'too_short';
      keep('text', '', prints);
      finishPasted();
      return 'checked';
    },
    digest(pasted) {
      const blinded = fingerprintOfPasted(pasted);
      if (blinded === null) return false;
      const own = pasted.trim().toLowerCase();
      keep('digest', own.slice(0, 12), {
        size: null,
        mediaType: null,
        exact: index.exact.has(own) ? own : blinded,
        text: null,
        sketch: null,
        reading: 'not_asked',
      });
      finishPasted();
      return true;
    },
  };
}
