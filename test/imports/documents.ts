import fc from 'fast-check';
import t from 'tap';
import { isProviderList, largestDocument, readImported } from '../../src/imports/document.ts';
import { decide, importOrder, knownDocuments } from '../../src/imports/known.ts';
import { compareVersions } from '../../src/imports/version-order.ts';
import { type Entry, isImportedEntry } from '../../src/ledger/entry.ts';
import { archived, archivedBytes } from '../support/csaf-archive.ts';

t.test('a document is read as its publisher wrote it, its dates as instants of the house', async (t) => {
  const text = archivedBytes({ id: 'ICSA-17-010-01A', version: '2', namespace: 'https://www.CISA.gov/' }).toString();
  const reading = readImported(Buffer.from(text.replace('2019-05-07T10:00:00.000Z', '2019-05-07T12:00:00.5+02:00')));
  if ('objections' in reading) throw new Error('a sound document was refused');
  t.same(reading.mark, { host: 'www.cisa.gov', slug: 'icsa-17-010-01a' });
  const { tracking } = reading.document.document;
  t.match(tracking, { id: 'ICSA-17-010-01A', version: '2', status: 'final', current_release_date: '2019-05-08T10:00:00.000Z' });
  t.match(tracking.initial_release_date, /^2019-05-07T10:00:00\.(?:000|500)Z$/);
});

t.test('what cannot be a public document of the archive is refused, with the place and the reason', async (t) => {
  const text = archivedBytes().toString();
  const cases: readonly (readonly [string, Buffer, string, RegExp])[] = [
    ['no JSON', Buffer.from('{"document": '), '', /not JSON/],
    ['Latin-1', Buffer.from(text.replace('open.', 'ouvert à'), 'latin1'), '', /not UTF-8/],
    ['a byte order mark', Buffer.from(`\ufeff${text}`), '', /byte order mark/],
    ['too large', Buffer.alloc(largestDocument + 1, ' '), '', /larger than 4 MiB/],
    ['another edition', Buffer.from(text.replace('"2.0"', '"2.1"')), '/document/csaf_version', /2\.0/],
    ['no title', Buffer.from(text.replace('"title": "Open', '"titel": "Open')), '/document/title', /./],
    ['no history', Buffer.from(text.replace('"revision_history"', '"revisions"')), '/document/tracking/revision_history', /./],
    ['a day that never was', Buffer.from(text.replaceAll('2019-05-07', '2019-02-31')), '/document/tracking/current_release_date', /./],
    ['for a few', archivedBytes({ label: 'AMBER' }), '/document/distribution/tlp/label', /AMBER/],
    ['for the community', archivedBytes({ label: 'GREEN' }), '/document/distribution/tlp/label', /GREEN/],
    ['a draft', archivedBytes({ status: 'draft' }), '/document/tracking/status', /draft/],
    ['a house without a name', archivedBytes({ namespace: 'https://192.0.2.7' }), '/document/publisher/namespace', /host name/],
    ['a house of this machine', archivedBytes({ namespace: 'https://localhost' }), '/document/publisher/namespace', /host name/],
    ['no address', archivedBytes({ namespace: 'urn:agency' }), '/document/publisher/namespace', /host name/],
    ['an id of signs alone', archivedBytes({ id: '///' }), '/document/tracking/id', /address/],
    ['an id as long as a page', archivedBytes({ id: 'x'.repeat(81) }), '/document/tracking/id', /address/],
    [
      'a day beyond the calendar',
      Buffer.from(text.replace('"initial_release_date": "2019-05-07T10:00:00.000Z"', '"initial_release_date": "9999-12-31T23:59:59-01:00"')),
      '/document/tracking/initial_release_date',
      /./,
    ],
    ['half a character', Buffer.from(text.replace('"id": "OLD-2019-007"', '"id": "OLD-\\ud800-7"')), '/document/tracking/id', /no text/],
    ['a host that no address can hold', archivedBytes({ namespace: 'https://agency.-bc' }), '/document/publisher/namespace', /./],
    ['a version that is none', archivedBytes({ version: '1.2' }), '/document/tracking/version', /./],
  ];
  for (const [name, bytes, path, reason] of cases) {
    const reading = readImported(bytes);
    t.match('objections' in reading ? reading.objections.find((one) => one.path === path)?.reason : 'accepted', reason, name);
  }
  t.notOk('objections' in readImported(archivedBytes({ label: null })), 'an old document without a label may be public');
});

