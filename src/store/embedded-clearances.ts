import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { type Clearance, type ClearanceHead, ClearanceLine, type Clearances, headOf } from './clearances.ts';
import { type Disk, readIfThere, realDisk } from './disk.ts';
import { makeDirectories, writeDurably } from './durable-file.ts';
import { createWriteQueue } from './queue.ts';

/** Where a line stands in the file, in bytes. */
type Kept = ClearanceHead & { start: number; length: number };
const newline = 0x0a;

/** Clearances as lines of one file that is only appended to, and written anew at opening once most of its lines are out of date. */
export async function openEmbeddedClearances({ directory, disk = realDisk }: { directory: string; disk?: Disk }): Promise<Clearances> {
  const path = join(directory, 'csaf', 'cleared.jsonl');
  await makeDirectories(join(directory, 'csaf'), new Set(), disk);
  const queue = createWriteQueue();
  const kept = new Map<string, Kept>();
  let size = 0;
  let isTorn = false;

  function take(bytes: Buffer): number {
    let [start, lines] = [0, 0];
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
      const line = readLine(bytes.subarray(start, end));
      if (line) kept.set(line.name, { ...headOf(line), start: size + start, length: end - start });
      start = end + 1;
      lines += 1;
    }
    size += bytes.length;
    return lines;
  }

  async function append(bytes: Buffer): Promise<void> {
    if (isTorn) throw new OnrecordError('store_write_failed', 'half a line could not be taken back: nothing more is kept until the next start');
    try {
      await appendDurably(disk, path, bytes);
    } catch (error) {
      // Half a line would shift all that come behind it.
      await disk.truncate(path, size).catch(() => {
        isTorn = true;
      });
      throw error;
    }
    take(bytes);
  }

  async function read(name: string): Promise<Clearance | undefined> {
    const line = kept.get(name);
    return line && readLine(await disk.readAt(path, line.start, line.length));
  }

  const before = await readIfThere(disk, path);
  const lines = take(before ?? Buffer.alloc(0));
  const endsTorn = before !== undefined && before.length > 0 && before.at(-1) !== newline;
  if (before === undefined || endsTorn || lines > 2 * kept.size + 100) {
    const current = [...kept.values()].map(({ start, length }) => before?.subarray(start, start + length + 1) ?? Buffer.alloc(0));
    const fresh = Buffer.concat(current);
    await writeDurably(path, fresh, disk);
    kept.clear();
    size = 0;
    take(fresh);
  }

  return {
    head: (name) => kept.get(name),
    read,
    names: () => [...kept.keys()],
    keep: (clearances) => queue.run(() => append(Buffer.from(clearances.map((line) => `${JSON.stringify(line)}\n`).join('')))),
    close: async () => {
      await queue.idle();
    },
  };
}

async function appendDurably(disk: Disk, path: string, bytes: Buffer): Promise<void> {
  const file = await disk.append(path);
  try {
    await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function readLine(bytes: Buffer): Clearance | undefined {
  try {
    return ClearanceLine.parse(JSON.parse(bytes.toString()));
  } catch {
    return undefined;
  }
}
