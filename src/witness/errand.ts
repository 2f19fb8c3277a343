import type { Logger } from 'pino';

/** Something to be fetched from outside the house: at most once at a time, and later and later while it fails. Nothing ever waits for it. */
export type Errand = {
  /** Sets out if it is due, not under way, and not too soon after a failure. */
  goIfDue(): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
};

export type ErrandOptions = {
  /** Where to, for the log. */
  to: string;
  isDue(): boolean;
  run(): Promise<void>;
  now(): number;
  random(n: number): Buffer;
  log: Pick<Logger, 'warn'>;
};

const firstDelayMs = 5_000;
const longestDelayMs = 5 * 60_000;

export function createErrand({ to, isDue, run, now, random, log }: ErrandOptions): Errand {
  let failures = 0;
  let notBefore = 0;
  let underWay: Promise<void> | null = null;

  async function go(): Promise<void> {
    try {
      await run();
      failures = 0;
    } catch (error) {
      failures += 1;
      const delay = delayAfter(failures, random);
      notBefore = now() + delay;
      log.warn({ err: error, to, failures, againInSeconds: Math.round(delay / 1_000) }, 'nothing came back from outside');
    } finally {
      underWay = null;
    }
  }

  return {
    goIfDue: () => {
      if (underWay === null && now() >= notBefore && isDue()) underWay = go();
    },
    settled: async () => {
      await underWay;
    },
  };
}

/** Doubles up to five minutes; half of it is chance, so that many do not come back at once. */
function delayAfter(failures: number, random: (n: number) => Buffer): number {
  const longest = Math.min(firstDelayMs * 2 ** (failures - 1), longestDelayMs);
  return longest / 2 + (longest / 2) * (random(2).readUInt16BE() / 0x1_0000);
}
