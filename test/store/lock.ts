import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { type Disk, realDisk } from '../../src/store/disk.ts';
import { sweepTemporary } from '../../src/store/durable-file.ts';
import { acquireLock } from '../../src/store/lock.ts';
import { temporaryDirectory } from '../support/store-fixtures.ts';
import { createSite, startChild } from '../support/store-processes.ts';

await t.test('the second process on one directory is refused with a clear line, and gets in once the first is gone', async (t) => {
  const site = await createSite(t);
  const first = startChild(site, 'hold');
  await first.said();
  t.same(first.lines, ['open']);
  const second = startChild(site, 'hold');
  await second.ended;
  t.equal(second.process.exitCode, 1);
  t.match(second.lines[0], new RegExp(`^refused store_locked: .*process ${first.process.pid}$`));
  await t.rejects(site.open(), { code: 'store_locked' });
  first.process.kill('SIGKILL');
  await first.ended;
  const third = startChild(site, 'hold');
  await third.said();
  t.same(third.lines, ['open']);
  third.process.stdin.end();
  await third.ended;
  t.equal(third.process.exitCode, 0);
  await (await site.open()).close();
});

await t.test('of many starters after a kill exactly one gets in', async (t) => {
  const site = await createSite(t);
  for (let round = 0; round < 3; round += 1) {
    const starters = Array.from({ length: 4 }, () => startChild(site, 'hold'));
    await Promise.all(starters.map((child) => child.said()));
    const inside = starters.filter((child) => child.lines[0] === 'open');
    t.equal(inside.length, 1);
    for (const child of starters) child.process.kill('SIGKILL');
    await Promise.all(starters.map((child) => child.ended));
  }
});

await t.test('one process takes a lock once, and again after it let go', async (t) => {
  const directory = await temporaryDirectory(t);
  const lock = await acquireLock(directory);
  await t.rejects(acquireLock(directory), { code: 'store_locked' });
  await (await acquireLock(directory, 'other')).release();
  await lock.release();
  await (await acquireLock(directory)).release();
});

await t.test('a holder that cannot be alive does not count', async (t) => {
  const directory = await temporaryDirectory(t);
  const boot = '11111111-2222-3333-4444-555555555555';
  const dead: Record<string, string> = {
    'of an earlier boot': JSON.stringify({ pid: process.ppid, boot, started: '1', released: false }),
    'whose number another process has now': JSON.stringify({ pid: process.ppid, boot: await bootId(), started: '1', released: false }),
    'with our own number, as after a restart of a container': JSON.stringify({ pid: process.pid, boot: await bootId(), started: '1', released: false }),
    'torn by a power cut': '{"pid":12',
    'of no length': '',
  };
  let number = 10;
  for (const [name, text] of Object.entries(dead)) {
    await writeFile(join(directory, `lock.${number}`), text);
    await t.resolves(
      acquireLock(directory).then((lock) => lock.release()),
      name,
    );
    number += 10;
  }
});

await t.test('who is overtaken between two steps is told who holds it: the holder’s sweep takes half-made locks away', async (t) => {
  const directory = await temporaryDirectory(t);
  const fields = (await readFile(`/proc/${process.ppid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? [];
  const holder = { pid: process.ppid, boot: await bootId(), started: fields[19], released: false };
  const overtaken: Disk = {
    ...realDisk,
    link: async (existing, path) => {
      await writeFile(join(directory, 'lock.7'), JSON.stringify(holder));
      await sweepTemporary(directory, realDisk);
      return realDisk.link(existing, path);
    },
  };
  await t.rejects(acquireLock(directory, 'lock', overtaken), { code: 'store_locked', message: new RegExp(`process ${process.ppid}$`) });
});

async function bootId(): Promise<string> {
  return (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
}
