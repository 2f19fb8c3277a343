import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { openBrowser } from '../support/test-server.ts';

const main = join(import.meta.dirname, '../../src/cli/main.ts');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function openPlace(t: Test) {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-serve-'));
  t.teardown(() => rm(directory, { recursive: true }));
  const [open, desk, operations] = [await freePort(), await freePort(), await freePort()];
  const env = {
    ONRECORD_DATA_DIR: join(directory, 'data'),
    ONRECORD_PUBLIC_PORT: `${open}`,
    ONRECORD_DESK_PORT: `${desk}`,
    ONRECORD_OPS_PORT: `${operations}`,
    ONRECORD_LOG_LEVEL: 'silent',
  };
  const start = (...args: string[]): Running => follow(spawn(process.execPath, [main, ...args], { env, cwd: directory }));
  const run = async (...args: string[]) => {
    const { ended, said } = start(...args);
    return { code: await ended, said: said() };
  };
  const isReady = async (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${operations}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  return { env, start, run, isReady, deskUrl: `http://localhost:${desk}`, publicUrl: `http://localhost:${open}` };
}

type Running = { child: ChildProcess; ended: Promise<number | null>; said(): string };
function follow(child: ChildProcess): Running {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  return { child, ended: new Promise((resolve) => child.on('close', resolve)), said: () => text };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 100));
}

t.test('start makes the demonstration in an empty place, says how to sign in, and keeps the data the second time', async (t) => {
  const { start, run, isReady, deskUrl, publicUrl, env } = await openPlace(t);
  const first = start('start');
  await until(isReady);
  await until(async () => first.said().includes('Ctrl-C'));
  for (const word of [publicUrl, deskUrl, 'DEMONSTRATION', 'user code NAME']) t.match(first.said(), word);
  const [, password = ''] = /^ +amina +(\S.*?) {2,}/m.exec(first.said()) ?? [];
  const code = async (): Promise<string> => (await run('user', 'code', 'amina')).said.trim();

  const browser = openBrowser({ deskUrl });
  t.equal((await browser.post('/desk/sign-in', { name: 'amina', password, code: await code() })).status, 303);
  t.equal((await browser.get('/desk')).status, 200);

  t.equal((await stat(join(env.ONRECORD_DATA_DIR, 'operator.sock'))).mode & 0o777, 0o600);
  t.equal((await run('user', 'disable', 'amina')).code, 0);
  t.equal((await browser.get('/desk')).status, 303, 'disabled while the service runs, out at once');
  t.match(await run('serve'), { code: 1, said: /store_locked/ }, 'one process a directory');
  t.equal((await run('doctor')).code, 0, 'the doctor may look beside a server');

  const before = await (await fetch(`${publicUrl}/feeds/updates.atom`)).text();
  first.child.kill('SIGTERM');
  t.equal(await first.ended, 0);
  const second = start('start');
  await until(isReady);
  t.equal(await (await fetch(`${publicUrl}/feeds/updates.atom`)).text(), before);
  t.match((await run('user', 'list', '--json')).said, /"disabledAt": "2/);
  second.child.kill('SIGINT');
  t.equal(await second.ended, 0);
});
