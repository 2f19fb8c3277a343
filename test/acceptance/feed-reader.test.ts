import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import RssParser from 'rss-parser';
import t from 'tap';
import { approvedDraft, publicHolding } from '../support/desk-walk.ts';
import { type Newsroom, openNewsroom } from '../support/newsroom.ts';

/** Readers made by others poll the update feed while five versions come out: each is new once, and nothing else ever is. */

type Reader = { name: string; poll(): Promise<number> };

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'] } as const;
const kinds = ['update', 'correction', 'update', 'correction'] as const;

/** A consumer over rss-parser that keeps ids as its users do. */
function npmReader(address: string): Reader {
  const parser = new RssParser();
  const known = new Set<string>();
  return {
    name: 'rss-parser',
    poll: async () => {
      const { items } = await parser.parseURL(address);
      for (const item of items) known.add(String(item.id ?? item.guid));
      return known.size;
    },
  };
}

/** newsboat counts what it holds as unread; a second entry for a known id, or a lost one, would show in the number. */
async function newsboat(address: string): Promise<{ reader: Reader; remove(): Promise<void> } | null> {
  try {
    execFileSync('newsboat', ['--version'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const folder = await mkdtemp(join(tmpdir(), 'onrecord-newsboat-'));
  const files = { urls: join(folder, 'urls'), config: join(folder, 'config'), cache: join(folder, 'cache.db') };
  await writeFile(files.urls, `${address}\n`);
  await writeFile(files.config, 'error-log /dev/null\n');
  const reader = {
    name: 'newsboat',
    poll: async () => {
      await run(files, 'reload');
      return Number(/\d+/.exec(await run(files, 'print-unread'))?.[0]);
    },
  };
  return { reader, remove: () => rm(folder, { recursive: true }) };
}

/** This process serves the feed that the reader asks for, so it never waits for it without answering. */
async function run(files: { urls: string; config: string; cache: string }, command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('newsboat', ['-u', files.urls, '-C', files.config, '-c', files.cache, '-x', command]);
  return stdout;
}

async function publishNext(room: Newsroom, id: string, kind: (typeof kinds)[number], title: string): Promise<void> {
  const { seen } = await approvedDraft(room, title, { id, kind });
  const { status } = await room.post('jonas', `/desk/statements/${id}/publication`, seen);
  if (status !== 303) throw new Error(`publication ${status}`);
}

t.test('each version is new once in every reader, and a poll in between is answered 304', { timeout: 120_000 }, async (t) => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  const address = `${room.server.publicUrl}/feeds/updates.atom`;
  const boat = await newsboat(address);
  if (boat) t.teardown(boat.remove);
  else t.comment('NEWSBOAT IS NOT INSTALLED: only the npm reader polls here (Debian package newsboat)');
  const readers = [npmReader(address), ...(boat ? [boat.reader] : [])];

  const id = await publicHolding(room, 'Version 1');
  for (let version = 1; version <= 5; version += 1) {
    const kind = kinds[version - 2];
    if (kind) await publishNext(room, id, kind, `Version ${version}`);
    for (const reader of readers) {
      t.equal(await reader.poll(), version, `${reader.name}: version ${version} is new`);
      t.equal(await reader.poll(), version, `${reader.name}: and new once`);
    }
    const { headers } = await room.read('/feeds/updates.atom');
    const again = await room.read('/feeds/updates.atom', { 'if-none-match': headers.get('etag') ?? '' });
    t.equal(again.status, 304);
    t.equal(again.text, '');
    room.server.clock.forward(60 * 60_000);
    await room.server.tick();
  }
  const parsed = await new RssParser().parseURL(address);
  t.match(
    parsed.items.map((item) => item.title),
    [/^Correction: Version 5/, /^Update 4: Version 4/, /^Correction: Version 3/, /^Update 2: Version 2/, 'Version 1'],
  );
});
