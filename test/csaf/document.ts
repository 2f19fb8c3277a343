import fc from 'fast-check';
import t from 'tap';
import { openCsafGate } from '../../src/http/csaf-gate.ts';
import { signedContent } from '../../src/ledger/revision.ts';
import { type CsafHouse, type CsafSubject, csafDocument, csafLanguages } from '../../src/press/csaf/document.ts';
import {
  type Content,
  emptyTexts,
  incidentStatuses,
  kinds,
  type Language,
  languages,
  phases,
  situations,
  type Texts,
  withdrawalCodes,
} from '../../src/statement/schema.ts';
import { textIssue } from '../../src/statement/text-gate.ts';
import { words } from '../support/press-fixtures.ts';
import { readyContent } from '../support/statements.ts';

/** What the house says as CSAF documents: whatever it may say, the reference validator has nothing against it. */

const house: CsafHouse = {
  publicUrl: 'https://record.agency.example',
  languages: ['fr', 'en'],
  name: { fr: 'Agence nationale de cybersécurité', en: 'National Cyber-Security Agency' },
  contact: 'press@agency.example',
  category: 'coordinator',
  words,
};

const gate = openCsafGate({ key: null, now: Date.now });
t.teardown(() => gate.close());

const anyWords = (most: number): fc.Arbitrary<string> => fc.string({ unit: 'grapheme', maxLength: most }).filter((text) => textIssue(text) === null);
const anyTexts: fc.Arbitrary<Texts> = fc.record({
  title: anyWords(160),
  summary: anyWords(200),
  known: anyWords(300),
  unknown: anyWords(300),
  circulating: anyWords(300),
  advice: anyWords(300),
  doing: anyWords(300),
  changeNote: anyWords(200),
  wasWrong: anyWords(100),
  isRight: anyWords(100),
  nextUpdateReason: anyWords(100),
});
const anySpoken: fc.Arbitrary<readonly [Language, ...Language[]]> = fc.constantFrom(['fr'], ['en'], ['fr', 'en'], ['en', 'fr']);

const anySubject: fc.Arbitrary<CsafSubject> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    phase: fc.constantFrom(...phases),
    situation: fc.constantFrom(...situations),
    incidentStatus: fc.constantFrom(...incidentStatuses),
    spoken: anySpoken,
    texts: fc.record({ fr: anyTexts, en: anyTexts }),
    earlier: fc.array(fc.record({ kind: fc.constantFrom(...kinds), languages: anySpoken }), { maxLength: 6 }),
    code: fc.constantFrom(...withdrawalCodes),
    reason: anyWords(280),
    number: fc.integer({ min: 1, max: 99_999 }),
    isAttributed: fc.boolean(),
    nextUpdate: fc.constantFrom(null, { type: 'none' }, { type: 'until_event' }, { type: 'by', at: '2026-11-22T14:00:00.000Z' }),
  })
  .map(({ kind, spoken, texts, earlier, code, reason, number, isAttributed, ...facts }) => {
    const content: Content = {
      ...readyContent(),
      ...facts,
      languages: [...spoken],
      texts: { fr: { ...emptyTexts, ...texts.fr }, en: { ...emptyTexts, ...texts.en } },
      attribution: isAttributed ? { status: 'attributed', authority: 'The court', url: 'https://court.example/2026/11' } : { status: 'not_assessed' },
    };
    const withdrawal = kind === 'withdrawal' ? { code, reason: { [spoken[0]]: reason } } : null;
    const all = [...earlier, { kind, languages: spoken }];
    return {
      reference: `2026-${String(number).padStart(4, '0')}`,
      versions: all.map((version, place) => ({
        ...version,
        languages: [...version.languages],
        version: place + 1,
        at: new Date(Date.UTC(2026, 10, 14, 12, place)).toISOString(),
      })),
      salt: '0'.repeat(32),
      signed: signedContent(kind, content, 'record.agency.example', withdrawal),
    };
  });

t.test('no validator has anything against what the house can say: 400 statements of every phase, kind, language, and withdrawal', async (t) => {
  let documents = 0;
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(anySubject, async (subject) => {
      for (const language of csafLanguages(subject, house)) {
        const document = csafDocument(house, subject, language);
        documents += 1;
        for (const fact of [subject.signed.kind, subject.signed.phase, language]) seen.add(fact);
        const objections = await gate.check(document);
        if (objections.length > 0) throw new Error(`${JSON.stringify(objections)} in ${document}`);
        if (!csafDocument(house, subject, language).equals(document)) throw new Error('the same subject gives other bytes');
      }
    }),
    { numRuns: 400, seed: 20_261_126 },
  );
  t.ok(documents >= 300, `${documents} documents`);
  t.same(
    [...kinds, ...phases, ...languages].filter((fact) => !seen.has(fact)),
    [],
  );
});

t.test('another salt gives another document: no guess of a text that had to go can be confirmed', async (t) => {
  const [subject] = fc.sample(anySubject, { numRuns: 1, seed: 2 });
  if (subject === undefined) throw new Error('no subject');
  const language = csafLanguages(subject, house)[0] ?? 'fr';
  t.notOk(csafDocument(house, subject, language).equals(csafDocument(house, { ...subject, salt: '1'.repeat(32) }, language)));
});

t.test('control: the validator does object', async (t) => {
  const [subject] = fc.sample(anySubject, { numRuns: 1, seed: 1 });
  if (subject === undefined) throw new Error('no subject');
  const language = csafLanguages(subject, house)[0] ?? 'fr';
  const document = JSON.parse(csafDocument(house, subject, language).toString());
  document.document.tracking.version = '99';
  t.match(await gate.check(Buffer.from(JSON.stringify(document))), [{ path: '/document/tracking/version' }]);
});
