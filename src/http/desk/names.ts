import type { Office } from '../../office.ts';

/** Full names by person, for screens; an id that nobody holds shows as itself. */
export async function namesOf(office: Office): Promise<(id: string) => string> {
  const people = await office.people.list();
  const names = new Map(people.map((person) => [person.id, person.name]));
  return (id) => names.get(id) ?? id;
}
