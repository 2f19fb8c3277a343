import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { pino } from 'pino';
import t, { type Test } from 'tap';
import { type Cosigner, createCosigner, verifyCosignature } from '../../src/ledger/cosignature.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { type Disk, realDisk } from '../../src/store/disk.ts';
import { openEmbeddedWitness } from '../../src/witness/embedded-witness.ts';
import { formatSubmission, parseSubmission } from '../../src/witness/submission.ts';
import type { Witness } from '../../src/witness/witness.ts';
import { createForeignLog, type ForeignLog } from '../support/foreign-log.ts';
import { temporaryDirectory } from '../support/store-fixtures.ts';

const cosigner = createCosigner(newSigningKey(), 'witness.agency.example/witness');
const silent = pino({ level: 'silent' });
const at = Date.parse('2026-11-22T20:00:00.000Z');

function openWitness(directory: string, logs: readonly ForeignLog[], disk?: Disk): Promise<Witness> {
  const known = new Map(logs.map(({ signer }) => [signer.name, [signer]]));
  return openEmbeddedWitness({ directory, logs: known, cosigner, now: () => at, log: silent, ...(disk && { disk }) });
}

const textOf = (note: string): string => note.slice(0, note.indexOf('\n\n') + 1);
const isCosigned = (body: string, note: string, key: Cosigner = cosigner): boolean => verifyCosignature(textOf(note), body, key) === at / 1_000;

/** What a witness is asked, in order, and the statuses that it answers. */
async function statuses(witness: Witness, bodies: readonly string[]): Promise<readonly number[]> {
  const given: number[] = [];
  for (const body of bodies) given.push((await witness.addCheckpoint(body)).status);
  return given;
}

t.test('what grows is cosigned; whoever starts from another size is told ours', async (t) => {
  const log = createForeignLog('log.example');
  const witness = await openWitness(join(await temporaryDirectory(t), 'witness'), [log]);
  const first = await witness.addCheckpoint(log.submission(0, 3));
  t.equal(first.status, 200);
  t.ok(isCosigned(first.body, log.note(3)));
  t.same(await witness.addCheckpoint(log.submission(0, 7)), { status: 409, type: 'text/x.tlog.size', body: '3\n' });
  const second = await witness.addCheckpoint(log.submission(3, 7));
  t.ok(isCosigned(second.body, log.note(7)));
  t.ok(isCosigned((await witness.addCheckpoint(log.submission(7, 7))).body, log.note(7)), 'the same again');
  t.same(await witness.addCheckpoint(log.submission(3, 7)), { status: 409, type: 'text/x.tlog.size', body: '7\n' });
});

t.test('each refusal has the status that the specification gives it, and changes nothing', async (t) => {
  const log = createForeignLog('log.example');
  const [stranger, thief] = [createForeignLog('stranger.example'), createSigner(newSigningKey(), 'log.example')];
  const witness = await openWitness(join(await temporaryDirectory(t), 'witness'), [log]);
  t.equal((await witness.addCheckpoint(log.submission(0, 5))).status, 200);
  const submit = (old: number, proof: readonly Buffer[], note: string): string => formatSubmission({ old, proof, note });
  const [proof, note] = [log.proof(5, 9), log.note(9)];
  const wrong = note.replace(/[^ ]+\n$/, (line) => `${Buffer.concat([Buffer.from(line, 'base64').subarray(0, 4), Buffer.alloc(64)]).toString('base64')}\n`);
  const cases: Record<string, [number, string]> = {
    'an unknown log': [404, stranger.submission(0, 5)],
    'a signature of nobody we know': [403, submit(5, proof, log.note(9, thief))],
    'a signature of the right key that is wrong': [403, submit(5, proof, wrong)],
    'a right and a wrong signature of one key': [403, submit(5, proof, note + wrong.slice(wrong.indexOf('\n\n') + 2))],
    'from beyond its own size': [400, submit(9, [], log.note(5))],
    'from a size that is not ours': [409, submit(4, log.proof(4, 9), note)],
    'smaller than what was cosigned': [409, submit(0, [], log.note(4))],
    'without the proof': [422, submit(5, [], note)],
    'with a proof of something else': [422, submit(5, log.proof(6, 9), note)],
    'with one hash too many': [422, submit(5, [...proof, Buffer.alloc(32)], note)],
    'another root at our size': [422, submit(5, [], log.fork(2).note(5))],
    'a fork that grew': [422, log.fork(4).submission(5, 9)],
    'a proof at our size': [422, submit(5, [Buffer.alloc(32)], log.note(5))],
  };
  for (const [name, [status, body]] of Object.entries(cases)) {
    const answer = await witness.addCheckpoint(body);
    t.equal(answer.status, status, name);
    t.notMatch(answer.body, /—/, name);
  }
  t.equal((await witness.addCheckpoint(log.submission(5, 9))).status, 200, 'and the honest one still goes on');
});

