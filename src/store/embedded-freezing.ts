import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { readIfThere } from './disk.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import type { PeopleFiles } from './embedded-people.ts';
import { Freezing, type People, type Person } from './people.ts';

/**
 * The freeze in one document, read again whenever another process replaced it. An installation from before there were freezes has none
 * yet: it gets one, unless somebody has signed in under a release that makes it. Then it was lost, and nothing says that it was open.
 */
export async function openFreezing(
  files: PeopleFiles,
  everybody: () => Promise<readonly Person[]>,
  atStart: readonly Person[],
): Promise<Pick<People, 'freezing' | 'editFreezing'>> {
  const { disk, directory } = files;
  const path = join(directory, '_freezing.json');
  if ((await readIfThere(disk, path)) === undefined) {
    if (atStart.some(({ signedInAt, acts }) => signedInAt !== null || acts.length > 0)) throw new OnrecordError('store_corrupt', '_freezing.json is missing');
    await files.writes(() => writeDocument(path, { open: null, acts: [] }, Freezing, disk));
  }
  let stored: { stamp: string; known: Freezing } = { stamp: '', known: await readDocument(path, Freezing, disk) };
  const load = async (): Promise<Freezing> => {
    const stamp = await disk.stamp(path);
    if (stamp !== stored.stamp) stored = { stamp, known: await readDocument(path, Freezing, disk) };
    return stored.known;
  };
  return {
    freezing: load,
    editFreezing: (change) =>
      files.writes(async () => {
        const current = await load();
        const next = change(current, await everybody());
        if (next !== current) await writeDocument(path, next, Freezing, disk);
        return next;
      }),
  };
}
