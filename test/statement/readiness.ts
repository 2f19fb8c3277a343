import t from 'tap';
import { type Readiness, readiness } from '../../src/statement/readiness.ts';
import { type Content, emptyTexts, type Kind, type Phase } from '../../src/statement/schema.ts';
import { consulted, house, minute, readyContent, withText } from '../support/statements.ts';

const now = minute(0);
const ready = (content: Content, kind: Kind = 'first', versions = 0): Readiness =>
  readiness({ kind, template: 'holding', content, base: null, versions }, house, now);
const issues = (content: Content, kind?: Kind, versions?: number): string[] =>
  ready(content, kind, versions).issues.map(({ field, code }) => `${field}: ${code}`);
const inPhase = (phase: Phase, change: Partial<Content> = {}): Content => readyContent({ phase, ...change });
const hours = (n: number): Content['nextUpdate'] => ({ type: 'by', at: minute(n * 60) });

t.test('a filled holding text is ready', async (t) => t.strictSame(issues(readyContent()), []));

t.test('what every phase needs is named by its field', async (t) => {
  const bare = readyContent({ awareAt: null, pressContact: ' ', peopleContact: '', nextUpdate: null, texts: { en: emptyTexts } });
  t.strictSame(issues(bare), [
    'texts.en.title: missing',
    'texts.en.summary: missing',
    'texts.en.known: missing',
    'awareAt: missing',
    'pressContact: missing',
    'peopleContact: missing',
    'nextUpdate: next_update_missing',
    'texts.en.unknown: unknowns_missing',
  ]);
});

t.test('the promised next update lies within what the phase allows', async (t) => {
  for (const [phase, within] of [
    ['holding', 2],
    ['update', 24],
    ['interim', 14 * 24],
  ] as const) {
    t.strictSame(issues(inPhase(phase, { nextUpdate: hours(within) })), [], `${phase} at its limit`);
    t.strictSame(issues(inPhase(phase, { nextUpdate: hours(within + 0.1) })), ['nextUpdate: next_update_far'], `${phase} beyond it`);
    t.strictSame(issues(inPhase(phase, { nextUpdate: hours(-0.1) })), ['nextUpdate: in_past'], `${phase} in the past`);
  }
});

t.test('"no date" needs its words, is not for a holding text, and "none" is for the final one', async (t) => {
  const until = (phase: Phase): Content => inPhase(phase, { nextUpdate: { type: 'until_event' } });
  t.strictSame(issues(until('holding')), ['texts.en.nextUpdateReason: missing', 'nextUpdate: next_update_needs_time']);
  t.strictSame(issues(until('update')), ['texts.en.nextUpdateReason: missing']);
  t.strictSame(issues(withText(until('interim'), { nextUpdateReason: 'when the files are examined' })), []);
  t.strictSame(issues(withText(inPhase('update', { nextUpdate: { type: 'none' } }), { nextUpdateReason: 'x' })), ['nextUpdate: next_update_none_only_final']);
  t.strictSame(issues(withText(inPhase('final', { situation: 'breach', nextUpdate: { type: 'none' } }), { nextUpdateReason: 'x', unknown: '' })), []);
});

t.test('a slot of the template that is still open is named', async (t) => {
  const [issue] = ready(withText(readyContent(), { known: 'It began [[since when]].' })).issues;
  t.match(issue, { field: 'texts.en.known', code: 'slot_open', values: { slot: '[[since when]]' } });
});

t.test('a summary has at most 60 words', async (t) => {
  t.strictSame(issues(withText(readyContent(), { summary: 'word '.repeat(60) })), []);
  t.strictSame(issues(withText(readyContent(), { summary: 'word '.repeat(61) })), ['texts.en.summary: summary_long']);
});

t.test('the second language is whole or left out; written and left out is a warning', async (t) => {
  const texts = { ...readyContent().texts, fr: { ...emptyTexts, title: 'Titre' } };
  t.strictSame(issues(readyContent({ texts })), []);
  t.match(ready(readyContent({ texts })).warnings, [{ field: 'languages', code: 'language_not_included' }]);
  t.strictSame(issues(readyContent({ texts, languages: ['en', 'fr'] })), ['texts.fr.summary: missing', 'texts.fr.known: missing', 'texts.fr.unknown: missing']);
  t.strictSame(issues(readyContent({ texts, languages: ['fr'] })).includes('languages: first_language_missing'), true);
});

