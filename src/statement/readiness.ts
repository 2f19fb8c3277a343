import { type Issue, OnrecordError } from '../errors.ts';
import { type Findings, noFindings } from '../leak/findings.ts';
import { findingsIssues } from '../leak/verdict.ts';
import { meaningChanges } from './editorial.ts';
import type { Draft, Statement } from './facts.ts';
import type { House } from './house.ts';
import { lintDraft, type Work } from './linting.ts';
import { fieldsBehind } from './pace.ts';
import type { Content, Kind, Language, Texts } from './schema.ts';
import { sections } from './sections.ts';
import { translationChanges } from './translation.ts';

/**
 * What still stands between a draft and its publication. Issues block a submission, warnings do not; both name the field by its
 * form name and carry a code of content/words (`readiness.<code>`).
 */
export type Readiness = { issues: readonly Issue[]; warnings: readonly Issue[] };

const hour = 3_600_000;
/** How far ahead a promised next update may lie, by phase (workflow.md, readiness table). */
const nextUpdateWithin = { holding: 2 * hour, update: 24 * hour, interim: 14 * 24 * hour, final: 14 * 24 * hour } as const;
const slot = /\[\[[^\]\n]{1,200}\]\]/;

/**
 * Fields and facts by the table of workflow.md, the findings by the verdict state machine (leak/verdict.ts), the words by the linter.
 * @param now UTC instant that promised times are compared with
 */
export function readiness(work: Work, house: House, now: string): Readiness {
  const { kind, content, base, versions, touched = {} } = work;
  const { first } = house;
  const linted = lintDraft(work, house, now);
  const issues = [
    ...content.languages.flatMap((language) => textIssues(work, language, house)),
    ...(content.languages.includes(first) ? [] : [{ field: 'languages', code: 'first_language_missing' }]),
    ...factIssues(content, now),
    ...nextUpdateIssues(content, now),
    ...findingIssues(content, first),
    ...findingsIssues(base?.content.findings ?? noFindings, content.findings, { kind, first }),
    ...correctionIssues(kind, content, versions),
    ...linted.issues,
  ];
  return { issues: oneAField(issues), warnings: [...warnings({ content, touched }, first), ...linted.warnings] };
}

/** What readiness judges of an open draft. */
export function workOf({ versions }: Pick<Statement, 'versions'>, { kind, template, content, base, touched }: Draft): Work {
  return { kind, template, content, base, touched, versions: versions.length };
}

/** State machine and linter both ask for a verdict's grounds: of two issues about one field of a finding the first says it best. */
function oneAField(issues: readonly Issue[]): readonly Issue[] {
  const grounds = (field: string): boolean => /^findings\.[AC]-\d+\.(?:bases|confidence|because|permission)$/.test(field);
  return issues.filter(
    ({ field, values }, index) => !grounds(field) || values?.end !== undefined || issues.findIndex((other) => other.field === field) === index,
  );
}

/**
 * The gate of transition 3, and again of every publication for the kinds that promise something about the change.
 * @throws not_ready, not_editorial, translation_changes_original, each with its issues
 */
export function checkSubmission(statement: Statement, draft: Draft, house: House, now: string): void {
  checkKind(draft);
  const { issues } = readiness(workOf(statement, draft), house, now);
  if (issues.length > 0) throw new OnrecordError('not_ready', 'the text is not ready', { issues });
}

/** @throws not_editorial, translation_changes_original, not_ready when an exercise would become real or the reverse */
export function checkKind(draft: Draft): void {
  if (draft.base === null) return;
  if (draft.base.content.exercise !== draft.content.exercise) {
    throw new OnrecordError('not_ready', 'the exercise flag is fixed by the first version', { issues: [{ field: 'exercise', code: 'exercise_fixed' }] });
  }
  if (draft.kind === 'editorial') {
    const issues = meaningChanges(draft.base.content, draft.content);
    if (issues.length > 0) throw new OnrecordError('not_editorial', 'an editorial version may not change meaning', { issues });
  }
  if (draft.kind === 'translation') {
    const issues = translationChanges(draft.base.content, draft.content);
    if (issues.length > 0) throw new OnrecordError('translation_changes_original', 'a translation adds a language and changes nothing else', { issues });
  }
}

