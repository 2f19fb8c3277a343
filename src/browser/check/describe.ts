import { lossesIn, moveOfFindingLine, moveOfLine, turnsOf } from '../../leak/moves.ts';
import type { FindingLine, VerdictLine } from '../../leak/register.ts';
import type { Match } from './match.ts';
import type { KnownCollection } from './register-index.ts';
import type { Tongue } from './tongue.ts';

/** What a match says, for the screen and for the clipboard alike. */
export type Description = {
  heading: string;
  /** Short words with their colour; only the verdict on the very same bytes has one, while its statement stands. */
  tags: readonly Tag[];
  warning: string | null;
  note: string;
  facts: readonly Fact[];
  link: { href: string; url: string; text: string };
};
export type Tag = { text: string; code: string };
export type Fact = { label: string; lines: readonly string[] };

export function describe(match: Match, tongue: Tongue): Description {
  const { item, isStatementWithdrawn, collections } = match.known;
  const { say, statements } = tongue;
  const { statement, artefact, history } = item;
  const named = { artefact, statement };
  return {
    heading: say(`check.match.${match.how}`, { ...named, ...(match.how === 'overlap' && { percent: match.percent }) }),
    tags: [...(isStatementWithdrawn ? [{ text: say('check.tag.withdrawn'), code: 'withdrawn' }] : []), ...tagsOf(match, tongue)],
    warning: isStatementWithdrawn ? say('check.statementWithdrawn', named) : null,
    note: say(`check.note.${match.how}`),
    facts: [...standing(history, artefact, match.how === 'exact', tongue), ...collections.map((one) => collectionFact(one, tongue))],
    link: {
      href: statements.href + statement,
      url: statements.url + statement,
      text: say('check.link', { statement }),
    },
  };
}

/** A verdict that lost ground says so beside itself (leaks.md, "Model"). */
function tagsOf({ how, known: { item, isStatementWithdrawn } }: Match, { say }: Tongue): readonly Tag[] {
  const verdict = item.history.at(-1)?.verdict;
  if (how !== 'exact' || verdict === undefined) return [{ text: say(`check.tag.${how}`), code: '' }];
  const corrected = lossesIn(item.history, moveOfLine).at(-1);
  return [
    { text: say(`public.verdict.${verdict}`), code: isStatementWithdrawn ? '' : verdict },
    ...(corrected ? [{ text: say('check.tag.corrected', { version: corrected.version }), code: 'correction' }] : []),
  ];
}

function standing(history: readonly VerdictLine[], artefact: string, isSameFile: boolean, tongue: Tongue): readonly Fact[] {
  const { say } = tongue;
  const [now, turns] = [history.at(-1), turnsOf(history)];
  const since = turns.at(-1);
  if (now === undefined || since === undefined) return [];
  const list = (family: string, codes: readonly string[]): readonly string[] =>
    codes.length > 0 ? [codes.map((code) => say(`public.${family}.${code}`)).join(' · ')] : [];
  return [
    {
      label: say(isSameFile ? 'check.fact.finding' : 'check.fact.findingOnIt', { artefact }),
      lines: [`${say(`public.verdict.${now.verdict}`)}. ${say(`public.verdict.${now.verdict}.definition`)}`],
    },
    { label: say('check.fact.since'), lines: [sinceLine(since, tongue)] },
    { label: say('check.fact.correction'), lines: lossesIn(history, moveOfLine).map((line) => correctedLine(line, tongue)) },
    { label: say('check.fact.confidence'), lines: now.confidence === null ? [] : [say(`public.confidence.${now.confidence}`)] },
    { label: say('check.fact.changes'), lines: list('change', now.changes) },
    { label: say('check.fact.context'), lines: list('context', now.context) },
    { label: say('check.fact.earlier'), lines: before(turns).map((line) => dated(say(`public.verdict.${line.verdict}`), line, tongue)) },
  ].filter(({ lines }) => lines.length > 0);
}

/** Every line but the one that stands, newest first. */
function before<Line>(turns: readonly Line[]): readonly Line[] {
  return turns.slice(0, -1).reverse();
}

function collectionFact({ collection: { collection, history }, namesFalsified }: KnownCollection, tongue: Tongue): Fact {
  const { say } = tongue;
  const turns = turnsOf(history);
  const line = (one: FindingLine): string => dated(say(`public.finding.${one.finding}`), one, tongue);
  const now = turns.at(-1);
  const code = now?.finding ?? 'unverified';
  const [mayContain, isNamed] = [code === 'may_contain_falsified', namesFalsified];
  return {
    label: say('check.fact.collection', { collection }),
    lines: [
      ...(now ? [line(now)] : []),
      say(mayContain && isNamed ? 'check.finding.named' : `public.finding.${code}.definition`),
      ...(mayContain && !isNamed ? [say('check.finding.none')] : []),
      ...lossesIn(history, moveOfFindingLine).map((one) => correctedLine(one, tongue)),
      ...before(turns).map((one) => say('check.was', { was: line(one) })),
    ],
  };
}

type Dated = { version: number; at: string; confidence: string | null };

function correctedLine({ version, at }: Dated, { say, time }: Tongue): string {
  return say('check.corrected', { version, time: time(at) });
}

function sinceLine({ version, at }: Dated, { say, time }: Tongue): string {
  return say('check.since', { version, time: time(at) });
}

function dated(finding: string, line: Dated, tongue: Tongue): string {
  const { say } = tongue;
  const { confidence } = line;
  const label = confidence === null ? finding : `${finding} (${say('check.confidence', { confidence: say(`public.confidence.${confidence}`) })})`;
  return say('check.labelled', { label, value: sinceLine(line, tongue) });
}
