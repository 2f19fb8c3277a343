import { z } from 'zod';
import { addPerson, disablePerson, enablePerson, grantDuty, operator, type Personnel, resetPerson, rolesHeldNow, setRoles } from '../desk/person.ts';
import { nextCode, secondFactorUri } from '../desk/second-factor.ts';
import { refuse } from '../errors.ts';
import { roles } from '../statement/schema.ts';
import type { Person } from '../store/people.ts';

const Name = z.string().max(64);
const Password = z.string().max(512);
const Roles = z.array(z.enum(roles)).max(roles.length);

/** An act on people as the command line asks for it, by itself or through the socket of a running server. */
export const UserAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('add'), id: Name, name: z.string().max(200), roles: Roles, password: Password }),
  z.strictObject({ act: z.literal('reset'), id: Name, password: Password }),
  z.strictObject({ act: z.literal('disable'), id: Name }),
  z.strictObject({ act: z.literal('enable'), id: Name }),
  z.strictObject({ act: z.literal('roles'), id: Name, roles: Roles }),
  z.strictObject({ act: z.literal('grant'), id: Name, until: z.int() }),
  z.strictObject({ act: z.literal('code'), id: Name }),
  z.strictObject({ act: z.literal('list') }),
]);
export type UserAct = z.infer<typeof UserAct>;

/** What the operator sees of a person: no password, no secret. */
export const Shown = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  heldNow: z.array(z.string()),
  dutyUntil: z.string().nullable(),
  disabledAt: z.string().nullable(),
});
export const UserResult = z.object({
  people: z.array(Shown),
  secondFactor: z.object({ secret: z.string(), uri: z.string() }).nullable(),
  code: z.string().nullable(),
});
export type UserResult = z.infer<typeof UserResult>;

export async function performUserAct(personnel: Personnel, act: UserAct): Promise<UserResult> {
  const now = personnel.now();
  const shown = (person: Person): UserResult => ({ people: [show(person, now)], secondFactor: null, code: null });
  const withSecret = (person: Person): UserResult => ({ ...shown(person), secondFactor: secretOf(personnel, person) });
  switch (act.act) {
    case 'add':
      return withSecret(await addPerson(personnel, act));
    case 'reset':
      return withSecret(await resetPerson(personnel, act.id, act.password));
    case 'disable':
      return shown(await disablePerson(personnel, act.id));
    case 'enable':
      return shown(await enablePerson(personnel, act.id));
    case 'roles':
      return shown(await setRoles(personnel, act.id, act.roles));
    case 'grant':
      return shown(await grantDuty(personnel, act.id, act.until, operator));
    case 'code':
      return showCode(personnel, act.id);
    case 'list':
      return { people: (await personnel.people.list()).map((person) => show(person, now)), secondFactor: null, code: null };
  }
}

function secretOf({ agency }: Personnel, { id, totp }: Person): { secret: string; uri: string } {
  return { secret: totp.secret, uri: secondFactorUri(agency.name[agency.languages[0]], id, totp.secret) };
}

/** Only in a demonstration: a code from here would let an operator sign in as anybody. */
async function showCode(personnel: Personnel, id: string): Promise<UserResult> {
  if (!personnel.agency.demonstration) refuse('role_missing', 'codes are shown for demonstration people only');
  const person = (await personnel.people.find(id)) ?? refuse('person_unknown', `there is no person ${id}`);
  const code = nextCode(person.totp, personnel.now()) ?? refuse('busy', 'the codes of this moment are used: ask again in half a minute');
  return { people: [show(person, personnel.now())], secondFactor: null, code };
}

function show(person: Person, now: number): z.infer<typeof Shown> {
  const until = person.grants.map((grant) => grant.until).filter((end) => Date.parse(end) > now);
  return {
    id: person.id,
    name: person.name,
    roles: person.roles,
    heldNow: rolesHeldNow(person, now),
    dutyUntil: until.sort().at(-1) ?? null,
    disabledAt: person.disabledAt,
  };
}
