import t from 'tap';
import { logName, logNumber } from '../../src/ledger/log-name.ts';
import { formatVerifierKey, type Signer, signNote } from '../../src/ledger/note.ts';
import { formatPolicy, openTrust, type Policy, signTrust } from '../../src/ledger/trust.ts';
import { minute, origin } from '../support/statements.ts';
import { logSigner, witness, witnessList } from '../support/test-log.ts';

const root = logSigner(`${origin}/root`);
const [one, two, three, afterRollback] = [logSigner(), logSigner(), logSigner(), logSigner(`${origin}/2`)];
const witnesses = [witness('witness.example/one'), witness('witness.example/two')].map((key, n) => ({
  key,
  url: n === 0 ? 'https://witness.example/one' : null,
}));
const full: Policy = {
  root,
  issuedAt: minute(0),
  logs: [one, two, afterRollback],
  retired: [{ key: three, lastSize: 85 }],
  witnesses,
  quorum: 1,
};
const plain: Policy = { root, issuedAt: minute(0), logs: [one], retired: [], witnesses: [], quorum: 0 };
const bare = ({ name, keyId, publicKey }: Signer) => ({ name, keyId, publicKey });

await t.test('a policy is text that any reader of c2sp.org/tlog-policy takes; what it has no line for is a comment', async (t) => {
  const lines = formatPolicy(full).split('\n');
  t.equal(lines[0], `#onrecord root ${formatVerifierKey(root)}`);
  t.equal(lines[1], `#onrecord issued ${minute(0)}`);
  t.equal(lines[2], `log ${formatVerifierKey(one)}`);
  t.equal(lines[5], `#onrecord retired ${formatVerifierKey(three)} 85`);
  t.match(lines[6], /^witness w1 witness\.example\/one\+[0-9a-f]{8}\+B\S+ https:\/\/witness\.example\/one$/);
  t.match(lines[7], /^witness w2 witness\.example\/two\+[0-9a-f]{8}\+B\S+$/);
  t.same(lines.slice(8), ['group witnesses 1 w1 w2', 'quorum witnesses', '']);
  t.match(formatPolicy(plain), /\nquorum none\n$/);
});

await t.test('what was signed is opened again, with the pinned root or with the one that the note names', async (t) => {
  for (const policy of [full, plain, { ...full, quorum: 0 }, { ...full, quorum: 2 }]) {
    const note = signTrust(policy, root);
    for (const pinned of [bare(root), null]) {
      const opened = openTrust(note, pinned);
      t.equal(signNote(formatPolicy(opened), [root]), note);
      t.same(opened, {
        note,
        root: bare(root),
        issuedAt: policy.issuedAt,
        logs: policy.logs.map((key) => ({ name: key.name, keyId: key.keyId, publicKey: key.publicKey })),
        retired: policy.retired.map(({ key, lastSize }) => ({ key: { name: key.name, keyId: key.keyId, publicKey: key.publicKey }, lastSize })),
        witnesses: policy.witnesses.map(({ key, url }) => ({ key: { name: key.name, keyId: key.keyId, publicKey: key.publicKey }, url })),
        quorum: policy.quorum,
      });
    }
  }
});

await t.test('another root, and a root that the note does not name, are refused', async (t) => {
  const impostor = logSigner(`${origin}/root`);
  t.throws(() => openTrust(signTrust(plain, root), impostor), { code: 'key_invalid' });
  t.throws(() => signTrust(plain, impostor), { code: 'key_invalid' });
  const claimed = signNote(formatPolicy(plain), [impostor]);
  for (const pinned of [root, impostor, null]) t.throws(() => openTrust(claimed, pinned), { code: 'key_invalid' });
  t.ok(openTrust(signNote(formatPolicy(plain), [impostor, root]), root), 'a signature of somebody else is passed over');
});

await t.test('a policy that no reader should take is not made', async (t) => {
  const wrong: readonly Partial<Policy>[] = [
    { logs: [] },
    { logs: [one, one] },
    { logs: [one], retired: [{ key: one, lastSize: 3 }] },
    { logs: [logSigner('record.other.example')] },
    { logs: [logSigner(`${origin}/1`)] },
    { root: logSigner(origin) },
    { issuedAt: '2026-13-40T99:00:00.000Z' },
    { issuedAt: 'yesterday' },
    { retired: [{ key: three, lastSize: 0 }] },
    { retired: [{ key: three, lastSize: 1.5 }] },
    { quorum: 1 },
    { witnesses: witnessList(witness('w.example')), quorum: 2 },
    { witnesses: witnessList(witness('w.example')), quorum: -1 },
    { witnesses: [...witnesses, ...witnesses] },
    { witnesses: [{ key: witness('w.example'), url: 'file:///etc' }] },
    { witnesses: [{ key: witness('w.example'), url: 'https://w.example/ and more' }] },
  ];
  for (const change of wrong) t.throws(() => formatPolicy({ ...plain, ...change }), { code: 'key_invalid' }, JSON.stringify(change).slice(0, 60));
});

await t.test('a text that is well signed and not in its one form is refused', async (t) => {
  const text = formatPolicy(full);
  const others = [
    text.replace('group witnesses 1', 'group witnesses any'),
    text.replace('group witnesses 1', 'group witnesses 01'),
    text.replace('group witnesses 1', 'group witnesses 3'),
    text.replace(' w1 w2\n', ' w2 w1\n'),
    text.replace(' w1 w2\n', ' w1\n'),
    text.replace('log ', 'log  '),
    text.replace(' 85\n', ' 085\n'),
    text.replace('#onrecord issued', '# onrecord issued'),
    `# a remark\n${text}`,
    `\n${text}`,
    '\n',
  ];
  for (const other of others) t.throws(() => openTrust(signNote(other, [root]), root), { code: 'key_invalid' }, other.slice(0, 40));
});

await t.test('lines left out, doubled or exchanged make no policy, or one that prints as it stands', async (t) => {
  const text = formatPolicy(full);
  const lines = text.split(/(?<=\n)/);
  const others = lines.flatMap((line, n) => [
    [...lines.slice(0, n), ...lines.slice(n + 1)],
    [...lines.slice(0, n), line, ...lines.slice(n)],
    [...lines.slice(0, n), ...lines.slice(n + 1, n + 2), line, ...lines.slice(n + 2)],
  ]);
  let opened = 0;
  for (const other of others.map((changed) => changed.join('')).filter((changed) => changed !== text)) {
    const note = signNote(other, [root]);
    try {
      t.equal(formatPolicy(openTrust(note, root)), other);
      opened += 1;
    } catch (error) {
      t.match(error, { code: 'key_invalid' });
    }
  }
  t.equal(opened, 6, 'each of three keys left out, the retired key left out, neighbours among the keys exchanged');
});

t.test('the logs of a house are told by their names, in one way each', (t) => {
  for (const identity of ['record.test', 'record.test/2'])
    for (const number of [1, 2, 10, 999]) t.equal(logNumber(logName(identity, number), identity), number);
  for (const name of ['record.test/1', 'record.test/02', 'record.test/0', 'record.test/1000', 'record.test/', 'record.testing', 'other.test/2', ''])
    t.equal(logNumber(name, 'record.test'), null, name);
  t.end();
});
