import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { type Disk, errnoOf, readIfThere, realDisk } from './disk.ts';

/**
 * One process at a time. The holder is whoever made the highest of the numbered files `<name>.<n>`; link(2) lets exactly one
 * process make each number, and the highest is never removed, so that no two starters can both take over from a dead holder.
 */
export type Lock = { release(): Promise<void> };

/** `started`: clock ticks since boot, so that another process with a used pid does not count. Null where there is no /proc. */
const Holder = z.strictObject({ pid: z.int(), boot: z.string().nullable(), started: z.string().nullable(), released: z.boolean() });
type Holder = z.infer<typeof Holder>;

/** Paths this very process holds: its own pid in a file says nothing, since in a container it is the same after each restart. */
const held = new Set<string>();

/** Takes the lock `name` of a directory. `store_locked`: a living process has it. `store_write_failed`: the disk refuses. */
export async function acquireLock(directory: string, name = 'lock', disk: Disk = realDisk): Promise<Lock> {
  const key = join(directory, name);
  if (held.has(key)) throw lockedBy(process.pid);
  held.add(key);
  try {
    const path = await takeOver(directory, name, disk);
    return { release: () => release(directory, path, disk).finally(() => held.delete(key)) };
  } catch (error) {
    held.delete(key);
    throw errnoOf(error) === undefined ? error : new OnrecordError('store_write_failed', 'the lock could not be written', { cause: error });
  }
}

async function takeOver(directory: string, name: string, disk: Disk): Promise<string> {
  for (;;) {
    const highest = await highestNumber(directory, name, disk);
    const holder = highest === 0 ? null : await readHolder(join(directory, `${name}.${highest}`), disk);
    if (holder !== null && (await isAlive(holder))) throw lockedBy(holder.pid);
    const number = highest + 1;
    const path = join(directory, `${name}.${number}`);
    if (!(await claim(directory, path, disk))) continue;
    if ((await highestNumber(directory, name, disk)) === number) {
      await removeBelow(directory, name, number, disk);
      return path;
    }
    // The number had been taken and cleared by a later holder since the directory was read.
    await disk.remove(path).catch(() => {});
  }
}

async function claim(directory: string, path: string, disk: Disk): Promise<boolean> {
  const temporary = await writeHolder(directory, { ...(await thisProcess()), released: false }, disk);
  try {
    await disk.link(temporary, path);
    return true;
  } catch (error) {
    // ENOENT: whoever got in meanwhile has swept the temporary file away.
    if (errnoOf(error) === 'EEXIST' || errnoOf(error) === 'ENOENT') return false;
    throw error;
  } finally {
    await disk.remove(temporary).catch(() => {});
  }
}

async function release(directory: string, path: string, disk: Disk): Promise<void> {
  await disk.rename(await writeHolder(directory, { ...(await thisProcess()), released: true }, disk), path);
}

/** No fsync anywhere: after a power cut the boot id is another one, and every lock is stale. */
async function writeHolder(directory: string, holder: Holder, disk: Disk): Promise<string> {
  const temporary = join(directory, `.lock.${randomUUID()}.tmp`);
  const file = await disk.create(temporary);
  await file.write(Buffer.from(JSON.stringify(holder))).finally(() => file.close());
  return temporary;
}

/** Null for a released lock, one that is gone, and one that a power cut left torn. */
async function readHolder(path: string, disk: Disk): Promise<Holder | null> {
  const bytes = await readIfThere(disk, path);
  if (bytes === undefined) return null;
  try {
    const holder = Holder.parse(JSON.parse(bytes.toString()));
    return holder.released ? null : holder;
  } catch {
    return null;
  }
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder.pid === process.pid) return false;
  const { boot } = await thisProcess();
  if (holder.boot !== boot) return false;
  if (boot !== null) return holder.started !== null && (await startOf(holder.pid)) === holder.started;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) !== 'ESRCH';
  }
}

async function thisProcess(): Promise<Omit<Holder, 'released'>> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => null);
  return { pid: process.pid, boot: boot?.trim() ?? null, started: await startOf(process.pid) };
}

/** Field 22 of /proc/<pid>/stat (proc(5)); counted from the last parenthesis, since a process may have any name. A zombie is dead. */
async function startOf(pid: number): Promise<string | null> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  const fields = line?.slice(line.lastIndexOf(')') + 2).split(' ');
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}

async function highestNumber(directory: string, name: string, disk: Disk): Promise<number> {
  return Math.max(0, ...(await numbers(directory, name, disk)));
}

async function removeBelow(directory: string, name: string, number: number, disk: Disk): Promise<void> {
  const old = (await numbers(directory, name, disk)).filter((item) => item < number);
  for (const item of old) await disk.remove(join(directory, `${name}.${item}`)).catch(() => {});
}

async function numbers(directory: string, name: string, disk: Disk): Promise<readonly number[]> {
  const prefix = `${name}.`;
  const names = (await disk.list(directory)).filter((item) => item.startsWith(prefix));
  return names.map((item) => item.slice(prefix.length)).flatMap((item) => (/^[1-9][0-9]{0,14}$/.test(item) ? [Number(item)] : []));
}

function lockedBy(pid: number): OnrecordError {
  return new OnrecordError('store_locked', `the data directory is in use by process ${pid}`);
}