t.test('from nothing there is nothing to prove, and an empty log has the root of nothing', async (t) => {
  const log = createForeignLog('log.example');
  const witness = await openWitness(join(await temporaryDirectory(t), 'witness'), [log]);
  t.equal((await witness.addCheckpoint(formatSubmission({ old: 0, proof: [Buffer.alloc(32)], note: log.note(4) }))).status, 422);
  const empty = await witness.addCheckpoint(log.submission(0, 0));
  t.ok(isCosigned(empty.body, log.note(0)));
  const { signer } = log;
  const text = `log.example\n0\n${Buffer.alloc(32).toString('base64')}\n`;
  const false0 = `${text}\n— log.example ${Buffer.concat([Buffer.from(signer.keyId, 'hex'), signer.sign(Buffer.from(text))]).toString('base64')}\n`;
  t.equal((await witness.addCheckpoint(formatSubmission({ old: 0, proof: [], note: false0 }))).status, 422);
});

t.test('lines that a log adds are cosigned with the rest; either key of a rotation will do', async (t) => {
  const log = createForeignLog('log.example');
  const next = createSigner(newSigningKey(), 'log.example');
  const text = `${textOf(log.note(6))}an extension\n`;
  const line = `— log.example ${Buffer.concat([Buffer.from(next.keyId, 'hex'), next.sign(Buffer.from(text))]).toString('base64')}\n`;
  const directory = join(await temporaryDirectory(t), 'witness');
  const logs = new Map([['log.example', [log.signer, next]]]);
  const witness = await openEmbeddedWitness({ directory, logs, cosigner, now: () => at, log: silent });
  const answer = await witness.addCheckpoint(formatSubmission({ old: 0, proof: [], note: `${text}\n${line}` }));
  t.equal(verifyCosignature(text, answer.body, cosigner), at / 1_000);
  t.equal((await witness.addCheckpoint(log.submission(6, 8))).status, 200);
});

t.test('anything but the one form is refused before anything else is looked at', async (t) => {
  const log = createForeignLog('log.example');
  const witness = await openWitness(join(await temporaryDirectory(t), 'witness'), [log]);
  const [proof, note] = [log.proof(5, 9).map((hash) => hash.toString('base64')), log.note(9)];
  const bad = [
    '',
    '\n',
    '\n\n',
    'old 0',
    'old 0\n',
    'old 0\n\n',
    `old 00\n\n${note}`,
    `old -1\n\n${note}`,
    `old 0 \n\n${note}`,
    `old 1e3\n\n${note}`,
    `old 18446744073709551616\n\n${note}`,
    `Old 0\n\n${note}`,
    `old 0\r\n\r\n${note}`,
    `old 0\n${note}`,
    `old 0\n\n\n${note}`,
    `${log.note(9)}`,
    `old 5\n${proof.join('\n')} \n\n${note}`,
    `old 5\n${proof.map((hash) => hash.slice(0, -1)).join('\n')}\n\n${note}`,
    `old 5\nAAAA\n\n${note}`,
    `old 5\n${Array.from({ length: 64 }, () => proof[0]).join('\n')}\n\n${note}`,
    `old 0\n\n${note.slice(0, -1)}`,
    `old 0\n\n${textOf(note)}`,
    `old 0\n\n${note.replace('\n9\n', '\n09\n')}`,
    `old 0\n\n${note.replace('—', '-')}`,
    `old 0\n\n${note}\u0000`,
  ];
  for (const body of bad) t.equal((await witness.addCheckpoint(body)).status, 400, JSON.stringify(body.slice(0, 60)));
});

