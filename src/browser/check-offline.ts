import { blockText, startCheck } from './check/check.ts';

/** The script of the offline copy: the worker comes out of the page, and languages change in place. */
const source: string = JSON.parse(blockText('worker'));
startCheck(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));

function show(language: string): void {
  document.documentElement.lang = language;
  for (const part of document.querySelectorAll<HTMLElement>('body > [lang]')) part.hidden = part.lang !== language;
  document.querySelector<HTMLElement>(`body > [lang=${language}] h1`)?.focus();
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-language]'))
  button.addEventListener('click', () => show(button.dataset.language ?? document.documentElement.lang));
