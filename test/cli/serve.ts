import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openPlace, until } from '../support/place.ts';
import { openBrowser } from '../support/test-server.ts';

t.test('start makes the demonstration in an empty place, says how to sign in, and keeps the data the second time', async (t) => {
  const { start, run, isReady, deskUrl, publicUrl, env } = await openPlace(t);
  const first = start(['start']);
  await until(isReady);
  await until(async () => first.said().includes('Ctrl-C'));
  for (const word of [publicUrl, deskUrl, 'DEMONSTRATION', 'user code NAME']) t.match(first.said(), word);
  const [, password = ''] = /^ +amina +(\S.*?) {2,}/m.exec(first.said()) ?? [];
  const code = async (): Promise<string> => (await run(['user', 'code', 'amina'])).said.trim();

  const browser = openBrowser({ deskUrl });
  t.equal((await browser.post('/desk/sign-in', { name: 'amina', password, code: await code() })).status, 303);
  t.equal((await browser.get('/desk')).status, 200);

  t.equal((await stat(join(env.ONRECORD_DATA_DIR, 'operator.sock'))).mode & 0o777, 0o600);
  t.equal((await run(['user', 'disable', 'amina'])).code, 0);
  t.equal((await browser.get('/desk')).status, 303, 'disabled while the service runs, out at once');
  t.match(await run(['serve']), { code: 1, said: /store_locked/ }, 'one process a directory');
  t.equal((await run(['doctor'])).code, 0, 'the doctor may look beside a server');
  const nice = await nicenessOf(first.child.pid ?? 0);
  t.same([nice.get('libuv-worker'), nice.get('MainThread')], [[10], [0]], 'what can wait goes behind readers');

  const before = await (await fetch(`${publicUrl}/feeds/updates.atom`)).text();
  first.child.kill('SIGTERM');
  t.equal(await first.ended, 0);
  const second = start(['start']);
  await until(isReady);
  t.equal(await (await fetch(`${publicUrl}/feeds/updates.atom`)).text(), before);
  t.match((await run(['user', 'list', '--json'])).said, /"disabledAt": "2/);
  second.child.kill('SIGINT');
  t.equal(await second.ended, 0);
});

/** The niceness of a process's threads by their name, each value once (proc_pid_stat(5), field 19). */
async function nicenessOf(pid: number): Promise<ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  for (const thread of await readdir(`/proc/${pid}/task`)) {
    const [, name = '', rest = ''] = /\((.*)\) (.*)$/.exec((await readFile(`/proc/${pid}/task/${thread}/stat`, 'utf8')).trim()) ?? [];
    const nice = Number(rest.split(' ')[16]);
    found.set(name, [...new Set([...(found.get(name) ?? []), nice])]);
  }
  return found;
}
