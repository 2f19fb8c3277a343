import { namesNoFalsifiedItem } from '../../leak/collection.ts';
import type { Artefact, Claim, Collection } from '../../leak/findings.ts';
import { scaleOf } from '../../leak/review-scale.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import type { FindingItem } from '../../statement/findings.ts';
import type { SignedVersion } from '../../statement/schema.ts';
import { isExercise } from '../address.ts';
import { codeOf, linesOf, type Run, type Said, saidUpTo, spanOf } from '../item-history.ts';
import { pick } from '../spoken.ts';
import { familyOf } from '../vocabulary.ts';
import { hrefOf, type LinkModel, type Reading, type Spoken, spoken, type TimeModel } from './page.ts';

/** The agency's finding on one artefact, collection or claim, with its history in this statement. */
export type FindingModel = {
  id: string;
  label: Spoken;
  code: string;
  verdict: string;
  definition: string;
  confidence: string | null;
  because: Spoken;
  bases: readonly string[];
  facts: string;
  since: (LinkModel & { time: string }) | null;
  was: string | null;
  /** What must stand beside the finding. */
  badge: string | null;
  likelihood: string | null;
  details: readonly { term: string; text: string }[];
  assertedBy: Spoken | null;
  fingerprints: string | null;
  /** Newest first; empty where nothing ever changed. */
  steps: readonly StepModel[];
  claim: string | null;
};
export type StepModel = LinkModel & { at: TimeModel; before: string; after: string; because: Spoken };
export type Tag = { code: string; text: string };
/** `more`: items that the page leaves to the register, which lists them all. */
export type FindingModels = { collections: FindingModel[]; artefacts: FindingModel[]; claims: FindingModel[]; more: number };

const artefactsShown = 60;

/** Collections, artefacts and claims as the version at `upTo` states them. */
export async function findingsOf(reading: Reading, statement: PublicStatement, upTo: number): Promise<FindingModels> {
  const shown = statement.versions[upTo - 1];
  if (shown === undefined) return noModels;
  const { findings } = await reading.room.texts.signed(shown.entry);
  const { artefacts, collections, claims = [] } = findings;
  if (artefacts.length + collections.length + claims.length === 0) return noModels;
  const history = await saidUpTo(reading.room.texts, statement, upTo);
  return {
    collections: collections.map((item) => collectionModel(reading, statement, item, artefacts, history)),
    artefacts: foremost(artefacts).map((item) => artefactModel(reading, statement, item, history)),
    claims: claims.map((item) => claimModel(reading, statement, item, history)),
    more: Math.max(0, artefacts.length - artefactsShown),
  };
}

const noModels: FindingModels = { collections: [], artefacts: [], claims: [], more: 0 };

/** The items that a page shows: those with a verdict first, each kind in its order. */
function foremost(artefacts: readonly Artefact[]): readonly Artefact[] {
  if (artefacts.length <= artefactsShown) return artefacts;
  const isJudged = ({ verdict }: Artefact): boolean => verdict !== 'unverified';
  return [...artefacts.filter(isJudged), ...artefacts.filter((item) => !isJudged(item))].slice(0, artefactsShown);
}

/** One tag a verdict and a collection finding, in words, without repeats. */
export function verdictTags({ speech }: Reading, { findings }: SignedVersion): readonly Tag[] {
  const stated = findings.collections.flatMap((item) => [
    { code: item.finding, text: speech.say(`public.finding.${item.finding}`) },
    ...(namesNoFalsifiedItem(item, findings.artefacts) ? [{ code: 'none-identified', text: speech.say('public.finding.noneIdentified') }] : []),
  ]);
  const verdicts = [...new Set(findings.artefacts.map((item) => item.verdict))];
  const said = verdicts.map((code) => {
    const verdict = speech.say(`public.verdict.${code}`);
    const items = findings.artefacts.filter((item) => item.verdict === code).map(({ id }) => id);
    // A verdict is one item's: without its number it reads as one on the whole.
    if (code === 'unverified') return { code, text: verdict };
    return {
      code,
      text:
        items.length > 2
          ? speech.say('public.verdict.ofMany', { count: items.length, verdict })
          : speech.say('public.verdict.of', { items: items.join(', '), verdict }),
    };
  });
  return [...stated, ...said.filter(({ code }) => code !== 'unverified' || stated.length === 0)];
}

/** The words for what is found of an item, the same code meaning different things of different items. */
export function findingWord({ speech: { say } }: Reading, item: FindingItem): { verdict: string; definition: string } {
  const key = `${familyOf(item).words}.${codeOf(item)}`;
  return { verdict: say(key), definition: say(`${key}.definition`) };
}

function artefactModel(reading: Reading, statement: PublicStatement, item: Artefact, history: readonly Said[]): FindingModel {
  const { say, date } = reading.speech;
  const facts = say('public.artefact.facts', {
    form: say(`public.form.${item.form}`),
    circulation: say(`public.circulation.${item.circulation}`),
    date: date(item.firstSeenOn),
  });
  const list = (family: string, codes: readonly string[] = []): FindingModel['details'] =>
    codes.length === 0 ? [] : [{ term: say(`public.artefact.${family}`), text: codes.map((code) => say(`public.${family}.${code}`)).join(', ') }];
  const levels = [...new Set((item.fingerprints ?? []).map(({ level }) => say(`public.fingerprint.${level}`)))];
  return {
    ...shared(reading, statement, item, history),
    label: wordsOf(reading, item.label),
    facts,
    likelihood: item.likelihood ? say('public.artefact.likelihood', { likelihood: say(`public.likelihood.${item.likelihood}`) }) : null,
    details: [...fileFacts(reading, item), ...list('change', item.changes), ...list('context', item.context), ...list('personal', item.personalData)],
    assertedBy: item.assertedBy ? wordsOf(reading, item.assertedBy) : null,
    fingerprints: levels.length > 0 ? levels.join(', ') : null,
    claim: claimHref(reading, statement, item),
  };
}

