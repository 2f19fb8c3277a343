import { type Batch, startBatch } from './batch.ts';
import { describe } from './describe.ts';
import { make, part } from './elements.ts';
import type { Match } from './match.ts';
import { nameOf } from './plain-text.ts';
import type { Checked, Session } from './session.ts';
import type { Tongue } from './tongue.ts';

/** What was found, and what was not, below the inputs, the newest first; `summary` says in one sentence what came since the last one. */
export type Results = { checked(result: Checked): void; failed(name: string): void; summary(stopped: boolean): Summary };
/** `ofOne`: it says what the one panel says, and is for those who do not see that. */
export type Summary = { text: string; ofOne: boolean };

export function showResults(root: HTMLElement, session: Session, tongue: Tongue): Results {
  const { say } = tongue;
  const [whole, batches] = [part(root, 'results', HTMLElement), part(root, 'batches', HTMLElement)];
  const earlier = make('h3', { class: 'earlier' }, say('check.results.earlier'));
  let open: Batch | null = null;

  // A panel that came before must never be read as the answer to what was dropped last.
  function begin(): Batch {
    const batch = startBatch(session, tongue);
    whole.hidden = false;
    batches.prepend(batch.root, ...(batches.childElementCount > 0 ? [earlier] : []));
    return batch;
  }

  return {
    checked(result) {
      open ??= begin();
      open.add(result);
    },
    failed(name) {
      open ??= begin();
      open.fail(name);
    },
    summary(stopped) {
      const [results, unread] = [open?.results ?? [], open?.unread() ?? 0];
      open = null;
      const [only] = results;
      const ofOne = only !== undefined && results.length === 1 && unread === 0;
      const said = ofOne ? sentence(only, tongue) : totals(results, unread, tongue);
      return { text: stopped ? `${say('check.stopped')} ${said}` : said, ofOne };
    },
  };
}

function sentence(result: Checked, tongue: Tongue): string {
  const { say, absent } = tongue;
  const value = result.matches.map((match) => spoken(match, tongue)).join(' ') || `${say('check.absent.title')}. ${absent}`;
  return say('check.labelled', { label: nameOf(result, tongue), value });
}

function spoken(match: Match, tongue: Tongue): string {
  const { heading, warning, facts } = describe(match, tongue);
  const [finding] = facts;
  const value = finding ? tongue.say('check.labelled', { label: finding.label, value: finding.lines.join(' ') }) : '';
  return [`${heading}.`, ...(warning ? [warning] : []), value].join(' ');
}

/** How many there were of each; what there was none of goes unsaid. */
function totals(results: readonly Checked[], unread: number, { say, count }: Tongue): string {
  const best = (how: Match['how'] | undefined): number => results.filter(({ matches }) => matches[0]?.how === how).length;
  const sums: readonly (readonly [string, number])[] = [
    ['exact', best('exact')],
    ['text', best('text')],
    ['overlap', best('overlap')],
    ['absent', best(undefined)],
    ['unread', unread],
  ];
  const said = (what: string, sum: number): string => say(`check.summary.${what}`, { count: count(sum) });
  return [said('checked', results.length), ...sums.filter(([, sum]) => sum > 0).map(([what, sum]) => said(what, sum))].join(' ');
}
