import { watchNewer } from './newer.ts';

/** Comfort only: relative times beside absolute ones, a button that copies the citation, and a line when a statement has a newer version. */
const { lang } = document.documentElement;
const relative = new Intl.RelativeTimeFormat(lang, { numeric: 'auto' });
const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

function relativeText(at: number): string {
  const seconds = Math.round((at - Date.now()) / 1_000);
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  return relative.format(Math.trunc(seconds / size), unit);
}

function showTimes(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
    const at = Date.parse(time.dateTime);
    if (Math.abs(at - Date.now()) > 30 * 86_400_000) continue;
    const beside = time.querySelector('small') ?? time.appendChild(document.createElement('small'));
    beside.textContent = ` · ${relativeText(at)}`;
  }
}

for (const box of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  if (!('clipboard' in navigator)) break;
  const { copy = '', copied = '' } = box.dataset;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = copy;
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(box.textContent.trim());
    status.textContent = copied;
  });
  box.after(button, status);
}

showTimes();
setInterval(showTimes, 60_000);

const newer = document.querySelector<HTMLElement>('[data-newer]');
if (newer && window === window.top) watchNewer(newer);
