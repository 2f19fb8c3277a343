import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Test } from 'tap';
import type { Agency } from '../../src/config.ts';
import { addPerson, type Personnel } from '../../src/desk/person.ts';
import { nextCode } from '../../src/desk/second-factor.ts';
import type { Role } from '../../src/statement/schema.ts';
import { openEmbeddedPeople } from '../../src/store/embedded-people.ts';
import { initialise } from '../../src/store/installation.ts';
import type { Person } from '../../src/store/people.ts';
import { quickDirectory } from './quick-directory.ts';

/** Accounts with passwords and codes, on a clock that stands until it is moved. */

export const quickCost = { N: 2 ** 10, r: 8, p: 1 };
export const passwordOf = (id: string): string => `${id}: three herons and a lantern`;

export const agency: Agency = {
  name: { fr: 'Agence d’essai', en: 'Test Agency' },
  languages: ['fr', 'en'],
  origin: 'record.test',
  publicUrl: 'http://localhost:8080',
  deskUrl: 'http://localhost:8081',
  pressContact: 'presse@agence.test',
  peopleContact: 'aide@agence.test',
  zone: 'Europe/Paris',
  embedOrigins: [],
  demonstration: true,
};

export type Clock = { now: () => number; forward(ms: number): void };
export function standingClock(at = Date.parse('2026-11-22T09:00:00.000Z')): Clock {
  let now = at;
  return {
    now: () => now,
    forward: (ms) => {
      now += ms;
    },
  };
}

export type TestPersonnel = Personnel & { directory: string; log: Logger };

/** A fresh installation's accounts, as long as the test takes; nobody in it yet. */
export async function openPersonnel(t: Pick<Test, 'teardown'>, clock: Clock): Promise<TestPersonnel> {
  const place = await quickDirectory('people');
  const directory = join(place, 'data');
  await initialise(directory, { origin: agency.origin, demonstration: true, now: clock.now, random: randomBytes });
  const people = await openEmbeddedPeople({ directory, now: clock.now });
  t.teardown(async () => {
    await people.close();
    await rm(place, { recursive: true });
  });
  return { people, agency, now: clock.now, random: randomBytes, directory, log: pino({ level: 'silent' }) };
}

export function hire(personnel: Personnel, id: string, ...roles: Role[]): Promise<Person> {
  return addPerson(personnel, { id, name: `${id} Test`, roles, password: passwordOf(id), cost: quickCost });
}

/** The code that this person would type now. */
export async function codeOf({ people, now }: Pick<Personnel, 'people' | 'now'>, id: string): Promise<string> {
  const person = await people.find(id);
  return (person && nextCode(person.totp, now())) ?? 'none';
}
