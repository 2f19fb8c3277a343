import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { type Disk, listIfThere } from './disk.ts';
import { makeDirectories, removeIfThere, sweepTemporary, temporaryName } from './durable-file.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import { type Outbox, openingsKept, PreviewLink } from './outbox.ts';
import { createWriteQueue } from './queue.ts';

/** Where the links lie below a data directory. An installation that never made one has no such directory. */
export const linksPart = 'outbox/preview-links';
const mostLinks = 500;

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
        const oldest = all.size < mostLinks ? undefined : oldestDead(all, link.made.at);
        if (all.has(link.id) || (all.size >= mostLinks && oldest === undefined)) throw new OnrecordError('link_limit', `${all.size} preview links are kept`);
        await write(link);
        if (oldest === undefined) return;
        await removeIfThere(pathOf(oldest), disk);
        all.delete(oldest);
      }),
    links: async (statement) =>
      [...all.values()]
        .reverse()
        .filter((link) => link.statement === statement)
        .sort(newestFirst),
    linkOf: async (key) => [...all.values()].find((link) => link.key === key),
    revokeLink: (id, revoked) => change(id, (link) => (link.revoked === null ? { ...link, revoked } : link)),
    noteOpening: (id, opening, { most, since }) =>
      change(id, (link) => {
        const recent = link.openings.filter(({ at }) => at > since).length;
        if (recent >= most) throw new OnrecordError('rate_limited', 'this link was opened too often');
        return { ...link, opened: link.opened + 1, openings: [...link.openings.slice(1 - openingsKept), opening] };
      }),
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

/** A link that was revoked or has expired makes room for a new one. */
function oldestDead(all: ReadonlyMap<string, PreviewLink>, at: string): string | undefined {
  const dead = [...all.values()].filter((link) => link.revoked !== null || link.expiresAt <= at || link.key === null);
  return dead.sort(newestFirst).at(-1)?.id;
}

function newestFirst(left: PreviewLink, right: PreviewLink): number {
  return left.made.at < right.made.at ? 1 : left.made.at > right.made.at ? -1 : 0;
}
