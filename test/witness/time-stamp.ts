import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { sha256 } from '../../src/ledger/hash.ts';
import { openNote } from '../../src/ledger/note.ts';
import { element, elementsOf, positiveInteger, tags } from '../../src/witness/der.ts';
import { readTimeStamp, timeStampRequest } from '../../src/witness/time-stamp.ts';
import { foundHouse, type House } from '../support/houses.ts';
import { temporaryDirectory } from '../support/store-fixtures.ts';

const run = promisify(execFile);
const hasOpenssl = await run('openssl', ['version']).then(
  () => true,
  () => false,
);
if (!hasOpenssl) process.stderr.write('\n*** openssl IS NOT ON THIS MACHINE: time-stamps are not tested ***\n\n');
const skip = hasOpenssl ? false : 'openssl is not here';

const settings = `[ tsa ]
default_tsa = here
[ here ]
serial = ./serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ request ]
distinguished_name = name
[ name ]
[ extensions ]
extendedKeyUsage = critical,timeStamping
`;

type Authority = {
  directory: string;
  url: string;
  asked: Buffer[];
  /** What it does with an answer before it leaves; it may wait. */
  bend(change: (answer: Buffer) => Buffer | Promise<Buffer>): void;
  /** The answer of this authority to any question. */
  stamp(question: Buffer): Promise<Buffer>;
};