t.test('an address holds whatever a tracking id is made of', async (t) => {
  const slugOf = (id: string): string => {
    const reading = readImported(archivedBytes({ id }));
    return 'mark' in reading ? reading.mark.slug : '';
  };
  t.equal(slugOf('CERTFR-2019-ALE-007'), 'certfr-2019-ale-007');
  t.equal(slugOf('Warning 7/2019 (é)'), 'warning_7_2019_');
  t.equal(slugOf('../../etc/passwd'), 'etc_passwd');
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }), (id) => /^[a-z0-9][-_a-z0-9]{0,79}$|^$/.test(slugOf(id))),
    { numRuns: 300 },
  );
});

t.test('the lists that stand beside documents are told from documents', async (t) => {
  for (const list of [{ feed: {} }, { service: {} }, { categories: {} }, { canonical_url: 'https://www.agency.example' }])
    t.ok(isProviderList(Buffer.from(JSON.stringify(list))), Object.keys(list)[0] ?? '');
  for (const other of [archived(), {}, [], { feed: 1, document: {} }]) t.notOk(isProviderList(Buffer.from(JSON.stringify(other))));
});

t.test('versions are ordered as numbers and as semantic versions', async (t) => {
  // The chain of SemVer 2.0.0 §11, with integers among it.
  const chain = ['0', '0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1'];
  for (const [place, version] of [...chain, '1.0.1', '1.2.0', '1.10.0', '2', '10', '99999999999999999999', '100000000000000000000'].entries())
    for (const [before, other] of chain.slice(0, place).entries()) if (before !== place) t.ok(compareVersions(other, version) < 0, `${other} < ${version}`);
  t.equal(compareVersions('3', '3.0.0'), 0);
  t.equal(compareVersions('1.0.0+a', '1.0.0+b'), 0);
  const any = fc.oneof(
    fc.nat().map(String),
    fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20)).map((parts) => parts.join('.')),
    fc.tuple(fc.nat(3), fc.constantFrom('a', 'a.1', 'b', '1', 'rc.2')).map(([n, before]) => `1.0.${n}-${before}`),
  );
  fc.assert(fc.property(any, any, (a, b) => Math.sign(compareVersions(a, b)) === -Math.sign(compareVersions(b, a)) || compareVersions(a, b) === 0));
  fc.assert(fc.property(any, any, any, (a, b, c) => !(compareVersions(a, b) <= 0 && compareVersions(b, c) <= 0) || compareVersions(a, c) <= 0));
});

const mark = { host: 'www.agency.example', slug: 'old-2019-007' };

function entryOf(k: number, version: string, sha256: string, id = 'OLD-2019-007'): Entry {
  const at = new Date(Date.UTC(2026, 10, 22, 12, k)).toISOString();
  const claimed = { id, version, issuedAt: '2019-05-07T10:00:00.000Z', changedAt: `2019-05-${10 + k}T10:00:00.000Z` };
  const files = [{ name: `/imported/${mark.host}/${mark.slug}/${k}.json`, type: 'application/json', bytes: 9, sha256 }];
  return { type: 'https://record.test/vocab/log-entry/v2', event: 'imported', at, imported: { ...mark, ...claimed }, files };
}

t.test('a document is added once, a newer version beside it, and nothing else', async (t) => {
  const known = knownDocuments();
  const ask = (version: string, sha256: string, id = 'OLD-2019-007'): object => decide(known.at(mark), mark, { id, version, sha256 });
  t.same(ask('2', 'a'), { act: 'add', k: 1, name: '/imported/www.agency.example/old-2019-007/1.json' });
  const first = entryOf(1, '2', 'a'.repeat(64));
  if (!isImportedEntry(first)) throw new Error('no entry of a document');
  t.equal(known.take(7, first), true);
  t.equal(known.take(7, first), false, 'told twice, it is there once');
  t.same(ask('2', 'a'.repeat(64)), { act: 'known' });
  t.match(ask('3', 'b'), { act: 'add', k: 2 });
  t.same(ask('1', 'c'), { act: 'older', newest: '2' });
  t.match(ask('2', 'd'), { act: 'refuse', path: '/document/tracking/version' });
  t.match(ask('3', 'b', 'old_2019_007'), { act: 'refuse', path: '/document/tracking/id' }, 'two ids that have one address');
  t.match(known.withHash('a'.repeat(12)), { original: { k: 1, entry: 7 } });
  t.equal(known.withHash('b'.repeat(12)), undefined);
});

t.test('the order does not depend on the names of files', async (t) => {
  const versions = ['1', '2', '10', '2.1.0'].map((version) => ({ ...mark, version }));
  const others = [{ host: 'a.example', slug: 'z', version: '5' }];
  const sorted = [...versions, ...others].sort(importOrder).map(({ host, version }) => `${host} ${version}`);
  t.same(sorted, ['a.example 5', ...['1', '2', '2.1.0', '10'].map((version) => `www.agency.example ${version}`)]);
});
