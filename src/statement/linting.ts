import type { Issue } from '../errors.ts';
import type { Findings, FindingWords } from '../leak/findings.ts';
import { isBlocking, type JudgedItem, type LintInput, type LintIssue } from '../leak/linter/issue.ts';
import { lint } from '../leak/linter/lint.ts';
import { coversName } from '../leak/linter/person-names.ts';
import { judgeAddress, judgeValues, keptItems, wordsOfFindings } from '../leak/linter/public-words.ts';
import type { Draft } from './facts.ts';
import { type House, silenceAt } from './house.ts';
import { type Content, type HouseNotes, type Language, languages, noNotes, type PerLanguage, type Texts, textFields } from './schema.ts';

/** What the linter is told of a draft, and its answer in the form names of the desk (leaks.md, "The linter"). */

/** A text on its way: what readiness and linter judge. `versions`: how many are public. Without `touched` no language is behind. */
export type Work = Pick<Draft, 'kind' | 'template' | 'content' | 'base'> & Partial<Pick<Draft, 'touched'>> & { versions: number };

/** Of one draft no more is said at once; the rest shows as the first are mended. */
const mostOfDraft = 500;
/** An open slot is an issue of its own (readiness.ts); its words are an instruction to the author. */
const slot = /\[\[[^\]\n]{1,200}\]\]/g;

/** Everything the linter says, blocking issues first; values hold `rule`, and `start` and `end` where there is a place in the text. */
export function lintDraft(work: Work, house: House, now: string): { issues: readonly Issue[]; warnings: readonly Issue[] } {
  const { content, template } = work;
  const spoken = content.languages.flatMap((language) => {
    const { ours, quoted } = wordsOfFindings(content.findings, language, keptOf(work, language));
    const input = inputOf(content, language, house, now);
    // What the house owes is said once, not in each language.
    const said = lint({ ...input, fields: { ...input.fields, ...ours } }).filter((issue) => language === house.first || issue.end > 0 || isOfText(issue));
    return [...said, ...lintQuoted(quoted, language, house)].map((issue) => ({ issue, language }));
  });
  const shared = lintFacts(content, house).map((issue) => ({ issue, language: house.first }));
  const found = [...spoken, ...shared].filter(({ issue }) => !isOnPurpose(issue, content));
  const blocks = ({ issue }: { issue: LintIssue }): boolean => isBlocking(issue) && !(template === 'flash' && issue.code === 'name_unknown');
  const issues = found.filter(blocks).slice(0, mostOfDraft);
  const warnings = found.filter((one) => !blocks(one)).slice(0, mostOfDraft - issues.length);
  return { issues: issues.map(toIssue), warnings: warnings.map(toIssue) };
}

/** Items that the version before says in this language as this one does, under the same attribution, are not read again. */
function keptOf({ content, base }: Work, language: Language): ReadonlySet<string> {
  const before = base?.content;
  const isSame =
    before?.languages.includes(language) &&
    before.situation === content.situation &&
    before.namesPerson === content.namesPerson &&
    before.attribution.status === content.attribution.status;
  return before && isSame ? keptItems(before.findings, content.findings) : new Set();
}

/** What a version says in no language of its own: the contacts, the attribution, and the technical values of the items. */
function lintFacts({ pressContact, peopleContact, attribution, findings }: Content, house: House): readonly LintIssue[] {
  // Mail and telephone are what a contact is for.
  const contacts = lintWords({ pressContact, peopleContact }, house.first, house).filter(({ rule }) => rule === 'B1');
  const values = judgeValues(findings);
  if (attribution.status !== 'attributed') return [...contacts, ...values];
  const { authority, url } = attribution;
  const named = lintWords({ 'attribution.authority': authority }, house.first, house);
  return [...contacts, ...named.filter(isOfBody), ...judgeAddress('attribution.url', url, house.allow), ...values];
}

/** What may not stand in the name of a body, or in a withdrawal's reason: ways to the material, and people for certain. */
function isOfBody({ rule, code }: LintIssue): boolean {
  return (rule === 'B1' || rule === 'B2') && code !== 'name_unknown';
}

/**
 * A name that the author says on purpose, before the eyes of the reviewers: of something that only looks like a person's name that is
 * enough; a person is named in a version that is marked so, and that asks for two approvals (quorum.ts).
 */
function isOnPurpose({ code, values }: LintIssue, { namesPerson, house = noNotes }: Content): boolean {
  const isName = code === 'name_unknown' || (code === 'personal_name' && namesPerson);
  return isName && coversName(house.names, String(values.text ?? ''));
}

