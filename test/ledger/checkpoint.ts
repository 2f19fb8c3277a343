import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import t from 'tap';
import { type Checkpoint, openCheckpoint, signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { formatVerifierKey, keyIdOf, openNote, parseVerifierKey, signNote } from '../../src/ledger/note.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';

/** The first key of RFC 8032 §7.1, so that every byte below is fixed. */
const seed = Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex');
const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
const pem = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' }).toString();
const origin = 'record.agency.example';
const signer = createSigner(pem, origin);
const checkpoint: Checkpoint = { origin, size: 85, root: Buffer.alloc(32, 0x5a) };
const body = `${origin}\n85\n${'Wlpa'.repeat(10)}Wlo=\n`;

await t.test('a key has the id and the text form of c2sp.org/signed-note', async (t) => {
  t.equal(signer.publicKey.toString('hex'), 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  const vkey = formatVerifierKey(signer);
  t.match(vkey, /^record\.agency\.example\+[0-9a-f]{8}\+AddamAGCsQq31Uv\+08lkBzoO4XLz2qYjJa8CGmj3B1Ea$/);
  t.same(parseVerifierKey(vkey), { name: origin, keyId: signer.keyId, publicKey: signer.publicKey });
  t.equal(keyIdOf(origin, signer.publicKey), signer.keyId);
});

await t.test('a mangled key is no key', async (t) => {
  const vkey = formatVerifierKey(signer);
  const parts = Array.from({ length: vkey.length }, (_, n) => [vkey.slice(0, n), vkey.slice(n + 1), vkey.slice(0, n) + vkey.slice(n + 1)]).flat();
  const flipped = Array.from(vkey, (sign, n) => vkey.slice(0, n) + String.fromCharCode(sign.charCodeAt(0) + 1) + vkey.slice(n + 1));
  for (const bad of [...parts, ...flipped, `${vkey}\n`, vkey.replace('.', ' ')]) t.throws(() => parseVerifierKey(bad), { code: 'key_invalid' });
});

await t.test('a checkpoint is three lines, a blank line and a signature', async (t) => {
  const note = signCheckpoint(checkpoint, signer);
  t.ok(note.startsWith(`${body}\n— ${origin} `));
  t.equal(note.split('\n').length, 6);
  t.same(openCheckpoint(note, signer), checkpoint);
  t.equal(signCheckpoint(checkpoint, signer), note);
});

await t.test('signatures are chosen by name and key id, and others are passed over', async (t) => {
  const other = createSigner(newSigningKey(), origin);
  const witness = createSigner(newSigningKey(), 'witness.example');
  const note = signNote(body, [witness, other, signer]);
  t.same(openCheckpoint(note, signer), checkpoint);
  t.same(openCheckpoint(note, other), checkpoint);
  t.throws(() => openCheckpoint(signNote(body, [witness, other]), signer), { code: 'store_corrupt' });
  const [, , line = ''] = signNote(body, [signer]).split(/(?<=\n)(?=\n|—)/);
  const wrong = `${line.slice(0, 60)}${line[60] === 'A' ? 'B' : 'A'}${line.slice(61)}`;
  t.throws(() => openCheckpoint(`${body}\n${wrong}${line}`, signer), { code: 'store_corrupt' }, 'one wrong signature of a known key spoils the note');
});

await t.test('no changed character goes unseen', async (t) => {
  const note = signCheckpoint(checkpoint, signer);
  for (let n = 0; n < note.length; n += 1) {
    const sign = note.charAt(n) === 'x' ? 'y' : 'x';
    t.throws(() => openCheckpoint(note.slice(0, n) + sign + note.slice(n + 1), signer), { code: 'store_corrupt' });
    t.throws(() => openCheckpoint(note.slice(0, n) + note.slice(n + 1), signer), { code: 'store_corrupt' });
    t.throws(() => openCheckpoint(note.slice(0, n), signer), { code: 'store_corrupt' });
  }
});

await t.test('a properly signed note that is no checkpoint is refused', async (t) => {
  const lines = body.split('\n');
  const others = [
    body.replace('85', '085'),
    body.replace('85', '-1'),
    body.replace('85', '1e3'),
    body.replace('85', '99999999999999999999'),
    `${body}extension\n`,
    `${lines[0]}\n${lines[1]}\n`,
    body.replace('Wlo=', 'Wlp='),
    body.replace('Wlpa', ''),
    `\n${lines[1]}\n${lines[2]}\n`,
  ];
  for (const other of others) t.throws(() => openCheckpoint(signNote(other, [signer]), signer), { code: 'store_corrupt' });
});

await t.test('a note is bounded, and holds text only', async (t) => {
  t.throws(
    () =>
      openNote(
        `${body}\n${signNote(body, [signer])
          .slice(body.length + 1)
          .repeat(101)}`,
        signer,
      ),
    { code: 'store_corrupt' },
  );
  t.throws(() => openNote(signNote(`${'x'.repeat(300_000)}\n`, [signer]), signer), { code: 'store_corrupt' });
  for (const text of ['', 'no newline', 'bell\u0007\n', 'half \ud800\n', 'return\r\n']) t.throws(() => signNote(text, [signer]), { code: 'bad_text' });
  const poem = 'one\n\nthree\n';
  t.equal(openNote(signNote(poem, [signer]), signer), poem);
});

await t.test('only an Ed25519 key under a plain origin signs', async (t) => {
  const rsa = generateKeyPairSync('rsa', {
    modulusLength: 1_024,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  for (const bad of ['', 'no key', rsa.privateKey, rsa.publicKey, pem.replace('MC4', 'MC5')])
    t.throws(() => createSigner(bad, origin), { code: 'key_invalid' });
  for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\nb', '\ud800']) t.throws(() => createSigner(pem, name), { code: 'key_invalid' });
  t.not(newSigningKey(), newSigningKey());
});
