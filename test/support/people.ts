import type { Actor } from '../../src/statement/guards.ts';
import type { Guard } from '../../src/statement/publishing.ts';
import type { Holders } from '../../src/statement/reviewing.ts';

/** The named people of the tests, each signed in a moment ago. */
export const amina: Actor = { id: 'amina', roles: ['author'], recent: true };
export const jonas: Actor = { id: 'jonas', roles: ['reviewer', 'publisher'], recent: true };
export const claire: Actor = { id: 'claire', roles: ['reviewer'], recent: true };
export const marek: Actor = { id: 'marek', roles: ['author', 'duty'], recent: true };
export const ines: Actor = { id: 'ines', roles: ['auditor'], recent: true };
export const tomas: Actor = { id: 'tomas', roles: ['administrator'], recent: true };
export const everyone = [amina, jonas, claire, marek, ines, tomas] as const;

export const holders: Holders = new Map(everyone.map((person) => [person.id, person.roles]));
/** What a publication is held to where everybody holds their roles and no silence is in force. */
export const guard: Guard = { holders, frozen: false, house: { silences: [] } };
