import fc from 'fast-check';
import t from 'tap';
import { meaningChanges, tokenise } from '../../src/statement/editorial.ts';
import { emptyTexts, type Language } from '../../src/statement/schema.ts';
import { readyContent } from '../support/statements.ts';

const version = (language: Language, known: string) => readyContent({ languages: [language], texts: { [language]: { ...emptyTexts, known } } });
const codes = (language: Language, before: string, after: string): string[] =>
  meaningChanges(version(language, before), version(language, after)).map((issue) => issue.code);

const refused: readonly (readonly [Language, string, string, string])[] = [
  ['en', 'Data was taken.', 'Data was not taken.', 'editorial_negation'],
  ['en', 'The data was taken.', '~~The data was taken.~~', 'editorial_negation'],
  ['en', 'It does affect us.', "It doesn't affect us.", 'editorial_negation'],
  ['en', 'Seven batches so far.', 'Six batches so far.', 'editorial_number'],
  ['en', 'There were 6 batches.', 'There were 7 batches.', 'editorial_number'],
  ['en', 'All data was copied.', 'Some data was copied.', 'editorial_number'],
  ['en', 'On 3 April it began.', 'On 3 June it began.', 'editorial_date'],
  ['en', 'Hash deadbeef01 was seen.', 'Hash deadbeef02 was seen.', 'editorial_hash'],
  ['en', 'See https://a.example/x now.', 'See https://b.example/x now.', 'editorial_url'],
  ['en', 'The group called Fancy posted it.', 'The group called Cozy posted it.', 'editorial_name'],
  ['en', 'It is authentic.', 'It is falsified.', 'editorial_verdict'],
  ['en', 'It may be altered.', 'It is altered.', 'editorial_modal'],
  ['en', 'The breach is confirmed.', 'The breach is denied.', 'editorial_verdict'],
  ['fr', 'Les données ont été prises.', 'Les données n’ont pas été prises.', 'editorial_negation'],
  ['fr', 'Sept séries à ce jour.', 'Six séries à ce jour.', 'editorial_number'],
  ['fr', 'Toutes les données sont touchées.', 'Certaines données sont touchées.', 'editorial_number'],
  ['fr', 'Le 3 mai, un accès.', 'Le 3 juin, un accès.', 'editorial_date'],
  ['fr', 'Le groupe dit Alpha a publié.', 'Le groupe dit Beta a publié.', 'editorial_name'],
  ['fr', 'Le document est authentique.', 'Le document est falsifié.', 'editorial_verdict'],
  ['fr', 'Des fichiers auraient circulé.', 'Des fichiers ont circulé.', 'editorial_modal'],
  ['fr', 'Le taux est de 5 %.', 'Le taux est de 5 €.', 'editorial_number'],
];

t.test('a changed word that carries meaning is named, in French and in English', async (t) => {
  for (const [language, before, after, code] of refused) {
    t.ok(codes(language, before, after).includes(code), `${before} → ${after}: ${codes(language, before, after)}`);
    t.ok(codes(language, after, before).length > 0, 'and the other way round');
  }
});

t.test('spelling, accents, punctuation and style may change', async (t) => {
  const allowed: readonly (readonly [Language, string, string])[] = [
    ['en', 'The acount was closed quickly.', 'The account was closed quickly.'],
    ['en', 'Please do not relay this , thank you.', 'Please do not relay this, thank you.'],
    ['en', 'The teams are looking into it.', 'The teams are examining it.'],
    ['fr', 'Les equipes analysent les journaux.', 'Les équipes analysent les journaux.'],
    ['fr', 'Le compte a été fermé rapidement.', 'Le compte a été fermé sans tarder.'.replace('sans tarder', 'vite')],
  ];
  for (const [language, before, after] of allowed) t.strictSame(codes(language, before, after), [], `${before} → ${after}`);
});

t.test('no fact changes in an editorial version', async (t) => {
  const before = readyContent();
  t.strictSame(meaningChanges(before, { ...before, incidentStatus: 'ruled_out' }), [{ field: 'incidentStatus', code: 'editorial_fact' }]);
  t.strictSame(meaningChanges(before, { ...before, pressContact: 'other@agency.example' }), [{ field: 'pressContact', code: 'editorial_fact' }]);
});

t.test('any number put in place of another is seen, wherever it stands', async () => {
  const words = fc.array(fc.constantFrom('data', 'was', 'found', 'in', 'the', 'files', 'copied'), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(words, words, fc.nat(99_999), fc.nat(99_999), (left, right, one, other) => {
      fc.pre(one !== other);
      const text = (n: number): string => `${left.join(' ')} ${n} ${right.join(' ')}.`;
      return codes('en', text(one), text(other)).length === 1;
    }),
    { numRuns: 300 },
  );
});

t.test('emphasis inside a word hides no negation', async (t) => {
  t.match(tokenise('It was n*o*t copied, and n**e**ver.'), [{}, {}, { word: 'n*o*t', class: 'negation' }, {}, {}, { word: 'n**e**ver', class: 'negation' }]);
});

t.test('every token of a text is a part of it, in order', async () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      let at = 0;
      const plain = text.replaceAll('’', "'");
      return tokenise(text).every(({ word }) => {
        at = plain.indexOf(word, at);
        return at >= 0;
      });
    }),
  );
});
