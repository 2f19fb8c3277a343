import { type ResourceLimits, Worker } from 'node:worker_threads';
import { OnrecordError, type RefusalCode } from '../errors.ts';

/** What goes to the worker of a gate, and what comes back; once it can take tasks it says `up`. */
export type GateTask<Task> = { id: number; task: Task };
export type GateAnswer<Answer> = { id: number; answer: Answer };

/** Work away from the main thread, one task after the other; what takes too long is refused and its worker is gone. */
export type WorkerGate<Task, Answer> = {
  /** `late`: what is said of a task that is not done in time. @throws OnrecordError `late`, `busy` */
  ask(task: Task, late: RefusalCode): Promise<Answer>;
  close(): Promise<void>;
};
/** `idleMs`: after this long without a task the worker goes, with its memory; null: it stays, so that the next task need not wait for one. */
export type GateOptions = { script: URL; limits: ResourceLimits; patienceMs: number; longestQueue: number; idleMs: number | null };

type Job<Task, Answer> = { id: number; task: Task; late: RefusalCode; resolve(answer: Answer): void; reject(error: OnrecordError): void };

/** A worker that does not come up in this time is given up, and the tasks that wait for it. */
const startsWithinMs = 60_000;

/**
 * Workers that were up and idle as their gate closed, with their scripts: what opens next, as a server does after the demonstration was made,
 * need not load one again.
 */
const spare = new Map<Worker, { script: string; timer: NodeJS.Timeout }>();
const [mostSpare, spareForMs] = [6, 10_000];

function takeSpare({ href }: URL): Worker | null {
  const [worker] = [...spare].find(([, { script }]) => script === href) ?? [];
  if (worker === undefined) return null;
  clearTimeout(spare.get(worker)?.timer);
  spare.delete(worker);
  return withoutListeners(worker);
}

async function keepSpare({ href }: URL, worker: Worker): Promise<void> {
  withoutListeners(worker);
  if (spare.size >= mostSpare) {
    await worker.terminate();
    return;
  }
  const forget = (): void => {
    clearTimeout(timer);
    spare.delete(worker);
    void worker.terminate();
  };
  const timer = setTimeout(forget, spareForMs).unref();
  spare.set(worker.on('error', forget).on('exit', forget), { script: href, timer });
  worker.unref();
}

/** By name: a worker has listeners of its own among them. */
function withoutListeners(worker: Worker): Worker {
  for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event);
  return worker;
}

export function openWorkerGate<Task, Answer>({ script, limits, patienceMs, longestQueue, idleMs }: GateOptions): WorkerGate<Task, Answer> {
  const queue: Job<Task, Answer>[] = [];
  let worker: Worker | null = null;
  let isUp = false;
  let inHand: { job: Job<Task, Answer>; timer: NodeJS.Timeout } | null = null;
  let idle: NodeJS.Timeout | undefined;
  let count = 0;
  let closed = false;

  /** Null: the worker died or was ended before it answered. */
  function settle(message: GateAnswer<Answer> | null): void {
    if (inHand === null) return;
    const { job, timer } = inHand;
    clearTimeout(timer);
    inHand = null;
    if (message === null) job.reject(new OnrecordError(job.late, 'a task took too long'));
    else job.resolve(message.answer);
  }

  function hire(): void {
    const known = takeSpare(script);
    isUp = known !== null;
    // Without the options of the process: what watches or tests that has no business in here, and takes longer to load than the work.
    const hired = known ?? new Worker(script, { resourceLimits: limits, execArgv: [] });
    worker = hired;
    const late = isUp ? undefined : setTimeout(() => dismiss(hired), startsWithinMs).unref();
    hired.on('message', (message: GateAnswer<Answer> | 'up') => {
      if (worker !== hired) return;
      if (message === 'up') {
        isUp = true;
        clearTimeout(late);
      } else if (message.id === inHand?.job.id) settle(message);
      next();
    });
    hired.on('error', () => dismiss(hired));
    hired.on('exit', () => dismiss(hired));
  }

  /** Also where a worker dies by itself: out of memory or stack. One that never came up takes the waiting tasks with it. */
  function dismiss(from: Worker): void {
    if (worker !== from) return;
    worker = null;
    void from.terminate();
    if (!isUp) refuseAll('the worker does not start');
    settle(null);
    next();
  }

  /** An idle worker does not keep the process alive. */
  function next(): void {
    if (inHand !== null || closed) return;
    clearTimeout(idle);
    if (queue.length === 0) {
      worker?.unref();
      if (idleMs !== null) idle = setTimeout(leave, idleMs).unref();
      return;
    }
    if (worker === null) hire();
    worker?.ref();
    const current = worker;
    const job = isUp ? queue.shift() : undefined;
    if (job === undefined || current === null) return;
    inHand = { job, timer: setTimeout(() => dismiss(current), patienceMs) };
    current.postMessage({ id: job.id, task: job.task } satisfies GateTask<Task>);
  }

  function leave(): void {
    const last = worker;
    worker = null;
    void last?.terminate();
  }

  function refuseAll(message: string): void {
    for (const { reject } of queue.splice(0)) reject(new OnrecordError('busy', message));
  }

  return {
    ask(task, late) {
      if (closed || queue.length >= longestQueue) return Promise.reject(new OnrecordError('busy', 'the gate takes no more tasks'));
      return new Promise((resolve, reject) => {
        count += 1;
        queue.push({ id: count, task, late, resolve, reject });
        next();
      });
    },
    async close() {
      closed = true;
      clearTimeout(idle);
      const last = worker;
      const isIdle = isUp && inHand === null;
      worker = null;
      refuseAll('the gate is closed');
      settle(null);
      if (last) await (isIdle ? keepSpare(script, last) : last.terminate());
    },
  };
}
