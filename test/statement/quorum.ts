import t from 'tap';
import { type Artefact, type Findings, noFindings } from '../../src/leak/findings.ts';
import { quorumOf } from '../../src/statement/quorum.ts';
import { translationChanges } from '../../src/statement/translation.ts';
import { readyContent } from '../support/statements.ts';

/** How many people have to stand behind a finding, whatever part of it moves. */

const artefact: Artefact = {
  id: 'A-1',
  label: { en: 'budget.xlsx' },
  form: 'file',
  circulation: 'leak_site',
  firstSeenOn: '2026-11-20',
  verdict: 'authentic',
  confidence: 'high',
  bases: ['origin_confirms'],
  because: { en: 'The origin confirms it.' },
};
const listing = (change: Partial<Artefact> = {}): Findings => ({ artefacts: [{ ...artefact, ...change }], collections: [] });
const quorum = (before: Findings, after: Findings): number => quorumOf(readyContent({ findings: after }), readyContent({ findings: before }));

t.test('a verdict that is given, withdrawn, or moved to something else needs two', async (t) => {
  t.equal(quorum(noFindings, listing()), 2);
  t.equal(quorum(listing(), noFindings), 2);
  t.equal(quorum(listing(), listing({ label: { en: 'contract.pdf' } })), 2, 'the same word under another label');
  t.equal(quorum(listing(), listing({ confidence: 'moderate' })), 2);
  t.equal(quorum(listing(), listing({ bases: ['forensic_report'] })), 2);
  t.equal(quorum(listing(), listing({ id: 'A-2' })), 2);
  t.equal(quorum(listing(), listing()), 1);
  const unverified: Partial<Artefact> = { verdict: 'unverified', confidence: null, bases: [] };
  t.equal(quorum(listing(unverified), listing({ ...unverified, label: { en: 'other' } })), 1, 'what nobody judged may be named better');
});

t.test('a translation adds the words of a finding in its language, for one approval, and changes none that are public', async (t) => {
  const before = readyContent({ findings: listing() });
  const translated = (change: Partial<Artefact>) => readyContent({ findings: listing(change), languages: ['en', 'fr'] });
  const added = translated({ label: { fr: 'budget.xlsx (tableur)', en: 'budget.xlsx' } });
  t.equal(quorumOf(added, before), 1);
  t.same(translationChanges(before, added), []);
  t.match(translationChanges(before, translated({ label: { en: 'contract.pdf' } })), [{ code: 'translation_changes_facts' }]);
  t.match(translationChanges(before, translated({ verdict: 'altered' })), [{ code: 'translation_changes_facts' }]);
});
