import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { backUp } from '../../src/cli/backup.ts';
import type { Findings } from '../../src/leak/findings.ts';
import { standingOf } from '../../src/leak/register.ts';
import { sha256Hex } from '../../src/ledger/hash.ts';
import { formatVerifierKey } from '../../src/ledger/note.ts';
import { parseRegister } from '../../src/ledger/register-file.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { provingCommands } from '../../src/press/pages/proving.ts';
import type { RunningServer } from '../../src/server.ts';
import { type Agency, foundAgency, identity, publicTree, removeText, say, sayMore, takeBack } from '../support/agency.ts';
import { artefact, collection } from '../support/findings.ts';
import { from, get, restore } from '../support/morning.ts';
import { auditRegister } from '../support/register-audit.ts';
import { readyContent } from '../support/statements.ts';
import { runnable, runScript } from '../support/verifier-scripts.ts';

/** The register of a running agency: changed by publications alone, signed with them, and the same after everything was lost. */

const main = join(import.meta.dirname, '../../bin/onrecord.js');
const hex = (number: number): string => number.toString(16).padStart(64, '0');

/** So many items, each with a fingerprint; `salt` makes their fingerprints others. */
function items(count: number, salt = 0): { findings: Findings } {
  const artefacts = Array.from({ length: count }, (_, place) =>
    artefact({
      id: `A-${place + 1}`,
      label: { en: `Item ${place + 1}` },
      fingerprints: [{ level: 'exact', pipeline: 'onrecord-fp-v1', value: hex(1_000 * salt + place) }],
    }),
  );
  const collections = count > 1 ? [collection({ label: { en: 'All of them' }, members: artefacts.map(({ id }) => id) })] : [];
  return { findings: { artefacts, collections } };
}

type Act = { act: 'say' | 'more' | 'withdraw' | 'exercise' | 'redact'; at: number; salt: number };
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({ act: fc.constantFrom<Act['act'][]>('say', 'say', 'more', 'more', 'more', 'withdraw', 'exercise', 'redact'), at: fc.nat(9), salt: fc.nat(3) }),
  { minLength: 8, maxLength: 14 },
);

/** What the acts leave; an act that has nothing to act on is passed over. */
async function play({ office }: RunningServer, agency: Agency, list: readonly Act[]): Promise<void> {
  const told = new Map<string, { items: number; versions: number; isOpen: boolean }>();
  for (const { act, at, salt } of list) {
    agency.clock.forward(1_000);
    if (act === 'exercise') await say(office, 'An exercise', { exercise: true, ...items(2, salt) });
    else if (act === 'say') told.set((await say(office, 'A leak', items(at % 4, salt))).id, { items: at % 4, versions: 1, isOpen: true });
    else {
      const [id, state] = [...told].filter(([, { isOpen }]) => isOpen)[at % Math.max(1, told.size)] ?? [];
      if (id === undefined || state === undefined) continue;
      if (act === 'more') {
        const count = state.items + (salt % 2);
        await sayMore(office, id, 'update', 'More of it', items(count, salt));
        told.set(id, { ...state, items: count, versions: state.versions + 1 });
      } else if (act === 'redact') {
        if (state.versions > 1) await removeText(office, id, 1).catch(() => undefined);
      } else {
        const statement = await office.store.read(id);
        if (statement) await takeBack(office, statement);
        told.set(id, { ...state, isOpen: false });
      }
    }
  }
}

const logged = async ({ office }: RunningServer) => (await office.store.ledger(-1, 10_000)).entries;
const statesIn = async (server: RunningServer): Promise<readonly string[]> =>
  (await logged(server)).flatMap(({ entry }) => (entry.files ?? []).map(({ name }) => name)).filter((name) => /^\/register\/\d+\.json$/.test(name));

