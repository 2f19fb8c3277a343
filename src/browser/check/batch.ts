import { make } from './elements.ts';
import { absentLine, foundPanel } from './panel.ts';
import type { Checked, Session } from './session.ts';
import type { Tongue } from './tongue.ts';

/** What was dropped, chosen or pasted at one time, and what came of it, as one part of the page. */
export type Batch = {
  root: HTMLElement;
  results: readonly Checked[];
  unread(): number;
  add(result: Checked): void;
  fail(name: string): void;
};

/** A list as long as a folder helps nobody: the rest is counted here, and stands in the copied text. */
const mostLines = 200;
const openUpTo = 5;

export function startBatch(session: Session, tongue: Tongue): Batch {
  const root = make('div', { class: 'batch' });
  const results: Checked[] = [];
  const found = make('ol', { class: 'found' });
  let [absent, unread]: [AbsentList | null, UnreadList | null] = [null, null];
  return {
    root,
    results,
    unread: () => unread?.list.childElementCount ?? 0,
    add(result) {
      results.push(result);
      if (result.matches.length > 0) {
        found.append(foundPanel(result, session, tongue));
        if (found.parentElement === null) root.prepend(found);
        return;
      }
      absent ??= startAbsent(root, tongue);
      absent.add(absentLine(result, session, tongue));
    },
    fail(name) {
      unread ??= startUnread(root, tongue);
      unread.list.append(make('li', { class: 'file' }, name));
    },
  };
}

type AbsentList = { add(line: HTMLElement): void };

function startAbsent(root: HTMLElement, { say, count, absent }: Tongue): AbsentList {
  const title = make('b', {});
  const list = make('ul', { class: 'files', 'data-part': 'absent-list' });
  const all = make('details', { class: 'panel absent', 'data-part': 'absent' }, make('summary', {}, title), make('p', {}, absent), list);
  root.append(all);
  let lines = 0;
  return {
    add(line) {
      lines += 1;
      all.open = lines <= openUpTo;
      title.textContent = say('check.absent.count', { count: count(lines) });
      if (lines <= mostLines) list.append(line);
      if (lines === mostLines + 1) list.append(make('li', {}, say('check.absent.rest')));
    },
  };
}

type UnreadList = { list: HTMLElement };

function startUnread(root: HTMLElement, { say }: Tongue): UnreadList {
  const list = make('ul', { class: 'files', 'data-part': 'unread-list' });
  const title = make('h3', {}, say('check.results.unread'));
  root.append(make('section', { class: 'panel', 'data-part': 'unread' }, title, make('p', {}, say('check.results.unreadHint')), list));
  return { list };
}
