import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Health } from './http/operations-site.ts';

export type HealthWatch = { health(): Promise<Health>; stopBeingReady(): void };

const longestWriteMs = 1_000;
const leastFree = 0.05;

/** Whether this process can publish now: the store is sound, a small write reaches the disk, and the database where there is one, within a second, 5 % of the disk is free. */
export function watchHealth(
  directory: string,
  troubleNow: () => string | null,
  warningsNow: () => readonly string[] = () => [],
  reachDatabase: (() => Promise<unknown>) | null = null,
): HealthWatch {
  let isEnding = false;
  let asked: Promise<Health> | null = null;
  const look = async (): Promise<Health> => {
    const trouble = troubleNow();
    const reasons = [...(isEnding ? ['ending'] : []), ...(trouble === null ? [] : [trouble])];
    if (!(await inTime(probe(join(directory, '.write-probe'))))) reasons.push('a small write does not reach the disk within a second');
    if (reachDatabase !== null && !(await inTime(reaches(reachDatabase)))) reasons.push('a small write does not reach the database within a second');
    if ((await freeRatio(directory)) < leastFree) reasons.push('less than 5 % of the disk is free');
    return { ready: reasons.length === 0, reasons, warnings: warningsNow() };
  };
  return {
    // One look at a time: many askers must not become many writes.
    health: () => {
      asked ??= look().finally(() => {
        asked = null;
      });
      return asked;
    },
    stopBeingReady: () => {
      isEnding = true;
    },
  };
}

/** The share of the disk that is free, 0 to 1. */
export async function freeRatio(directory: string): Promise<number> {
  const { bavail, blocks } = await statfs(directory);
  return blocks === 0 ? 1 : bavail / blocks;
}

async function inTime(write: Promise<boolean>): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), longestWriteMs);
  try {
    return await Promise.race([late.promise, write]);
  } finally {
    clearTimeout(timer);
  }
}

function reaches(write: () => Promise<unknown>): Promise<boolean> {
  return write().then(
    () => true,
    () => false,
  );
}

async function probe(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'w', 0o600);
    await file
      .writeFile('x')
      .then(() => file.sync())
      .finally(() => file.close());
    await rm(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