t.test('whatever is published, each state is the next one made of the last, and a restored backup has the same bytes', { timeout: 300_000 }, async (t) => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const agency = await foundAgency(t);
      const server = await agency.start();
      const half = Math.ceil(list.length / 2);
      await play(server, agency, list.slice(0, half));
      const backup = join(agency.parent, 'backup');
      await backUp(await agency.config(), backup, agency.clock.now());
      await play(server, agency, list.slice(half));
      const names = await statesIn(server);
      t.same(auditRegister(await logged(server), identity), []);
      t.same(
        names,
        names.map((_, place) => `/register/${place + 1}.json`),
        'numbers without a gap',
      );
      const before = await publicTree(server);
      const states = await Promise.all(names.map((name) => get(`${server.publicUrl}${name}`)));
      if (states.length > 0) t.ok(states.at(-1)?.equals(await get(`${server.publicUrl}/register.json`)), 'the newest is public when the act has answered');
      const directory = join(agency.parent, 'restored');
      if ((await logged(server)).length === 0) {
        // A site that never published anything has no log to be complete by.
        await t.rejects(restore(agency, backup, from(server.publicUrl), directory), { code: 'not_found' });
        return server.close(0);
      }
      await restore(agency, backup, from(server.publicUrl), directory);
      await server.close(0);
      const again = await agency.start({ ONRECORD_DATA_DIR: directory });
      t.same(auditRegister(await logged(again), identity), []);
      for (const [place, name] of names.entries()) t.ok(states[place]?.equals(await get(`${again.publicUrl}${name}`)), name);
      t.same(await publicTree(again), before);
      await say(again.office, 'After the loss', items(1, 9));
      t.same(auditRegister(await logged(again), identity), [], 'and goes on from there');
      await again.close(0);
    }),
    { numRuns: 4 },
  );
});

async function openWithChecker(t: Test): Promise<{ agency: Agency; server: RunningServer }> {
  const agency = await foundAgency(t);
  const server = await agency.start();
  server.office.offlineCheck = (register) => Buffer.from(`<!doctype html>\n<title>Check</title>\n<script type="application/json">${register}</script>\n`);
  return { agency, server };
}

t.test('a state and its offline page are proved by the proof of the version that brought them, with both programs', async (t) => {
  const { agency, server } = await openWithChecker(t);
  const { id } = await say(server.office, 'A leak', items(2));
  agency.clock.forward(1_000);
  await sayMore(server.office, id, 'update', 'The same items', items(2));
  await sayMore(server.office, id, 'update', 'One more', items(3));
  const read = (path: string): Promise<Buffer> => get(`${server.publicUrl}${path}`);
  const trust = await read('/log/trust.note');
  const root = formatVerifierKey(createSigner(agency.rootPem, `${identity}/root`));
  const proof = await read('/statements/2026-0001/v/3.tlog-proof');
  t.ok(proof.equals(await read('/register/2.tlog-proof')), 'it stands beside the register as well');
  const [register, page] = [await read('/register/2.json'), await read('/register/2.html')];
  t.ok(page.includes(register));
  const entries = await logged(server);
  t.same(auditRegister(entries, identity), []);
  const [whole, ...others] = entries;
  t.not(auditRegister(others, identity).length, 0, 'negative control: a state that is missing is found');
  const emptied = entries.map((one) => (one === whole ? { ...one, files: one.files.filter(({ name }) => !name.startsWith('/register/')) } : one));
  t.not(auditRegister(emptied, identity).length, 0, 'negative control: a change that was not signed is found');
  for (const name of runnable) {
    for (const file of [register, page])
      t.match(await runScript(name, { root, trust, proof, file }), { code: 0, said: /^PROVED[\s\S]*statement 2026-0001, version 3 / }, name);
    const changed = Buffer.from(register.toString().replace('"unverified"', '"fabricated"'));
    t.match(await runScript(name, { root, trust, proof, file: changed }), { code: 1, said: /not the one of this proof/ }, name);
    const other = await read('/register/1.tlog-proof');
    t.match(await runScript(name, { root, trust, proof: other, file: register }), { code: 1 }, `${name}: the proof of another state`);
  }
});

