import { readdirSync, readFileSync } from 'node:fs';
import { constants as os, setPriority } from 'node:os';
import { warmLinter } from '../leak/linter/warm.ts';

/** What keeps work that can wait out of the way of the one thread that answers readers; for a process that serves. */

const patient = ['libuv-worker', 'packer'];

/** Once the threads are there. Packing, hashing and the disk wait for a core that readers leave; without it a publication takes half of a single core from them. Linux alone has a priority for each thread. */
export function letPoolWait(): void {
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync('/proc/self/task'))
    if (patient.includes(readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim())) setPriority(Number(thread), os.priority.PRIORITY_BELOW_NORMAL);
}

const warmAfterMs = 1_000;
const betweenMs = 20;

/**
 * The linter's patterns take some tenths of a second to compile, once for a process. That is done soon after it serves, a few at a time, so
 * that neither its start nor the first look at a draft takes as much longer, and readers get their turns in between.
 */
export function warmLinterSoon(): void {
  const draft = { situation: 'leak', phase: 'update', unknowns: 1, nextUpdate: 'by', hasTriage: true, inElectionSilence: false } as const;
  const nothing = { findings: [], attribution: null, claims: [], personas: [], fileTitles: [], other: null, entity: { consulted: true, waiver: '' } };
  const allow = { urls: [], emails: [], phones: [], handles: [], hashes: [], names: [] };
  const steps = warmLinter({ ...draft, ...nothing, allow });
  const step = (): void => {
    if (steps.next().done !== true) setTimeout(step, betweenMs).unref();
  };
  setTimeout(step, warmAfterMs).unref();
}
