import { createPrivateKey, createPublicKey, verify } from 'node:crypto';
import t from 'tap';
import { cosign, createCosigner, formatCosignerKey, parseCosignerKey, verifyCosignature } from '../../src/ledger/cosignature.ts';
import { formatVerifierKey, parseVerifierKey } from '../../src/ledger/note.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';

/** The second key of RFC 8032 §7.1, so that every byte below is fixed. */
const seed = Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex');
const privateKey = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]), format: 'der', type: 'pkcs8' });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const witness = createCosigner(pem, 'witness.example.com/w1');

/** The example checkpoint of c2sp.org/tlog-cosignature. */
const body = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n';
const at = 1_679_315_147;
const line = cosign(body, witness, at);

await t.test('a cosigner key has the id of type 0x04: the published key of a public witness is read, and no note key', async (t) => {
  const published = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2';
  t.equal(formatCosignerKey(parseCosignerKey(published)), published);
  t.throws(() => parseVerifierKey(published), { code: 'key_invalid' });
  t.throws(() => parseCosignerKey(formatVerifierKey(createSigner(pem, witness.name))), { code: 'key_invalid' });
  t.not(createSigner(pem, witness.name).keyId, witness.keyId);
  t.same(parseCosignerKey(formatCosignerKey(witness)), { name: witness.name, keyId: witness.keyId, publicKey: witness.publicKey });
});

await t.test('the line holds key id, time and signature over the message of the specification', async (t) => {
  t.match(line, /^— witness\.example\.com\/w1 [A-Za-z0-9+/=]+\n$/);
  const bytes = Buffer.from(line.split(' ')[2] ?? '', 'base64');
  t.equal(bytes.length, 4 + 8 + 64);
  t.equal(bytes.toString('hex', 0, 12), `${witness.keyId}00000000641850cb`);
  const message = Buffer.from(`cosignature/v1\ntime 1679315147\n${body}`);
  t.ok(verify(null, message, createPublicKey(privateKey), bytes.subarray(12)));
  t.equal(verifyCosignature(body, line, witness), at);
  t.equal(verifyCosignature(body, line.trimEnd(), witness), at);
});

await t.test('another text, name, key or time, and every changed sign, is no cosignature', async (t) => {
  const other = createCosigner(newSigningKey(), witness.name);
  t.equal(verifyCosignature(body.replace('20852163', '20852164'), line, witness), null);
  t.equal(verifyCosignature(body, line, other), null);
  t.equal(verifyCosignature(body, line, createCosigner(pem, 'witness.example.com/w2')), null);
  for (let n = 0; n < line.length - 1; n += 1) {
    const sign = line.charAt(n) === 'A' ? 'B' : 'A';
    t.equal(verifyCosignature(body, line.slice(0, n) + sign + line.slice(n + 1), witness), null);
    t.equal(verifyCosignature(body, line.slice(0, n), witness), null);
  }
  for (const bad of ['', '\n', '—', `${line}${line}`, ` ${line}`]) t.equal(verifyCosignature(body, bad, witness), null);
  for (const wrong of [0, -1, 1.5, Number.NaN, 2 ** 53]) t.throws(() => cosign(body, witness, wrong), { code: 'bad_time' });
});

await t.test('a note signature under a cosigner key is no cosignature', async (t) => {
  const bare = Buffer.concat([Buffer.from(witness.keyId, 'hex'), witness.sign(Buffer.from(body))]);
  t.equal(verifyCosignature(body, `— ${witness.name} ${bare.toString('base64')}\n`, witness), null);
});
