import { Worker } from 'node:worker_threads';
import { OnrecordError } from '../errors.ts';

export type MarkdownTask = { id: number; text: string };
export type MarkdownAnswer = { id: number; html: string } | { id: number; refusal: 'too_long' | 'bad_text' };

/** Renders Markdown away from the main thread, one text after the other; a text that takes a second is refused and its worker is gone. */
export type MarkdownGate = {
  /** Safe HTML. @throws OnrecordError `too_long`, `bad_text`, `busy` */
  render(text: string): Promise<string>;
  close(): Promise<void>;
};

type Job = { id: number; text: string; resolve(html: string): void; reject(error: OnrecordError): void };

const patienceMs = 1_000;
const longestQueue = 5_000;
const limits = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };

export function openMarkdownGate(): MarkdownGate {
  const queue: Job[] = [];
  let worker: Worker | null = null;
  let isUp = false;
  let inHand: { job: Job; timer: NodeJS.Timeout } | null = null;
  let count = 0;
  let closed = false;

  /** Null: the worker died or was ended before it answered. */
  function settle(answer: MarkdownAnswer | null): void {
    if (inHand === null) return;
    const { job, timer } = inHand;
    clearTimeout(timer);
    inHand = null;
    if (answer !== null && 'html' in answer) job.resolve(answer.html);
    else job.reject(new OnrecordError(answer?.refusal ?? 'bad_text', answer ? 'a text was refused' : 'a text took too long'));
  }

  function hire(): void {
    isUp = false;
    const hired = new Worker(new URL('./markdown-worker.ts', import.meta.url), { resourceLimits: limits });
    worker = hired;
    hired.on('message', (message: MarkdownAnswer | 'up') => {
      if (worker !== hired) return;
      if (message === 'up') isUp = true;
      else if (message.id === inHand?.job.id) settle(message);
      next();
    });
    hired.on('error', () => dismiss(hired));
    hired.on('exit', () => dismiss(hired));
  }

  /** Also where a worker dies by itself: out of memory or stack. One that never came up takes the waiting texts with it. */
  function dismiss(from: Worker): void {
    if (worker !== from) return;
    worker = null;
    void from.terminate();
    if (!isUp) refuseAll('the Markdown worker does not start');
    settle(null);
    next();
  }

  /** An idle worker does not keep the process alive. */
  function next(): void {
    if (inHand !== null || closed) return;
    if (queue.length === 0) {
      worker?.unref();
      return;
    }
    if (worker === null) hire();
    worker?.ref();
    const current = worker;
    const job = isUp ? queue.shift() : undefined;
    if (job === undefined || current === null) return;
    inHand = { job, timer: setTimeout(() => dismiss(current), patienceMs) };
    current.postMessage({ id: job.id, text: job.text } satisfies MarkdownTask);
  }

  function refuseAll(message: string): void {
    for (const { reject } of queue.splice(0)) reject(new OnrecordError('busy', message));
  }

  return {
    render(text) {
      if (closed || queue.length >= longestQueue) return Promise.reject(new OnrecordError('busy', 'the Markdown gate takes no more texts'));
      return new Promise((resolve, reject) => {
        count += 1;
        queue.push({ id: count, text, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      const last = worker;
      worker = null;
      refuseAll('the Markdown gate is closed');
      settle(null);
      await last?.terminate();
    },
  };
}
