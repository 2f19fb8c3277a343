import { execFile, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import t, { type Test } from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { restoreBackup } from '../../src/cli/restore-acts.ts';
import { allPaths } from '../../src/press/all-paths.ts';
import { Contents } from '../../src/press/contents.ts';
import { type Agency, foundAgency, removeText, say, sayMore, takeBack } from '../support/agency.ts';
import { freePort } from '../support/free-port.ts';
import { nodeCommand } from '../support/node-command.ts';
import { until } from '../support/place.ts';
import { type Answer, send } from '../support/public-site.ts';

/**
 * An agency puts a plain web server before the world, exports to it, and loses the application on election night: the mirror goes on
 * answering every page, feed and file as the application did, with its headers.
 */

const has = (program: string): boolean => {
  try {
    execFileSync(program, [program === 'nginx' ? '-v' : 'version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const without = (program: string): string | false => !has(program) && `${program.toUpperCase()} IS NOT ON THIS MACHINE: MIRRORS ARE NOT SERVED BY IT`;

const main = join(import.meta.dirname, '../../src/cli/main.ts');
const run = promisify(execFile);
const onrecord = async (...args: string[]): Promise<string> => (await run(...nodeCommand(main, args), { cwd: '/' })).stdout;

const codings = ['identity', 'gzip', 'br'] as const;
/** Everything that the application says and a server of files can say: no tag, no relations of versions. */
const compared = [
  ...['content-type', 'content-encoding', 'content-language', 'content-disposition', 'cache-control', 'vary', 'access-control-allow-origin'],
  ...['content-security-policy', 'strict-transport-security', 'x-content-type-options', 'referrer-policy', 'cross-origin-opener-policy'],
  ...['permissions-policy', 'cross-origin-resource-policy', 'x-robots-tag', 'set-cookie'],
];
const shown = ({ status, headers, body }: Answer) => ({ status, headers: compared.map((name) => `${name}: ${headers[name]}`), body: body.toString('base64') });

const readAll = async (url: string, paths: readonly string[]): Promise<Map<string, Answer>> => {
  const answers = new Map<string, Answer>();
  const queue = paths.flatMap((path) => codings.map((coding) => [path, coding] as const));
  const read = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift())
      answers.set(next.join(' '), await send(url, next[0], { 'accept-encoding': next[1] === 'br' ? 'gzip, br' : next[1] }));
  };
  await Promise.all(Array.from({ length: 8 }, read));
  return answers;
};

/** The mirror of an agency that has ended, and what its site had answered at each path. */
type Lost = { agency: Agency; backup: string; directory: string; paths: readonly string[]; before: ReadonlyMap<string, Answer> };
async function exportAndEnd(t: Test): Promise<Lost> {
  const agency = await foundAgency(t);
  const server = await agency.start({ ONRECORD_EMBED_ORIGINS: 'https://news.example' });
  const first = await say(server.office, 'Said, and corrected');
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  await sayMore(server.office, first.id, 'correction', 'Corrected');
  await takeBack(server.office, await say(server.office, 'Withdrawn'));
  await say(server.office, 'An exercise', { exercise: true });
  const named = await say(server.office, 'It named somebody');
  await sayMore(server.office, named.id, 'update', 'It names nobody');
  await removeText(server.office, named.id, 1);
  const directory = join(agency.parent, 'mirror');
  await onrecord('export', directory, '--from', server.publicUrl);
  const contents = Contents.parse(JSON.parse((await send(server.publicUrl, '/contents.json')).body.toString()));
  // Of the words for codes, a few stand for all: hundreds of pages are made alike.
  const listed = [...allPaths(contents).keys()].filter((path) => !path.includes('/vocab/') || /\/vocab\/(?:verdict|kind|log-entry)/.test(path));
  const paths = [...listed, '/nothing', '/fr/nothing', '/statements/2026-0099', '/index.html', '/statements/2026-0001.html', '/.gone/', '/methods.gz'];
  for (const path of paths) await server.office.press.cold(path);
  await server.office.press.settled();
  const before = await readAll(server.publicUrl, paths);
  await server.close(0);
  await t.rejects(send(server.publicUrl, '/'), { code: 'ECONNREFUSED' });
  return { agency, backup, directory, paths, before };
}

/** Starts a server of files and ends it, by its own id, with the test. */
async function serve(t: Test, port: number, program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
  const child = spawn(program, args, { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  t.teardown(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(said);
    return send(url, '/').then(
      () => true,
      () => false,
    );
  });
  return url;
}

/** What stands for the application while it lives: says what it was asked, and by which name. */
async function openStandIn(t: Test): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer(({ url, headers }, response) => response.end(`${headers.host} ${url}`));
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  t.teardown(close);
  return { url: `http://127.0.0.1:${port}`, close };
}

/** Questions go to the application, by the site's name, as long as it lives. */
async function askThrough(t: Test, url: string, application: { close(): Promise<void> }): Promise<void> {
  for (const path of ['/search?q=leak', '/fr/verify?q=2026-0001']) {
    const { status, body } = await send(url, path, { host: 'record.test' });
    t.same([status, body.toString()], [200, `record.test ${path}`]);
  }
  t.equal((await send(url, '/search')).headers['content-type'], 'text/html; charset=utf-8', 'the empty form is a file');
  await application.close();
}

async function compare(t: Test, url: string, paths: readonly string[], before: ReadonlyMap<string, Answer>): Promise<void> {
  const after = await readAll(url, paths);
  for (const [name, answer] of before) {
    const found = after.get(name);
    // The site never packs with brotli what it makes for each question, nor what is missing; the mirror does.
    const isAsked = name.endsWith(' br') && (answer.status === 404 || /\/(?:search|verify) /.test(name));
    if (isAsked) t.equal(found && brotliDecompressSync(found.body).toString(), before.get(name.replace(/br$/, 'identity'))?.body.toString(), name);
    else t.same(found && shown(found), shown(answer), name);
  }
  const asked = await send(url, '/search?q=leak');
  t.equal(asked.status, 503, 'a search is refused, not answered with nothing found');
  t.equal((await send(url, '/statements/2026-0001', { 'accept-datetime': 'Sun, 22 Nov 2026 09:00:00 GMT' })).status, 503);
  for (const [path, target] of [
    ['/fr', '/fr/'],
    ['/claims', '/register'],
    ['/statements/2026-0001/', '/statements/2026-0001'],
  ] as const)
    t.match(await send(url, path), { status: 308, headers: { location: target } }, path);
  t.equal((await send(url, '/methods?utm_source=x')).status, 200, 'a query means nothing elsewhere');
  const { headers } = await send(url, '/feeds/updates.atom', { 'accept-encoding': 'gzip' });
  const again = await send(url, '/feeds/updates.atom', { 'accept-encoding': 'gzip', 'if-none-match': String(headers.etag) });
  t.match(again, { status: 304, headers: { 'access-control-allow-origin': '*' } }, 'a poller gets 304');
  t.notOk('last-modified' in headers);
}

t.test('with the application gone, plain web servers answer as it did', { skip: without('nginx') && without('caddy') }, async (t) => {
  const { agency, backup, directory, paths, before } = await exportAndEnd(t);
  t.ok([...before.values()].some(({ status }) => status === 451) && before.size > 400);

  const place = join(agency.parent, 'restored');
  const request = { backup, way: { way: 'complete-from', source: join(directory, 'current') }, given: [], now: agency.clock.now() } as const;
  const restored = await restoreBackup({ ...request, from: agency.environment({ ONRECORD_DATA_DIR: place }) });
  t.match(restored, { size: 8, completed: { statements: 4 } }, 'an old backup is completed from the mirror alone');

  await t.test('nginx', { skip: without('nginx') }, async (t) => {
    const [port, folder] = [await freePort(), join(agency.parent, 'nginx')];
    await mkdir(folder);
    const application = await openStandIn(t);
    const printed = await onrecord('export', directory, '--print', 'nginx', '--application', application.url);
    const module = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';
    if (!existsSync(module)) t.comment('NGINX HAS NO BROTLI MODULE HERE: BROTLI IS NOT TESTED');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join(' ');
    const site = (existsSync(module) ? printed : printed.replace('brotli_static on;', '')).replace('listen 80;', `listen 127.0.0.1:${port};`);
    const top = `${existsSync(module) ? `load_module ${module};` : ''} daemon off; ${process.getuid?.() === 0 ? 'user root;' : ''} pid ${folder}/pid; error_log ${folder}/error.log; events {}`;
    await writeFile(join(folder, 'nginx.conf'), `${top} http { access_log off; ${temporary}\n${site}\n}`);
    const url = await serve(t, port, 'nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')]);
    await askThrough(t, url, application);
    const tried = existsSync(module) ? before : new Map([...before].filter(([name]) => !name.endsWith(' br')));
    await compare(t, url, paths, tried);
  });

  await t.test('Caddy', { skip: without('caddy') }, async (t) => {
    const [port, folder] = [await freePort(), join(agency.parent, 'caddy')];
    await mkdir(folder);
    const application = await openStandIn(t);
    const printed = await onrecord('export', directory, '--print', 'caddy', '--application', application.url);
    const site = printed.replace(':80 {', `http://:${port} {\n\tbind 127.0.0.1`).replace('{\n\tservers', '{\n\tadmin off\n\tservers');
    await writeFile(join(folder, 'Caddyfile'), site);
    const url = await serve(t, port, 'caddy', ['run', '--adapter', 'caddyfile', '--config', join(folder, 'Caddyfile')], { HOME: folder });
    await askThrough(t, url, application);
    await compare(t, url, paths, before);
  });
});
