import { OnrecordError } from '../errors.ts';

/** Runs one work after the other. More than `limit` waiting is `busy`. */
export type Queue = { run<T>(work: () => Promise<T>): Promise<T>; idle(): Promise<unknown> };
/** One queue for each key; works of different keys run side by side. */
export type Queues = { run<T>(key: string, work: () => Promise<T>): Promise<T>; idle(): Promise<unknown> };

const limit = 1_000;

/** A queue for durable writes: once one had an unknown outcome (`store_poisoned`), every later one is refused with it. */
export function createWriteQueue(): Queue {
  const queue = createQueue();
  let poison: OnrecordError | null = null;
  const run = <T>(work: () => Promise<T>): Promise<T> =>
    queue.run(async () => {
      if (poison) throw new OnrecordError(poison.code, poison.message, { cause: poison.cause });
      try {
        return await work();
      } catch (error) {
        if (error instanceof OnrecordError && error.code === 'store_poisoned') poison = error;
        throw error;
      }
    });
  return { run, idle: queue.idle };
}

export function createQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const run = async <T>(work: () => Promise<T>): Promise<T> => {
    if (waiting >= limit) throw new OnrecordError('busy', `${waiting} changes are waiting`);
    waiting += 1;
    const result = last.then(work);
    last = result.catch(() => {});
    return result.finally(() => {
      waiting -= 1;
    });
  };
  return { run, idle: () => last };
}

export function createQueues(): Queues {
  const queues = new Map<string, { queue: Queue; users: number }>();
  const run = async <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const slot = queues.get(key) ?? { queue: createQueue(), users: 0 };
    queues.set(key, slot);
    slot.users += 1;
    try {
      return await slot.queue.run(work);
    } finally {
      slot.users -= 1;
      if (slot.users === 0) queues.delete(key);
    }
  };
  return { run, idle: () => Promise.all([...queues.values()].map(({ queue }) => queue.idle())) };
}
