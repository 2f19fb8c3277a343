import { setTimeout as sleep } from 'node:timers/promises';
import { OnrecordError } from '../errors.ts';
import type { Mirror } from './export-mirror.ts';
import { type Exported, exportSite } from './export-pass.ts';
import { readContents, type Site } from './export-site.ts';

export type WatchOptions = {
  signal: AbortSignal;
  /** A line for operators. */
  say(line: string): void;
  /** Beside tests, a second. */
  everyMs?: number;
};

/**
 * Exports now, and again whenever the site says that it holds something else, until the signal. While the site is silent the mirror stays as
 * it is, which is said once; after a silence everything is asked for again, since a restart may have brought another look.
 */
export async function watchSite(site: Site, mirror: Mirror, { signal, say, everyMs = 1_000 }: WatchOptions): Promise<void> {
  let done: Exported | null = null;
  let trouble: string | null = null;
  while (!signal.aborted) {
    try {
      if (done === null || !done.isWhole || done.unread.length > 0 || (await readContents(site, done.etag)) !== null) {
        const isFirst: boolean = done === null;
        const fresh: Exported = await exportSite(site, mirror, isFirst);
        tell(fresh, done, say);
        done = fresh;
      }
      if (trouble !== null) say(`${site.name} answers again; the mirror follows it`);
      trouble = null;
    } catch (error) {
      if (!(error instanceof OnrecordError)) throw error;
      if (error.code === 'not_found') done = null;
      if (trouble !== error.code) say(`the mirror stays as it is: ${error.message} (${error.code})`);
      trouble = error.code;
    }
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** What is wrong and was not said before. */
function tell(fresh: Exported, before: Exported | null, say: (line: string) => void): void {
  for (const path of fresh.unread) if (!before?.unread.includes(path)) say(`${path} could not be read; it stays as it was and is tried again`);
  if (fresh.misfit !== null && before?.misfit !== fresh.misfit) say(sayMisfit(fresh.misfit));
}

export function sayMisfit(misfit: string): string {
  return `${misfit} has other headers than the printed configuration gives it: export and site are of different versions`;
}
