import { describe } from './describe.ts';
import { make, part } from './elements.ts';
import type { Match } from './match.ts';
import { absentLine, foundPanel } from './panel.ts';
import { nameOf, notListed } from './plain-text.ts';
import type { Checked, Session } from './session.ts';
import type { Tongue } from './tongue.ts';

/** What was found, and what was not, below the inputs; `summary` says in one sentence what came since the last one. */
export type Results = { checked(result: Checked): void; failed(name: string): void; summary(stopped: boolean): Summary };
/** `ofOne`: it says what the one panel says, and is for those who do not see that. */
export type Summary = { text: string; ofOne: boolean };

/** A list as long as a folder helps nobody: the rest is counted here, and stands in the copied text. */
const mostLines = 200;
const openUpTo = 5;

export function showResults(root: HTMLElement, session: Session, tongue: Tongue): Results {
  const { say, count } = tongue;
  const [whole, found] = [part(root, 'results', HTMLElement), part(root, 'found', HTMLElement)];
  const absent = {
    all: part(root, 'absent', HTMLDetailsElement),
    title: part(root, 'absent-title', HTMLElement),
    list: part(root, 'absent-list', HTMLElement),
  };
  const unread = { all: part(root, 'unread', HTMLElement), list: part(root, 'unread-list', HTMLElement) };
  part(root, 'absent-means', HTMLElement).textContent = notListed(session, tongue);
  let fresh: { results: Checked[]; unread: number } = { results: [], unread: 0 };
  let absentCount = 0;

  function showAbsent(result: Checked): void {
    absentCount += 1;
    absent.all.hidden = false;
    absent.all.open = absentCount <= openUpTo;
    absent.title.textContent = say('check.absent.count', { count: count(absentCount) });
    if (absentCount <= mostLines) absent.list.append(absentLine(result, session, tongue));
    if (absentCount === mostLines + 1) absent.list.append(make('li', {}, say('check.absent.rest')));
  }

  return {
    checked(result) {
      whole.hidden = false;
      fresh.results.push(result);
      if (result.matches.length > 0) found.append(foundPanel(result, session, tongue));
      else showAbsent(result);
    },
    failed(name) {
      whole.hidden = false;
      unread.all.hidden = false;
      unread.list.append(make('li', { class: 'file' }, name));
      fresh.unread += 1;
    },
    summary(stopped) {
      const { results, unread: unreadable } = fresh;
      fresh = { results: [], unread: 0 };
      const [only] = results;
      const ofOne = only !== undefined && results.length === 1 && unreadable === 0;
      const said = ofOne ? sentence(only, session, tongue) : totals(results, unreadable, tongue);
      return { text: stopped ? `${say('check.stopped')} ${said}` : said, ofOne };
    },
  };
}

function sentence(result: Checked, session: Session, tongue: Tongue): string {
  const { say } = tongue;
  const value = result.matches.map((match) => spoken(match, tongue)).join(' ') || `${say('check.absent.title')}. ${notListed(session, tongue)}`;
  return say('check.labelled', { label: nameOf(result, tongue), value });
}

function spoken(match: Match, tongue: Tongue): string {
  const { heading, warning, facts } = describe(match, tongue);
  const [finding] = facts;
  const value = finding ? tongue.say('check.labelled', { label: finding.label, value: finding.lines.join(' ') }) : '';
  return [`${heading}.`, ...(warning ? [warning] : []), value].join(' ');
}

function totals(results: readonly Checked[], unread: number, { say, count }: Tongue): string {
  const best = (how: Match['how'] | undefined): string => count(results.filter(({ matches }) => matches[0]?.how === how).length);
  const values = {
    checked: count(results.length),
    exact: best('exact'),
    text: best('text'),
    overlap: best('overlap'),
    absent: best(undefined),
    unread: count(unread),
  };
  return say('check.summary', values);
}
