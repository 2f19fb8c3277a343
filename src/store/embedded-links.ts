import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { type Disk, listIfThere } from './disk.ts';
import { makeDirectories, removeIfThere, sweepTemporary, temporaryName } from './durable-file.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import { type Outbox, PreviewLink } from './outbox.ts';
import { newestLinkFirst, roomFor, withOpening, withRevocation } from './preview-link-list.ts';
import { createWriteQueue } from './queue.ts';

/** Where the links lie below a data directory. An installation that never made one has no such directory. */
export const linksPart = 'outbox/preview-links';

type Links = Pick<Outbox, 'keepLink' | 'links' | 'linkOf' | 'revokeLink' | 'noteOpening'> & { idle(): Promise<unknown> };

/** One document a link, so that an opening writes a few kilobytes however many there are. `store_corrupt`: one cannot be read. */
export async function openEmbeddedLinks(directory: string, disk: Disk): Promise<Links> {
  await sweepTemporary(directory, disk);
  const [all, queue, known] = [await readLinks(directory, disk), createWriteQueue(), new Set<string>()];
  const pathOf = (id: string): string => join(directory, `${id}.json`);
  const write = async (link: PreviewLink): Promise<void> => {
    await makeDirectories(directory, known, disk);
    await writeDocument(pathOf(link.id), link, PreviewLink, disk);
    all.set(link.id, link);
  };
  const change = (id: string, edit: (before: PreviewLink) => PreviewLink): Promise<void> =>
    queue.run(async () => {
      const before = all.get(id);
      if (before === undefined) throw new OnrecordError('not_found', `there is no preview link ${id}`);
      const after = edit(before);
      if (after !== before) await write(after);
    });
  return {
    keepLink: (link) =>
      queue.run(async () => {
        const oldest = roomFor(link, [...all.values()]);
        await write(link);
        if (oldest === undefined) return;
        await removeIfThere(pathOf(oldest), disk);
        all.delete(oldest);
      }),
    links: async (statement) =>
      [...all.values()]
        .reverse()
        .filter((link) => statement === null || link.statement === statement)
        .sort(newestLinkFirst),
    linkOf: async (key) => [...all.values()].find((link) => link.key === key),
    revokeLink: (id, revoked) => change(id, (link) => withRevocation(link, revoked)),
    noteOpening: (id, opening, limit) => change(id, (link) => withOpening(link, opening, limit)),
    idle: queue.idle,
  };
}

/** The same link as a backup keeps it: the hash of its secret is gone, so that nobody opens it again. */
export function withoutKey(bytes: Buffer): Buffer {
  try {
    const link: PreviewLink = PreviewLink.parse(JSON.parse(bytes.toString()));
    return Buffer.from(`${JSON.stringify({ ...link, key: null })}\n`);
  } catch (cause) {
    throw new OnrecordError('store_corrupt', 'a preview link cannot be read', { cause });
  }
}

async function readLinks(directory: string, disk: Disk): Promise<Map<string, PreviewLink>> {
  const all = new Map<string, PreviewLink>();
  for (const name of await listIfThere(disk, directory)) {
    if (temporaryName.test(name)) continue;
    const link = await readDocument(join(directory, name), PreviewLink, disk);
    if (name !== `${link.id}.json`) throw new OnrecordError('store_corrupt', `${name} is no preview link of that name`);
    all.set(link.id, link);
  }
  return all;
}