t.test('what is parsed prints back to the same text, and whatever is sent gets an answer', async (t) => {
  const log = createForeignLog('log.example');
  const witness = await openWitness(join(await temporaryDirectory(t), 'witness'), [log]);
  const honest = log.submission(5, 23);
  const mangled = fc
    .tuple(fc.nat(honest.length), fc.nat(8), fc.string({ maxLength: 8 }))
    .map(([at, cut, put]) => honest.slice(0, at) + put + honest.slice(at + cut));
  await fc.assert(
    fc.asyncProperty(fc.oneof(mangled, fc.string(), fc.string({ unit: 'binary' })), async (body) => {
      const parsed = parseSubmission(body);
      if (parsed && formatSubmission(parsed) !== body) return false;
      const { status } = await witness.addCheckpoint(body);
      return body === honest ? status === 409 : [400, 403, 404, 409, 422].includes(status);
    }),
    { numRuns: 500 },
  );
});

t.test('two at once: one of them wins, and the log is never rolled back', async (t) => {
  const log = createForeignLog('log.example');
  const witness = await openWitness(join(await temporaryDirectory(t), 'witness'), [log]);
  const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => witness.addCheckpoint(log.submission(0, index + 1))));
  t.equal(answers.filter(({ status }) => status === 200).length, 1);
  t.equal(answers.filter(({ status }) => status === 409).length, 19);
});

/** A log shows one half of its readers one history and the other half another; between the two the witness is restarted. */
async function cosignsBothHistories(t: Test, meanwhile: (directory: string) => Promise<void>): Promise<boolean> {
  const directory = join(await temporaryDirectory(t), 'witness');
  const log = createForeignLog('log.example');
  const other = log.fork(2);
  const before = await openWitness(directory, [log]);
  t.equal((await before.addCheckpoint(log.submission(0, 6))).status, 200);
  await meanwhile(directory);
  const after = await openWitness(directory, [log]);
  const given = await statuses(after, [other.submission(0, 6), other.submission(2, 6), other.submission(6, 6), other.submission(6, 9), other.submission(0, 9)]);
  return given.includes(200);
}

t.test('a fork is never cosigned, whatever size it is offered from, and a restart forgets nothing', async (t) => {
  t.equal(await cosignsBothHistories(t, async () => {}), false);
});

t.test('negative control: a witness that has forgotten would cosign the fork', async (t) => {
  const forget = async (directory: string): Promise<void> => {
    for (const name of await readdir(directory)) await realDisk.remove(join(directory, name));
  };
  t.equal(await cosignsBothHistories(t, forget), true);
});

t.test('a memory that was damaged gives no answer at all', async (t) => {
  const log = createForeignLog('log.example');
  const directory = join(await temporaryDirectory(t), 'witness');
  const witness = await openWitness(directory, [log]);
  await witness.addCheckpoint(log.submission(0, 6));
  const [name = ''] = await readdir(directory);
  const path = join(directory, name);
  const good = await readFile(path, 'utf8');
  for (const text of ['', 'null', '{}', good.slice(0, -10), good.replace('log.example', 'log.invalid'), good.replace('"size":6', '"size":-1')]) {
    await writeFile(path, text);
    await t.rejects(witness.addCheckpoint(log.submission(6, 9)), { code: 'store_corrupt' }, JSON.stringify(text));
  }
  await writeFile(path, good);
  t.equal((await witness.addCheckpoint(log.submission(6, 9))).status, 200);
});

t.test('no cosignature leaves before the disk has it', async (t) => {
  const log = createForeignLog('log.example');
  const directory = join(await temporaryDirectory(t), 'witness');
  const events: string[] = [];
  const failing = new Set<'write' | 'directory'>();
  const disk: Disk = {
    ...realDisk,
    create: async (path) => {
      if (failing.has('write')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      return realDisk.create(path);
    },
    syncDirectory: async (path) => {
      if (failing.has('directory')) throw Object.assign(new Error('broken'), { code: 'EIO' });
      await realDisk.syncDirectory(path);
      events.push('durable');
    },
  };
  const witness = await openWitness(directory, [log], disk);
  events.length = 0;
  await witness.addCheckpoint(log.submission(0, 3)).then(() => events.push('answered'));
  t.same(events, ['durable', 'answered']);
  failing.add('write');
  await t.rejects(witness.addCheckpoint(log.submission(3, 5)), { code: 'store_write_failed' });
  failing.delete('write');
  t.equal((await witness.addCheckpoint(log.submission(3, 5))).status, 200, 'nothing had changed');
  failing.add('directory');
  await t.rejects(witness.addCheckpoint(log.submission(5, 6)), { code: 'store_poisoned' });
  failing.delete('directory');
  await t.rejects(witness.addCheckpoint(log.submission(6, 6)), { code: 'store_poisoned' }, 'an unknown outcome is not tried again');
});
