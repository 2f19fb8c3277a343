import { randomBytes } from 'node:crypto';
import { readConfig } from '../config.ts';
import type { Personnel } from '../desk/person.ts';
import { readHouse, withPeople } from '../keeping.ts';

/** The accounts of a house without a server: their own lock lets this run beside one. */
export async function withPersonnel<T>(work: (personnel: Personnel) => Promise<T>): Promise<T> {
  const config = readConfig(await readHouse());
  return withPeople(config, (people) => work({ people, agency: config.agency, now: Date.now, random: randomBytes }));
}
