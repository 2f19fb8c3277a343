import type { Line } from './issue-list.ts';
import { showIssues } from './issue-list.ts';
import { renewSession } from './session.ts';

type Behind = Partial<Record<string, readonly string[]>>;
type Saved = {
  revision: number;
  hash: string;
  savedAt: string;
  issues: readonly Line[];
  warnings: readonly Line[];
  behind?: Behind;
  behindWords?: Record<string, string>;
};
type Refusal = { code: string; issues: readonly { field: string }[] };

const idleMs = 5_000;

/** Saves five seconds after the last key and when a field is left, one request in flight, and says in words how things stand. */
export function startAutosave(form: HTMLFormElement): void {
  const state = form.querySelector<HTMLElement>('[data-save-state]');
  const list = document.querySelector<HTMLElement>('[data-readiness]');
  const signIn = form.querySelector<HTMLElement>('[data-sign-in]');
  let timer = 0;
  let isSaving = false;
  /** Asked for while another save was on its way: done right after it. */
  let isAskedAgain = false;
  let isDirty = false;
  /** Why no save is sent: until the next key, until somebody signs in again, or never from this page. */
  let hold: null | 'refused' | 'signedOut' | 'stopped' = null;
  let waiting: HTMLElement | null | undefined;

  const say = (name: string, time = ''): void => {
    if (state) state.textContent = (state.dataset[name] ?? '').replace('{time}', time);
    form.dataset.state = name;
  };

  const save = async (): Promise<void> => {
    if (isSaving) isAskedAgain = true;
    if (isSaving || hold !== null || !isDirty) return;
    isSaving = true;
    isAskedAgain = false;
    isDirty = false;
    let isOnline = true;
    say('saving');
    try {
      // One request in flight; a later change waits for the answer, which brings the revision it builds on.
      const body = new URLSearchParams([...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]));
      const answer = await fetch(form.action, { method: 'POST', body, headers: { accept: 'application/json' }, redirect: 'error' });
      if (answer.ok) take(await answer.json());
      else refuse(answer.status, answer.headers.get('content-type')?.includes('json') ? await answer.json() : null);
    } catch {
      isOnline = false;
      isDirty = true;
      say('offline');
    }
    isSaving = false;
    if (waiting !== undefined) form.requestSubmit(waiting);
    else if (isAskedAgain && isOnline) void save();
    else if (isDirty && hold === null) plan();
  };

  const take = (saved: Saved): void => {
    for (const name of ['revision', 'hash'] as const) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = String(saved[name]);
    }
    const pending = document.querySelector<HTMLElement>('[data-not-yet]');
    if (pending) pending.textContent = pending.dataset.notYet ?? '';
    say('saved', new Date(saved.savedAt).toLocaleTimeString(document.documentElement.lang));
    if (list) showIssues(list, saved.issues, saved.warnings);
    showBehind(saved);
    document.querySelector<HTMLIFrameElement>('[data-preview-pane][open] iframe')?.contentWindow?.location.reload();
  };

  const refuse = (status: number, refusal: Refusal | null): void => {
    isDirty = true;
    if (status === 409) {
      hold = 'stopped';
      say('conflict');
    } else if (refusal?.code === 'not_signed_in' || refusal?.code === 'csrf') signedOut('signedOut');
    // The desk is busy or starts again: the next try is on its way.
    else if (status >= 500) say('unsaved');
    else fail(refusal);
  };

  /** The words stay here until the same person is signed in again in this browser. */
  const signedOut = (name: 'signedOut' | 'otherPerson'): void => {
    hold = 'signedOut';
    say(name);
    if (signIn) signIn.hidden = false;
  };

  const comeBack = async (): Promise<void> => {
    if (hold !== 'signedOut') return;
    const found = await renewSession(form.dataset.person ?? '');
    if (found === 'other') return signedOut('otherPerson');
    if (found !== 'same') return;
    hold = null;
    if (signIn) signIn.hidden = true;
    await save();
  };

  /** Refused for what was typed: the words stay here, the full form answers with the field. */
  const fail = (refusal: Refusal | null): void => {
    say('unsaved');
    const [issue] = refusal?.issues ?? [];
    const place = issue && document.getElementById(`f-${issue.field.replaceAll('.', '-')}`);
    const words =
      place?.closest('fieldset')?.querySelector('legend')?.textContent ??
      (place instanceof HTMLInputElement || place instanceof HTMLTextAreaElement ? place.labels?.[0]?.textContent : null);
    if (state && words) state.textContent += ` (${words})`;
    hold = refusal?.code === 'wrong_state' || refusal?.code === 'role_missing' ? 'stopped' : 'refused';
  };

  const plan = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(save, idleMs);
  };

  form.addEventListener('input', () => {
    isDirty = true;
    if (hold === 'refused') hold = null;
    if (hold !== null) return;
    say('unsaved');
    plan();
  });
  form.addEventListener('focusout', () => void save());
  form.addEventListener('submit', (event) => {
    // A save in flight brings the revision that this form has to carry: wait for it, or the form would conflict with itself.
    if (isSaving) {
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    hold = 'stopped';
    isDirty = false;
    clearTimeout(timer);
  });
  window.addEventListener('focus', () => void comeBack());
  document.addEventListener('visibilitychange', () => void (document.visibilityState === 'visible' && comeBack()));
  window.addEventListener('beforeunload', (event) => {
    if (isDirty || isSaving) event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || (event.key !== 's' && event.key !== 'Enter')) return;
    event.preventDefault();
    if (event.key === 's') void save();
    else form.requestSubmit(form.querySelector<HTMLButtonElement>('button[value=submission]'));
  });
}

function showBehind({ behind = {}, behindWords = {} }: Saved): void {
  for (const line of document.querySelectorAll<HTMLElement>('[data-behind-line]')) line.textContent = behindWords[line.dataset.behindLine ?? ''] ?? '';
  for (const tag of document.querySelectorAll<HTMLElement>('[data-behind]')) {
    const [, language = '', field = ''] = (tag.dataset.behind ?? '').split('.');
    tag.hidden = !(behind[language] ?? []).includes(field);
  }
}
