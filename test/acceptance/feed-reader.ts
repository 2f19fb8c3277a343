import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { pino } from 'pino';
import RssParser from 'rss-parser';
import t, { type Test } from 'tap';
import { readConfig } from '../../src/config.ts';
import { startServer } from '../../src/server.ts';
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
type Boat = { reader: Reader /** Marks everything read, as a person would. */; read(): void; held(): number; remove(): Promise<void> };

async function newsboat(address: string): Promise<Boat | null> {
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
  const ask = (work: (cache: DatabaseSync) => unknown): unknown => {
    const cache = new DatabaseSync(files.cache);
    try {
      return work(cache);
    } finally {
      cache.close();
    }
  };
  return {
    reader,
    read: () => ask((cache) => cache.exec('UPDATE rss_item SET unread = 0')),
    held: () => Number(ask((cache) => cache.prepare('SELECT count(*) AS held FROM rss_item').get()?.held)),
    remove: () => rm(folder, { recursive: true }),
  };
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

/** One address for readers, whatever host and port the house has behind it. */
async function openFront(t: Test, first: string): Promise<{ address: string; moveTo(house: string): void }> {
  let house = first;
  const front = createServer((incoming, outgoing) => {
    const { host: _host, ...headers } = incoming.headers;
    request(`${house}${incoming.url}`, { headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    }).end();
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  t.teardown(() => front.close());
  const isInternet = (at: AddressInfo | string | null): at is AddressInfo => at !== null && typeof at !== 'string';
  const at = front.address();
  return {
    address: `http://127.0.0.1:${isInternet(at) ? at.port : 0}`,
    moveTo: (next) => {
      house = next;
    },
  };
}

t.test('a correction arrives unread, and a restart under another base URL brings nothing twice', { timeout: 120_000 }, async (t) => {
  const environment = { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' };
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', environment);
  const front = await openFront(t, room.server.publicUrl);
  const boat = await newsboat(`${front.address}/feeds/updates.atom`);
  if (boat === null) return t.comment('NEWSBOAT IS NOT INSTALLED: nothing was tried here (Debian package newsboat)');
  t.teardown(boat.remove);
  const id = await publicHolding(room, 'Version 1');
  t.equal(await boat.reader.poll(), 1);
  boat.read();
  t.equal(await boat.reader.poll(), 0);
  await publishNext(room, id, 'correction', 'Version 2');
  t.equal(await boat.reader.poll(), 1, 'the correction is unread');
  boat.read();

  const before = (await room.read('/feeds/updates.atom')).text;
  const { directory, clock } = room.server;
  await room.server.close(0);
  const moved = { ...environment, ONRECORD_DATA_DIR: directory, ONRECORD_LOG_LEVEL: 'silent', ONRECORD_PUBLIC_URL: 'https://elsewhere.example' };
  const ports = { public: 0, desk: 0, operations: 0 };
  const config = readConfig({ origin: 'record.test', demonstration: true }, moved);
  const again = await startServer(config, { now: clock.now, log: pino({ level: 'silent' }), ports, timer: false });
  t.teardown(() => again.close(0));
  front.moveTo(again.publicUrl);
  const after = await (await fetch(`${again.publicUrl}/feeds/updates.atom`)).text();
  t.match(after, 'href="https://elsewhere.example/feeds/updates.atom"', 'the house has moved');
  t.equal(after.slice(after.indexOf('<entry>')), before.slice(before.indexOf('<entry>')), 'its entries have not changed by a byte');
  t.equal(await boat.reader.poll(), 0, 'nothing is new to the reader');
  t.equal(boat.held(), 2, 'and nothing is there twice');
});
