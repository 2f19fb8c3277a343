import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { demonstrationFiles } from '../../src/keys.ts';
import { createSigner } from '../../src/ledger/signer.ts';
import { readTilePath, tilePath } from '../../src/ledger/tile.ts';
import { formatProof, parseProof } from '../../src/ledger/tlog-proof.ts';
import { leafHash } from '../../src/ledger/tree.ts';
import { verifyFile } from '../../src/ledger/verify.ts';
import { approvedDraft, publicHolding } from '../support/desk-walk.ts';
import { openNewsroom } from '../support/newsroom.ts';
import { logSigner, trustOf } from '../support/test-log.ts';

/** What a reader with our public key can prove from the public site alone. */

const people = { amina: ['author'], jonas: ['reviewer', 'publisher'], claire: ['reviewer'] } as const;

t.test('each version is proved by its file, its proof and the key; every changed byte is refused', async (t) => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  t.equal((await room.read('/log/checkpoint')).status, 404, 'setting up logs nothing');
  const id = await publicHolding(room, 'Version 1');
  for (const title of ['Version 2', 'Version 3']) {
    const { seen } = await approvedDraft(room, title, { id, kind: 'update' });
    await room.post('jonas', `/desk/statements/${id}/publication`, seen);
  }
  const key = createSigner(await readFile(join(room.server.directory, demonstrationFiles.key), 'utf8'), room.server.office.agency.origin);
  const trust = trustOf(logSigner(`${key.name}/root`), { logs: [key] });
  const checkpoint = await room.read('/log/checkpoint');
  t.match(checkpoint.text, /^record\.test\n3\n/);
  t.match(checkpoint.headers.get('cache-control'), 'max-age=5');

  for (const version of [1, 2, 3]) {
    const base = `/statements/2026-0001/v/${version}`;
    const proof = (await room.read(`${base}.tlog-proof`)).text;
    t.equal(formatProof(parseProof(proof)), proof);
    for (const form of ['json', 'txt']) {
      const file = Buffer.from((await room.read(`${base}.${form}`)).text);
      t.match(verifyFile(file, proof, trust), { isProved: true, entry: { statement: '2026-0001', version }, index: version - 1, checkpoint: { size: 3 } });
    }
  }
  const file = Buffer.from((await room.read('/statements/2026-0001/v/2.json')).text);
  const proof = (await room.read('/statements/2026-0001/v/2.tlog-proof')).text;
  let accepted = 0;
  for (let at = 0; at < file.length; at += 3) {
    const changed = Buffer.from(file);
    changed[at] = (changed[at] ?? 0) ^ 1;
    if (verifyFile(changed, proof, trust).isProved) accepted += 1;
  }
  const bytes = Buffer.from(proof);
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    if (verifyFile(file, changed.toString(), trust).isProved) accepted += 1;
  }
  t.equal(accepted, 0);
  t.equal(verifyFile(file, (await room.read('/statements/2026-0001/v/1.tlog-proof')).text, trust).isProved, false, 'the proof of another version');
});

t.test('tiles of every published size are there, never change, and hold the entries', async (t) => {
  const room = await openNewsroom(t, people, '2026-11-22T09:00:00.000Z', { ONRECORD_LANGUAGES: 'en,fr', ONRECORD_TIME_ZONE: 'UTC' });
  const id = await publicHolding(room, 'Version 1');
  const first = await room.server.publicUrl;
  const bytesOf = async (path: string): Promise<Buffer> => Buffer.from(await (await fetch(`${first}${path}`)).arrayBuffer());
  const [hashes, entries] = [await bytesOf('/log/tile/0/000.p/1'), await bytesOf('/log/tile/entries/000.p/1')];
  const { seen } = await approvedDraft(room, 'Version 2', { id, kind: 'update' });
  await room.post('jonas', `/desk/statements/${id}/publication`, seen);
  t.strictSame(await bytesOf('/log/tile/0/000.p/1'), hashes);
  t.strictSame(await bytesOf('/log/tile/entries/000.p/1'), entries);
  t.strictSame(hashes, leafHash(entries.subarray(2)));
  t.equal(entries.readUInt16BE(0), entries.length - 2);
  const two = await room.read('/log/tile/0/000.p/2');
  t.equal(two.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  for (const path of ['/log/tile/0/000', '/log/tile/0/000.p/3', '/log/tile/1/000.p/1', '/log/tile/0/001.p/1', '/log/tile/0/0', '/log/tile/00/000.p/1'])
    t.equal((await room.read(path)).status, 404, path);
});

t.test('a tile has one path', async (t) => {
  t.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
  t.equal(tilePath({ level: 'entries', index: 5, width: 7 }), 'tile/entries/005.p/7');
  t.strictSame(readTilePath('tile/0/x001/x234/067'), { level: 0, index: 1_234_067, width: 256 });
  for (const path of ['tile/0/x000/005', 'tile/0/5', 'tile/0/005.p/0', 'tile/0/005.p/256', 'tile/64/005', 'tile/-1/005', 'tile/0/005/'])
    t.equal(readTilePath(path), undefined, path);
});
