import { Worker } from 'node:worker_threads';
import { OnrecordError, type RefusalCode } from '../errors.ts';
import type { VersionDiff } from '../statement/diff.ts';
import type { Language, SignedVersion } from '../statement/schema.ts';

type Comparison = { before: SignedVersion; after: SignedVersion; language: Language };
export type MarkdownTask = { id: number } & ({ text: string } | Comparison);
export type MarkdownAnswer = { id: number } & ({ html: string } | { diff: VersionDiff } | { refusal: 'too_long' | 'bad_text' });

/** Renders Markdown and compares texts away from the main thread, one after the other; what takes a second is refused and its worker is gone. */
export type MarkdownGate = {
  /** Safe HTML. @throws OnrecordError `too_long`, `bad_text`, `busy` */
  render(text: string): Promise<string>;
  /** The difference of two versions in one language. @throws OnrecordError `busy`, also when it takes too long */
  diff(before: SignedVersion, after: SignedVersion, language: Language): Promise<VersionDiff>;
  close(): Promise<void>;
};

/** `late`: what is said of a task that cannot be done in time. */
type Job = { task: MarkdownTask; late: RefusalCode; resolve(answer: MarkdownAnswer): void; reject(error: OnrecordError): void };

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
    if (answer === null) job.reject(new OnrecordError(job.late, 'a text took too long'));
    else if ('refusal' in answer) job.reject(new OnrecordError(answer.refusal, 'a text was refused'));
    else job.resolve(answer);
  }

  function hire(): void {
    isUp = false;
    const hired = new Worker(new URL('./markdown-worker.ts', import.meta.url), { resourceLimits: limits });
    worker = hired;
    hired.on('message', (message: MarkdownAnswer | 'up') => {
      if (worker !== hired) return;
      if (message === 'up') isUp = true;
      else if (message.id === inHand?.job.task.id) settle(message);
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
    current.postMessage(job.task);
  }

  function refuseAll(message: string): void {
    for (const { reject } of queue.splice(0)) reject(new OnrecordError('busy', message));
  }

  function ask<Value>(task: { text: string } | Comparison, late: RefusalCode, read: (answer: MarkdownAnswer) => Value | undefined): Promise<Value> {
    if (closed || queue.length >= longestQueue) return Promise.reject(new OnrecordError('busy', 'the Markdown gate takes no more texts'));
    return new Promise((resolve, reject) => {
      count += 1;
      const give = (answer: MarkdownAnswer): void => {
        const value = read(answer);
        if (value === undefined) reject(new OnrecordError(late, 'the Markdown worker answered something else'));
        else resolve(value);
      };
      queue.push({ task: { id: count, ...task }, late, resolve: give, reject });
      next();
    });
  }

  return {
    render: (text) => ask({ text }, 'bad_text', (answer) => ('html' in answer ? answer.html : undefined)),
    diff: (before, after, language) => ask({ before, after, language }, 'busy', (answer) => ('diff' in answer ? answer.diff : undefined)),
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
