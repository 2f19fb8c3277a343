import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serveEnvironment, serveFlags } from '../bin/serve-flags.js';
import { writeDemonstrationKeys } from '../src/cli/demonstration-keys.ts';
import { filesUnder } from '../src/cli/import-files.ts';
import { bringAlong, type Candidate, readKnown } from '../src/desk/bring-along.ts';
import { readImported } from '../src/imports/document.ts';
import { importOrder } from '../src/imports/known.ts';
import { anchorPath, loadSigners } from '../src/keys.ts';
import { sha256Hex } from '../src/ledger/hash.ts';
import { keepGists } from '../src/press/fill-gists.ts';
import { openEmbeddedStore } from '../src/store/embedded.ts';
import { openEmbeddedPrints } from '../src/store/embedded-prints.ts';
import { initialise } from '../src/store/installation.ts';
import { archiveConfig, borrowArchive, versionsEach } from './archive.ts';
import { type Pinned, startPinned } from './http/child.ts';
import { ratio, slice, type Target } from './http/slice.ts';
import { mostRow, type Row, ratioRow, report } from './table.ts';

/**
 * Ten thousand imported documents, made of the real ones of ../shared/data/csaf: what the command takes for them, and what a CSAF provider
 * with 100 statements costs with and without them. Usage: node bench/imports.ts [DOCUMENTS]
 */
const run = promisify(execFile);
const count = Number(process.argv[2] ?? 10_000);
const shared = join(import.meta.dirname, '../../shared/data/csaf');
const place = await mkdtemp(join(tmpdir(), 'onrecord-imports-'));

/** Its documents are validated and signed with each publication. */
const provider = { ONRECORD_PUBLIC_URL: 'https://demonstration.onrecord.example', ONRECORD_OPENPGP_KEY_FILE: join(place, 'csaf.asc') };
const asArguments = Object.entries(provider).map(([name, value]) => `${name}=${value}`);
const onrecord = join(import.meta.dirname, '../bin/onrecord.js');

/** The same documents again and again, each time under other identifiers. */
async function multiply(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const originals = await Promise.all((await readdir(shared)).map((name) => readFile(join(shared, name), 'utf8')));
  for (let n = 0; n < count; n += 1) {
    const text = originals[n % originals.length] ?? '';
    const id = String(JSON.parse(text).document.tracking.id);
    await writeFile(join(directory, `${n}.json`), text.replaceAll(id, `${id}-${Math.floor(n / originals.length)}`));
  }
}

type Taken = { seconds: number; megabytes: number; said: string };

/** `onrecord import csaf` in an empty house, and the most memory that it had. */
async function command(directory: string, documents: string): Promise<Taken> {
  const begun = performance.now();
  // The command refuses a variable that it does not know.
  const { ONRECORD_ARCHIVES: _archives, ...own } = process.env;
  const env = { ...own, ONRECORD_DATA_DIR: directory, ONRECORD_ANCHOR_FILE: `${directory}.anchor`, ONRECORD_LOG_LEVEL: 'silent' };
  const child = spawn(process.execPath, [onrecord, 'import', 'csaf', documents], { env });
  let [said, kilobytes] = ['', 0];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (said += part));
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    kilobytes = Math.max(kilobytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  await new Promise((resolve) => child.on('close', resolve));
  clearInterval(timer);
  return { seconds: (performance.now() - begun) / 1_000, megabytes: kilobytes / 1_000, said };
}

/** The same documents in a house that has published, as two publishers would have brought them and the service taken them in. */
async function bringInto(directory: string, documents: string): Promise<void> {
  const config = archiveConfig(directory, provider);
  const candidates: Candidate[] = [];
  for (const path of await filesUnder([documents])) {
    const bytes = await readFile(path);
    const reading = readImported(bytes);
    if ('objections' in reading) continue;
    const { id, version, initial_release_date: issuedAt, current_release_date: changedAt } = reading.document.document.tracking;
    candidates.push({ path, ...reading.mark, id, version, issuedAt, changedAt, sha256: sha256Hex(bytes) });
  }
  const { signer, previous } = await loadSigners(config);
  const store = await openEmbeddedStore({ directory, signer, previous, anchorFile: anchorPath(config), now: Date.now });
  const known = await readKnown(store);
  const work = bringAlong(candidates.sort(importOrder), { store, origin: config.agency.origin, known, read: ({ path }) => readFile(path), atOnce: 50 });
  for await (const _group of work);
  await keepGists(store, await openEmbeddedPrints({ directory }), known.all(), () => {});
  await store.close();
}

type Cost = Record<
  'startMs' | 'rssMb' | 'advanceMedian' | 'visibleMedian' | 'visibleP99' | 'visibleMax' | 'listP95' | 'openP95' | 'saveP95' | 'searchP95' | 'searchLoopMax',
  number
>;