/** The lines of a page that prove its offline copy, as a reader copies them. */
function provingLines(html: string): string {
  const [, lines = ''] = /<pre[^>]*>((?:(?!<\/pre>)[\s\S])*tlog-proof(?:(?!<\/pre>)[\s\S])*)<\/pre>/.exec(html) ?? [];
  return lines
    .replaceAll(/<\/?code>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<');
}

t.test('the lines on /check and in its offline copy prove the copy as they stand', { skip: !runnable.includes('shell') }, async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'A leak', items(1));
  await sayMore(server.office, (await say(server.office, 'Another leak', items(2, 1))).id, 'update', 'More of it', items(3, 1));
  const { publicUrl } = server.office.agency;
  const run = async (html: string, directory: string): Promise<string> => {
    const lines = provingLines(html).replaceAll(publicUrl, server.publicUrl);
    t.match(lines, '/register/3.tlog-proof');
    return (await promisify(execFile)('bash', ['-ec', lines], { cwd: directory })).stdout;
  };
  const [page, copy] = [await get(`${server.publicUrl}/check`), await get(`${server.publicUrl}/register/3.html`)];
  const proved = /^PROVED[\s\S]*\/register\/3\.html, a state of the register[\s\S]*the newest state of the register/;
  t.match(await run(page.toString(), await mkdtemp(join(agency.parent, 'page-'))), proved);
  const held = await mkdtemp(join(agency.parent, 'copy-'));
  await writeFile(join(held, 'register-3.html'), copy);
  t.match(await run(copy.toString(), held), proved);
  await writeFile(join(held, 'register-3.html'), copy.toString().replace('Check a file', 'Check a file!'));
  await t.rejects(run(copy.toString(), held), 'a changed copy is not proved');
  const unsigned = await mkdtemp(join(agency.parent, 'unsigned-'));
  await writeFile(join(unsigned, 'register-3.html'), copy);
  const lines = provingCommands(server.publicUrl, null, 3, true).join('\n');
  const found = await promisify(execFile)('bash', ['-ec', lines], { cwd: unsigned });
  t.equal(found.stdout.trim(), sha256Hex(copy), 'without a root key the log’s entry is looked into');
});

t.test('both programs name a state of the register, and with --latest tell whether there is a newer one', async (t) => {
  const { agency, server } = await openWithChecker(t);
  const { id } = await say(server.office, 'A leak', items(1));
  await sayMore(server.office, id, 'update', 'One more', items(2));
  await sayMore(server.office, id, 'update', 'The same again', items(2));
  const read = (path: string): Promise<Buffer> => get(`${server.publicUrl}${path}`);
  const root = formatVerifierKey(createSigner(agency.rootPem, `${identity}/root`));
  const trust = await read('/log/trust.note');
  for (const name of runnable) {
    const ask = async (path: string, proof: string, site?: string): Promise<string> =>
      (await runScript(name, { root, trust, proof: await read(proof), file: await read(path) }, site)).said;
    t.match(
      await ask('/register/1.json', '/register/1.tlog-proof'),
      /\/register\/1\.json, a state of the register: statement[\s\S]*Not checked: whether it is still current/,
      name,
    );
    t.match(
      await ask('/register/1.html', '/register/1.tlog-proof', server.publicUrl),
      /\/register\/1\.html[\s\S]*an older state of the register: 2 is the newest/,
      name,
    );
    t.match(await ask('/register/2.json', '/register/2.tlog-proof', server.publicUrl), /the newest state of the register\n/, name);
    const version = await ask('/statements/2026-0001/v/2.json', '/statements/2026-0001/v/2.tlog-proof', server.publicUrl);
    t.match(version, /\/statements\/2026-0001\/v\/2\.json: statement[\s\S]*superseded by version 3/, name);
    t.notMatch(version, 'state of the register', name);
  }
});

