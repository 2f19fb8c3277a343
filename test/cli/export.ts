import { mkdir, readdir, readFile, readlink, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { UsageError } from '../../src/cli/command.ts';
import { exportCommand } from '../../src/cli/export.ts';
import { openMirror, readServed } from '../../src/cli/export-mirror.ts';
import { fileOf } from '../../src/cli/export-names.ts';
import { exportSite } from '../../src/cli/export-pass.ts';
import { readContents, type Site } from '../../src/cli/export-site.ts';
import { watchSite } from '../../src/cli/export-watch.ts';
import { refuse } from '../../src/errors.ts';
import { allPaths } from '../../src/press/all-paths.ts';
import { exportOnce, filesSaying, linksIn, openMirroredSite, secret } from '../support/mirrored-site.ts';
import { until } from '../support/place.ts';
import { agency } from '../support/press-fixtures.ts';

/** A copy of the public site as files: whole, the same bytes, and never a mixture of two states. One mirror, from one test to the next. */

const house = await openMirroredSite(t);
const directory = await house.place();

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
const current = (path: string): string => join(directory, 'current', path);
const text = (path: string): Promise<string> => readFile(current(path), 'utf8');
const releases = async (): Promise<readonly string[]> => (await readdir(join(directory, 'releases'))).sort();
const currentNumber = async (): Promise<number> => Number((await readlink(join(directory, 'current'))).slice('releases/'.length));
const logSize = async (): Promise<number> => Number((await text('log/checkpoint')).split('\n')[1]);

/** Asks for everything again: what has the stamp that it had is the same. */
async function stampsHold(t: Test): Promise<void> {
  const number = await currentNumber();
  await exportOnce(directory, house.site);
  t.equal(await currentNumber(), number, 'nothing changed under the stamp that it had');
}

/** Goes on copying in the background until the end of the test. */
async function watch(t: Test, site: Site): Promise<{ said: string[]; stop(): Promise<void> }> {
  const [ending, said, mirror] = [new AbortController(), [] as string[], await openMirror(directory)];
  const watching = watchSite(site, mirror, { signal: ending.signal, say: (line) => said.push(line), everyMs: 5 });
  const stop = async (): Promise<void> => {
    if (ending.signal.aborted) return;
    ending.abort();
    await watching;
    await mirror.close();
  };
  t.teardown(stop);
  return { said, stop };
}

t.test('a mirror has every path that the record leads to and every link of the site, with the same bytes in every coding', async (t) => {
  await house.publish('2026-0005', { texts: { en: { title: 'To be redacted' } } });
  await house.redact('2026-0005', 1);
  t.match(await exportOnce(directory, house.site), { unread: [], misfit: null, isWhole: true });
  const paths = [...allPaths(await house.contents()).keys()];
  const held = (await readServed(directory))?.held ?? new Map();
  const [linked, statuses] = [new Set<string>(), new Set<number>()];
  for (const path of paths) {
    const resource = house.press.ready(path) ?? (await house.press.ask(path, new URLSearchParams())) ?? (await house.press.cold(path));
    if (resource === undefined) throw new Error(path);
    await house.press.settled();
    const { bytes, gzip, brotli, status, type, headers } = resource;
    const file = current(fileOf(path, status, type));
    t.ok(bytes.equals(await readFile(file)), path);
    t.equal(held.get(path)?.status, status, path);
    // What is made for each question is never packed with brotli by the site.
    const codings = [[gzip, '.gz'] as const, ...(/\/(?:search|verify)$/.test(path) ? [] : [[brotli, '.br'] as const])];
    for (const [packed, ending] of codings)
      if (packed === null ? await exists(file + ending) : !packed.equals(await readFile(file + ending))) t.fail(`${path}${ending}`);
    statuses.add(status);
    for (const link of linksIn(bytes.toString(), headers.join(' '), agency.publicUrl, path)) linked.add(link);
  }
  t.same([...statuses].sort(), [200, 451]);
  t.ok(paths.length > 1_000 && linked.size > 700, 'the site has some size');
  for (const link of linked) if (!held.has(link)) t.equal((await house.ask(link)).status, 404, `${link} is no page`);
  for (const path of ['/claims/2026-0001-A-1', '/claims/2026-0001-K-1', '/register/1.html', '/feeds/updates/archive/1.json', '/statements/2026-0001/diff/1..3'])
    t.ok(held.has(path), path);
});

t.test('what did not change is the same file, and what changed is younger by a second at least', async (t) => {
  const first = await currentNumber();
  await exportOnce(directory, house.site);
  t.equal(await currentNumber(), first, 'nothing new makes no release');
  await house.publish('2026-0003');
  await exportOnce(directory, house.site, false);
  const before = join(directory, 'releases', String(first));
  const files = (await readdir(before, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
  let changed = 0;
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name).slice(before.length);
    // A signature decides whether the packed form of a short note is the shorter one.
    if (/\.(?:gz|br)$/.test(name) && !(await exists(current(path)))) continue;
    const [old, fresh] = await Promise.all([stat(join(before, path)), stat(current(path))]);
    if (old.ino === fresh.ino) continue;
    changed += 1;
    if (fresh.mtimeMs - old.mtimeMs < 1_000) t.fail(`${path} may be taken for the one before`);
    if (!/0003|feeds|index|corrections|archive|sitemap|contents|api|verify|checkpoint|tlog-proof|register|well-known/.test(path))
      t.fail(`${path} was made again`);
  }
  await stampsHold(t);
  t.ok(changed > 20 && changed < files.length / 5, `${changed} of ${files.length}`);
  t.equal((await stat(current('methods.html'))).nlink, (await currentNumber()) - first + 1, 'one file in all releases');
  t.equal((await stat(current('methods.html'))).mode & 0o777, 0o644);
});

t.test('an export that breaks off, wherever it does, leaves the mirror as it was', async (t) => {
  const [number, size] = [await currentNumber(), await logSize()];
  await house.publish('2026-0001');
  for (const last of [0, 1, 2, 20, 60]) {
    let left = last;
    const read: Site['read'] = async (path, etag) => {
      left -= 1;
      return left < 0 ? refuse('not_found', 'gone') : house.site.read(path, etag);
    };
    await t.rejects(exportOnce(directory, { ...house.site, read }, false), { code: 'not_found' });
    t.same([await currentNumber(), await logSize()], [number, size], `after ${last} answers`);
  }
  // Killed between the release and the switch: the release was made, and nothing leads to it.
  await mkdir(join(directory, 'releases/70/statements'), { recursive: true });
  await writeFile(join(directory, 'releases/70.json'), '{}');
  await mkdir(join(directory, 'releases/next/statements'), { recursive: true });
  await exportOnce(directory, house.site, false);
  t.equal(await logSize(), size + 1);
  t.same(
    (await releases()).filter((name) => /70|next/.test(name)),
    [],
  );
});

t.test('who reads while versions come out sees the one state or the other, in pages, feeds and log alike', async (t) => {
  const { stop, said } = await watch(t, house.site);
  const [states, begun] = [new Set<number>(), (await house.contents()).statements.find(({ reference }) => reference === '2026-0001')?.versions ?? 0];
  let isOver = false;
  const reading = (async () => {
    while (!isOver) {
      const release = await realpath(join(directory, 'current'));
      const files = ['statements/2026-0001.html', 'feeds/updates.atom', 'api/v1/statements/2026-0001'];
      const [page, feed, api] = await Promise.all(files.map((file) => readFile(join(release, file), 'utf8'))).catch(() => []);
      // A release that was the current one long ago may be gone by now.
      if (page === undefined || feed === undefined || api === undefined) continue;
      const version = JSON.parse(api).versions.length;
      states.add(version);
      t.match(page, `/statements/2026-0001/v/${version}.json`, 'the page shows the version that the API tells');
      t.match(feed, `:2026-0001/v${version}</id>`, 'and so does the feed');
      if (feed.includes(`:2026-0001/v${version + 1}</id>`)) t.fail('the feed is ahead');
      await sleep(1);
    }
  })();
  for (let version = begun + 1; version <= begun + 4; version += 1) {
    await house.publish('2026-0001', { texts: { en: {}, fr: {} } });
    if (version % 2 === 0) await until(async () => states.has(version));
  }
  await until(async () => states.has(begun + 4));
  isOver = true;
  await reading;
  await until(() => exists(current(`fr/statements/2026-0001/v/${begun + 4}/card.png`)));
  await stop();
  t.same(said, []);
  t.ok((await releases()).length <= 6, 'old ones are removed but for the last few');
  await stampsHold(t);
  const { contents } = (await readContents(house.site)) ?? {};
  t.same(JSON.parse(await text('contents.json')), contents);
});

t.test('a page that cannot be made keeps its last form and is asked for again; a silent site leaves the mirror whole, which is said once', async (t) => {
  const state = { isSilent: false, isBroken: true };
  const read: Site['read'] = async (path, etag) => {
    if (state.isSilent) return refuse('not_found', 'nobody answers');
    return state.isBroken && path === '/corrections' ? { status: 500, headers: {}, body: Buffer.alloc(0) } : house.site.read(path, etag);
  };
  const [size, old] = [await logSize(), await text('corrections.html')];
  const { said, stop } = await watch(t, { ...house.site, read });
  await house.publish('2026-0001', { kind: 'correction', corrects: 3 });
  await until(async () => (await logSize()) === size + 1);
  t.equal(await text('corrections.html'), old);
  state.isBroken = false;
  await until(async () => (await text('corrections.html')) !== old);
  state.isSilent = true;
  await until(async () => said.length === 2);
  await sleep(50);
  t.equal(await logSize(), size + 1);
  await house.publish('2026-0001');
  state.isSilent = false;
  await until(async () => (await logSize()) === size + 2);
  await until(async () => said.length === 3);
  t.match(said, [/^\/corrections could not be read/, /stays as it is/, /answers again/]);
  await stop();
});

t.test('whatever stands where the site said what it holds, the mirror stays as it is and goes on following', async (t) => {
  const contents = await house.contents();
  const [first] = contents.statements;
  const endless = { ...contents, statements: [{ ...first, versions: Number.MAX_SAFE_INTEGER }] };
  const bodies = ['<!doctype html><title>Back soon</title>', '', 'null', JSON.stringify(endless)];
  let strange: string | null = null;
  const read: Site['read'] = async (path, etag) =>
    strange !== null && path === '/contents.json' ? { status: 200, headers: {}, body: Buffer.from(strange) } : house.site.read(path, etag);
  const { said, stop } = await watch(t, { ...house.site, read });
  const size = await logSize();
  for (const body of bodies) {
    const before = said.length;
    strange = body;
    await until(async () => said.length === before + 1);
    strange = null;
    await until(async () => said.length === before + 2);
    t.match(said.slice(before), [/stays as it is/, /answers again/], body.slice(0, 20));
  }
  t.equal(await logSize(), size);
  await house.publish('2026-0001');
  await until(async () => (await logSize()) === size + 1);
  await stop();
});

t.test('pages that the clock changes are told of when it does', async (t) => {
  await house.publish('2026-0006', { nextUpdate: { type: 'by', at: '2026-10-02T00:00:00.000Z' } });
  await exportOnce(directory, house.site, false);
  const open = await text('statements/2026-0006.html');
  const due = async (): Promise<Map<string, number>> => {
    const found = new Map<string, number>();
    for (const path of allPaths(await house.contents()).keys()) {
      const at = house.press.ready(path)?.nextChangeAt ?? null;
      if (at !== null && path !== '/contents.json') found.set(path, at);
    }
    return found;
  };
  const changed = new Set<number>();
  for (let pages = await due(); pages.size > 0; pages = await due()) {
    const next = Math.min(...pages.values());
    const before = allPaths(await house.contents());
    house.clock.now = next;
    await house.press.tick();
    const after = allPaths(await house.contents());
    for (const [path, at] of pages) if (at === next) t.not(after.get(path), before.get(path), `${path} at ${new Date(next).toISOString()}`);
    changed.add(next);
  }
  t.ok(changed.size >= 3, 'a deadline and the ends of correction boxes');
  await exportOnce(directory, house.site, false);
  t.not(await text('statements/2026-0006.html'), open);
  await stampsHold(t);
});

t.test('a text that has to go is nowhere in the mirror any more, old releases included', async (t) => {
  t.ok((await filesSaying(directory, secret)).length > 10);
  const last = await currentNumber();
  const { stop } = await watch(t, house.site);
  await house.redact('2026-0002', 1);
  const isOfNow = (name: string): boolean => name === 'next' || Number.parseInt(name, 10) > last;
  await until(async () => (await exists(current('.gone/statements/2026-0002/v/1.json'))) && (await releases()).every(isOfNow));
  await until(() => exists(current('.gone/statements/2026-0002/v/1/card.png')));
  await stop();
  t.same(await filesSaying(directory, secret), []);
  await stampsHold(t);
  t.match(await text('.gone/statements/2026-0002/v/1.json'), 'ground personal_data');
  t.notOk(await exists(current('statements/2026-0002/v/1.json')));
  t.ok(await exists(current('statements/2026-0002/v/1.tlog-proof')));
});

t.test('what is no mirror is left alone, one export at a time writes, and a site cannot write beside its place', async (t) => {
  const strange = await house.place();
  await mkdir(strange);
  await writeFile(join(strange, 'letter.txt'), 'private');
  await t.rejects(openMirror(strange), { code: 'store_exists' });
  const other = await house.place();
  const mirror = await openMirror(other);
  await t.rejects(openMirror(other), { code: 'store_locked' });
  for (const path of ['/../../x', '/a/../../x', '/.gone/x', '/a/.b', '//x', '/a b', '/a%2e']) {
    const read: Site['read'] = async (asked, etag) => {
      const answer = await house.site.read(asked, etag);
      return asked === '/contents.json' ? { ...answer, body: Buffer.from(answer.body.toString().replace('"/robots.txt"', JSON.stringify(path))) } : answer;
    };
    await t.rejects(exportSite({ ...house.site, read }, mirror, true), { code: 'not_found' }, path);
  }
  t.equal(mirror.current(), null);
  await mirror.close();
  for (const args of [
    [],
    ['a', 'b'],
    ['a', '--from', 'ftp://x'],
    ['a', '--from', 'http://x/y'],
    ['a', '--print', 'apache'],
    ['a', '--application', 'http://x'],
  ])
    t.ok((await exportCommand.run(args).catch((error: unknown) => error)) instanceof UsageError, args.join(' '));
  await t.rejects(exportCommand.run([other, '--print', 'nginx']), { code: 'not_found' }, 'nothing is exported yet');
});
