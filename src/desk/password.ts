import { scrypt, timingSafeEqual } from 'node:crypto';
import { refuse } from '../errors.ts';
import type { Person } from '../store/people.ts';
import { createTurnstile } from '../turnstile.ts';

export type ScryptCost = { N: number; r: number; p: number };
export type StoredPassword = Person['password'];

export const passwordCost: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
export const passwordLength = { min: 15, max: 128 };

/** Who asks: somebody signed in, who proves presence before an act, or anybody at all. */
export type Asker = 'person' | 'stranger';

/** scrypt shares the thread pool with fsync: two at a time, twenty waiting, then `busy`. No flood of sign-ins keeps a signed-in person from an act. */
const inTurn = createTurnstile(2, 20);

function derive(password: string, salt: Buffer, { N, r, p }: ScryptCost, asker: Asker): Promise<Buffer> {
  const run = (): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r }, (error, key) => (error ? reject(error) : resolve(key)));
    });
  return inTurn(run, asker === 'person' ? 'ahead' : undefined);
}

export async function hashPassword(password: string, random: (n: number) => Buffer, cost: ScryptCost = passwordCost): Promise<StoredPassword> {
  const salt = random(16);
  const key = await derive(password, salt, cost, 'person');
  return { ...cost, salt: salt.toString('base64'), hash: key.toString('base64') };
}

export async function isPassword(password: string, stored: StoredPassword, asker: Asker = 'stranger'): Promise<boolean> {
  const key = await derive(password.slice(0, passwordLength.max * 4), Buffer.from(stored.salt, 'base64'), stored, asker);
  const expected = Buffer.from(stored.hash, 'base64');
  return key.length === expected.length && timingSafeEqual(key, expected);
}

/** A stored password that nothing matches: an unknown account costs the same work as a known one. */
export function decoyPassword(cost: ScryptCost = passwordCost): StoredPassword {
  return { ...cost, salt: Buffer.alloc(16).toString('base64'), hash: Buffer.alloc(32).toString('base64') };
}

const common = [
  'password',
  'passwort',
  'passphrase',
  'motdepasse',
  'azertyuiop',
  'qwertyuiop',
  'qsdfghjklm',
  'asdfghjkl',
  'azerty',
  'qwerty',
  'wxcvbn',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  'abcdef',
  'abc',
  '1234567890',
  '0123456789',
  '123456789',
  '12345678',
  '123456',
  '1234',
  '123',
  'letmein',
  'welcome',
  'bienvenue',
  'bonjour',
  'soleil',
  'iloveyou',
  'jetaime',
  'administrator',
  'administrateur',
  'admin',
  'onrecord',
  'changeme',
  'changezmoi',
  'secret',
];

const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{Extended_Pictographic}]/gu, '');

/**
 * Refuses `password_weak`: under 15 or over 128 characters, fewer than five different ones, or hardly more than common words,
 * years, the agency's name and the person's own. No rule on kinds of characters.
 */
export function checkPassword(password: string, known: readonly string[]): void {
  const text = password.normalize('NFKC');
  const weak = (code: string): never => refuse('password_weak', `the password is refused: ${code}`, [{ field: 'password', code }]);
  const length = [...text].length;
  if (length < passwordLength.min) weak('password_short');
  if (length > passwordLength.max) weak('password_long');
  if (new Set(text).size < 5) weak('password_common');
  const names = known.flatMap((name) => [fold(name), ...name.split(/[\s.'’-]+/).map(fold)]).filter((word) => word.length >= 4);
  const left = [...names, ...common].sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ''), fold(text));
  if (new Set(left.replaceAll(/(19|20)\d\d/g, '')).size < 5) weak('password_common');
}
