import t from 'tap';
import { canonicalise } from '../../src/ledger/jcs.ts';
import { formatVerifierKey, openNote, parseVerifierKey } from '../../src/ledger/note.ts';
import { leafHash, nodeHash, rootOfEntries } from '../../src/ledger/tree.ts';

/** Values that others have published. */

await t.test('c2sp.org/signed-note: the example key opens the example note', async (t) => {
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  const signature = '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
  const key = parseVerifierKey(vkey);
  t.equal(formatVerifierKey(key), vkey);
  t.equal(openNote(`This is an example message.\n\n${signature}`, key), 'This is an example message.\n');
  t.throws(() => openNote(`This is an example massage.\n\n${signature}`, key), { code: 'store_corrupt' });
});

await t.test('RFC 6962: the hashes and roots that implementations of Certificate Transparency test with', async (t) => {
  t.equal(leafHash(Buffer.from('L123456')).toString('hex'), '395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
  t.equal(nodeHash(Buffer.from('N123'), Buffer.from('N456')).toString('hex'), 'aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb');
  const entries = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const bytes = entries.map((entry) => Buffer.from(entry, 'hex'));
  t.same(
    roots.map((_, size) => rootOfEntries(bytes.slice(0, size)).toString('hex')),
    roots,
  );
});

await t.test('RFC 8785 §3.2.2: strings and literals of its sample', async (t) => {
  const sample: unknown = JSON.parse('{"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}');
  t.equal(canonicalise(sample), '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}');
});
