import { refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import { type Actor, holds, requireReason, requireRecent } from '../statement/guards.ts';
import type { Freezing } from '../store/people.ts';
import { activeAdministrators, requestLastsMs, requireHeld, type Scene } from './granting.ts';
import { untilNothingIsOnItsWay } from './put-on-record.ts';

/**
 * Transition 25, second half: one person freezes all publishing, two administrators end it. The guards of publishing ask `guardOf`; what
 * takes back or doubts what is public stays possible.
 */

const freezers = ['reviewer', 'publisher', 'duty', 'administrator'] as const;

export function mayFreeze(actor: Pick<Actor, 'roles'>): boolean {
  return holds(actor, ...freezers);
}

/**
 * Repeated in a panic, the first freeze stays. What passed its guard a moment before comes out first: once this resolves, nothing does.
 * @throws role_missing, reason_missing
 */
export async function freeze(office: Office, actor: Actor, reason: string): Promise<Freezing> {
  const frozen = await change(office, actor, 'frozen', (current, scene, at) => {
    requireHeld(scene, ...freezers);
    requireReason(reason);
    return current.open === null
      ? withAct({ ...current, open: { at, by: actor.id, reason, lift: null } }, { at, by: actor.id, act: 'frozen', note: reason })
      : current;
  });
  await untilNothingIsOnItsWay();
  return frozen;
}

/** @throws role_missing, request_gone (nothing is frozen), account_state (asked already), reason_missing, step_up_needed */
export function askUnfreeze(office: Office, actor: Actor, reason: string): Promise<Freezing> {
  return change(office, actor, 'unfreeze-asked', (current, scene, at) => {
    requireHeld(scene, 'administrator');
    const open = requireOpen(current);
    if (liftOf(current, scene) !== null) refuse('account_state', 'this is asked for already: a second administrator confirms it');
    requireReason(reason);
    requireRecent(actor);
    return withAct({ ...current, open: { ...open, lift: { at, by: actor.id, reason } } }, { at, by: actor.id, act: 'unfreeze-asked', note: reason });
  });
}

/** @param askedAt the request that the person had on screen @throws role_missing, request_gone, own_request, step_up_needed */
export function confirmUnfreeze(office: Office, actor: Actor, askedAt: string): Promise<Freezing> {
  return change(office, actor, 'unfrozen', (current, scene, at) => {
    requireHeld(scene, 'administrator');
    const lift = requireLift(current, scene, askedAt);
    if (lift.by === actor.id) refuse('own_request', `${actor.id} asked for this and cannot be the second administrator`);
    requireRecent(actor);
    return withAct({ ...current, open: null }, { at, by: actor.id, act: 'unfrozen', note: '' });
  });
}

/** The freeze stays. @throws role_missing, request_gone */
export function dropUnfreeze(office: Office, actor: Actor, askedAt: string): Promise<Freezing> {
  return change(office, actor, 'unfreeze-dropped', (current, scene, at) => {
    requireHeld(scene, ...freezers);
    requireLift(current, scene, askedAt);
    return withAct({ ...current, open: { ...requireOpen(current), lift: null } }, { at, by: actor.id, act: 'unfreeze-dropped', note: '' });
  });
}

/** The request to unfreeze that can still be confirmed: a day at most, and no longer than its asker is administrator. */
export function liftOf({ open }: Freezing, { everybody, now }: Pick<Scene, 'everybody' | 'now'>): Lift | null {
  const lift = open?.lift ?? null;
  if (lift === null || now - Date.parse(lift.at) >= requestLastsMs) return null;
  return activeAdministrators(everybody, now).includes(lift.by) ? lift : null;
}

type Lift = NonNullable<NonNullable<Freezing['open']>['lift']>;
type FreezeAct = Freezing['acts'][number];

async function change(office: Office, actor: Actor, act: FreezeAct['act'], edit: (current: Freezing, scene: Scene, at: string) => Freezing): Promise<Freezing> {
  const changed = await office.people.editFreezing((current, everybody) => {
    const now = office.now();
    return edit(current, { actor, everybody, now }, new Date(now).toISOString());
  });
  office.count('onrecord_acts_total', { act });
  office.log.warn({ by: actor.id, act }, 'freeze of publishing');
  return changed;
}

function withAct(freezing: Freezing, act: FreezeAct): Freezing {
  return { ...freezing, acts: [...freezing.acts, act] };
}

function requireOpen({ open }: Freezing): NonNullable<Freezing['open']> {
  return open ?? refuse('request_gone', 'publishing is not frozen');
}

function requireLift(current: Freezing, scene: Scene, askedAt: string): Lift {
  const lift = liftOf(current, scene);
  return lift?.at === askedAt ? lift : refuse('request_gone', 'this request is not open any more');
}
