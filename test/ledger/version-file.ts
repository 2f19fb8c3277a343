import fc from 'fast-check';
import t from 'tap';
import { sha256Hex } from '../../src/ledger/hash.ts';
import { canonicalise } from '../../src/ledger/jcs.ts';
import { revisionHash, signedContent, textAddress } from '../../src/ledger/revision.ts';
import { versionFiles } from '../../src/ledger/version-file.ts';
import {
  type Content,
  emptyContent,
  emptyTexts,
  incidentStatuses,
  type Kind,
  kinds,
  phases,
  SignedVersion,
  situations,
  textFields,
} from '../../src/statement/schema.ts';

const origin = 'record.agency.example';
const facts = { reference: '2026-0042', version: 2, publishedAt: '2026-11-14T12:30:00.000Z', previous: 'b'.repeat(64), salt: 'c'.repeat(32) };
const content: Content = {
  ...emptyContent('fr'),
  languages: ['fr'],
  texts: {
    fr: {
      ...emptyTexts,
      title: 'Fuite de données',
      known: 'Les faits.',
      changeNote: 'Un chiffre a changé.',
      wasWrong: '12',
      isRight: '21',
      nextUpdateReason: 'ce soir',
    },
    en: { ...emptyTexts, title: 'SECRET DRAFT', known: 'not public yet' },
  },
  nextUpdate: { type: 'by', at: '2026-11-14T18:00:00.000Z' },
  correctsVersion: 1,
  findings: {
    artefacts: [
      {
        id: 'A-1',
        label: { fr: 'archive', en: 'SECRET LABEL' },
        form: 'archive',
        circulation: 'leak_site',
        firstSeenOn: '2026-11-13',
        verdict: 'unverified',
        confidence: null,
        bases: [],
        because: {},
      },
    ],
    collections: [],
  },
};

const words = fc.string({ unit: 'grapheme', maxLength: 80 });
const texts = fc.record(Object.fromEntries(textFields.map((field) => [field, words]))).map((item) => ({ ...emptyTexts, ...item }));
const contents: fc.Arbitrary<Content> = fc
  .record({
    situation: fc.constantFrom(...situations),
    phase: fc.constantFrom(...phases),
    incidentStatus: fc.constantFrom(...incidentStatuses),
    exercise: fc.boolean(),
    pressContact: words,
    correctsVersion: fc.option(fc.integer({ min: 1, max: 99 })),
    languages: fc.constantFrom<Content['languages']>(['fr'], ['en'], ['fr', 'en']),
    texts: fc.record({ fr: texts, en: texts }),
  })
  .map((changes) => ({ ...content, ...changes }));

await t.test('a published file without its five facts hashes to the approved hash', async () => {
  fc.assert(
    fc.property(contents, fc.constantFrom<Kind>(...kinds), fc.integer({ min: 1, max: 500 }), (item, kind, version) => {
      const signed = signedContent(kind, item, origin);
      const [json] = versionFiles(signed, { ...facts, version });
      const text = json?.body.toString() ?? '';
      const { reference: _r, version: _v, publishedAt: _p, previous: _b, salt: _s, ...rest } = SignedVersion.parse(JSON.parse(text));
      return text === `${canonicalise(JSON.parse(text))}\n` && sha256Hex(canonicalise(rest)) === revisionHash(signed);
    }),
    { numRuns: 300 },
  );
});

await t.test('the files carry name, type, size and hash of their bytes', async (t) => {
  const files = versionFiles(signedContent('correction', content, origin), facts);
  t.same(
    files.map(({ name, type }) => [name, type]),
    [
      ['/statements/2026-0042/v/2.json', 'application/json'],
      ['/statements/2026-0042/v/2.txt', 'text/plain; charset=utf-8'],
    ],
  );
  for (const file of files) t.match(file, { bytes: file.body.length, sha256: sha256Hex(file.body) });
});

await t.test('the text for quoting holds each section of each included language', async (t) => {
  const [, text] = versionFiles(signedContent('correction', content, origin), facts);
  t.equal(
    text?.body.toString(),
    `${['2026-0042 v2 correction 2026-11-14T12:30:00.000Z', '[fr]', 'Fuite de données', 'Un chiffre a changé.', '12', '21', 'Les faits.', 'ce soir', `salt ${facts.salt}`].join('\n\n')}\n`,
    'and the salt, so that nobody confirms a guess from its hash',
  );
});

await t.test('not a word of a language that is not included becomes public', async (t) => {
  const files = versionFiles(signedContent('correction', content, origin), facts);
  for (const file of files) t.notMatch(file.body.toString(), /SECRET|not public yet/);
  t.match(versionFiles(signedContent('translation', { ...content, languages: ['fr', 'en'] }, origin), facts)[0]?.body.toString(), /SECRET LABEL/);
});

await t.test('correction, withdrawal, notes and reasons stand where they belong, and nowhere else', async (t) => {
  const signed = signedContent('correction', content, origin);
  t.match(signed, {
    schema: 'https://record.agency.example/schema/version/v1',
    changeNote: { fr: 'Un chiffre a changé.' },
    correction: { version: 1, wasWrong: { fr: '12' }, isRight: { fr: '21' } },
    withdrawal: null,
    nextUpdate: { type: 'by', at: '2026-11-14T18:00:00.000Z', reason: { fr: 'ce soir' } },
  });
  const silent = { ...content, texts: { fr: emptyTexts }, nextUpdate: null };
  t.match(signedContent('update', silent, origin), { changeNote: {}, correction: null, nextUpdate: null });
  const withdrawal = { code: 'facts_wrong' as const, reason: { fr: 'Les faits étaient faux.' } };
  t.match(signedContent('withdrawal', silent, origin, withdrawal), { withdrawal, correction: null });
});

await t.test('every change of what will be public changes the hash; a text of the other language changes only the address', async (t) => {
  const hash = (item: Content, kind: Kind = 'update'): string => revisionHash(signedContent(kind, item, origin));
  const changes: Partial<Content>[] = [
    { phase: 'final' },
    { situation: 'breach' },
    { incidentStatus: 'confirmed' },
    { namesPerson: true },
    { exercise: true },
    { pressContact: 'autre' },
    { peopleContact: 'autre' },
    { awareAt: facts.publishedAt },
    { nextUpdate: { type: 'none' } },
    { languages: ['fr', 'en'] },
    { attribution: { status: 'attributed', authority: 'Une autorité', url: 'https://authority.example/a' } },
  ];
  const hashes = [content, ...changes.map((change) => ({ ...content, ...change }))].map((item) => hash(item));
  t.equal(new Set([...hashes, hash(content, 'correction'), hash(content, 'editorial')]).size, changes.length + 3);
  const other = { ...content, texts: { ...content.texts, en: { ...emptyTexts, title: 'Other draft' } } };
  t.equal(hash(other), hash(content));
  t.not(textAddress('update', other), textAddress('update', content));
});

await t.test('facts of another shape make no file', async (t) => {
  const signed = signedContent('first', content, origin);
  for (const bad of [{ reference: '../../etc' }, { salt: 'short' }, { version: 0 }, { publishedAt: 'now' }])
    t.throws(() => versionFiles(signed, { ...facts, ...bad }));
});