/** A withdrawal is never held up by style: its reason must lead to nothing and name nobody. Fields are `reason.<language>`. */
export function lintReason(reason: PerLanguage, house: House): readonly Issue[] {
  return languages.flatMap((language) => {
    const found = lintWords({ [`reason.${language}`]: reason[language] ?? '' }, language, house);
    return found.filter(isOfBody).map((issue) => toIssue({ issue, language }));
  });
}

/** A claim is quoted as it circulates: it may be false and may accuse, but leads to nothing and names nobody either. */
function lintQuoted(fields: LintInput['fields'], language: Language, house: House): readonly LintIssue[] {
  return lintWords(fields, language, house).filter(({ rule }) => rule === 'B1' || rule === 'B2' || rule === 'W1');
}

/** Words alone, without the duties of a whole draft. */
function lintWords(fields: LintInput['fields'], language: Language, house: House): readonly LintIssue[] {
  return lint({ ...inputOf(wordsOnly, language, house, ''), fields }).filter(({ end }) => end > 0);
}

/** How many things a section says: its list items, or else its paragraphs. */
export function countPoints(markdown: string): number {
  const items = markdown.split('\n').filter((line) => /^\s{0,3}(?:[-*+]|\d{1,9}[.)])\s+\S/.test(line)).length;
  return items > 0 ? items : markdown.split(/\n\s*\n/).filter((block) => block.trim() !== '').length;
}

function isOfText({ rule }: LintIssue): boolean {
  return rule === 'W5' || rule === 'B6';
}

function toIssue({ issue, language }: { issue: LintIssue; language: Language }): Issue {
  const { rule, field, code, values, start, end } = issue;
  const isText = textFields.some((name) => name === field);
  const place = end > 0 ? { start, end } : {};
  return { field: isText ? `texts.${language}.${field}` : field, code, values: { ...values, ...place, rule } };
}

type Judged = Pick<Content, 'situation' | 'phase' | 'texts' | 'nextUpdate' | 'findings' | 'attribution' | 'languages' | 'house'>;

const wordsOnly: Judged = {
  situation: 'leak',
  phase: 'withdrawn',
  texts: {},
  nextUpdate: null,
  findings: { artefacts: [], collections: [] },
  attribution: { status: 'not_assessed' },
  languages: [],
  house: { ...noNotes, entity: { consulted: true, waiver: '' } },
};

function inputOf(content: Judged, language: Language, house: House, now: string): LintInput {
  const { situation, phase, nextUpdate, findings, attribution } = content;
  const notes: HouseNotes = content.house ?? noNotes;
  const texts = content.texts[language];
  const other = content.languages.find((code) => code !== language);
  // Each drift is said once, in the text that is read second.
  const compared = other !== undefined && language !== house.first ? content.texts[other] : undefined;
  return {
    language,
    fields: fieldsOf(texts),
    situation,
    phase,
    unknowns: countPoints(texts?.unknown ?? ''),
    nextUpdate: nextUpdate?.type ?? null,
    findings: judgedItems(findings, house.first),
    attribution: attribution.status === 'attributed' ? attribution : null,
    entity: notes.entity,
    claims: (findings.claims ?? []).flatMap((claim) => claim.text[language] ?? []),
    personas: notes.personas,
    fileTitles: notes.fileTitles,
    hasTriage: notes.triage.trim() !== '',
    inElectionSilence: silenceAt(house, now) !== null,
    other: other !== undefined && compared !== undefined ? { language: other, fields: fieldsOf(compared), unknowns: countPoints(compared.unknown) } : null,
    allow: house.allow,
  };
}

function fieldsOf(texts: Texts | undefined): Record<string, string> {
  return Object.fromEntries(textFields.map((name) => [name, (texts?.[name] ?? '').replaceAll(slot, (open) => ' '.repeat(open.length))]));
}

function judgedItems({ artefacts, collections }: Findings, first: Language): readonly JudgedItem[] {
  const judged = (
    item: { id: string; confidence: JudgedItem['confidence']; bases: readonly string[]; because: FindingWords },
    verdict: string,
    hasPermission: boolean,
  ) => ({
    id: item.id,
    verdict,
    confidence: item.confidence,
    bases: item.bases.length,
    hasBecause: (item.because[first] ?? '').trim() !== '',
    hasPermission,
    reviewers: null,
  });
  return [
    ...artefacts.filter(({ verdict }) => verdict !== 'unverified').map((item) => judged(item, item.verdict, Boolean(item.permission))),
    ...collections.filter(({ finding }) => finding !== 'unverified').map((item) => judged(item, item.finding, true)),
  ];
}
