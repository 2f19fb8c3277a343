import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import type { RunningServer } from '../../src/server.ts';
import { openPostgres } from '../support/postgres.ts';
import { liveText } from '../support/publishing-acts.ts';
import { foundSharedAgency } from '../support/shared-agency.ts';

/** Several servers on one database. */

const server = await openPostgres(t);

const read = async ({ publicUrl }: RunningServer, path: string): Promise<string> => (await fetch(`${publicUrl}${path}`)).text();

/** Until every server answers the same; what they answer then. */
async function agreed(servers: readonly RunningServer[], path: string, isIt: (text: string) => boolean): Promise<string> {
  for (let patience = 200; ; patience -= 1) {
    const [first = '', ...others] = await Promise.all(servers.map((one) => read(one, path)));
    if (isIt(first) && others.every((text) => text === first)) return first;
    if (patience === 0) throw new Error(`the servers do not agree on ${path}`);
    await sleep(25);
  }
}

t.test('what one server publishes, all show, byte for byte', async (t) => {
  const agency = await foundSharedAgency(t, server);
  const servers = [await agency.start('first'), await agency.start('second'), await agency.start('third')];
  const [first, second, third] = servers;
  if (!first || !second || !third) return;
  const published = await liveText(first.office, 'Said on the first');
  t.match(await agreed(servers, `/statements/${published.reference}`, (text) => text.includes('Said on the first')), published.reference ?? 'none');
  await Promise.all(servers.flatMap(({ office }, host) => [1, 2, 3].map((n) => liveText(office, `Host ${host} says ${n}`))));
  for (const path of ['/', '/feeds/updates.atom', '/log/checkpoint', '/feeds/updates.json', '/sitemap.xml', '/archive'])
    t.ok(await agreed(servers, path, (text) => path !== '/log/checkpoint' || text.split('\n')[1] === '10'), path);
  t.equal((await third.office.store.ledger(-1, 100)).size, 10);
});
