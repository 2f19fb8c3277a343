import { join } from 'node:path';
import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { type Disk, errnoOf, readIfThere, realDisk } from './disk.ts';
import { writeDurably } from './durable-file.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import { openEmbeddedLinks } from './embedded-links.ts';
import { Notice, type Outbox, Refusal, type Told } from './outbox.ts';
import { createWriteQueue } from './queue.ts';

const mostNotices = 2_000;
const largestLog = 2 * 1024 * 1024;

/** `putAway`: by notice id, the people who need to see it no more. */
const Notices = z.strictObject({ notices: z.array(Notice), putAway: z.record(z.string(), z.array(z.string())) });
type Notices = z.infer<typeof Notices>;
type OutboxFiles = { disk: Disk; directory: string };
/** The file that refusals are appended to, and how long it is. */
type RefusalLog = { path: string; olderPath: string; length: number };

/**
 * Notices in one document, refusals in an append-only file of two, of which the older goes when the newer is full, each preview link in a
 * document of its own. One process at a time.
 */
export async function openEmbeddedOutbox({ directory, disk = realDisk }: { directory: string; disk?: Disk }): Promise<Outbox> {
  const files: OutboxFiles = { disk, directory: join(directory, 'outbox') };
  const path = join(files.directory, 'notices.json');
  const [notices, refusals] = [createWriteQueue(), createWriteQueue()];
  const log = await openRefusals(files);
  const { idle: linksIdle, ...links } = await openEmbeddedLinks(join(files.directory, 'preview-links'), disk);
  let current = await readDocument(path, Notices, disk);
  const write = async (edit: (before: Notices) => Notices): Promise<void> => {
    const next = bounded(edit(current));
    await writeDocument(path, next, Notices, disk);
    current = next;
  };
  const change = (edit: (before: Notices) => Notices): Promise<void> => notices.run(() => write(edit));
  return {
    tell: (told) =>
      notices.run(async () => {
        const known = new Set(current.notices.map(({ id }) => id));
        const fresh = told.filter(({ id }) => !known.has(id));
        if (fresh.length > 0) await write((before) => ({ ...before, notices: [...before.notices, ...fresh] }));
        return fresh.length > 0;
      }),
    told: async () => current.notices.map((notice) => ({ notice, putAway: current.putAway[notice.id] ?? [] })),
    keepTold: (told) => change((before) => withTold(before, told)),
    notices: async (person) => current.notices.filter((notice) => notice.to.includes(person) && !current.putAway[notice.id]?.includes(person)).reverse(),
    putAway: async (person, id) => {
      const notice = current.notices.find((item) => item.id === id && item.to.includes(person));
      if (!notice) throw new OnrecordError('not_found', `${person} has no notice ${id}`);
      await change((before) => ({ ...before, putAway: { ...before.putAway, [id]: [...new Set([...(before.putAway[id] ?? []), person])] } }));
    },
    refused: (refusal) => refusals.run(() => appendRefusal(files, log, refusal)),
    refusals: (statement, limit) => readRefusals(files, log, statement, limit),
    ...links,
    close: async () => {
      await Promise.all([notices.idle(), refusals.idle(), linksIdle()]);
    },
  };
}

function withTold({ notices, putAway }: Notices, told: readonly Told[]): Notices {
  const away: Notices['putAway'] = { ...putAway };
  for (const { notice, putAway: people } of told) if (people.length > 0) away[notice.id] = [...people];
  return { notices: [...notices, ...told.map(({ notice }) => notice)], putAway: away };
}

function bounded({ notices, putAway }: Notices): Notices {
  const kept = notices.slice(-mostNotices);
  const ids = new Set(kept.map((notice) => notice.id));
  return { notices: kept, putAway: Object.fromEntries(Object.entries(putAway).filter(([id]) => ids.has(id))) };
}

async function appendRefusal({ disk }: OutboxFiles, log: RefusalLog, refusal: Refusal): Promise<void> {
  const line = Buffer.from(`${JSON.stringify(Refusal.parse(refusal))}\n`);
  try {
    if (log.length + line.length > largestLog) await rotate(disk, log);
    await appendLine(disk, log, line);
  } catch (cause) {
    if (errnoOf(cause) === undefined) throw cause;
    throw new OnrecordError('store_write_failed', 'a refusal could not be logged', { cause });
  }
}

/** A crash between the two writes leaves refusals twice, never none. */
async function rotate(disk: Disk, log: RefusalLog): Promise<void> {
  await writeDurably(log.olderPath, await disk.read(log.path), disk);
  await writeDurably(log.path, Buffer.alloc(0), disk);
  log.length = 0;
}

async function appendLine(disk: Disk, log: RefusalLog, line: Buffer): Promise<void> {
  const file = await disk.append(log.path);
  try {
    await file.write(line);
    await file.sync();
    log.length += line.length;
  } catch (error) {
    // Half a line would join the next one.
    await disk.truncate(log.path, log.length);
    throw error;
  } finally {
    await file.close();
  }
}

async function readRefusals({ disk }: OutboxFiles, { path, olderPath }: RefusalLog, statement: string | null, limit: number): Promise<readonly Refusal[]> {
  const older = (await readIfThere(disk, olderPath)) ?? Buffer.alloc(0);
  const lines = Buffer.concat([older, await disk.read(path)])
    .toString()
    .split('\n')
    .slice(0, -1);
  return lines
    .map(parseRefusal)
    .filter((refusal) => statement === null || refusal.statement === statement)
    .reverse()
    .slice(0, limit);
}

function parseRefusal(line: string): Refusal {
  try {
    return Refusal.parse(JSON.parse(line));
  } catch (cause) {
    throw new OnrecordError('store_corrupt', 'the log of refusals cannot be read', { cause });
  }
}

/** A crash may leave a line without its end: it was never acknowledged, and is cut. */
async function openRefusals({ disk, directory }: OutboxFiles): Promise<RefusalLog> {
  const path = join(directory, 'refusals.jsonl');
  const bytes = await readIfThere(disk, path);
  if (bytes === undefined) throw new OnrecordError('store_corrupt', 'the log of refusals is gone');
  const length = bytes.lastIndexOf(0x0a) + 1;
  if (length < bytes.length) await disk.truncate(path, length);
  return { path, olderPath: join(directory, 'refusals.1.jsonl'), length };
}
