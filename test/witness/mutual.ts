import { readdir, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import t, { type Test } from 'tap';
import { type Cosigner, cosign, createCosigner, verifyCosignature } from '../../src/ledger/cosignature.ts';
import { splitNote } from '../../src/ledger/note.ts';
import { newSigningKey } from '../../src/ledger/signer.ts';
import { parseProof } from '../../src/ledger/tlog-proof.ts';
import { openTrust } from '../../src/ledger/trust.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { parseSubmission } from '../../src/witness/submission.ts';
import { freePort } from '../support/free-port.ts';
import { foundHouse, type House } from '../support/houses.ts';

/** Two agencies, in Vilnius and in Lisbon, that witness each other's logs; and witnesses that are dead, slow or dishonest. */

async function foundTwo(t: Test): Promise<{ vilnius: House; lisbon: House; openBoth(): Promise<void> }> {
  const [vilnius, lisbon] = [await foundHouse(t, 'record.vilnius.example'), await foundHouse(t, 'record.lisbon.example')];
  const openBoth = async (): Promise<void> => {
    await vilnius.open([lisbon.witness], [lisbon.signer]);
    await lisbon.open([vilnius.witness], [vilnius.signer]);
  };
  await openBoth();
  return { vilnius, lisbon, openBoth };
}

/** When the witness cosigned the checkpoint that readers of this house get; null when it did not. */
async function cosignedAt(house: House, { witness }: Pick<House, 'witness'>): Promise<number | null> {
  const { text: checkpoint, signatures } = splitNote((await house.read('/log/checkpoint')).text);
  const lines = signatures.map(({ name, keyId, signature }) => `— ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`);
  return lines.map((line) => verifyCosignature(checkpoint, line, witness.key)).find((at) => at !== null) ?? null;
}

async function behind(house: House): Promise<string | undefined> {
  const metrics = await (await fetch(`${house.server().opsUrl}/metrics`)).text();
  return /^onrecord_witness_behind_entries\{witness="[^"]+"\} (.+)$/m.exec(metrics)?.[1];
}

async function openStranger(t: Test, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

t.test('each publication is cosigned by the other agency, and readers verify it offline', async (t) => {
  const { vilnius, lisbon } = await foundTwo(t);
  for (const [house, other] of [
    [vilnius, lisbon],
    [lisbon, vilnius],
  ] as const) {
    for (const title of ['Version 1', 'Version 2', 'Version 3']) {
      await house.publish('s0000001', title);
      t.equal(await cosignedAt(house, other), null, 'no publication waits for a witness');
      t.not(await behind(house), '0');
      await house.server().attest();
      t.equal(await cosignedAt(house, other), house.clock.now() / 1_000);
      t.equal(await behind(house), '0');
    }
    const trust = openTrust((await house.read('/log/trust.note')).text, null);
    const reference = `2026-0001`;
    for (const version of [1, 2, 3]) {
      const file = (await house.read(`/statements/${reference}/v/${version}.json`)).bytes;
      const proof = (await house.read(`/statements/${reference}/v/${version}.tlog-proof`)).text;
      t.match(verifyFile(file, proof, trust), { isProved: true, checkpoint: { size: 3 }, witnesses: 1 }, 'the quorum of one holds');
      t.equal(splitNote(parseProof(proof).checkpoint).signatures.length, 2);
    }
  }
});

t.test('a proof read before the witness signed is not held back, and lacks the quorum', async (t) => {
  const { vilnius } = await foundTwo(t);
  await vilnius.publish('s0000001', 'Version 1');
  const proof = (await vilnius.read('/statements/2026-0001/v/1.tlog-proof')).text;
  const file = (await vilnius.read('/statements/2026-0001/v/1.json')).bytes;
  const trust = openTrust((await vilnius.read('/log/trust.note')).text, null);
  t.match(verifyFile(file, proof, trust), { isProved: false, step: 'witnesses' });
  await vilnius.server().attest();
  t.match(verifyFile(file, (await vilnius.read('/statements/2026-0001/v/1.tlog-proof')).text, trust), { isProved: true });
});

t.test('signatures come back after a restart of the log; the witness goes on after one of its own', async (t) => {
  const { vilnius, lisbon, openBoth } = await foundTwo(t);
  for (const title of ['Version 1', 'Version 2']) await vilnius.publish('s0000001', title);
  await vilnius.server().attest();
  await vilnius.close();
  await lisbon.close();
  await openBoth();
  t.equal(await cosignedAt(vilnius, lisbon), null);
  await vilnius.server().attest();
  t.ok(await cosignedAt(vilnius, lisbon), 'asked again at the start, corrected by a conflict');
  await vilnius.publish('s0000001', 'Version 3');
  await vilnius.server().attest();
  t.ok(await cosignedAt(vilnius, lisbon));
});

/** Lisbon has cosigned three entries of Vilnius; then Vilnius shows it another history. Whether that gets cosigned. */
async function cosignsFork(t: Test, meanwhile: (lisbon: House) => Promise<void>): Promise<boolean> {
  const { vilnius, lisbon } = await foundTwo(t);
  for (const title of ['Version 1', 'Version 2', 'Version 3']) await vilnius.publish('s0000001', title);
  await vilnius.server().attest();
  t.ok(await cosignedAt(vilnius, lisbon));
  const before = (await vilnius.read('/log/checkpoint')).text;
  await vilnius.close();
  await lisbon.close();
  await meanwhile(lisbon);
  await lisbon.open([vilnius.witness], [vilnius.signer]);
  const copy = await vilnius.twin(t);
  await copy.open([lisbon.witness], []);
  const given: (number | null)[] = [];
  for (const title of ['Other 1', 'Other 2', 'Other 3', 'Other 4']) {
    await copy.publish('s0000001', title);
    copy.clock.forward(10 * 60_000);
    await copy.server().attest();
    given.push(await cosignedAt(copy, lisbon));
  }
  t.not((await copy.read('/log/checkpoint')).text, before);
  return given.some((at) => at !== null);
}

t.test('a second history under the same key is never cosigned', async (t) => {
  t.equal(await cosignsFork(t, async () => {}), false);
});

t.test('negative control: a witness whose memory was deleted cosigns the second history', async (t) => {
  const forget = async ({ directory }: House): Promise<void> => {
    const memory = join(directory, 'witness');
    for (const name of await readdir(memory)) await rm(join(memory, name));
  };
  t.equal(await cosignsFork(t, forget), true);
});

type Lie = (note: string, key: Cosigner) => { status: number; body: string | Buffer; headers?: Record<string, string> };

t.test('huge, redirecting, failing and lying witnesses leave no mark, and are asked again later only', async (t) => {
  const lisbon = await foundHouse(t, 'record.lisbon.example');
  const vilnius = await foundHouse(t, 'record.vilnius.example');
  const sized = { 'content-type': 'text/x.tlog.size' };
  const lies: Record<string, Lie> = {
    'another key': (note, { name }) => ({ status: 200, body: cosign(splitNote(note).text, createCosigner(newSigningKey(), name), 1_800_000_000) }),
    'another text': (_note, key) => ({ status: 200, body: cosign('record.vilnius.example\n9\nAAAA\n', key, 1_800_000_000) }),
    'another witness': (note) => ({ status: 200, body: note.slice(note.indexOf('\n\n') + 2) }),
    'no signature': () => ({ status: 200, body: 'forged\n\nlines\n' }),
    'too much': () => ({ status: 200, body: Buffer.alloc(1_000_000, 'x') }),
    'a redirect': () => ({ status: 307, body: '', headers: { location: `${lisbon.witness.url}/add-checkpoint` } }),
    'a failure': () => ({ status: 500, body: 'x' }),
    'a refusal': () => ({ status: 422, body: 'x' }),
    'no size': () => ({ status: 409, body: '1\n', headers: { 'content-type': 'text/plain' } }),
    'a size beyond the log': () => ({ status: 409, body: '400\n', headers: sized }),
    'conflicts for ever': () => ({ status: 409, body: '0\n', headers: sized }),
  };
  const asked = new Map<string, number>();
  const liars = await Promise.all(
    Object.entries(lies).map(async ([name, lie], index) => {
      const key = createCosigner(newSigningKey(), `liar-${index}.example/witness`);
      const url = await openStranger(t, async (request, response) => {
        const note = parseSubmission(await text(request))?.note ?? '';
        asked.set(name, (asked.get(name) ?? 0) + 1);
        const { status, body, headers = {} } = lie(note, key);
        response.writeHead(status, headers).end(body);
      });
      return { key, url };
    }),
  );
  await lisbon.open([], [vilnius.signer]);
  await vilnius.open([...liars, lisbon.witness], []);
  await vilnius.publish('s0000001', 'Version 1');
  await vilnius.server().attest();
  const { signatures } = splitNote((await vilnius.read('/log/checkpoint')).text);
  t.same(
    signatures.map(({ name }) => name),
    ['record.vilnius.example', 'record.lisbon.example/witness'],
  );
  const first = new Map(asked);
  t.equal(first.size, liars.length);
  t.equal(first.get('conflicts for ever'), 3);
  await vilnius.server().attest();
  t.same(asked, first);
  vilnius.clock.forward(10 * 60_000);
  await vilnius.server().attest();
  for (const name of Object.keys(lies)) t.ok((asked.get(name) ?? 0) > (first.get(name) ?? 0), name);
});

t.test('a witness that is dead, silent or without https holds up neither a publication nor the end', async (t) => {
  const vilnius = await foundHouse(t, 'record.vilnius.example');
  const keyOf = (name: string): Cosigner => createCosigner(newSigningKey(), `${name}.example/witness`);
  const asked = Promise.withResolvers<void>();
  const silent = { key: keyOf('silent'), url: await openStranger(t, () => asked.resolve()) };
  await vilnius.open([silent, { key: keyOf('dead'), url: `http://127.0.0.1:${await freePort()}` }, { key: keyOf('plain'), url: 'http://witness.example' }], []);
  await vilnius.publish('s0000001', 'Version 1');
  const asking = vilnius.server().attest();
  await asked.promise;
  await vilnius.publish('s0000001', 'Version 2');
  t.match((await vilnius.read('/log/checkpoint')).text, /^record\.vilnius\.example\n2\n/);
  t.equal((await vilnius.read('/statements/2026-0001/v/2')).status, 200);
  await vilnius.close();
  await asking;
});
