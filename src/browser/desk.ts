/** Keys for people who live on the desk. Single keys wait while somebody types, and can be switched off in the list that `?` opens. */

const storageKey = 'onrecord-single-keys';
const list = document.querySelector<HTMLDialogElement>('dialog[data-keys]');
const opener = document.querySelector<HTMLButtonElement>('[data-keys-open]');
const choice = document.querySelector<HTMLInputElement>('[data-keys-single]');
/** Long enough for hands that are slow. */
const chordMs = 5_000;

const isOn = (): boolean => localStorage.getItem(storageKey) !== 'off';

/** The focus may stand in the list for a moment after it has closed. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLElement && target.closest('dialog:not([open])')) return false;
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, dialog[open]') !== null);
}

function go(name: string): void {
  document.querySelector<HTMLAnchorElement>(`.desk-nav a[data-go=${name}]`)?.click();
}

function find(): void {
  const box = document.querySelector<HTMLInputElement>('[data-find]');
  if (box) box.focus();
  else location.assign('/desk#find');
}

let chordAt = Number.NEGATIVE_INFINITY;

function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !isOn()) return;
  const isChord = event.timeStamp - chordAt < chordMs;
  chordAt = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY;
  const acts: Record<string, () => void> = { n: () => go('new'), '/': find, '?': () => list?.showModal(), ...(isChord && { d: () => go('desk') }) };
  const act = acts[event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

if (list && opener && choice) {
  opener.hidden = false;
  opener.addEventListener('click', () => list.showModal());
  choice.checked = isOn();
  choice.addEventListener('change', () => localStorage.setItem(storageKey, choice.checked ? 'on' : 'off'));
  document.addEventListener('keydown', press);
  if (location.hash === '#find') find();
}
