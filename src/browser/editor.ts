import { startPresence } from './presence.ts';

/** Comfort for the edit form: saves while somebody types and keeps the readiness list up to date. Without it every button still works. */

type Line = { field: string; where: string; words: string; wayOut: string; rule: string; start: number; end: number };
type Saved = { revision: number; hash: string; savedAt: string; issues: Line[]; warnings: Line[] };

const idleMs = 5_000;

function start(form: HTMLFormElement): void {
  const state = form.querySelector<HTMLElement>('[data-save-state]');
  const list = document.querySelector<HTMLElement>('[data-readiness]');
  let timer = 0;
  let isSaving = false;
  let isDirty = false;
  let isStopped = false;
  let waiting: HTMLElement | null | undefined;

  const say = (name: string, time = ''): void => {
    if (state) state.textContent = (state.dataset[name] ?? '').replace('{time}', time);
  };

  const save = async (): Promise<void> => {
    if (isSaving || isStopped || !isDirty) return;
    isSaving = true;
    isDirty = false;
    say('saving');
    try {
      // One request in flight; a later change waits for the answer, which brings the revision it builds on.
      const body = new URLSearchParams([...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]));
      const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' }, redirect: 'error' });
      if (answer.ok) take(await answer.json());
      else if (answer.status === 409) stop('conflict');
      else fail(answer.headers.get('content-type')?.includes('json') ? await answer.json() : null);
    } catch {
      isDirty = true;
      say('offline');
    }
    isSaving = false;
    if (waiting !== undefined) form.requestSubmit(waiting);
    else if (isDirty && !isStopped) plan();
  };

  const take = (saved: Saved): void => {
    for (const name of ['revision', 'hash'] as const) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = String(saved[name]);
    }
    const pending = document.querySelector<HTMLElement>('[data-not-yet]');
    if (pending) pending.textContent = pending.dataset.notYet ?? '';
    say('saved', new Date(saved.savedAt).toLocaleTimeString(document.documentElement.lang));
    if (list) list.replaceChildren(...lines(saved, list.dataset.ready ?? ''));
  };

  const stop = (name: string): void => {
    isStopped = true;
    say(name);
  };

  /** Refused for what was typed: the words stay here, the full form answers with the field. */
  const fail = (refusal: { issues: { field: string }[] } | null): void => {
    say('unsaved');
    const [issue] = refusal?.issues ?? [];
    const place = issue && document.getElementById(`f-${issue.field.replaceAll('.', '-')}`);
    const words =
      place?.closest('fieldset')?.querySelector('legend')?.textContent ??
      (place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement ? place.labels?.[0]?.textContent : null);
    if (state && words) state.textContent += ` (${words})`;
  };

  const plan = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(save, idleMs);
  };

  form.addEventListener('input', () => {
    isDirty = true;
    if (!isStopped) {
      say('unsaved');
      plan();
    }
  });
  form.addEventListener('focusout', () => void save());
  form.addEventListener('submit', (event) => {
    // A save in flight brings the revision that this form has to carry: wait for it, or the form would conflict with itself.
    if (isSaving) {
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    isStopped = true;
    clearTimeout(timer);
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || (event.key !== 's' && event.key !== 'Enter')) return;
    event.preventDefault();
    if (event.key === 's') void save();
    else form.requestSubmit(form.querySelector<HTMLButtonElement>('button[value=submission]'));
  });
}

function lines({ issues, warnings }: Saved, ready: string): Node[] {
  if (issues.length === 0 && warnings.length === 0) {
    const note = document.createElement('p');
    note.className = 'ready';
    note.textContent = ready;
    return [note];
  }
  return [list(issues, ''), list(warnings, 'warnings')].filter((node) => node.childElementCount > 0);
}

function list(items: Line[], name: string): HTMLElement {
  const node = document.createElement('ul');
  node.className = name;
  for (const { field, where, words, wayOut, rule, start, end } of items) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#f-${field
      .replace(/^findings\.(\w-\d+)\..*$/, 'findings-$1')
      .replace(/^item\./, '')
      .replaceAll('.', '-')}`;
    link.textContent = where;
    if (end > 0) Object.assign(link.dataset, { start, end });
    item.append(link, ` — ${words}`);
    if (rule) item.append(' ', note('tag', rule));
    if (wayOut) item.append(' ', note('way-out', wayOut));
    node.append(item);
  }
  return node;
}

function note(name: string, words: string): HTMLElement {
  const node = document.createElement('span');
  node.className = name;
  node.textContent = words;
  return node;
}

/** A link to a place in a text selects it there, so that the eye lands on the words that are meant. */
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[data-end]') : null;
  const place = link && document.getElementById(link.hash.slice(1));
  if (!(place instanceof HTMLTextAreaElement || place instanceof HTMLInputElement)) return;
  event.preventDefault();
  place.focus();
  place.setSelectionRange(Number(link?.dataset.start), Number(link?.dataset.end));
});

const form = document.querySelector<HTMLFormElement>('form[data-autosave]');
if (form) start(form);
startPresence();
