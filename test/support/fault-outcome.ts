import { Low } from 'lowdb';
import { OnrecordError } from '../../src/errors.ts';
import { writeDurably } from '../../src/store/durable-file.ts';
import { type Fault, faultyDisk, memoryDisk } from './store-disks.ts';

/** What is right after a write that met a fault, for any way of keeping versions: the promise P4. */

export type Outcome = { isDone: boolean; code: string | null };

export async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  return work.then(
    () => ({ isDone: true, code: null }),
    (error: unknown) => ({ isDone: false, code: error instanceof OnrecordError ? error.code : String(error) }),
  );
}

const honest: readonly (string | null)[] = [null, 'store_write_failed', 'store_poisoned', 'store_corrupt', 'lowdb'];

/** @param disk versions that the disk holds on its own, or null where nobody looked; with an unknown outcome either state is right */
export function wrongAfter({ isDone, code }: Outcome, { before, memory, disk }: { before: number; memory: number; disk: number | null }): readonly string[] {
  const wrong: string[] = [];
  if (!honest.includes(code)) wrong.push(`reported as ${code}`);
  const isUnknown = code === 'store_poisoned';
  if (!isUnknown && memory !== before + Number(isDone)) wrong.push('memory shows another state than was reported');
  if (disk !== null && !isUnknown && disk !== memory) wrong.push('memory shows another state than the disk');
  if (disk !== null && disk !== before && disk !== before + 1) wrong.push('the disk holds neither the old state nor the new one');
  return wrong;
}

/** lowdb as one would use it: change the data, then write, with a file adapter that does sync. Gives what the checker says. */
export async function carelessTrial(fault: Fault): Promise<readonly string[]> {
  const memory = memoryDisk();
  const faulty = faultyDisk(memory);
  const write = (data: { version: number }): Promise<void> => writeDurably('/statements.json', Buffer.from(JSON.stringify(data)), faulty.disk);
  const low = new Low<{ version: number }>({ read: async () => null, write }, { version: 1 });
  await low.write();
  faulty.arm(fault);
  low.data.version = 2;
  const outcome = await outcomeOf(low.write());
  faulty.arm(null);
  const disk: { version: number } = JSON.parse((await memory.read('/statements.json')).toString());
  return wrongAfter(outcome, { before: 1, memory: low.data.version, disk: disk.version });
}
