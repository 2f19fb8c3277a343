import fc from 'fast-check';
import t from 'tap';
import type { ImportedDocument } from '../../src/imports/document.ts';
import type { KnownDocument } from '../../src/imports/known.ts';
import type { ImportedEntry } from '../../src/ledger/entry.ts';
import { foundIn, gistOf, wordsOf } from '../../src/press/imported-gist.ts';
import { createImportedShelf } from '../../src/press/imported-shelf.ts';

/** What an imported document is found by. */

const at = '2026-01-01T00:00:00.000Z';
const documentOf = (title: string, weaknesses: readonly { cve?: string; title?: string }[] = []): ImportedDocument =>
  ({
    document: { title, lang: 'fr', publisher: { name: 'Agence d’État' }, tracking: { id: 'ÉTAT-2024-01' } },
    vulnerabilities: weaknesses,
  }) as unknown as ImportedDocument;

t.test('a word finds itself without its accents, and from three letters on what begins with it', async (t) => {
  const gist = gistOf(documentOf('Élévation de privilèges dans Démo', [{ cve: 'CVE-2024-12345', title: 'Overflow' }]));
  t.same(foundIn(gist, ['elevation']), ['elevation']);
  t.same(foundIn(gist, ['pri']), ['privileges']);
  t.same(foundIn(gist, ['de']), ['de'], 'two letters are a whole word: not Démo');
  t.same(foundIn(gist, ['d']), ['d']);
  t.equal(foundIn(gist, ['leges']), null, 'the end of a word is none');
  t.same(foundIn(gist, ['12345']), ['12345']);
  t.same(foundIn(gist, ['etat']), ['etat'], 'a word is held once');
  t.same(foundIn(gist, ['overflow', 'cve']), ['overflow', 'cve']);
  t.equal(foundIn(gist, ['overflow', 'heap']), null, 'each has to find one');
});

t.test('every word of a title finds its document, and no word that is not there does', async (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 6 }), (title, other) => {
      const gist = gistOf(documentOf(title));
      const all = wordsOf(`${title} Agence d’État ÉTAT-2024-01`);
      for (const word of all) t.ok(foundIn(gist, [word])?.includes(word));
      for (const word of wordsOf(other)) {
        const expected = new Set(all.filter((one) => (word.length > 2 ? one.startsWith(word) : one === word)));
        t.same(new Set(foundIn(gist, [word]) ?? []), expected);
      }
    }),
  );
});

t.test('what a gist holds is bounded', async (t) => {
  const gist = gistOf(
    documentOf(
      'x'.repeat(5_000),
      Array.from({ length: 2_000 }, (_, n) => ({ cve: `CVE-2024-${n}`, title: 'y'.repeat(300) })),
    ),
  );
  t.equal(gist.title.length, 400);
  t.equal(gistOf({ ...documentOf('x'), document: { ...documentOf('x').document, lang: 'x'.repeat(1_000) } }).lang?.length, 40);
  t.ok(gist.words.length <= 20_002);
});

t.test('search goes by the original before until the newest is read, and never back', async (t) => {
  const shelf = createImportedShelf(async () => Buffer.alloc(0));
  const bring = (k: number): KnownDocument => {
    const imported = { host: 'agency.example', slug: 'old-1', id: 'OLD-1', version: `${k}`, issuedAt: at, changedAt: at };
    const files = [{ name: `/imported/agency.example/old-1/${k}.json`, type: 'application/json', sha256: `${k}`, bytes: 1 }];
    shelf.take(k, { type: 'x', event: 'imported', at, imported, files } as unknown as ImportedEntry);
    return shelf.at(imported) as KnownDocument;
  };
  const titles = async (query: string): Promise<number> => (await shelf.find(query, 5)).length;
  const first = bring(1);
  t.equal(await titles('outage'), 0);
  shelf.put(first, gistOf(documentOf('Outage')));
  const second = bring(2);
  t.equal(await titles('outage'), 1);
  shelf.put(second, gistOf(documentOf('Intrusion')));
  shelf.put(first, gistOf(documentOf('Outage')));
  t.same([await titles('outage'), await titles('intrusion')], [0, 1]);
  t.equal((await shelf.gist(second)).title, 'Intrusion');
});
