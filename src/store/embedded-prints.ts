import { dirname, join } from 'node:path';
import { sha256 } from '../ledger/hash.ts';
import { type Disk, readIfThere, realDisk } from './disk.ts';
import { makeDirectories, removeIfThere, sweepTemporary, syncDirectory, writeDurably } from './durable-file.ts';
import { type Prints, printName, requirePrintName } from './prints.ts';
import { createQueues } from './queue.ts';

/**
 * Prints as files of `<data>/prints`, made where it is missing: installations of older releases have none. Each file begins with the
 * SHA-256 of its bytes, so that one the disk has spoilt counts as lost and is made again.
 */
export async function openEmbeddedPrints({ directory, disk = realDisk }: { directory: string; disk?: Disk }): Promise<Prints> {
  const root = join(directory, 'prints');
  const known = new Set<string>();
  const queues = createQueues();
  await makeDirectories(root, known, disk);
  // Text that a redaction removes must not lie about.
  for (const folder of await foldersOf(root, disk)) await sweepTemporary(join(root, folder), disk);

  async function read(name: string): Promise<Buffer | undefined> {
    return open(await readIfThere(disk, pathOf(root, name)));
  }

  async function write(name: string, bytes: Buffer): Promise<Buffer> {
    const there = await read(name);
    if (there) return there;
    const path = pathOf(root, name);
    await makeDirectories(dirname(path), known, disk);
    await writeDurably(path, seal(bytes), disk);
    return bytes;
  }

  async function namesIn(folder: string): Promise<readonly string[]> {
    return (await disk.list(join(root, folder))).map((file) => `${folder}/${file}`).filter((name) => printName.test(name));
  }

  async function removeIn(folder: string, matches: (name: string) => boolean): Promise<void> {
    const path = join(root, folder);
    const names = (await namesIn(folder)).filter(matches);
    for (const name of names) await queues.run(name, () => removeIfThere(join(root, name), disk));
    // Also when nothing matched: an earlier attempt may have failed between removing and syncing.
    await syncDirectory(path, disk);
  }

  return {
    read,
    keep: (name, bytes) => queues.run(name, () => write(name, bytes)),
    names: async () => (await Promise.all((await foldersOf(root, disk)).map(namesIn))).flat(),
    remove: async (matches) => {
      for (const folder of await foldersOf(root, disk)) await removeIn(folder, matches);
    },
  };
}

function pathOf(root: string, name: string): string {
  return join(root, requirePrintName(name));
}

function seal(bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${sha256(bytes).toString('hex')}\n`), bytes]);
}

function open(file: Buffer | undefined): Buffer | undefined {
  const bytes = file?.subarray(65);
  return file && bytes && seal(bytes).equals(file) ? bytes : undefined;
}

async function foldersOf(root: string, disk: Disk): Promise<readonly string[]> {
  return (await disk.list(root)).filter((name) => /^[a-z]{1,20}$/.test(name));
}
