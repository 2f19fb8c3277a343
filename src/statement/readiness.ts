import { type Issue, OnrecordError } from '../errors.ts';
import type { Findings } from '../leak/findings.ts';
import { meaningChanges } from './editorial.ts';
import type { Draft, Statement } from './facts.ts';
import { type Content, type Kind, type Language, sections, type Texts } from './schema.ts';
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

/** @param now UTC instant that promised times are compared with */
export function readiness(kind: Kind, content: Content, versions: number, first: Language, now: string): Readiness {
  const issues = [
    ...content.languages.flatMap((language) => textIssues(kind, content, language, first, versions)),
    ...(content.languages.includes(first) ? [] : [{ field: 'languages', code: 'first_language_missing' }]),
    ...factIssues(content, now),
    ...nextUpdateIssues(content, now),
    ...findingIssues(content, first),
    ...correctionIssues(kind, content, versions),
  ];
  return { issues, warnings: warnings(content, first) };
}

/**
 * The gate of transition 3, and again of every publication for the kinds that promise something about the change.
 * @throws not_ready, not_editorial, translation_changes_original, each with its issues
 */
export function checkSubmission(statement: Statement, draft: Draft, first: Language, now: string): void {
  checkKind(draft);
  const { issues } = readiness(draft.kind, draft.content, statement.versions.length, first, now);
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

function textIssues(kind: Kind, content: Content, language: Language, first: Language, versions: number): readonly Issue[] {
  const texts = content.texts[language];
  const original = content.texts[first];
  const field = (name: string): string => `texts.${language}.${name}`;
  if (texts === undefined) return [{ field: field('title'), code: 'missing' }];
  const needed = new Set<keyof Texts>(['title', 'summary', 'known']);
  if (content.phase !== 'final') needed.add('unknown');
  if (language !== first && original !== undefined) for (const name of sections) if (original[name].trim() !== '') needed.add(name);
  if (versions > 0) needed.add('changeNote');
  if (kind === 'correction') needed.add('wasWrong').add('isRight');
  if (content.nextUpdate !== null && content.nextUpdate.type !== 'by') needed.add('nextUpdateReason');
  return [
    ...[...needed].filter((name) => texts[name].trim() === '').map((name) => ({ field: field(name), code: 'missing' })),
    ...Object.entries(texts).flatMap(([name, text]) => {
      const open = slot.exec(text);
      return open ? [{ field: field(name), code: 'slot_open', values: { slot: open[0] } }] : [];
    }),
    ...(countWords(texts.summary) > 60 ? [{ field: field('summary'), code: 'summary_long', values: { words: countWords(texts.summary) } }] : []),
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
  if (nextUpdate === null) return issue('missing');
  if (phase === 'withdrawn') return [];
  if (nextUpdate.type === 'by') {
    if (nextUpdate.at <= now) return issue('in_past');
    const within = nextUpdateWithin[phase];
    return Date.parse(nextUpdate.at) - Date.parse(now) > within ? issue('next_update_far', { hours: within / hour }) : [];
  }
  if (phase === 'holding') return issue('next_update_needs_time');
  return nextUpdate.type === 'none' && phase !== 'final' ? issue('next_update_none_only_final') : [];
}

function findingIssues({ findings, phase, situation }: Content, first: Language): readonly Issue[] {
  const stated = hasStatedFinding(findings);
  if (phase === 'holding' && stated) return [{ field: 'findings', code: 'not_in_holding' }];
  const aboutLeak = situation === 'leak' || situation === 'leak-falsified';
  const needsList = findings.artefacts.length === 0 && ((phase === 'final' && aboutLeak) || (phase === 'interim' && stated));
  const judged = [
    ...findings.artefacts.filter((item) => item.verdict !== 'unverified'),
    ...findings.collections.filter((item) => item.finding !== 'unverified'),
  ];
  const items = [...findings.artefacts.map((item) => ({ item, list: 'artefacts' })), ...findings.collections.map((item) => ({ item, list: 'collections' }))];
  return [
    ...(needsList ? [{ field: 'findings', code: 'artefacts_missing' }] : []),
    ...items.filter(({ item }) => !item.label[first]?.trim()).map(({ item }) => ({ field: `findings.${item.id}.label`, code: 'missing' })),
    ...judged.filter((item) => item.bases.length === 0).map((item) => ({ field: `findings.${item.id}.bases`, code: 'missing' })),
    ...judged
      .filter((item) => item.confidence !== 'moderate' && item.confidence !== 'high')
      .map((item) => ({ field: `findings.${item.id}.confidence`, code: 'confidence_low' })),
    ...judged.filter((item) => !item.because[first]?.trim()).map((item) => ({ field: `findings.${item.id}.because`, code: 'missing' })),
    ...findings.collections
      .filter((item) => item.finding === 'mixed' && !namesBothSides(findings, item.members))
      .map((item) => ({ field: `findings.${item.id}.finding`, code: 'mixed_without_items' })),
  ];
}

function hasStatedFinding({ artefacts, collections }: Findings): boolean {
  return artefacts.some((item) => item.verdict !== 'unverified') || collections.some((item) => item.finding !== 'unverified');
}

/** `mixed` is refused without one authentic and one altered or fabricated artefact listed (leaks.md). */
function namesBothSides({ artefacts }: Findings, members: readonly string[]): boolean {
  const verdicts = artefacts.filter((item) => members.includes(item.id)).map((item) => item.verdict);
  return verdicts.includes('authentic') && verdicts.some((verdict) => verdict === 'altered' || verdict === 'fabricated');
}

function correctionIssues(kind: Kind, content: Content, versions: number): readonly Issue[] {
  if (kind !== 'correction') return [];
  const exists = content.correctsVersion !== null && content.correctsVersion <= versions;
  return exists ? [] : [{ field: 'correctsVersion', code: content.correctsVersion === null ? 'missing' : 'version_unknown' }];
}

function warnings(content: Content, first: Language): readonly Issue[] {
  return Object.entries(content.texts)
    .filter(
      ([language, texts]) =>
        language !== first && texts !== undefined && texts.title.trim() !== '' && !content.languages.some((included) => included === language),
    )
    .map(([language]) => ({ field: 'languages', code: 'language_not_included', values: { language } }));
}

/** Words of a plain text, as the ≤ 60 words of a quotable summary are counted. */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
