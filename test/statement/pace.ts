import fc from 'fast-check';
import t from 'tap';
import { fieldsBehind, type Touched, touchedAfter } from '../../src/statement/pace.ts';
import { type Content, emptyContent, emptyTexts, type Language, type TextField, textFields } from '../../src/statement/schema.ts';

const content = (fr: Partial<Content['texts']['fr']>, en: Partial<Content['texts']['en']>): Content => ({
  ...emptyContent('fr'),
  texts: { fr: { ...emptyTexts, ...fr }, en: { ...emptyTexts, ...en } },
});

t.test('Amina changes the French title and the facts: English is behind by two, until each is written again', async (t) => {
  const opened = content({ title: 'Un port', known: 'Rien.' }, { title: 'A port', known: 'Nothing.' });
  t.strictSame(fieldsBehind({ content: opened, touched: {} }, 'fr', 'en'), [], 'a template begins in step');

  const french = content({ title: 'Le port d’Orval', known: '- Un accès.' }, { title: 'A port', known: 'Nothing.' });
  const second = touchedAfter({}, opened, french, 2);
  t.strictSame(fieldsBehind({ content: french, touched: second }, 'fr', 'en'), ['title', 'known']);

  const title = content({ title: 'Le port d’Orval', known: '- Un accès.' }, { title: 'The port of Orval', known: 'Nothing.' });
  const third = touchedAfter(second, french, title, 3);
  t.strictSame(fieldsBehind({ content: title, touched: third }, 'fr', 'en'), ['known']);

  const both = content({ title: 'Le port d’Orval', known: '- Un accès, fermé.' }, { title: 'The port of Orval', known: '- One access, closed.' });
  t.strictSame(fieldsBehind({ content: both, touched: touchedAfter(third, title, both, 4) }, 'fr', 'en'), [], 'one save that changes both keeps step');
});

t.test('what has no words in the first language has nothing to translate, and the first language is never behind', async (t) => {
  const before = content({ advice: 'Attendre.' }, { advice: 'Wait.' });
  const after = content({ advice: ' ' }, { advice: 'Wait.' });
  const touched = touchedAfter({}, before, after, 2);
  t.strictSame(fieldsBehind({ content: after, touched }, 'fr', 'en'), []);
  t.strictSame(fieldsBehind({ content: before, touched: { en: { advice: 9 } } }, 'fr', 'fr'), []);
});

t.test('over any run of saves, a field is behind exactly when its last change was in the first language alone', async () => {
  const save = fc.record({ language: fc.constantFrom<Language>('fr', 'en'), field: fc.constantFrom(...textFields), both: fc.boolean() });
  fc.assert(
    fc.property(fc.array(save, { maxLength: 20 }), (saves) => {
      let now = content(Object.fromEntries(textFields.map((name) => [name, 'a'])), Object.fromEntries(textFields.map((name) => [name, 'b'])));
      let touched: Touched = {};
      const last = new Map<TextField, boolean>();
      for (const [index, { language, field, both }] of saves.entries()) {
        const write = (code: Language): object => ({ ...now.texts[code], ...((both || code === language) && { [field]: `${code} ${index}` }) });
        const next = content(write('fr'), write('en'));
        touched = touchedAfter(touched, now, next, index + 2);
        now = next;
        last.set(field, language === 'fr' && !both);
      }
      const expected = textFields.filter((name) => last.get(name) === true);
      return JSON.stringify(fieldsBehind({ content: now, touched }, 'fr', 'en')) === JSON.stringify(expected);
    }),
  );
});