function textIssues({ kind, template, content, versions }: Work, language: Language, { first, wordLimits }: House): readonly Issue[] {
  const texts = content.texts[language];
  const original = content.texts[first];
  const field = (name: string): string => `texts.${language}.${name}`;
  if (texts === undefined) return [{ field: field('title'), code: 'missing' }];
  const needed = new Set<keyof Texts>(['title', 'summary', 'known']);
  if (language !== first && original !== undefined) for (const name of sections) if (original[name].trim() !== '') needed.add(name);
  if (versions > 0) needed.add('changeNote');
  if (kind === 'correction') needed.add('wasWrong').add('isRight');
  if (content.nextUpdate !== null && content.nextUpdate.type !== 'by') needed.add('nextUpdateReason');
  const most = wordLimits.get(template) ?? Number.POSITIVE_INFINITY;
  const words = ['title', 'summary', ...sections].reduce((sum, name) => sum + countWords(texts[name as keyof Texts]), 0);
  return [
    ...[...needed].filter((name) => texts[name].trim() === '').map((name) => ({ field: field(name), code: 'missing' })),
    ...Object.entries(texts).flatMap(([name, text]) => {
      const open = slot.exec(text);
      return open ? [{ field: field(name), code: 'slot_open', values: { slot: open[0] } }] : [];
    }),
    ...(countWords(texts.summary) > 60 ? [{ field: field('summary'), code: 'summary_long', values: { words: countWords(texts.summary) } }] : []),
    ...(words > most ? [{ field: field('known'), code: 'words_over', values: { words, most } }] : []),
  ];
}

function factIssues(content: Content, now: string): readonly Issue[] {
  return [
    ...(content.phase === 'withdrawn' ? [{ field: 'phase', code: 'phase_not_possible' }] : []),
    ...(content.awareAt === null ? [{ field: 'awareAt', code: 'missing' }] : []),
    ...(content.awareAt !== null && content.awareAt > now ? [{ field: 'awareAt', code: 'in_future' }] : []),
    ...(content.pressContact.trim() === '' ? [{ field: 'pressContact', code: 'missing' }] : []),
    ...(content.peopleContact.trim() === '' ? [{ field: 'peopleContact', code: 'missing' }] : []),
    ...(content.phase === 'holding' && content.attribution.status !== 'not_assessed' ? [{ field: 'attribution', code: 'not_in_holding' }] : []),
  ];
}

function nextUpdateIssues({ nextUpdate, phase }: Content, now: string): readonly Issue[] {
  const issue = (code: string, values?: Issue['values']): readonly Issue[] => [{ field: 'nextUpdate', code, ...(values && { values }) }];
  if (nextUpdate === null || phase === 'withdrawn') return [];
  if (nextUpdate.type === 'by') {
    if (nextUpdate.at <= now) return issue('in_past');
    const within = nextUpdateWithin[phase];
    return Date.parse(nextUpdate.at) - Date.parse(now) > within ? issue('next_update_far', { hours: within / hour }) : [];
  }
  return nextUpdate.type === 'none' && phase !== 'final' && phase !== 'holding' ? issue('next_update_none_only_final') : [];
}

/** What the phase and the form ask of the findings; what a verdict rests on is the state machine's. */
function findingIssues({ findings, phase, situation }: Content, first: Language): readonly Issue[] {
  const { artefacts, collections, claims = [] } = findings;
  const stated = hasStatedFinding(findings);
  if (phase === 'holding' && (stated || claims.length > 0)) return [{ field: 'findings', code: 'not_in_holding' }];
  const aboutLeak = situation === 'leak' || situation === 'leak-falsified';
  const needsList = artefacts.length === 0 && ((phase === 'final' && aboutLeak) || (phase === 'interim' && stated));
  const unprintable = artefacts.filter(
    ({ personalData = [], fingerprints = [] }) => personalData.length > 0 && fingerprints.some(({ level }) => level !== 'exact'),
  );
  return [
    ...(needsList ? [{ field: 'findings', code: 'artefacts_missing' }] : []),
    ...[...artefacts, ...collections].filter(({ label }) => !label[first]?.trim()).map(({ id }) => ({ field: `findings.${id}.label`, code: 'missing' })),
    ...unprintable.map(({ id }) => ({ field: `findings.${id}.fingerprints`, code: 'text_print_personal' })),
  ];
}

function hasStatedFinding({ artefacts, collections }: Findings): boolean {
  return artefacts.some((item) => item.verdict !== 'unverified') || collections.some((item) => item.finding !== 'unverified');
}

function correctionIssues(kind: Kind, content: Content, versions: number): readonly Issue[] {
  if (kind !== 'correction') return [];
  const exists = content.correctsVersion !== null && content.correctsVersion <= versions;
  return exists ? [] : [{ field: 'correctsVersion', code: content.correctsVersion === null ? 'missing' : 'version_unknown' }];
}

function warnings(draft: Pick<Draft, 'content' | 'touched'>, first: Language): readonly Issue[] {
  const { languages, texts } = draft.content;
  const left = Object.entries(texts).filter(
    ([language, words]) => language !== first && words !== undefined && words.title.trim() !== '' && !languages.some((included) => included === language),
  );
  const behind = languages.map((language) => ({ language, fields: fieldsBehind(draft, first, language) })).filter(({ fields }) => fields.length > 0);
  return [
    ...left.map(([language]) => ({ field: 'languages', code: 'language_not_included', values: { language } })),
    ...behind.map(({ language, fields }) => ({ field: `texts.${language}.${fields[0]}`, code: 'language_behind', values: { count: fields.length } })),
  ];
}

/** Words of a plain text, as the ≤ 60 words of a quotable summary are counted. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
