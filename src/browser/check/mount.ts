import { chosenFiles, droppedFiles } from './dropped.ts';
import { part } from './elements.ts';
import type { Progress } from './file-queue.ts';
import { copyButton } from './panel.ts';
import { textOfAll } from './plain-text.ts';
import { showResults } from './results.ts';
import type { Session } from './session.ts';
import type { Tongue } from './tongue.ts';

/** Puts the check to work in a part of the page: inputs into the session, what comes of them onto the page. */
export function mount(root: HTMLElement, session: Session, tongue: Tongue): void {
  const { say, count } = tongue;
  const tool = part(root, 'tool', HTMLElement);
  const work = part(root, 'work', HTMLElement);
  const [status, label] = [part(root, 'status', HTMLElement), part(root, 'label', HTMLElement)];
  const [overall, single] = [part(root, 'overall', HTMLProgressElement), part(root, 'single', HTMLProgressElement)];
  const [all, broken] = [part(root, 'all', HTMLElement), part(root, 'unavailable', HTMLElement)];
  const results = showResults(root, session, tongue);

  session.watch({
    progress({ files, filesDone, bytes, bytesDone, current }: Progress) {
      work.hidden = false;
      setProgress(overall, bytesDone, bytes);
      setProgress(single, current?.done ?? 0, current?.total ?? 0);
      label.textContent = say('check.progress', { number: count(Math.min(filesDone + 1, files)), files: count(files), name: current?.name ?? '' });
      if (filesDone === 0 && bytesDone === 0 && current === null) status.textContent = say('check.started', { files: count(files) });
    },
    checked: results.checked,
    failed: results.failed,
    finished(stopped) {
      work.hidden = true;
      if (!broken.hidden) return;
      all.hidden = session.results().length < 2;
      const { text, ofOne } = results.summary(stopped);
      status.textContent = text;
      status.classList.toggle('hidden', ofOne);
      // On a telephone the answer would stand below what is seen; the focus stays where it is.
      if (!root.closest('[hidden]')) (ofOne ? part(root, 'results', HTMLElement) : status).scrollIntoView({ block: 'start' });
    },
    unavailable() {
      work.hidden = true;
      broken.hidden = false;
      status.textContent = say('check.unavailable');
    },
  });
  part(root, 'stop', HTMLButtonElement).addEventListener('click', session.stop);
  all.append(...copyButton(say('check.copyAll'), () => textOfAll(session.results(), session, tongue), tongue));
  listenToFiles(root, session, status, say('check.reading'), results.failed);
  listenToPasted(root, session, tongue);
  tool.hidden = false;
}

function setProgress(bar: HTMLProgressElement, value: number, max: number): void {
  bar.max = Math.max(max, 1);
  bar.value = value;
}

function listenToFiles(root: HTMLElement, session: Session, status: HTMLElement, reading: string, failed: (name: string) => void): void {
  for (const name of ['files', 'folder']) {
    const input = part(root, name, HTMLInputElement);
    // No attribute of HTML, so that it stands here and not in the page.
    input.webkitdirectory = name === 'folder';
    input.addEventListener('change', () => {
      session.files(chosenFiles(input.files));
      // The same file can be chosen again.
      input.value = '';
    });
  }
  const zone = part(root, 'drop', HTMLElement);
  // Wherever on the page a file is let go, the browser must not open it in the page's place.
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    zone.classList.toggle('over', event.type === 'dragover');
  };
  for (const type of ['dragover', 'dragleave', 'drop'] as const) document.addEventListener(type, over);
  document.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.types.includes('Files') || root.closest('[hidden]')) return;
    status.textContent = reading;
    void droppedFiles(event.dataTransfer).then(({ files, unread }) => {
      for (const name of unread) failed(name);
      session.files(files);
    });
  });
}

function listenToPasted(root: HTMLElement, session: Session, { say }: Tongue): void {
  const [text, digest] = [part(root, 'text', HTMLTextAreaElement), part(root, 'digest', HTMLInputElement)];
  const [textError, digestError] = [part(root, 'text-error', HTMLElement), part(root, 'digest-error', HTMLElement)];
  part(root, 'text-check', HTMLButtonElement).addEventListener('click', async () => {
    const outcome = await session.text(text.value);
    complain(text, textError, outcome === 'too_short' || outcome === 'too_long' ? say(`check.text.${outcome}`) : '');
  });
  const check = (): void => complain(digest, digestError, session.digest(digest.value) ? '' : say('check.digest.wrong'));
  part(root, 'digest-check', HTMLButtonElement).addEventListener('click', check);
  digest.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') check();
  });
}

/** An empty text is no complaint. */
function complain(field: HTMLInputElement | HTMLTextAreaElement, place: HTMLElement, text: string): void {
  place.textContent = text;
  if (text === '') {
    field.removeAttribute('aria-invalid');
    return;
  }
  field.setAttribute('aria-invalid', 'true');
  field.focus();
}
