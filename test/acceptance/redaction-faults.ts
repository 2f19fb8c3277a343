import t, { type Test } from 'tap';
import { discard, openNextDraft, saveText } from '../../src/desk/draft.ts';
import { redact, requestRedaction } from '../../src/desk/redact.ts';
import { withdraw } from '../../src/desk/withdraw.ts';
import type { Office } from '../../src/office.ts';
import type { RunningServer } from '../../src/server.ts';
import { type Disk, realDisk } from '../../src/store/disk.ts';
import { foundAgency, say } from '../support/agency.ts';
import { filesWith } from '../support/files-with.ts';
import { amina, jonas } from '../support/people.ts';
import { draftOf, withText } from '../support/statements.ts';

/** A text that has to go goes, whatever fails and whoever acts at the same moment. */

const tomas = { id: 'tomas', roles: ['publisher'] as const, recent: true };
const secret = 'Theodora Quist';
const places = [
  '/',
  '/statements/2026-0001',
  '/statements/2026-0001/v/1',
  '/statements/2026-0001/v/1.json',
  '/feeds/updates.atom',
  '/api/v1/statements',
  '/search?q=Theodora',
];

async function ask(office: Office, id: string): Promise<{ version: number; askedAt: string }> {
  const { redaction } = await requestRedaction(office, jonas, id, { version: 1, ground: 'court_order', reason: 'Order 12.' });
  return { version: 1, askedAt: redaction?.at ?? '' };
}

async function read({ publicUrl }: RunningServer, path: string): Promise<{ status: number; text: string }> {
  const response = await fetch(publicUrl + path, { redirect: 'manual' });
  return { status: response.status, text: await response.text() };
}

/** Fails an operation of the disk for paths that hold a part, as long as the test says. */
function failing(t: Test, operation: 'remove' | 'syncDirectory', part: string): { end(): void } {
  const real: Disk[typeof operation] = realDisk[operation];
  let isOver = false;
  realDisk[operation] = async (path: string) => {
    if (!isOver && path.includes(part)) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
    return real(path);
  };
  t.teardown(() => {
    realDisk[operation] = real;
  });
  return {
    end: () => {
      isOver = true;
    },
  };
}

t.test('a disk that does not let go of prints keeps nothing in public; it is told, and done later', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { id } = await say(server.office, `A file of ${secret} circulates`);
  for (const path of places) await read(server, path);
  const seen = await ask(server.office, id);
  const fault = failing(t, 'syncDirectory', '/prints');
  await redact(server.office, tomas, id, seen, { key: 'one', request: 'one' });
  for (const path of places) t.notMatch((await read(server, path)).text, secret, path);
  t.equal((await read(server, '/statements/2026-0001/v/1.json')).status, 451);
  t.type(server.office.press.trouble(), 'string', 'health says so');
  await say(server.office, 'Another statement');
  t.equal((await read(server, '/statements/2026-0002')).status, 200, 'and nothing else is held up');
  fault.end();
  await server.tick();
  t.equal(server.office.press.trouble(), null);
  t.strictSame(await filesWith(agency.directory, secret), []);
  await server.close(0);
});

t.test('working texts that could not be removed are removed at the next opening', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { id } = await say(server.office, `A file of ${secret} circulates`);
  const seen = await ask(server.office, id);
  const fault = failing(t, 'remove', '/texts/');
  await redact(server.office, tomas, id, seen, null);
  t.type(server.office.store.trouble(), 'string', 'health says so');
  t.not((await filesWith(agency.directory, secret)).length, 0, 'the fault is real');
  await server.close(0);
  fault.end();
  const again = await agency.start();
  t.strictSame(await filesWith(agency.directory, secret), []);
  t.equal(again.office.store.trouble(), null);
  await again.close(0);
});

t.test('whoever acts in the same moment brings nothing back', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { office } = server;
  for (let round = 0; round < 6; round += 1) {
    const { id, reference } = await say(office, `A file of ${secret} circulates`);
    const seen = await ask(office, id);
    const other =
      round % 2 === 0
        ? withdraw(office, jonas, id, { version: 1, code: 'facts_wrong', reason: { en: 'It was wrong.' } }, null)
        : openNextDraft(office, amina, id, 'correction');
    const [removal] = await Promise.allSettled([redact(office, tomas, id, seen, null), other]);
    if (removal.status === 'rejected') continue;
    const statement = await office.store.read(id);
    t.notMatch(JSON.stringify(statement), secret, `${reference}: no draft repeats it`);
    for (const path of [`/statements/${reference}`, `/statements/${reference}/v/2.json`]) t.notMatch((await read(server, path)).text, secret, path);
  }
  await server.close(0);
});

t.test('a tab that was open before the redaction saves nothing of it any more', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  const { office } = server;
  const { id } = await say(office, `A file of ${secret} circulates`);
  const { revision, hash, content } = draftOf(await openNextDraft(office, amina, id, 'update'));
  await discard(office, jonas, id, { revision, hash }, 'It stands in the way.');
  await redact(office, tomas, id, await ask(office, id), null);
  await t.rejects(saveText(office, amina, id, revision, 'update', withText(content, { doing: 'We look.' })), { code: 'wrong_state' });
  t.strictSame(await filesWith(agency.directory, secret), []);
  await server.close(0);
});