t.test('from the second version on a change note is needed; a correction says what was wrong, what is right, and where', async (t) => {
  t.strictSame(issues(readyContent(), 'update', 1), ['texts.en.changeNote: missing']);
  t.strictSame(issues(readyContent(), 'correction', 1), [
    'texts.en.changeNote: missing',
    'texts.en.wasWrong: missing',
    'texts.en.isRight: missing',
    'correctsVersion: missing',
  ]);
  const whole = withText(readyContent({ correctsVersion: 2 }), { changeNote: 'a', wasWrong: 'b', isRight: 'c' });
  t.strictSame(issues(whole, 'correction', 1), ['correctsVersion: version_unknown']);
  t.strictSame(issues(whole, 'correction', 2), []);
});

t.test('no verdict and no attribution in a holding text; elsewhere a verdict has its basis, confidence and reason', async (t) => {
  const artefact = {
    id: 'A-1',
    label: { en: 'A set of files' },
    form: 'archive' as const,
    circulation: 'leak_site' as const,
    firstSeenOn: '2026-11-22',
    verdict: 'altered' as const,
    confidence: 'low' as const,
    bases: [],
    because: {},
  };
  const judged = (phase: Phase): Content => inPhase(phase, { findings: { artefacts: [artefact], collections: [] } });
  const lacking = [
    'findings.A-1.bases: altered_basis',
    'findings.A-1.changes: change_missing',
    'findings.A-1.confidence: confidence_low',
    'findings.A-1.because: because_missing',
  ];
  t.strictSame(issues(judged('holding')), ['findings: not_in_holding', ...lacking]);
  t.strictSame(issues(judged('update')), lacking, 'each ground is asked for once, by what says it best');
  const attributed = { status: 'attributed' as const, authority: 'A court', url: 'https://court.example/' };
  t.strictSame(issues(inPhase('holding', { attribution: attributed })), ['attribution: not_in_holding']);
  t.strictSame(issues(inPhase('update', { attribution: attributed })), []);
});

t.test('"mixed" without an authentic and a false item is refused; a final text on a leak lists its items', async (t) => {
  const mixed = {
    id: 'C-1',
    label: { en: 'All' },
    members: [],
    finding: 'mixed' as const,
    confidence: 'moderate' as const,
    bases: ['origin_copy_compared' as const],
    because: { en: 'compared' },
  };
  t.strictSame(issues(inPhase('update', { findings: { artefacts: [], collections: [mixed] } })), ['findings.C-1.finding: mixed_without_items']);
  t.strictSame(issues(withText(inPhase('final', { nextUpdate: { type: 'none' } }), { nextUpdateReason: 'x' })), ['findings: artefacts_missing']);
});

t.test('the linter warns without standing in the way, and a name said on purpose passes before the eyes of two reviewers', async (t) => {
  const known = (text: string, change: Partial<Content> = {}): Content => withText(readyContent(change), { known: text });
  t.strictSame(
    ready(readyContent({ house: { ...consulted, triage: '' } })).warnings.map(({ code }) => code),
    ['triage_missing'],
  );
  t.strictSame(issues(readyContent({ house: { ...consulted, entity: { consulted: false, waiver: '' } } })), ['entity: entity_not_consulted']);
  t.strictSame(issues(readyContent({ house: { ...consulted, entity: { consulted: false, waiver: 'Nobody answers at night.' } } })), []);
  const names = { house: { ...consulted, names: ['Delta Orion', 'Maria Keller'] } };
  t.strictSame(issues(known('- The files name Delta Orion.')), ['texts.en.known: name_unknown']);
  t.strictSame(issues(known('- The files name Delta Orion.', names)), []);
  t.strictSame(issues(known('- Maria Keller was informed.', names)), ['texts.en.known: personal_name'], 'a person needs the mark as well');
  t.strictSame(issues(known('- Maria Keller was informed.', { ...names, namesPerson: true })), []);
});

t.test('a claim is quoted as it circulates, after the holding text, and leads to nothing', async (t) => {
  const claim = { id: 'K-1', text: { en: 'The agency forged the vote' }, about: [], finding: 'unverified' as const, confidence: null, bases: [], because: {} };
  const said = (phase: Phase, change: Partial<typeof claim> = {}): Content =>
    inPhase(phase, { findings: { artefacts: [], collections: [], claims: [{ ...claim, ...change }] } });
  t.strictSame(issues(said('holding')), ['findings: not_in_holding']);
  t.strictSame(issues(said('update')), [], 'its own words assert nothing of ours');
  t.strictSame(issues(said('update', { text: { en: 'See https://files.example/x' } })), ['findings.K-1.text: locator_url']);
  t.strictSame(issues(withText(said('update'), { title: 'The agency forged the vote, they say' })), ['texts.en.title: claim_in_title'], 'and it never leads');
});
