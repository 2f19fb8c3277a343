import { createServer } from 'node:http';
import t, { type Test } from 'tap';
import { readLatest } from '../../src/cli/latest.ts';
import type { Entry } from '../../src/ledger/entry.ts';
import { formatVerifierKey } from '../../src/ledger/note.ts';
import { rootOfEntries } from '../../src/ledger/tree.ts';
import type { Trust } from '../../src/ledger/trust.ts';
import { type Standing, standingOf, verifyFile } from '../../src/ledger/verify.ts';
import { origin } from '../support/statements.ts';
import { createTestLog, logSigner, type TestLog, trustOf, witness, witnessList } from '../support/test-log.ts';
import { runnable, runScript } from '../support/verifier-scripts.ts';

/** Whether a version is still current: each of the three verifiers reads the whole log of a site, and they say the same. */

const root = logSigner(`${origin}/root`);
const signer = logSigner();
const trust = trustOf(root, { logs: [signer] });

type Served = { prefix: string; log: TestLog; checkpoint: string };
/** `spoil` changes what the site answers. */
type Site = { logs: readonly Served[]; trust: Trust; spoil?: (path: string, bytes: Buffer) => Buffer };

async function openSite(t: Test, { logs, spoil = (_path, bytes) => bytes }: Site): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const newest = Buffer.from(logs.at(-1)?.checkpoint ?? '');
    const found = logs.map(({ prefix, log, checkpoint }) => (path.startsWith(prefix) ? log.serve(path.slice(prefix.length), checkpoint) : undefined));
    const bytes = path === '/log/checkpoint' ? newest : found.find((item) => item !== undefined);
    response.statusCode = bytes ? 200 : 404;
    response.end(bytes && spoil(path, bytes));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise((resolve) => server.close(resolve)));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

const sentences = { withdrawn: 'WITHDRAWN', underRecheck: 'UNDER RECHECK', disowned: 'DISOWNED', redacted: 'REDACTED', current: 'no notice against it' };

function factsOfText(said: string): string[] {
  const newer = /superseded by version ([0-9]+)/.exec(said)?.[1];
  return [...(newer === undefined ? [] : [`version ${newer}`]), ...Object.values(sentences).filter((words) => said.includes(words))];
}
function factsOfStanding({ newest: _newest, supersededBy, ...flags }: Standing): string[] {
  const raised = Object.entries(flags).flatMap(([name, isSo]) => (isSo ? Object.entries(sentences).filter(([key]) => key === name) : []));
  const facts = [...(supersededBy === null ? [] : [`version ${supersededBy}`]), ...raised.map(([, words]) => words)];
  return facts.length === 0 ? [sentences.current] : facts;
}

type Asked = { file: Buffer; proof: string; version?: number };

/** What each of the three says of a version of 2026-0001; null where it refuses. */
async function ask(t: Test, site: Site, { file, proof, version = 1 }: Asked): Promise<readonly (readonly string[] | null)[]> {
  const address = await openSite(t, site);
  const verdict = verifyFile(file, proof, site.trust);
  if (!verdict.isProved) throw new Error(verdict.step);
  const given = { root: formatVerifierKey(root), file, proof: Buffer.from(proof), trust: Buffer.from(site.trust.note) };
  const scripts = runnable.map(async (name) => {
    const { code, said } = await runScript(name, given, address);
    t.equal(said.startsWith(code === 0 ? 'PROVED' : 'NOT PROVED'), true, said);
    return code === 0 ? factsOfText(said) : null;
  });
  const latest = readLatest(new URL(address), site.trust, verdict.checkpoint).then(
    ({ entries }) => factsOfStanding(standingOf(entries, '2026-0001', version)),
    () => null,
  );
  return Promise.all([latest, ...scripts]);
}
const all = (facts: readonly string[] | null) => [facts, ...runnable.map(() => facts)];

/** A log with the first version of 2026-0001, and that version with a proof of its own time. */
function begin(name = origin, by = signer): Asked & { log: TestLog } {
  const log = createTestLog(name);
  const [file] = log.add('first');
  return { log, file: file?.body ?? Buffer.alloc(0), proof: log.proof(0, log.checkpoint([by])) };
}
const siteOf = (log: TestLog): Site => ({ trust, logs: [{ prefix: '/log/', log, checkpoint: log.checkpoint([signer]) }] });
const redaction = (version: number): Partial<Entry> => ({ redacts: { version, ground: 'court_order', files: [`/statements/2026-0001/v/${version}.json`] } });