async function costOf(directory: string, publications: number): Promise<Cost> {
  const { stdout } = await run(
    process.execPath,
    [...serveFlags, new URL('./scale-of.ts', import.meta.url).pathname, directory, `${publications}`, ...asArguments],
    {
      env: { ...serveEnvironment, ...process.env },
    },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}

async function medianOf(server: Pinned, paths: readonly string[]): Promise<number> {
  const taken: number[] = [];
  for (const path of paths) {
    const begun = performance.now();
    const answer = await fetch(`http://127.0.0.1:${server.port}${path}`);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    taken.push(performance.now() - begun);
  }
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? Number.NaN;
}

const documents = join(place, 'documents');
await multiply(documents);
const house = join(place, 'house');
await initialise(house, { origin: 'demonstration.onrecord.example', demonstration: true, now: Date.now, random: randomBytes });
await writeDemonstrationKeys(house, 'demonstration.onrecord.example', new Date().toISOString());
const first = await command(house, documents);
const second = await command(house, documents);
process.stdout.write(`${first.said.trim().split('\n').slice(-1)}\n${second.said.trim().split('\n').slice(-1)}\n`);

await run(process.execPath, [onrecord, 'key', 'openpgp', 'create', '--out', provider.ONRECORD_OPENPGP_KEY_FILE, '--user', 'Agency <csaf@agency.example>']);
const borrow = (): ReturnType<typeof borrowArchive> => borrowArchive(500, versionsEach, { ONRECORD_PUBLIC_URL: provider.ONRECORD_PUBLIC_URL });
const [plain, full] = [await borrow(), await borrow()];
await bringInto(full.directory, documents);
// Opened once before, as every house was: its CSAF documents are cleared then.
for (const { directory } of [plain, full]) await costOf(directory, 0);
const [without, withThem] = [await costOf(plain.directory, 200), await costOf(full.directory, 200)];

const script = new URL('./http/onrecord.ts', import.meta.url).pathname;
const [few, many] = [await startPinned(0, script, [plain.directory, ...asArguments]), await startPinned(0, script, [full.directory, ...asArguments])];
const reads: Row[] = [];
for (const path of ['/accessibility', '/feeds/exercise.atom']) {
  const target = ({ port, cpu }: Pinned): Target => ({ url: `http://127.0.0.1:${port}${path}`, headers: { 'Accept-Encoding': 'gzip' }, cpu });
  for (const server of [few, many]) await slice(1, target(server), 3);
  reads.push(ratioRow(`${path} with ${count} documents / without`, 0.97, (await ratio(1, target(many), target(few), 11)).cpu, ' CPU'));
}
const pages = Math.ceil(count / 100);
const listMs = await medianOf(many, ['/imported', ...Array.from({ length: Math.min(20, pages - 1) }, (_, n) => `/imported/page/${n + 2}`)]);
const listed = await (await fetch(`http://127.0.0.1:${many.port}/imported`)).text();
const documentMs = await medianOf(
  many,
  [...new Set(listed.match(/\/imported\/[a-z0-9.-]+\/[a-z0-9_-]+/g) ?? [])].filter((path) => !path.includes('/page/')).slice(0, 50),
);
for (const server of [few, many]) await server.stop();
for (const archive of [plain, full]) await archive.remove();
await rm(place, { recursive: true, force: true });

report(
  'imports',
  [
    { what: `onrecord import csaf, ${count} documents`, target: '', measured: `${first.seconds.toFixed(0)} s, ${first.megabytes.toFixed(0)} MB`, isMet: null },
    { what: 'the same again', target: '', measured: `${second.seconds.toFixed(0)} s, ${second.megabytes.toFixed(0)} MB`, isMet: null },
    mostRow('start', 5_000, 'ms', withThem.startMs),
    mostRow('memory after it', 350, 'MB', withThem.rssMb),
    { what: 'memory without them', target: '', measured: `${without.rssMb.toFixed(0)} MB`, isMet: null },
    mostRow('commit to visible in page and feed, p99 of 200', 100, 'ms', withThem.visibleP99),
    ...Object.entries({ with: withThem, without }).map(([which, cost]) => ({
      what: `the same ${which} them: median, p99, slowest`,
      target: '',
      measured: `${[cost.visibleMedian, cost.visibleP99, cost.visibleMax].map((ms) => ms.toFixed(0)).join(', ')} ms`,
      isMet: null,
    })),
    mostRow('making pages for a publication, with / without', 1.3, '×', withThem.advanceMedian / without.advanceMedian),
    mostRow('desk: list, p95', 30, 'ms', withThem.listP95),
    mostRow('desk: open, p95', 30, 'ms', withThem.openP95),
    mostRow('desk: save a draft, p95', 30, 'ms', withThem.saveP95),
    mostRow('search, p95', 50, 'ms', withThem.searchP95),
    mostRow('longest wait of the event loop while searching', 20, 'ms', withThem.searchLoopMax),
    {
      what: 'a page of the imported list, a document, cold, median',
      target: '',
      measured: `${listMs.toFixed(0)} ms, ${documentMs.toFixed(1)} ms`,
      isMet: null,
    },
    ...reads,
  ],
  { without, withThem },
);
