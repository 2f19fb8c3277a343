import fc from 'fast-check';
import t from 'tap';
import { formatVerifierKey, openNote, splitNote } from '../../src/ledger/note.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { openTrust, type Trust } from '../../src/ledger/trust.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { origin } from '../support/statements.ts';
import { createTestLog, logSigner, trustOf, witness, witnessList } from '../support/test-log.ts';
import { type Case, runnable, runPython, runScript, type ScriptName } from '../support/verifier-scripts.ts';

/** The three verifiers say the same: of what is genuine, of every change to it, and of keys that come and go. */

const isFull = process.env.ONRECORD_FULL === '1';
const amounts = isFull ? { typescript: 5_000, python: 5_000, shell: 5_000 } : { typescript: 5_000, python: 500, shell: 100 };
if (isFull) t.setTimeout(0);

const root = logSigner(`${origin}/root`);
const [old, current, stranger] = [logSigner(), logSigner(), logSigner()];
const [first, second] = [witness('witness.example/one'), witness('witness.example/two')];
const log = createTestLog();
const files = ['first', 'update', 'correction'].map((kind) => log.add(kind === 'first' ? 'first' : kind === 'update' ? 'update' : 'correction'));
for (let n = 2; n < 6; n += 1) log.add('first', `2026-000${n}`);
const file = files[2]?.[0]?.body ?? Buffer.alloc(0);

function caseOf(proof: string, trust: Trust): Case {
  return { root: formatVerifierKey(root), file, proof: Buffer.from(proof), trust: Buffer.from(trust.note) };
}
function isProved({ file: bytes, proof, trust }: Case): boolean {
  try {
    return verifyFile(bytes, proof.toString(), openTrust(trust.toString(), root)).isProved;
  } catch {
    return false;
  }
}
async function saidBy(name: 'typescript' | ScriptName, given: Case): Promise<boolean> {
  return name === 'typescript' ? isProved(given) : (await runScript(name, given)).code === 0;
}
const everyone = ['typescript', ...runnable] as const;

const whole = caseOf(
  log.proof(2, log.checkpoint([current], [first, second])),
  trustOf(root, { logs: [current], witnesses: witnessList(first, second), quorum: 2 }),
);

