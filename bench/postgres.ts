import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Test } from 'tap';
import { moveIntoDatabase } from '../src/cli/move-acts.ts';
import { initialiseHouse } from '../src/keeping.ts';
import { demonstrationFiles } from '../src/keys.ts';
import type { Office } from '../src/office.ts';
import { openOffice } from '../src/open-office.ts';
import { hire } from '../test/support/accounts.ts';
import { amina, claire, jonas } from '../test/support/people.ts';
import { createDatabase, openPostgres } from '../test/support/postgres.ts';
import { archiveConfig, borrowArchive, say } from './archive.ts';
import { type Pinned, startPinned } from './http/child.ts';
import { median, ratio, slice, type Target } from './http/slice.ts';
import { type Row, ratioRow, report } from './table.ts';

/**
 * A house in PostgreSQL beside one in a directory: what a reader's request for the same bytes costs the server, with a second directory as
 * control, and with 40 statements each how long an acknowledged publication takes until its page and the feed are made. The database waits
 * for its disk. Usage: node bench/postgres.ts [PUBLICATIONS]
 */
const [core, generator] = [0, 1];
const script = new URL('./http/onrecord.ts', import.meta.url).pathname;
const versions = 200;
const publications = Number(process.argv[2] ?? 200);

const ends: (() => unknown)[] = [];
const place: Pick<Test, 'teardown'> = { teardown: (end) => void ends.push(end) };
const server = await openPostgres(place, { isDurable: true });
const database = server.url(await createDatabase(server));
const [inDirectory, beside] = [await borrowArchive(versions), await borrowArchive(versions)];
await initialiseHouse(
  { origin: 'demonstration.onrecord.example', demonstration: true, now: Date.now, random: randomBytes },
  {
    ONRECORD_DATABASE_URL: database,
    ONRECORD_DATA_DIR: beside.directory,
  },
);

/** The same acts in both, one after the other; the milliseconds that each publication took, page and feed made. */
async function publishIn(office: Office, count: number): Promise<readonly number[]> {
  const took: number[] = [];
  const timed: Office = {
    ...office,
    store: {
      ...office.store,
      record: async (id, change) => {
        begun = performance.now();
        return office.store.record(id, change);
      },
    },
    press: {
      ...office.press,
      advance: async (statement) => {
        await office.press.advance(statement);
        took.push(performance.now() - begun);
      },
    },
  };
  let begun = 0;
  for (let n = 0; n < count; n += 1) await say(timed, undefined, n, Date.now());
  return took;
}

async function timesAt(directory: string, more: Record<string, string>, count: number): Promise<readonly number[]> {
  const { office, close } = await openOffice(archiveConfig(directory, more), { log: pino({ level: 'error' }) });
  if ((await office.people.list()).length === 0) for (const { id, roles } of [amina, claire, jonas]) await hire(office, id, ...roles);
  const took = await publishIn(office, count);
  await close();
  return took;
}

await timesAt(beside.directory, { ONRECORD_DATABASE_URL: database }, versions / 5);
const own = await timesAt(inDirectory.directory, {}, publications);
const shared = await timesAt(beside.directory, { ONRECORD_DATABASE_URL: database }, publications);
const p99 = (took: readonly number[]): number => took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.99)] ?? Number.NaN;

// Readers: one history in three places, the third of them moved into a database, so that all answer the same bytes.
const places = [await borrowArchive(versions), await borrowArchive(versions), await borrowArchive(versions)] as const;
const [first, second, third] = places;
const moved = server.url(await createDatabase(server));
const keys = {
  ONRECORD_LANGUAGES: 'en,fr',
  ONRECORD_ANCHOR_FILE: `${third.directory}.anchor`,
  ONRECORD_SIGNING_KEY_FILE: join(third.directory, demonstrationFiles.key),
  ONRECORD_TRUST_FILE: join(third.directory, demonstrationFiles.trust),
};
await moveIntoDatabase(third.directory, moved, keys);
const stopped = `NOW=${Date.now()}`;
const variables = Object.entries({ ...keys, ONRECORD_DATABASE_URL: moved }).map(([name, value]) => `${name}=${value}`);
const servers = [
  await startPinned(core, script, [first.directory, stopped]),
  await startPinned(core, script, [second.directory, stopped]),
  await startPinned(core, script, [`${third.directory}-host`, stopped, ...variables]),
] as const;
const target = ({ port, cpu }: Pinned, path: string): Target => ({ url: `http://127.0.0.1:${port}${path}`, headers: { 'Accept-Encoding': 'gzip' }, cpu });
const rows: Row[] = [];
for (const path of ['/', '/feeds/updates.atom']) {
  const bytes = await Promise.all(servers.map(async ({ port }) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()));
  if (new Set(bytes).size !== 1) throw new Error(`${path} is not the same everywhere`);
  const [alone, control, onDatabase] = servers.map((one) => target(one, path)) as [Target, Target, Target];
  for (const one of [alone, control, onDatabase]) await slice(generator, one, 5);
  const measured = await ratio(generator, onDatabase, alone, 11);
  const same = await ratio(generator, control, alone, 11);
  rows.push(ratioRow(`throughput of ${path} with a database / with a directory`, 0.97, measured.throughput));
  rows.push(ratioRow(`CPU time of a request of ${path}, directory / database`, 0.97, measured.cpu));
  rows.push({ what: 'two directories, throughput and CPU time', target: '', measured: `${same.throughput.toFixed(3)}, ${same.cpu.toFixed(3)}`, isMet: null });
}
for (const one of servers) await one.stop();
for (const archive of places) await archive.remove();
rows.push({
  what: `publication until shown, median of ${publications}: database / directory`,
  target: '',
  measured: `${median(shared).toFixed(1)} / ${median(own).toFixed(1)} ms = ${(median(shared) / median(own)).toFixed(2)} ×`,
  isMet: null,
});
rows.push({ what: 'the same, p99', target: '≤ 100 ms', measured: `${p99(shared).toFixed(0)} / ${p99(own).toFixed(0)} ms`, isMet: p99(shared) <= 100 });
report('postgres', rows);
for (const end of ends.reverse()) await end();
for (const archive of [inDirectory, beside]) await archive.remove();
process.exit(0);