/** A time-stamp authority on loopback, made of openssl. */
async function openAuthority(t: Test): Promise<Authority> {
  const directory = await temporaryDirectory(t);
  const openssl = (...args: string[]): Promise<unknown> => run('openssl', args, { cwd: directory });
  await writeFile(join(directory, 'tsa.cnf'), settings);
  await writeFile(join(directory, 'serial'), '01\n');
  const subject = ['-subj', '/CN=Time-stamp authority of the test', '-days', '3650', '-config', 'tsa.cnf', '-extensions', 'extensions'];
  await openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.pem', ...subject);
  const stamp = async (question: Buffer): Promise<Buffer> => {
    await writeFile(join(directory, 'question.tsq'), question);
    const signer = ['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-config', 'tsa.cnf', '-section', 'here'];
    await openssl('ts', '-reply', '-queryfile', 'question.tsq', '-out', 'answer.tsr', ...signer);
    return readFile(join(directory, 'answer.tsr'));
  };
  let change = (answer: Buffer): Buffer | Promise<Buffer> => answer;
  const asked: Buffer[] = [];
  const server = createServer(async (request, response) => {
    const question = await buffer(request);
    asked.push(question);
    const answer = await change(await stamp(question));
    response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/stamp`;
  return {
    directory,
    url,
    asked,
    stamp,
    bend: (bent) => {
      change = bent;
    },
  };
}

/** What a reader does with what is public. */
async function verifies({ directory }: Authority, house: House, size: number): Promise<boolean> {
  const [stamp, checkpoint] = [await house.read(`/log/timestamp/${size}.tsr`), await house.read(`/log/timestamp/${size}.checkpoint`)];
  if (stamp.status !== 200 || checkpoint.status !== 200) return false;
  await writeFile(join(directory, 'read.tsr'), stamp.bytes);
  await writeFile(join(directory, 'read.checkpoint'), checkpoint.bytes);
  const args = ['ts', '-verify', '-in', 'read.tsr', '-data', 'read.checkpoint', '-CAfile', 'tsa.pem'];
  return run('openssl', args, { cwd: directory }).then(
    ({ stdout }) => stdout.includes('Verification: OK'),
    () => false,
  );
}

t.test('the newest checkpoint is stamped, kept, and verified with openssl', { skip }, async (t) => {
  const authority = await openAuthority(t);
  const house = await foundHouse(t, 'record.vilnius.example');
  const environment = { ONRECORD_TIMESTAMP_URL: authority.url };
  await house.open([], [], environment);
  await house.publish('s0000001', 'Version 1');
  t.equal((await house.read('/log/timestamp/1.tsr')).status, 404, 'no publication waits for it');
  await house.server().attest();
  t.ok(await verifies(authority, house, 1));
  for (const title of ['Version 2', 'Version 3']) await house.publish('s0000001', title);
  await house.server().attest();
  t.ok(await verifies(authority, house, 3));
  t.equal((await house.read('/log/timestamp/2.tsr')).status, 404, 'only the newest is asked for');
  const checkpoint = await house.read('/log/timestamp/3.checkpoint');
  t.equal(checkpoint.text, (await house.read('/log/checkpoint')).text);
  t.match(openNote(checkpoint.text, house.signer), /^record\.vilnius\.example\n3\n/);
  const stamp = await house.read('/log/timestamp/3.tsr');
  t.same([stamp.headers.get('content-type'), stamp.headers.get('cache-control')], ['application/timestamp-reply', 'public, max-age=31536000, immutable']);
  t.equal(authority.asked.length, 2);
  for (const path of ['4.tsr', '0.tsr', '03.tsr', '3.pem', '3']) t.not((await house.read(`/log/timestamp/${path}`)).status, 200, path);

  await house.close();
  await house.open([], [], environment);
  await house.server().attest();
  t.equal(authority.asked.length, 2, 'what was stamped is not asked for again');
  t.ok(await verifies(authority, house, 1));
  t.match(await (await fetch(`${house.server().opsUrl}/metrics`)).text(), /^onrecord_timestamp_behind_entries 0$/m);
});

t.test('an answer that is none is not kept, and one is asked for at a time', { skip }, async (t) => {
  const authority = await openAuthority(t);
  const house = await foundHouse(t, 'record.vilnius.example');
  await house.open([], [], { ONRECORD_TIMESTAMP_URL: authority.url });
  await house.publish('s0000001', 'Version 1');
  const other = await authority.stamp(timeStampRequest(sha256('something else'), randomBytes(16)));
  const refused = Buffer.from('30053003020102', 'hex');
  const bends: readonly ((answer: Buffer) => Buffer)[] = [
    () => other,
    () => refused,
    () => Buffer.alloc(0),
    () => Buffer.alloc(100_000),
    (answer) => answer.subarray(0, -1),
  ];
  for (const bend of bends) {
    authority.bend(bend);
    await house.server().attest();
    t.equal((await house.read('/log/timestamp/1.tsr')).status, 404);
    house.clock.forward(10 * 60_000);
  }
  const [arrived, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  authority.bend(async (answer) => {
    arrived.resolve();
    await go.promise;
    return answer;
  });
  const before = authority.asked.length;
  const asking = house.server().attest();
  await arrived.promise;
  await house.publish('s0000001', 'Version 2');
  const again = house.server().attest();
  t.equal(authority.asked.length, before + 1);
  go.resolve();
  await Promise.all([asking, again]);
  await house.server().attest();
  t.ok(await verifies(authority, house, 1));
  t.ok(await verifies(authority, house, 2));
});

t.test('the question is the one that openssl writes, and an answer is taken for that question alone', { skip }, async (t) => {
  const authority = await openAuthority(t);
  const [hash, nonce] = [sha256('record'), Buffer.concat([Buffer.of(0x80), randomBytes(7)])];
  await run('openssl', ['ts', '-query', '-digest', hash.toString('hex'), '-sha256', '-cert', '-out', 'q.tsq'], { cwd: authority.directory });
  const theirs = await readFile(join(authority.directory, 'q.tsq'));
  const number = elementsOf(elementsOf(theirs)[0]?.content ?? Buffer.alloc(0))[2]?.content ?? Buffer.alloc(0);
  t.same(timeStampRequest(hash, number), theirs);

  const answer = await authority.stamp(timeStampRequest(hash, nonce));
  const problem = (bytes: Buffer, about = hash, question = nonce) => {
    const stamp = readTimeStamp(bytes, about, question);
    return stamp.isGood ? null : stamp.problem;
  };
  t.match(readTimeStamp(answer, hash, nonce), { isGood: true, at: /^20\d{12}(\.\d+)?Z$/ });
  t.equal(problem(answer, sha256('other')), 'hash');
  t.equal(problem(answer, hash, randomBytes(8)), 'nonce');
  t.equal(problem(Buffer.concat([answer, element(tags.none)])), 'form', 'something stands behind it');
  const refusal = element(tags.sequence, element(tags.sequence, positiveInteger(Buffer.of(2))));
  t.equal(problem(refusal), 'refused');
  for (let length = 0; length < answer.length; length += 7) t.equal(problem(answer.subarray(0, length)), 'form', `cut at ${length}`);
});
