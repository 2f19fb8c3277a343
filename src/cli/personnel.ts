import { randomBytes } from 'node:crypto';
import { readConfig } from '../config.ts';
import type { Personnel } from '../desk/person.ts';
import { openEmbeddedPeople } from '../store/embedded-people.ts';
import { readInstallation } from '../store/installation.ts';

/** The accounts of a data directory without a server: their own lock lets this run beside one. */
export async function withPersonnel<T>(directory: string, work: (personnel: Personnel) => Promise<T>): Promise<T> {
  const { agency } = readConfig(await readInstallation(directory));
  const people = await openEmbeddedPeople({ directory, now: Date.now });
  try {
    return await work({ people, agency, now: Date.now, random: randomBytes });
  } finally {
    await people.close();
  }
}
