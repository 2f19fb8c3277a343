import type { PublicStatement } from '../../statement/facts.ts';
import type { SignedVersion } from '../../statement/schema.ts';
import { type Run, runsOf, type Said, saidUpTo, spanOf } from '../item-history.ts';
import { versionLink } from './findings.ts';
import type { LinkModel, Reading } from './page.ts';

/** What a version says of the incident itself. Status and attribution are fields of their own, each with its own history. */
export type IncidentLine = {
  code: string;
  term: string;
  text: string;
  isTag: boolean;
  link: string | null;
  since: (LinkModel & { time: string }) | null;
  was: string | null;
};

export async function incidentLines(reading: Reading, statement: PublicStatement, upTo: number, signed: SignedVersion): Promise<readonly IncidentLine[]> {
  const { say, time } = reading.speech;
  const line = (code: string, text: string): IncidentLine => {
    return { code, term: say(`public.finding.${code}`), text, isTag: false, link: null, since: null, was: null };
  };
  const { incident, attribution } = signed;
  const history = await saidUpTo(reading.room.texts, statement, upTo);
  const status = ({ signed: { incident } }: Said): string => say(`public.incident.${incident.status}`);
  const attributed = ({ signed: { attribution } }: Said): string => attributionText(reading, attribution);
  return [
    { ...line('incident', say(`public.incident.${incident.status}`)), code: incident.status, isTag: true, ...historyOf(reading, statement, history, status) },
    line('situation', say(`public.situation.${signed.situation}`)),
    ...(incident.awareAt ? [line('awareAt', time(incident.awareAt).text)] : []),
    {
      ...line('attribution', attributionText(reading, attribution)),
      link: attribution.status === 'attributed' ? attribution.url : null,
      ...historyOf(reading, statement, history, attributed),
    },
  ];
}

function attributionText({ speech: { say, typeset } }: Reading, attribution: SignedVersion['attribution']): string {
  return attribution.status === 'attributed'
    ? say('public.attribution.attributed', { authority: typeset(attribution.authority) })
    : say('public.attribution.not_assessed');
}

/** Since which version it says so, and what it said before; nothing for what never changed. */
function historyOf(
  reading: Reading,
  statement: PublicStatement,
  history: readonly Said[],
  textOf: (said: Said) => string,
): Pick<IncidentLine, 'since' | 'was'> {
  const runs: Run<string>[] = runsOf(history, textOf, (one, other) => one === other);
  const last = runs.pop();
  if (last === undefined || runs.length === 0) return { since: null, was: null };
  const was = runs.map((run) => `${run.value} (${spanOf(run)})`).join(', ');
  return {
    since: { ...versionLink(reading, statement, last.from), time: reading.speech.time(last.version.at).text },
    was: reading.speech.say('public.verdict.was', { was }),
  };
}
