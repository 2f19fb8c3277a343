import fc from 'fast-check';
import t from 'tap';
import { signedContent, workingContent } from '../../src/ledger/revision.ts';
import { emptyTexts, type Kind, type Language, type Texts } from '../../src/statement/schema.ts';
import { origin, readyContent } from '../support/statements.ts';

const words = fc.record<Texts>({
  title: fc.string(),
  summary: fc.string(),
  known: fc.string(),
  unknown: fc.string(),
  circulating: fc.string(),
  advice: fc.string(),
  doing: fc.string(),
  changeNote: fc.string(),
  wasWrong: fc.string(),
  isRight: fc.string(),
  nextUpdateReason: fc.string(),
});
const kinds: fc.Arbitrary<Kind> = fc.constantFrom('first', 'update', 'correction', 'editorial', 'translation', 'withdrawal');
const nextUpdate = fc.constantFrom(null, { type: 'none' as const }, { type: 'until_event' as const }, { type: 'by' as const, at: '2026-11-22T13:00:00.000Z' });
const languages = fc.subarray<Language>(['fr', 'en'], { minLength: 1 });

t.test('the working text that is made of a signed file gives that file again', (t) => {
  const everything = fc.record({ kind: kinds, nextUpdate, languages, fr: words, en: words, correctsVersion: fc.constantFrom(null, 2) });
  fc.assert(
    fc.property(everything, ({ kind, fr, en, ...changes }) => {
      const withdrawal = kind === 'withdrawal' ? { code: 'other' as const, reason: { fr: 'Retiré.' } } : null;
      const signed = signedContent(kind, readyContent({ ...changes, texts: { fr, en } }), origin, withdrawal);
      t.strictSame(signedContent(kind, workingContent(signed), origin, withdrawal), signed);
    }),
    { numRuns: 200 },
  );
  t.strictSame(workingContent(signedContent('first', readyContent(), origin)).texts.en?.changeNote, emptyTexts.changeNote);
  t.end();
});
