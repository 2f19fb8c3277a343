import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { formatCosignerKey } from '../../src/ledger/cosignature.ts';
import { formatVerifierKey } from '../../src/ledger/note.ts';
import { consistencyProof, inclusionProof } from '../../src/ledger/proof.ts';
import { createSubtrees } from '../../src/ledger/subtrees.ts';
import { leafHash, rootOfEntries } from '../../src/ledger/tree.ts';
import { createTestLog, logSigner, witness } from '../support/test-log.ts';

/** The log as software of other people reads it: Go's own checksum-database packages, from Debian. */

const goPath = '/usr/share/gocode';
const hasGo = existsSync(join(goPath, 'src/golang.org/x/mod/sumdb/tlog')) && (await promisify(execFile)('go', ['version']).then(Boolean, () => false));
const skip = hasGo ? false : 'NO INDEPENDENT READER RAN: this test needs Debian’s golang-go and golang-golang-x-mod-dev (apt-get install both)';
if (typeof skip === 'string') t.comment(skip);

type Reading = {
  keys: string[];
  witnesses: string[];
  checkpoint: string;
  entries: string[];
  index: number;
  inclusion: string[];
  from: number;
  fromRoot: string;
  consistency: string[];
};

async function readWithGo(readings: readonly Reading[]): Promise<string[]> {
  const directory = join(import.meta.dirname, 'go-reader');
  const env = { ...process.env, GOPATH: goPath, GO111MODULE: 'off' };
  const run = promisify(execFile)('go', ['run', 'main.go'], { cwd: directory, env, maxBuffer: 1 << 24 });
  run.child.stdin?.end(readings.map((reading) => JSON.stringify(reading)).join('\n'));
  return (await run).stdout.trimEnd().split('\n');
}

const encode = (list: readonly Buffer[]): string[] => list.map((bytes) => bytes.toString('base64'));

t.test('Go opens the checkpoint, computes the tree, and checks an inclusion and a consistency proof, at every size', { skip }, async (t) => {
  const [signer, next, watcher] = [logSigner(), logSigner(), witness('witness.example')];
  const log = createTestLog();
  log.add('first');
  for (let n = 1; n < 70; n += 1) log.add(n % 7 === 0 ? 'recheck' : 'first', `2026-${1_000 + n}`);
  const { hashOf } = createSubtrees(log.entries.map(leafHash));
  const reading = (size: number, index: number, from: number): Reading => ({
    keys: [signer, next].map((key) => formatVerifierKey(key)),
    witnesses: [formatCosignerKey(watcher)],
    checkpoint: log.checkpoint([logSigner(), signer, next], [watcher], size),
    entries: encode(log.entries.slice(0, size)),
    index,
    inclusion: encode(inclusionProof(index, size, hashOf)),
    from,
    fromRoot: rootOfEntries(log.entries.slice(0, from)).toString('base64'),
    consistency: encode(consistencyProof(from, size, hashOf)),
  });
  const good = Array.from({ length: 70 }, (_, n) => reading(n + 1, (n * 31) % (n + 1), ((n * 17) % (n + 1)) + 1));
  const whole = reading(70, 20, 33);
  const bad: readonly (readonly [check: string, reading: Reading])[] = [
    ['inclusion', { ...whole, index: 21 }],
    ['consistency', { ...whole, from: 32 }],
    ['signers', { ...whole, keys: [formatVerifierKey(logSigner())] }],
    ['signers', { ...whole, witnesses: [formatCosignerKey(witness('witness.example'))] }],
    ['signature', { ...whole, checkpoint: whole.checkpoint.replace('\n70\n', '\n69\n') }],
    ['root', { ...whole, entries: [...whole.entries.slice(0, 69), whole.entries[0] ?? ''] }],
    ['inclusion', { ...whole, inclusion: whole.inclusion.toReversed() }],
    ['consistency', { ...whole, consistency: whole.consistency.slice(1) }],
  ];
  const answers = await readWithGo([...good, ...bad.map(([, reading]) => reading)]);
  t.same(answers.slice(0, good.length), Array(good.length).fill('ok'));
  t.same(
    answers.slice(good.length).map((answer) => answer.split(':')[0]),
    bad.map(([check]) => check),
    'what is wrong is found, by the check that it is for',
  );
});
