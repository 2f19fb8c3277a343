import { operator } from '../../desk/person.ts';
import type { Office } from '../../office.ts';
import type { Say } from '../../words.ts';

/** Full names by person, for screens; an id that nobody holds shows as itself. */
export async function namesOf(office: Office): Promise<(id: string) => string> {
  const people = await office.people.list();
  const names = new Map(people.map((person) => [person.id, person.name]));
  return (id) => names.get(id) ?? id;
}

/** The same for acts on accounts, which the operator does as well. */
export async function doersOf(office: Office, say: Say): Promise<(id: string) => string> {
  const names = await namesOf(office);
  return (id) => (id === operator ? say('people.operator') : names(id));
}