function fileFacts({ speech: { say, language } }: Reading, { mediaType, size }: Artefact): FindingModel['details'] {
  const bytes = size === undefined ? undefined : say('public.artefact.bytes', { size: new Intl.NumberFormat(language).format(size) });
  const text = [mediaType, bytes].filter((part) => part !== undefined).join(', ');
  return text === '' ? [] : [{ term: say('public.artefact.file'), text }];
}

function collectionModel(
  reading: Reading,
  statement: PublicStatement,
  item: Collection,
  artefacts: readonly Artefact[],
  history: readonly Said[],
): FindingModel {
  const { say } = reading.speech;
  return {
    ...shared(reading, statement, item, history),
    label: wordsOf(reading, item.label),
    facts: item.members.length > 0 ? say('public.collection.members', { members: item.members.join(', ') }) : '',
    badge: namesNoFalsifiedItem(item, artefacts) ? say('public.finding.noneIdentified') : null,
  };
}

function claimModel(reading: Reading, statement: PublicStatement, item: Claim, history: readonly Said[]): FindingModel {
  const { say } = reading.speech;
  return {
    ...shared(reading, statement, item, history),
    label: wordsOf(reading, item.text),
    facts: item.about.length > 0 ? say('public.claim.about', { items: item.about.join(', ') }) : '',
    claim: claimHref(reading, statement, item),
  };
}

/** Where the finding stands as a review of its own: only what lies on a scale does, and no exercise. */
function claimHref(reading: Reading, { reference }: PublicStatement, item: Artefact | Claim): string | null {
  return scaleOf(item) === null || isExercise(reference) ? null : hrefOf(reading, { page: 'claim', reference, item: item.id });
}

function shared(reading: Reading, statement: PublicStatement, item: FindingItem, history: readonly Said[]): Omit<FindingModel, 'label' | 'facts'> {
  const { say } = reading.speech;
  return {
    id: item.id,
    code: codeOf(item),
    ...findingWord(reading, item),
    confidence: item.confidence && say(`public.confidence.${item.confidence}`),
    because: wordsOf(reading, item.because),
    bases: item.bases.map((code) => say(`public.basis.${code}`)),
    ...changesOf(reading, statement, linesOf(history, item.id)),
    badge: null,
    likelihood: null,
    details: [],
    assertedBy: null,
    fingerprints: null,
    claim: null,
  };
}

export function wordsOf(reading: Reading, text: Artefact['label']): Spoken {
  return spoken(reading, pick({ fr: text.fr ?? '', en: text.en ?? '' }, reading.speech.language, reading.room.agency.languages));
}

/** "since v3 (time). Was: not verified (v1–v2)", by verdict and confidence; a confidence is named in it where nothing else changed. */
function changesOf(reading: Reading, statement: PublicStatement, lines: readonly Run<FindingItem>[]): Pick<FindingModel, 'since' | 'was' | 'steps'> {
  const { say, time } = reading.speech;
  const last = lines.at(-1);
  if (last === undefined) return { since: null, was: null, steps: [] };
  const was = lines.slice(0, -1).map((line, place) => {
    const next = lines[place + 1] ?? last;
    const word = codeOf(next.value) === codeOf(line.value) ? statedWord(reading, line.value) : findingWord(reading, line.value).verdict;
    return `${word} (${spanOf(line)})`;
  });
  return {
    since: { ...versionLink(reading, statement, last.from), time: time(last.version.at).text },
    was: was.length > 0 ? say('public.verdict.was', { was: was.join(', ') }) : null,
    steps: stepsOf(reading, statement, lines),
  };
}

/** What is found of an item with its confidence. */
function statedWord(reading: Reading, item: FindingItem): string {
  const { say } = reading.speech;
  const { verdict } = findingWord(reading, item);
  return item.confidence === null ? verdict : say('public.history.stated', { verdict, confidence: say(`public.confidence.${item.confidence}`) });
}

/** Each change with old, new, when and why, newest first. */
export function stepsOf(reading: Reading, statement: PublicStatement, lines: readonly Run<FindingItem>[]): readonly StepModel[] {
  const { time } = reading.speech;
  const word = (item: FindingItem): string => statedWord(reading, item);
  return lines
    .flatMap((line, index) => {
      const before = lines[index - 1];
      if (before === undefined) return [];
      const step = { at: time(line.version.at), before: word(before.value), after: word(line.value), because: wordsOf(reading, line.value.because) };
      return [{ ...versionLink(reading, statement, line.from), ...step }];
    })
    .reverse();
}

export function versionLink(reading: Reading, { reference }: Pick<PublicStatement, 'reference'>, version: number): LinkModel {
  return { href: hrefOf(reading, { page: 'version', reference, version }), text: `v${version}` };
}
