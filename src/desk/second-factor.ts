import { generateSync, generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import type { Person } from '../store/people.ts';

type Totp = Person['totp'];

const stepSeconds = 30;

export function newSecondFactor(random: (n: number) => Buffer): Totp {
  return { secret: new ScureBase32Plugin().encode(random(20), { padding: false }), lastStep: 0 };
}

/** What an authenticator application reads. */
export function secondFactorUri(agency: string, person: string, secret: string): string {
  return generateURI({ issuer: agency, label: person, secret });
}

/**
 * The step whose code this is, within one step either side of `now` (milliseconds) and newer than the last step taken; null for a
 * wrong, old or used code. The caller stores the step under `people.edit`, so that the same code never opens twice.
 */
export function stepOfCode({ secret, lastStep }: Totp, code: string, now: number): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const result = verifySync({ secret, token: code, epoch: Math.floor(now / 1000), epochTolerance: stepSeconds });
  if (!result.valid || !('timeStep' in result)) return null;
  return result.timeStep > lastStep ? result.timeStep : null;
}

/** The code to type now: of this step, or of the next one when this one's is used; null: wait, both are used. */
export function nextCode({ secret, lastStep }: Totp, now: number): string | null {
  const step = Math.max(Math.floor(now / 1000 / stepSeconds), lastStep + 1);
  if (step > Math.floor(now / 1000 / stepSeconds) + 1) return null;
  return generateSync({ secret, epoch: step * stepSeconds });
}
