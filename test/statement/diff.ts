import fc from 'fast-check';
import t from 'tap';
import { Artefact, Fingerprint } from '../../src/leak/findings.ts';
import { signedContent } from '../../src/ledger/revision.ts';
import { type BlockChange, diffBlocks, diffVersions } from '../../src/statement/diff.ts';
import { authentic, dkim, permission } from '../support/findings.ts';
import { origin, readyContent, withText } from '../support/statements.ts';

const sideOf = (changes: readonly BlockChange[], drop: 'added' | 'removed'): string =>
  changes
    .filter((change) => change.type !== drop)
    .map((change) =>
      change.type === 'changed'
        ? change.words
            .filter((word) => word.type !== drop)
            .map((word) => word.text)
            .join('')
        : change.text,
    )
    .join('|');

t.test('both texts can be read back from the diff', async () => {
  const paragraph = fc
    .array(fc.constantFrom('data', 'was', 'six', 'seven', 'files', 'not', 'copied'), { minLength: 1, maxLength: 8 })
    .map((words) => words.join(' '));
  const text = fc.array(paragraph, { maxLength: 6 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = diffBlocks(before.join('\n\n'), after.join('\n\n'));
      return sideOf(changes, 'added') === before.join('|') && sideOf(changes, 'removed') === after.join('|');
    }),
    { numRuns: 500 },
  );
});

t.test('one changed word is shown inside its paragraph; a replaced paragraph is shown whole', async (t) => {
  t.match(diffBlocks('There were six batches of files.', 'There were seven batches of files.'), [
    { type: 'changed', words: [{ type: 'same' }, { type: 'removed', text: 'six' }, { type: 'added', text: 'seven' }, { type: 'same' }] },
  ]);
  t.strictSame(diffBlocks('One thing was said here.', 'Nobody knows whether other items follow'), [
    { type: 'removed', text: 'One thing was said here.' },
    { type: 'added', text: 'Nobody knows whether other items follow' },
  ]);
});

t.test('list items are compared one by one, and no-break spaces are no change', async (t) => {
  t.strictSame(
    diffBlocks('- one\n- two', '- one\n- two\n- three').map((change) => change.type),
    ['same', 'same', 'added'],
  );
  t.strictSame(
    diffBlocks('Attention : rien', 'Attention\u00a0: rien').map((change) => change.type),
    ['same'],
  );
});

t.test('facts come as rows of before and after', async (t) => {
  const signed = (content = readyContent()) => signedContent('update', content, origin);
  const after = withText(readyContent({ incidentStatus: 'ruled_out', pressContact: 'other@agency.example' }), { title: 'Another title' });
  const diff = diffVersions(signed(), signed(after), 'en');
  t.strictSame(diff.fields, [
    { field: 'incidentStatus', before: 'confirmed', after: 'ruled_out' },
    { field: 'pressContact', before: 'press@agency.example', after: 'other@agency.example' },
  ]);
  t.ok(diff.blocks.some((block) => block.section === 'title'));
});

t.test('whatever is said of an item, a change to it alone is a row of that item', async (t) => {
  const print = (level: 'exact' | 'text', end: string) => ({
    level,
    pipeline: level === 'exact' ? 'onrecord-fp-v1' : 'txt1',
    value: `${'ab'.repeat(31)}${end}`,
  });
  const sketch = (end: string) => Fingerprint.parse({ level: 'sketch', pipeline: 'mh1', value: `${'A'.repeat(342)}${end}=` });
  const full: Artefact = {
    ...authentic,
    mediaType: 'message/rfc822',
    size: 4096,
    fingerprints: [Fingerprint.parse(print('exact', 'ab')), sketch('A')],
    personalData: ['contact'],
    changes: ['metadata'],
    context: ['partial'],
    likelihood: 'likely',
    dkim,
    assertedBy: { fr: 'La direction de l’Institut' },
  };
  const other: { [Field in keyof Required<Artefact>]: readonly Artefact[Field][] } = {
    id: ['A-2'],
    label: [{ fr: 'Courriel du 4 mai' }],
    form: ['file'],
    circulation: ['press'],
    firstSeenOn: ['2026-11-18'],
    verdict: ['altered'],
    confidence: ['high', null],
    bases: [['origin_confirms'], []],
    because: [{ fr: 'Autre motif.' }],
    mediaType: ['text/plain', undefined],
    size: [4097, 0, undefined],
    fingerprints: [
      [Fingerprint.parse(print('exact', 'ab')), sketch('B')],
      [Fingerprint.parse(print('exact', 'ac'))],
      [Fingerprint.parse(print('text', 'ab'))],
      undefined,
    ],
    personalData: [['health'], undefined],
    changes: [['content'], undefined],
    context: [['satire'], undefined],
    likelihood: ['unlikely', undefined],
    permission: [{ from: { fr: 'Une autre' }, givenOn: '2026-11-20' }, { ...permission, givenOn: '2026-11-21' }, null],
    dkim: [
      { ...dkim, key: `${'A'.repeat(59)}B` },
      { ...dkim, selector: 'other' },
      { ...dkim, domain: 'autre.example' },
      { ...dkim, capturedAt: '2026-11-21T10:00:00Z' },
      null,
    ],
    assertedBy: [{ fr: 'Autre' }, undefined],
  };
  const signed = (item: Artefact) =>
    signedContent('update', { ...readyContent({ languages: ['en', 'fr'] }), findings: { artefacts: [item], collections: [] } }, origin);
  for (const field of Artefact.keyof().options)
    for (const value of other[field]) {
      const rows = diffVersions(signed(full), signed({ ...full, [field]: value }), 'fr').fields;
      t.match(rows, [{ field: /^findings\.A-\d/ }], `${field}: ${JSON.stringify(value)?.slice(0, 40)}`);
    }
  t.strictSame(diffVersions(signed(full), signed({ ...full }), 'fr').fields, []);
});

t.test('a long unrelated text is answered without a word diff', async (t) => {
  const words = (seed: string): string => Array.from({ length: 3_000 }, (_, index) => `${seed}${index}`).join(' ');
  t.strictSame(
    diffBlocks(words('a'), words('b')).map((change) => change.type),
    ['removed', 'added'],
  );
});

t.test('texts crafted to differ everywhere count as replaced, and nothing of them is lost', async (t) => {
  const list = (seed: string): string => Array.from({ length: 3_000 }, (_, index) => `- ${seed}${index}`).join('\n');
  const [one, other] = ['a b '.repeat(1_900).trim(), 'c d '.repeat(1_900).trim()];
  t.strictSame(
    diffBlocks(one, other).map((change) => change.type),
    ['removed', 'added'],
  );
  const changes = diffBlocks(list('x'), list('y'));
  const texts = (type: 'added' | 'removed'): string => changes.flatMap((change) => (change.type === type ? [change.text] : [])).join('\n');
  t.equal(texts('removed'), list('x'));
  t.equal(texts('added'), list('y'));
});