/** Changes of which each signature line is needed, so that none may go unseen. */
const change = fc.record({
  part: fc.constantFrom('file', 'proof', 'trust'),
  kind: fc.constantFrom('flip', 'flip', 'flip', 'delete', 'insert', 'cut', 'swap'),
  at: fc.nat(1_000_000),
  bit: fc.nat(7),
  byte: fc.nat(255),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Buffer, { kind, at: seed, bit, byte }: Change): Buffer {
  const at = seed % bytes.length;
  const [before, here, after] = [bytes.subarray(0, at), bytes[at] ?? 0, bytes.subarray(at + 1)];
  if (kind === 'flip') return Buffer.concat([before, Buffer.of(here ^ (1 << bit)), after]);
  if (kind === 'delete') return Buffer.concat([before, after]);
  if (kind === 'insert') return Buffer.concat([before, Buffer.of(byte, here), after]);
  if (kind === 'cut') return before;
  return Buffer.concat([before, after.subarray(0, 1), Buffer.of(here), after.subarray(1)]);
}

function changedCases(count: number, seed: number): Case[] {
  return fc.sample(change, { numRuns: count * 2, seed }).flatMap((one) => {
    const bytes = changed(whole[one.part], one);
    return bytes.equals(whole[one.part]) ? [] : [{ ...whole, [one.part]: bytes }];
  });
}

t.test('what is genuine is proved by each', async (t) => {
  for (const name of everyone) t.equal(await saidBy(name, whole), true, name);
});

t.test('no change of a byte in file, proof or trust note goes unseen: TypeScript', async (t) => {
  const cases = changedCases(amounts.typescript, 1).slice(0, amounts.typescript);
  t.equal(cases.length, amounts.typescript);
  t.equal(cases.filter(isProved).length, 0);
});

t.test('no change of a byte goes unseen: Python and the shell', async (t) => {
  const cases = changedCases(amounts.python, 2).slice(0, amounts.python);
  const python = runnable.includes('python') ? runPython([whole, ...cases]) : null;
  const forShell = runnable.includes('shell') ? changedCases(amounts.shell, 3).slice(0, amounts.shell) : [];
  const asked = forShell.length;
  const results: number[] = [];
  const work = async (): Promise<void> => {
    for (let next = forShell.pop(); next !== undefined; next = forShell.pop()) results.push((await runScript('shell', next)).code);
  };
  await Promise.all([work(), work()]);
  t.same(results, Array(asked).fill(1), 'the shell refuses each with code 1');
  if (python) t.same(await python, { accepted: 1, refused: amounts.python, crashed: [] });
});

t.test('control: a verifier that leaves the signature out is caught by these changes', async (t) => {
  const careless = ({ file: bytes, proof }: Case): boolean => {
    try {
      return parseProof(proof.toString()).extra.length > 0 && bytes.equals(file);
    } catch {
      return false;
    }
  };
  t.ok(changedCases(500, 1).filter(careless).length > 50);
});

t.test('keys come and go: each verifier goes by name, key id and last size', async (t) => {
  const [beforeRotation, during] = [log.checkpoint([old], [], 5), log.checkpoint([old, current])];
  const retired = (lastSize: number) => trustOf(root, { logs: [current], retired: [{ key: old, lastSize }] });
  const signerOfTwo = logSigner(`${origin}/2`);
  const wrongName = createTestLog('record.other.example');
  for (let n = 0; n < 3; n += 1) wrongName.add(n === 2 ? 'correction' : 'update');
  const cases: readonly [string, boolean, string, Trust][] = [
    ['made before the rotation, the old key retired at that size', true, log.proof(2, beforeRotation), retired(5)],
    ['the retired key over a larger tree', false, log.proof(2, log.checkpoint([old])), retired(5)],
    ['the retired key over a larger tree, beside the new one', true, log.proof(2, during), retired(5)],
    ['signed by both while the rotation runs', true, log.proof(2, during), trustOf(root, { logs: [old, current] })],
    ['signed by both, read with an older trust note', true, log.proof(2, during), trustOf(root, { logs: [old] })],
    ['a stranger of the same name signs first', true, log.proof(2, log.checkpoint([stranger, current])), trustOf(root, { logs: [current] })],
    ['only a stranger of the same name signs', false, log.proof(2, log.checkpoint([stranger])), trustOf(root, { logs: [current] })],
    ['a key of the house under another origin', false, wrongName.proof(2, wrongName.checkpoint([current])), trustOf(root, { logs: [current] })],
    ['the key of the second log signs for the first', false, log.proof(2, log.checkpoint([signerOfTwo])), trustOf(root, { logs: [current, signerOfTwo] })],
    ['a trust note of another root', false, log.proof(2, during), trustOf(logSigner(`${origin}/root`), { logs: [current] })],
  ];
  for (const [label, expected, proof, trust] of cases)
    for (const name of everyone) t.equal(await saidBy(name, caseOf(proof, trust)), expected, `${name}: ${label}`);
});

t.test('control: a verifier that goes by the name alone stumbles over a stranger of the same name', async (t) => {
  const note = log.checkpoint([stranger, current]);
  const byNameAlone = (): boolean => {
    const [line] = splitNote(note).signatures.filter(({ name }) => name === current.name);
    return line !== undefined && line.keyId === current.keyId;
  };
  t.equal(byNameAlone(), false);
  t.ok(openNote(note, current));
});

t.test('witnesses count once each, by name and key id, and a wrong one spoils the note', async (t) => {
  const namesake = witness(first.name);
  const policy = { logs: [current], witnesses: witnessList(first, second) };
  const [one, two] = [trustOf(root, { ...policy, quorum: 1 }), trustOf(root, { ...policy, quorum: 2 })];
  const both = log.checkpoint([current], [first, second]);
  const twice = log.checkpoint([current], [first, first]);
  const spoilt = log.checkpoint([current], [first]) + log.checkpoint([current], [second], 3).split('\n').slice(-2).join('\n');
  const cases: readonly [string, boolean, string, Trust][] = [
    ['both', true, both, two],
    ['one of two asked', true, log.checkpoint([current], [second]), one],
    ['none', false, log.checkpoint([current]), one],
    ['one where two are asked', false, log.checkpoint([current], [first]), two],
    ['one of them twice', false, twice, two],
    ['a namesake', false, log.checkpoint([current], [namesake, second]), two],
    ['a namesake beside both', true, log.checkpoint([current], [namesake, first, second]), two],
    ['a cosignature of another tree', false, spoilt, one],
    ['a witness that nobody asked', true, both, trustOf(root, { logs: [current] })],
  ];
  for (const [label, expected, checkpoint, trust] of cases)
    for (const name of everyone) t.equal(await saidBy(name, caseOf(log.proof(2, checkpoint), trust)), expected, `${name}: ${label}`);
});

t.test('the verdict names the step that failed', async (t) => {
  const trust = openTrust(whole.trust.toString(), root);
  const proof = whole.proof.toString();
  const stepOf = (bytes: Buffer, text: string): string => {
    const verdict = verifyFile(bytes, text, trust);
    return verdict.isProved ? 'proved' : verdict.step;
  };
  t.equal(stepOf(file, proof), 'proved');
  t.equal(stepOf(file, proof.replace('index 2', 'index 02')), 'proof');
  t.equal(stepOf(files[1]?.[0]?.body ?? file, proof), 'file');
  t.equal(stepOf(file, log.proof(2, log.checkpoint([stranger], [first, second]))), 'signature');
  t.equal(stepOf(file, log.proof(2, log.checkpoint([current], [first]))), 'witnesses');
  t.equal(stepOf(file, proof.replace('index 2', 'index 1')), 'path');
});
