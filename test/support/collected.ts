import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import type { Resource } from '../../src/press/resource.ts';
import { createTidying } from '../../src/press/tidying.ts';

/** Runs in a thread of its own, where nothing else makes garbage: says whether V8 collects what nobody holds, asked (`workerData`) or not. */
const gone = new WeakRef({ words: 'of a page that nobody shows' });
// A WeakRef keeps what it names to the end of the turn in which it was made or asked.
await setTimeout(20);
const page = { bytes: { length: 12 * 1_048_576 } } as Resource;
(workerData === 'asked' ? createTidying() : createTidying(async () => {})).made([page], Promise.resolve());
// Who waits for it waits as long as a busy machine takes.
const patience = workerData === 'asked' ? 200 : 20;
for (let turns = 0; turns < patience && gone.deref() !== undefined; turns += 1) await setTimeout(50);
parentPort?.postMessage(gone.deref() === undefined);
