import { isFingerprintFailure, openFingerprinter } from './fingerprint/fingerprinter.ts';
import type { Prints } from './fingerprint/messages.ts';

/** Fills in the fingerprints of an item from a file on this device. The input has no name: a form never sends the file itself. */

function start(box: HTMLElement, form: HTMLFormElement): void {
  const input = box.querySelector<HTMLInputElement>('input[type=file]');
  const progress = box.querySelector('progress');
  const state = box.querySelector<HTMLElement>('[data-fingerprint-state]');
  if (input === null || progress === null || state === null) return;
  const fingerprinter = openFingerprinter(box.dataset.worker ?? '');
  let current: AbortController | null = null;
  const say = (name: string, values: Record<string, string> = {}): string =>
    (box.dataset[name] ?? '').replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  const put = (name: string, value: string): void => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value;
  };

  const take = (file: File, prints: Prints): void => {
    put('print.exact', prints.exact ?? '');
    put('print.text', prints.text ?? '');
    put('print.sketch', prints.sketch ?? '');
    put('size', String(prints.size ?? ''));
    put('mediaType', prints.mediaType ?? '');
    state.textContent = say('done', { name: file.name }) + (prints.text === null ? ` ${say('short')}` : '');
    form.dispatchEvent(new Event('input', { bubbles: true }));
  };

  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    current?.abort();
    if (file === undefined) return;
    const mine = new AbortController();
    current = mine;
    [progress.hidden, progress.value, state.textContent] = [false, 0, say('working')];
    const onProgress = (done: number, total: number): void => {
      progress.value = total > 0 ? done / total : 1;
    };
    try {
      take(file, await fingerprinter.file(file, { signal: mine.signal, onProgress }));
    } catch (error) {
      if (current === mine) state.textContent = say(isFingerprintFailure(error) && error.reason === 'unavailable' ? 'unavailable' : 'failed');
    } finally {
      if (current === mine) progress.hidden = true;
    }
  });
  box.hidden = false;
}

const box = document.querySelector<HTMLElement>('[data-fingerprint]');
const form = box?.closest('form');
if (box && form) start(box, form);
