import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import { type Agency, foundAgency, publicTree, say, sayMore } from '../support/agency.ts';
import { newest, restore } from '../support/morning.ts';
import { nodeCommand } from '../support/node-command.ts';
import { until } from '../support/place.ts';

/** An operator's restore that the power, or the operator, ends. */

const main = join(import.meta.dirname, '../../bin/onrecord.js');

/** Kills the command this long after it began to build; false when it had ended before. */
async function killRestore(agency: Agency, backup: string, directory: string, building: string, afterMs: number): Promise<boolean> {
  const env = agency.environment({ ONRECORD_DATA_DIR: directory });
  const child = spawn(...nodeCommand(main, ['restore', backup, '--newest', agency.anchorFile]), { env, stdio: 'ignore' });
  const ended = once(child, 'close');
  await until(async () => existsSync(building) || child.exitCode !== null, 20_000, 1);
  await sleep(afterMs);
  const isKilled = child.kill('SIGKILL');
  await ended;
  return isKilled && child.signalCode === 'SIGKILL';
}

async function openBackup(agency: Agency): Promise<{ backup: string; before: ReadonlyMap<string, string> }> {
  const server = await agency.start();
  for (const title of ['One', 'Two', 'Three']) await say(server.office, title);
  await sayMore(server.office, (await say(server.office, 'Four')).id, 'correction', 'Four, corrected');
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  const before = await publicTree(server);
  await server.close(0);
  return { backup, before };
}

t.test('a restore that is killed leaves nothing that boots, and the next one works', async (t) => {
  const agency = await foundAgency(t);
  const { backup, before } = await openBackup(agency);
  const volume = join(agency.parent, 'volume');
  await mkdir(volume);
  const places = { [join(agency.parent, 'place')]: join(agency.parent, 'place.restoring'), [volume]: join(volume, '.restoring.tmp') };
  for (const [directory, building] of Object.entries(places)) {
    let killed = 0;
    for (const afterMs of [0, 15, 45, 90]) {
      if (!(await killRestore(agency, backup, directory, building, afterMs))) break;
      killed += 1;
      t.ok(existsSync(building), 'it was killed at work');
      await t.rejects(agency.start({ ONRECORD_DATA_DIR: directory }), { code: 'store_not_initialised' }, `after ${afterMs} ms`);
    }
    t.ok(killed > 0);
  }
  for (const directory of Object.keys(places).filter((place) => !existsSync(join(place, 'onrecord.json')))) {
    t.match(await restore(agency, backup, newest(agency.anchorFile), directory), { size: 5 });
    const again = await agency.start({ ONRECORD_DATA_DIR: directory });
    t.same(await publicTree(again), before);
    await again.close(0);
  }
  t.notOk((await readdir(agency.parent)).includes('place.restoring'));
  t.notOk((await readdir(volume)).includes('.restoring.tmp'));
});

t.test('so does one that is killed while it moves into a volume', async (t) => {
  const agency = await foundAgency(t);
  const { backup, before } = await openBackup(agency);
  const volume = join(agency.parent, 'volume');
  await mkdir(volume);
  await restore(agency, backup, newest(agency.anchorFile), volume);
  await mkdir(join(volume, '.restoring.tmp'));
  for (const name of ['onrecord.json', 'texts', 'people', 'prints']) await rename(join(volume, name), join(volume, '.restoring.tmp', name));
  await t.rejects(agency.start({ ONRECORD_DATA_DIR: volume }), { code: 'store_not_initialised' });
  t.match(await restore(agency, backup, newest(agency.anchorFile), volume), { size: 5 });
  const again = await agency.start({ ONRECORD_DATA_DIR: volume });
  t.same(await publicTree(again), before);
  await again.close(0);

  await mkdir(join(agency.parent, 'foreign/.restoring.tmp'), { recursive: true });
  await mkdir(join(agency.parent, 'foreign/texts'));
  await mkdir(join(agency.parent, 'foreign/letters'));
  await t.rejects(restore(agency, backup, newest(agency.anchorFile), join(agency.parent, 'foreign')), { code: 'store_exists' });
  t.same((await readdir(join(agency.parent, 'foreign'))).sort(), ['.restoring.tmp', 'letters', 'texts'], 'what is of no restore is not touched');
});
