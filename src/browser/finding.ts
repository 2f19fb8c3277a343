import { exactTag } from '../leak/fingerprint/exact.ts';
import { type Fingerprinter, isFingerprintFailure, openFingerprinter } from './fingerprint/fingerprinter.ts';
import type { Prints } from './fingerprint/messages.ts';

/** Fills in fingerprints from files on this device. The inputs have no name: a form never sends a file, nor what it is called. */

type Take = (file: File, prints: Prints) => void;
type Box = {
  input: HTMLInputElement;
  read(files: readonly File[], levels: boolean, take: Take): Promise<number>;
  say(words: string): void;
  words: DOMStringMap;
};

function openBox(box: HTMLElement): Box | null {
  const input = box.querySelector<HTMLInputElement>('input[type=file]');
  const progress = box.querySelector('progress');
  const state = box.querySelector<HTMLElement>('[data-fingerprint-state]');
  if (input === null || progress === null || state === null) return null;
  const fingerprinter: Fingerprinter = openFingerprinter(box.dataset.worker ?? '');
  let current: AbortController | null = null;

  /** How many were read before one could not be; those of an earlier choice that still run are given up. */
  async function read(files: readonly File[], levels: boolean, take: Take): Promise<number> {
    current?.abort();
    const mine = new AbortController();
    current = mine;
    show(0, box.dataset.working ?? '');
    try {
      for (const [index, file] of files.entries()) {
        const onProgress = (done: number, total: number): void => show((index + (total > 0 ? done / total : 1)) / files.length);
        take(file, await fingerprinter.file(file, { signal: mine.signal, onProgress, levels: { text: levels, sketch: levels } }));
      }
      return files.length;
    } catch (error) {
      if (current === mine) say(box.dataset[isFingerprintFailure(error) && error.reason === 'unavailable' ? 'unavailable' : 'failed'] ?? '');
      return 0;
    } finally {
      if (current === mine && progress) progress.hidden = true;
    }
  }
  const show = (share: number, words?: string): void => {
    if (progress) [progress.hidden, progress.value] = [false, share];
    if (words !== undefined) say(words);
  };
  const say = (words: string): void => {
    if (state) state.textContent = words;
  };
  box.hidden = false;
  return { input, read, say, words: box.dataset };
}

/** One file: into the fields of the item's own form. */
function fillItem({ input, read, say, words }: Box, form: HTMLFormElement): void {
  const put = (name: string, value: string | number | null): void => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = String(value ?? '');
  };
  input.addEventListener('change', () =>
    read([...(input.files ?? [])].slice(0, 1), true, (file, { exact, text, sketch, size, mediaType }) => {
      for (const [name, value] of Object.entries({ 'print.exact': exact && exactTag + exact, 'print.text': text, 'print.sketch': sketch, size, mediaType }))
        put(name, value);
      say((words.done ?? '').replace('{name}', file.name) + (text === null ? ` ${words.short ?? ''}` : ''));
      form.dispatchEvent(new Event('input', { bubbles: true }));
    }),
  );
}

/** Many files: a line for each. */
function fillLines({ input, read, say, words }: Box, lines: HTMLTextAreaElement): void {
  input.addEventListener('change', async () => {
    const taken: string[] = [];
    const count = await read([...(input.files ?? [])], false, (_, { exact, size, mediaType }) =>
      taken.push(`${exactTag}${exact} ${size} ${mediaType ?? ''}`.trim()),
    );
    if (count === 0) return;
    lines.value = [lines.value.trim(), ...taken].filter((line) => line !== '').join('\n');
    say((words.done ?? '').replace('{count}', String(count)));
  });
}

function start(selector: string, fill: (box: Box, element: HTMLElement) => void): void {
  const element = document.querySelector<HTMLElement>(selector);
  const box = element && openBox(element);
  if (element && box) fill(box, element);
}

start('[data-fingerprint]', (box, element) => {
  const form = element.closest('form');
  if (form) fillItem(box, form);
});
start('[data-fingerprint-many]', (box, element) => {
  const lines = element.closest('form')?.querySelector('textarea');
  if (lines) fillLines(box, lines);
});
