import { existsSync, statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const memory = '/dev/shm';
const room = 512 * 1024 * 1024;

/** A fresh directory in memory where the machine has room for it: for tests that write a great deal and are not about disks. */
export function quickDirectory(name: string): Promise<string> {
  const isRoomy = existsSync(memory) && statfsSync(memory).bavail * statfsSync(memory).bsize > room;
  return mkdtemp(join(isRoomy ? memory : tmpdir(), `onrecord-${name}-`));
}
