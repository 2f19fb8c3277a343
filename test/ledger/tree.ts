import { createHash } from 'node:crypto';
import t from 'tap';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../../src/ledger/tree.ts';

const sha256 = (...parts: Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

/** MTH of RFC 6962 §2.1, word for word. */
function treeHash(entries: readonly Buffer[]): Buffer {
  const [first] = entries;
  if (first === undefined) return sha256();
  if (entries.length === 1) return sha256(Buffer.of(0), first);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Buffer.of(1), treeHash(entries.slice(0, k)), treeHash(entries.slice(k)));
}

await t.test('the root is the one of RFC 6962 at every size', async (t) => {
  const entries = Array.from({ length: 300 }, (_, n) => Buffer.from(`entry ${n}`));
  let tree = emptyTree;
  t.equal(rootOf(tree).toString('hex'), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  const wrong = entries.filter((entry, n) => {
    tree = appendLeaf(tree, leafHash(entry));
    return !rootOf(tree).equals(treeHash(entries.slice(0, n + 1)));
  });
  t.same(wrong, []);
  t.equal(tree.size, 300);
});

await t.test('appending leaves the tree before as it was, and keeps a handful of hashes', async (t) => {
  const one = appendLeaf(emptyTree, leafHash(Buffer.from('a')));
  const root = rootOf(one);
  appendLeaf(appendLeaf(one, leafHash(Buffer.from('b'))), leafHash(Buffer.from('c')));
  t.same(rootOf(one), root);
  t.equal(emptyTree.size, 0);
  let tree = emptyTree;
  for (let n = 0; n < 1_023; n += 1) tree = appendLeaf(tree, leafHash(Buffer.of(n % 256)));
  t.equal(tree.peaks.length, 10);
});

await t.test('a leaf is never mistaken for a node', async (t) => {
  const [left, right] = [leafHash(Buffer.from('a')), leafHash(Buffer.from('b'))];
  t.notSame(leafHash(Buffer.concat([left, right])), rootOf(appendLeaf(appendLeaf(emptyTree, left), right)));
});
