import type { Artefact, Collection } from '../../leak/findings.ts';
import type { PublicStatement } from '../../statement/facts.ts';
import type { SignedVersion } from '../../statement/schema.ts';
import { pick } from '../spoken.ts';
import { hrefOf, type LinkModel, type Reading, type Spoken, spoken } from './page.ts';

/** The agency's finding on one artefact or collection, with its history in this statement. */
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
};
export type Tag = { code: string; text: string };

/** Collections first, then artefacts, as the version at `upTo` states them. */
export async function findingsOf(
  reading: Reading,
  statement: PublicStatement,
  upTo: number,
): Promise<{ collections: FindingModel[]; artefacts: FindingModel[] }> {
  const shown = statement.versions[upTo - 1];
  if (shown === undefined) return { collections: [], artefacts: [] };
  const { findings } = await reading.room.texts.signed(shown.entry);
  if (findings.artefacts.length + findings.collections.length === 0) return { collections: [], artefacts: [] };
  const history = await Promise.all(statement.versions.slice(0, upTo).map((version) => reading.room.texts.signed(version.entry)));
  return {
    collections: findings.collections.map((item) => collectionModel(reading, statement, item, history)),
    artefacts: findings.artefacts.map((item) => artefactModel(reading, statement, item, history)),
  };
}

/** One tag a verdict and a collection finding, in words, without repeats. */
export function verdictTags({ speech }: Reading, { findings }: SignedVersion): readonly Tag[] {
  const stated = findings.collections.map((item) => ({ code: item.finding, text: speech.say(`public.finding.${item.finding}`) }));
  const verdicts = [...new Set(findings.artefacts.map((item) => item.verdict))];
  const said = verdicts.map((code) => ({ code, text: speech.say(`public.verdict.${code}`) }));
  return [...stated, ...said.filter(({ code }) => code !== 'unverified' || stated.length === 0)];
}

function artefactModel(reading: Reading, statement: PublicStatement, item: Artefact, history: readonly SignedVersion[]): FindingModel {
  const { say, date } = reading.speech;
  const codes = history.map(({ findings }) => findings.artefacts.find(({ id }) => id === item.id)?.verdict);
  const facts = say('public.artefact.facts', {
    form: say(`public.form.${item.form}`),
    circulation: say(`public.circulation.${item.circulation}`),
    date: date(item.firstSeenOn),
  });
  const words = { verdict: say(`public.verdict.${item.verdict}`), definition: say(`public.verdict.${item.verdict}.definition`) };
  return { ...shared(reading, item), code: item.verdict, ...words, facts, ...changes(reading, statement, codes, (code) => say(`public.verdict.${code}`)) };
}

function collectionModel(reading: Reading, statement: PublicStatement, item: Collection, history: readonly SignedVersion[]): FindingModel {
  const { say } = reading.speech;
  const codes = history.map(({ findings }) => findings.collections.find(({ id }) => id === item.id)?.finding);
  const facts = item.members.length > 0 ? say('public.collection.members', { members: item.members.join(', ') }) : '';
  const words = { verdict: say(`public.finding.${item.finding}`), definition: say(`public.finding.${item.finding}.definition`) };
  return { ...shared(reading, item), code: item.finding, ...words, facts, ...changes(reading, statement, codes, (code) => say(`public.finding.${code}`)) };
}

function shared(reading: Reading, item: Artefact | Collection): Pick<FindingModel, 'id' | 'label' | 'confidence' | 'because' | 'bases'> {
  const { speech, room } = reading;
  const words = (text: Artefact['label']): Spoken => spoken(reading, pick({ fr: text.fr ?? '', en: text.en ?? '' }, speech.language, room.agency.languages));
  return {
    id: item.id,
    label: words(item.label),
    confidence: item.confidence && speech.say(`public.confidence.${item.confidence}`),
    because: words(item.because),
    bases: item.bases.map((code) => speech.say(`public.basis.${code}`)),
  };
}

/** "since v3 (time). Was: not verified (v1–v2)": the run of equal codes that ends now, and the runs before it. */
function changes(
  reading: Reading,
  { reference, versions }: PublicStatement,
  codes: readonly (string | undefined)[],
  word: (code: string) => string,
): Pick<FindingModel, 'since' | 'was'> {
  const { say, time } = reading.speech;
  const runs: { code: string | undefined; from: number; to: number }[] = [];
  codes.forEach((code, index) => {
    const run = runs.at(-1);
    if (run && run.code === code) run.to = index + 1;
    else runs.push({ code, from: index + 1, to: index + 1 });
  });
  const last = runs.pop();
  const since = last && versions[last.from - 1];
  if (last === undefined || since === undefined) return { since: null, was: null };
  const span = (from: number, to: number): string => (from === to ? `v${from}` : `v${from}–v${to}`);
  const was = runs.flatMap(({ code, from, to }) => (code === undefined ? [] : [`${word(code)} (${span(from, to)})`]));
  const href = hrefOf(reading, { page: 'version', reference, version: since.version });
  return {
    since: { href, text: `v${since.version}`, time: time(since.at).text },
    was: was.length > 0 ? say('public.verdict.was', { was: was.join(', ') }) : null,
  };
}
