import { generateKey } from 'openpgp';
import t from 'tap';
import { openFirstDraft, submit } from '../../src/desk/draft.ts';
import { foundAgency, say } from '../support/agency.ts';
import { amina } from '../support/people.ts';
import { readyContent, seenOf, withText } from '../support/statements.ts';
import { signedIn } from '../support/test-server.ts';

/** What the desk says of CSAF, and when. */

const site = { ONRECORD_PUBLIC_URL: 'https://record.test', ONRECORD_SECURITY_EXPIRES: '2026-12-15' };

const agency = await foundAgency(t);
const server = await agency.start(site);

t.test('a text whose document no validator would take is sent back at submission, with the place in the document', async (t) => {
  const { office } = server;
  const { csaf } = office;
  if (csaf === null) throw new Error('there is no CSAF');
  const draft = await openFirstDraft(
    office,
    amina,
    'draft0000001',
    'holding',
    withText(readyContent(), { title: 'Data circulates', summary: 'It has not been verified.' }),
  );
  office.csaf = { ...csaf, check: async () => [{ path: '/document/title', message: 'must be something else' }] };
  await t.rejects(submit(office, amina, draft.id, seenOf(draft)), {
    code: 'not_ready',
    issues: [{ field: 'csaf', code: 'csaf_invalid', values: { path: '/document/title', message: 'must be something else' } }],
  });
  office.csaf = csaf;
  t.equal((await submit(office, amina, draft.id, seenOf(draft))).draft?.submission?.by, 'amina');
});

t.test('a validator that does not answer, or fails, keeps no text back', async (t) => {
  const { office } = server;
  const { csaf } = office;
  if (csaf === null) throw new Error('there is no CSAF');
  t.teardown(() => {
    office.csaf = csaf;
  });
  for (const [id, check] of [
    ['draft0000002', () => Promise.reject(new Error('no memory'))],
    ['draft0000003', () => new Promise<never>(() => {})],
  ] as const) {
    office.csaf = { ...csaf, check };
    const draft = await openFirstDraft(
      office,
      amina,
      id,
      'holding',
      withText(readyContent(), { title: 'Data circulates', summary: 'It has not been verified.' }),
    );
    t.equal((await submit(office, amina, draft.id, seenOf(draft))).draft?.submission?.by, 'amina');
  }
});

t.test('the desk says that a provider without documents is none yet, and that security.txt ends soon; machines are told the second', async (t) => {
  const person = await signedIn(server, 'amina');
  t.match((await person.get('/desk')).text, /No document is listed yet[\s\S]*security\.txt says that it holds until/);
  const ready = await (await fetch(`${server.opsUrl}/readyz`)).json();
  t.match(ready, { ready: true, warnings: [/security expires: 2026-12-15/] });
  await say(server.office, 'Data circulates');
  const page = (await person.get('/desk')).text;
  t.notMatch(page, /No document is listed yet/);
  agency.clock.forward(86_400_000);
  t.match(await (await fetch(`${server.publicUrl}/.well-known/security.txt`)).text(), /^Expires: 2026-12-15T00:00:00\.000Z$/m);
});

t.test('a key that cannot sign stops nothing: the service starts, the page is out, and the desk says why no document is', async (t) => {
  const agency = await foundAgency(t);
  const { privateKey } = await generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name: 'Lumen' }],
    passphrase: 'a secret',
    date: new Date(agency.clock.now() - 1_000),
  });
  const server = await agency.start({ ...site, ONRECORD_OPENPGP_KEY: privateKey });
  await say(server.office, 'Data circulates');
  t.equal((await fetch(`${server.publicUrl}/statements/2026-0001`)).status, 200);
  t.match(server.office.press.csaf(), { documents: 0, owed: 1, failure: /decrypt/ });
  t.match(await (await fetch(`${server.opsUrl}/readyz`)).json(), { ready: true, warnings: [/csaf owed: 1: .*decrypt/, /security expires/] });
});
