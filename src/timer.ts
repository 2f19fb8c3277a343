import type { Logger } from 'pino';

export type Timer = { start(): void; runNow(): Promise<void>; stop(): Promise<void> };

const everyMs = 1_000;

/** Runs `work` each second, never twice at a time; a run that fails is logged and the next one tries again. */
export function startTimer(work: () => Promise<void>, log: Logger): Timer {
  let handle: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  const runNow = (): Promise<void> => {
    running = running.then(() => (isStopped ? undefined : work()));
    const done = running;
    running = running.catch(() => undefined);
    return done;
  };
  const next = (): void => {
    if (isStopped) return;
    handle = setTimeout(() => {
      runNow()
        .catch((error: unknown) => log.error({ err: error }, 'the timer failed'))
        .finally(next);
    }, everyMs);
  };
  return {
    start: next,
    runNow,
    stop: async () => {
      isStopped = true;
      if (handle) clearTimeout(handle);
      await running;
    },
  };
}