t.test('a newer version, a withdrawal and each notice are told, of this statement alone', async (t) => {
  const stories: readonly [readonly Entry['event'][], readonly string[], Partial<Entry>?][] = [
    [[], [sentences.current]],
    [['update', 'correction'], ['version 3']],
    [['recheck'], [sentences.underRecheck]],
    [['recheck', 'recheck-ended', 'endorsed'], [sentences.current]],
    [
      ['recheck', 'update'],
      ['version 2', sentences.underRecheck],
    ],
    [['disowned'], [sentences.disowned]],
    [['disowned', 'recheck', 'correction'], ['version 2']],
    [
      ['recheck', 'withdrawal'],
      ['version 2', sentences.withdrawn],
    ],
    [['redacted'], [sentences.redacted], redaction(1)],
    [['update', 'redacted'], ['version 2'], redaction(2)],
  ];
  for (const [events, facts, more] of stories) {
    const { log, ...asked } = begin();
    for (const event of ['first', 'update', 'withdrawal', 'recheck'] as const) log.add(event, '2026-0002');
    for (const event of events) log.add(event, '2026-0001', event === 'redacted' ? more : {});
    t.same(await ask(t, siteOf(log), asked), all(facts), events.join(' '));
  }
});

t.test('a log of several tiles is read whole', async (t) => {
  const { log, ...asked } = begin();
  for (let n = 0; n < 300; n += 1) log.add('first', `2026-${1_000 + n}`);
  log.add('withdrawal');
  t.same(await ask(t, siteOf(log), asked), all(['version 2', sentences.withdrawn]));
  t.same(await ask(t, { ...siteOf(log), spoil: (path, bytes) => (path.includes('001') ? bytes.subarray(0, -1) : bytes) }, asked), all(null), 'a torn tile');
  const flip = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte, at) => (at === 900 ? byte ^ 1 : byte)));
  t.same(await ask(t, { ...siteOf(log), spoil: (path, bytes) => (path.endsWith('/000') ? flip(bytes) : bytes) }, asked), all(null), 'one bit');
});

t.test('a fork, a site that is behind, an unsigned and an unwitnessed checkpoint are refused', async (t) => {
  const { log, ...asked } = begin();
  const fork = createTestLog();
  for (let n = 0; n < 3; n += 1) fork.add('first', `2026-000${n + 5}`);
  t.same(await ask(t, siteOf(fork), asked), all(null), 'a fork');
  const later = log.add('update')[0]?.body ?? Buffer.alloc(0);
  const behind = begin().log;
  t.same(await ask(t, siteOf(behind), { file: later, proof: log.proof(1, log.checkpoint([signer])), version: 2 }), all(null), 'behind');
  t.same(await ask(t, { trust, logs: [{ prefix: '/log/', log, checkpoint: log.checkpoint([logSigner()]) }] }, asked), all(null), 'unsigned');
  const seen = witness('witness.example');
  const watched = trustOf(root, { logs: [signer], witnesses: witnessList(seen), quorum: 1 });
  const proof = log.proof(0, log.checkpoint([signer], [seen], 1));
  t.same(await ask(t, { ...siteOf(log), trust: watched }, { ...asked, proof }), all(null), 'unwitnessed');
  const witnessed = { prefix: '/log/', log, checkpoint: log.checkpoint([signer], [seen]) };
  t.same(await ask(t, { trust: watched, logs: [witnessed] }, { ...asked, proof }), all(['version 2']), 'witnessed');
});

t.test('a log that a restore closed is reached through the next one', async (t) => {
  const { log: closed, ...asked } = begin();
  closed.add('update');
  const [size, digest] = [closed.entries.length, rootOfEntries(closed.entries).toString('hex')];
  const signerOfTwo = logSigner(`${origin}/2`);
  const both = trustOf(root, { logs: [signerOfTwo], retired: [{ key: signer, lastSize: size }] });
  const next = (root: string): Site => {
    const log = createTestLog(`${origin}/2`);
    log.add('restored', '', { restored: { closed: { origin, size, root }, burned: [], note: 'The disks are gone.' } });
    log.add('recheck');
    const old = { prefix: '/log/', log: closed, checkpoint: closed.checkpoint([signer]) };
    return { trust: both, logs: [old, { prefix: '/log/2/', log, checkpoint: log.checkpoint([signerOfTwo]) }] };
  };
  t.same(await ask(t, next(digest), asked), all(['version 2', sentences.underRecheck]));
  t.same(await ask(t, next('0'.repeat(64)), asked), all(null), 'another history under the old name');
});
