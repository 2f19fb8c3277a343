import { mkdir, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { outcomeOf, wrongAfter } from './fault-outcome.ts';
import { openFaultyPlace, publishUnderFault } from './faulty-place.ts';

/** Publishes on a small disk that is filled but for a few pages, each time one more of them. */

export type Filled = { tried: number; refused: number; wrong: readonly string[]; careless: readonly string[] };

const pages = 24;

export async function fillRepeatedly(disk: string, count: number): Promise<Filled> {
  const aside = await mkdtemp(join(tmpdir(), 'onrecord-aside-'));
  const wrong: string[] = [];
  let refused = 0;
  for (let n = 0; n < count; n += 1) {
    const parent = join(disk, 'place');
    await mkdir(parent);
    const { code, wrong: found } = await publishUnderFault(await openFaultyPlace(parent), aside, async (publish) => {
      await fill(disk, n % pages);
      await publish();
      await rm(join(disk, 'filler'));
    });
    if (code !== null) refused += 1;
    wrong.push(...found.map((line) => `${n % pages} pages left, ${code}: ${line}`));
    await rm(parent, { recursive: true });
  }
  await rm(aside, { recursive: true });
  return { tried: count, refused, wrong, careless: await fillUnderLowdb(disk) };
}

async function fill(disk: string, left: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk);
  await writeFile(join(disk, 'filler'), Buffer.alloc(Math.max(0, (bavail - left) * bsize)));
}

/** Stock lowdb, changed before its write. */
async function fillUnderLowdb(disk: string): Promise<readonly string[]> {
  const file = join(disk, 'statements.json');
  const low = new Low<{ version: number }>(new JSONFile(file), { version: 1 });
  await low.write();
  await fill(disk, 0);
  low.data.version = 2;
  const { isDone } = await outcomeOf(low.write());
  await rm(join(disk, 'filler'));
  const kept: { version: number } = JSON.parse(await readFile(file, 'utf8'));
  return wrongAfter({ isDone, code: isDone ? null : 'lowdb' }, { before: 1, memory: low.data.version, disk: kept.version });
}