t.test('onrecord verify proves a state from its address, and tells whether the log has a newer one', async (t) => {
  const { agency, server } = await openWithChecker(t);
  const { id } = await say(server.office, 'A leak', items(1));
  await sayMore(server.office, id, 'update', 'One more', items(2));
  const root = formatVerifierKey(createSigner(agency.rootPem, `${identity}/root`));
  const verify = async (path: string): Promise<string> =>
    (await promisify(execFile)(process.execPath, [main, 'verify', `${server.publicUrl}${path}`, '--root', root, '--latest'])).stdout;
  t.match(await verify('/register/1.json'), /^PROVED[\s\S]*\/register\/1\.json[\s\S]*an older state of the register: 2 is the newest/);
  t.match(await verify('/register/2.html'), /\/register\/2\.html[\s\S]*the newest state of the register/);
  t.match(await verify('/statements/2026-0001/v/2'), /\/statements\/2026-0001\/v\/2\.json(?![\s\S]*register)/);
});

t.test('a redaction takes the version’s files and leaves the register, whole and provable', async (t) => {
  const { server } = await openWithChecker(t);
  const { id } = await say(server.office, 'A leak', items(2));
  await sayMore(server.office, id, 'update', 'More of it', items(3));
  const read = (path: string): Promise<Buffer> => get(`${server.publicUrl}${path}`);
  const before = await Promise.all(['/register/1.json', '/register/1.html', '/register/2.json'].map(read));
  await removeText(server.office, id, 1);
  await removeText(server.office, id, 2);
  const [, , first, last] = await logged(server);
  t.same(first?.entry.redacts?.files, ['/statements/2026-0001/v/1.json', '/statements/2026-0001/v/1.txt']);
  t.same(last?.entry.redacts?.files, ['/statements/2026-0001/v/2.json', '/statements/2026-0001/v/2.txt']);
  t.equal((await fetch(`${server.publicUrl}/statements/2026-0001/v/1.json`)).status, 451);
  t.same(await Promise.all(['/register/1.json', '/register/1.html', '/register/2.json'].map(read)), before);
  t.notMatch((await read('/register')).toString(), 'Item 3', 'the labels went with the text that gave them');
  t.match((await read('/register')).toString(), '2026-0001, A-3');
  await sayMore(server.office, id, 'update', 'What can be said', { ...readyContent(), ...items(3) });
  const newest = parseRegister(await read('/register.json'));
  t.equal(newest.artefacts.length, 3, 'nothing is ever deleted from it');
  t.ok(newest.artefacts.every((row) => standingOf(row).verdict === 'unverified'));
});

t.test('after an accepted rollback the register goes on from the state that the backup has', async (t) => {
  const agency = await foundAgency(t);
  const server = await agency.start();
  await say(server.office, 'A leak', items(1));
  const backup = join(agency.parent, 'backup');
  await backUp(await agency.config(), backup, agency.clock.now());
  const kept = await get(`${server.publicUrl}/register/1.json`);
  agency.clock.forward(1_000);
  await say(server.office, 'Lost', items(2, 1));
  const lost = await get(`${server.publicUrl}/register/2.json`);
  await server.close(0);
  const newKeyFile = join(agency.parent, 'new-key.pem');
  await writeFile(newKeyFile, newSigningKey());
  const directory = join(agency.parent, 'restored');
  await restore(agency, backup, { way: 'accept-rollback', note: 'A disk burned.', newKeyFile, newest: null }, directory);
  const again = await agency.start({ ONRECORD_DATA_DIR: directory, ONRECORD_SIGNING_KEY_FILE: newKeyFile });
  t.ok(kept.equals(await get(`${again.publicUrl}/register.json`)));
  agency.clock.forward(60_000);
  await say(again.office, 'Said anew', items(1, 2));
  const next = await get(`${again.publicUrl}/register/2.json`);
  t.not(next.toString(), lost.toString());
  t.match(parseRegister(next), { register: 2, artefacts: { length: 2 } });
  t.same(auditRegister(await logged(again), identity), []);
});
