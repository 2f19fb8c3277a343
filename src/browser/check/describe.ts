import type { RegisterCollection, VerdictLine } from '../../leak/register.ts';
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
  const now = history.at(-1);
  const named = { artefact, statement };
  return {
    heading: say(`check.match.${match.how}`, { ...named, ...(match.how === 'overlap' && { percent: match.percent }) }),
    tags: [...(isStatementWithdrawn ? [{ text: say('check.tag.withdrawn'), code: 'withdrawn' }] : []), tagOf(match, tongue)],
    warning: isStatementWithdrawn ? say('check.statementWithdrawn', named) : null,
    note: say(`check.note.${match.how}`),
    facts: [
      ...(now ? standing(now, artefact, match.how === 'exact', tongue) : []),
      ...earlier(history, (line) => verdictLine(line, tongue), tongue),
      ...collections.map((one) => collectionFact(one, tongue)),
    ],
    link: {
      href: statements.href + statement,
      url: statements.url + statement,
      text: say('check.link', { statement }),
    },
  };
}

function tagOf({ how, known: { item, isStatementWithdrawn } }: Match, { say }: Tongue): Tag {
  const verdict = item.history.at(-1)?.verdict;
  if (how !== 'exact' || verdict === undefined) return { text: say(`check.tag.${how}`), code: '' };
  return { text: say(`public.verdict.${verdict}`), code: isStatementWithdrawn ? '' : verdict };
}

function standing(now: VerdictLine, artefact: string, isSameFile: boolean, { say, time }: Tongue): readonly Fact[] {
  const list = (family: string, codes: readonly string[]): string => codes.map((code) => say(`public.${family}.${code}`)).join(' · ');
  return [
    {
      label: say(isSameFile ? 'check.fact.finding' : 'check.fact.findingOnIt', { artefact }),
      lines: [`${say(`public.verdict.${now.verdict}`)}. ${say(`public.verdict.${now.verdict}.definition`)}`],
    },
    { label: say('check.fact.since'), lines: [say('check.since', { version: now.version, time: time(now.at) })] },
    { label: say('check.fact.confidence'), lines: now.confidence === null ? [] : [say(`public.confidence.${now.confidence}`)] },
    { label: say('check.fact.changes'), lines: now.changes.length > 0 ? [list('change', now.changes)] : [] },
    { label: say('check.fact.context'), lines: now.context.length > 0 ? [list('context', now.context)] : [] },
  ].filter(({ lines }) => lines.length > 0);
}

/** Every line but the one that stands, newest first. */
function earlier<Line>(history: readonly Line[], line: (one: Line) => string, { say }: Tongue): readonly Fact[] {
  return history.length > 1 ? [{ label: say('check.fact.earlier'), lines: history.slice(0, -1).reverse().map(line) }] : [];
}

function verdictLine({ verdict, confidence, version, at }: VerdictLine, tongue: Tongue): string {
  return dated(tongue.say(`public.verdict.${verdict}`), confidence, version, at, tongue);
}

function collectionFact({ collection: { collection, history }, namesFalsified }: KnownCollection, tongue: Tongue): Fact {
  const { say } = tongue;
  const line = ({ finding, confidence, version, at }: RegisterCollection['history'][number]): string =>
    dated(say(`public.finding.${finding}`), confidence, version, at, tongue);
  const now = history.at(-1);
  const code = now?.finding ?? 'unverified';
  const definition = code === 'may_contain_falsified' && namesFalsified ? 'check.finding.named' : `public.finding.${code}.definition`;
  const before = history.slice(0, -1).reverse().map(line);
  return {
    label: say('check.fact.collection', { collection }),
    lines: [...(now ? [line(now)] : []), say(definition), ...before.map((was) => say('check.was', { was }))],
  };
}

function dated(finding: string, confidence: string | null, version: number, at: string, { say, time }: Tongue): string {
  const label = confidence === null ? finding : `${finding} (${say('check.confidence', { confidence: say(`public.confidence.${confidence}`) })})`;
  return say('check.labelled', { label, value: say('check.since', { version, time: time(at) }) });
}
