import { randomBytes } from 'node:crypto';
import t from 'tap';
import { checkPassword, decoyPassword, hashPassword, isPassword } from '../../src/desk/password.ts';
import { OnrecordError } from '../../src/errors.ts';

const quick = { N: 2 ** 10, r: 8, p: 1 };
const known = ['ada', 'Ada Martin', 'Agence nationale de cybersécurité'];
const issueOf = (password: string): string | null => {
  try {
    checkPassword(password, known);
    return null;
  } catch (error) {
    return error instanceof OnrecordError && error.code === 'password_weak' ? (error.issues[0]?.code ?? '') : String(error);
  }
};

t.test('a password is recognised by its stored form, in any Unicode form, and no other is', async (t) => {
  const stored = await hashPassword('l’été passe à la rivière', randomBytes, quick);
  t.match(stored, quick);
  t.equal(await isPassword('l’été passe à la rivière'.normalize('NFD'), stored), true);
  t.equal(await isPassword('l’été passe à la rivièrE', stored), false);
  t.equal(await isPassword('', decoyPassword(quick)), false);
});

t.test('the same password is stored differently for two people', async (t) => {
  const [one, two] = await Promise.all([hashPassword('same words twice over', randomBytes, quick), hashPassword('same words twice over', randomBytes, quick)]);
  t.not(one.hash, two.hash);
});

t.test('length decides, and what everybody would try first is refused', async (t) => {
  const cases: [string, string | null][] = [
    ['fourteen chars', 'password_short'],
    ['x'.repeat(129), 'password_long'],
    ['aaaaaaaaaaaaaaaaaaaa', 'password_common'],
    ['abababababababababab', 'password_common'],
    ['motdepasse123456789', 'password_common'],
    ['Password2026Password!', 'password_common'],
    ['azertyuiopqsdfghjklm', 'password_common'],
    ['cybersécurité-2026!!', 'password_common'],
    ['Ada.Martin.Ada.Martin', 'password_common'],
    ['heron copper lantern', null],
    ['🦉🦊🐢🐝🦋🐙🐬🦔🦦🐧🦩🐿️🦚🐊', null],
    ['trois canards sous un pont', null],
  ];
  for (const [password, expected] of cases) t.equal(issueOf(password), expected, password);
});

t.test('of thirty checks at once two run, twenty wait and the rest are told to come back', async (t) => {
  const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => isPassword('anything at all here', decoyPassword({ N: 2 ** 14, r: 8, p: 1 }))));
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  t.equal(refused.length, 8);
  t.ok(refused.every(({ reason }) => reason instanceof OnrecordError && reason.code === 'busy'));
  t.equal(await isPassword('anything at all here', decoyPassword(quick)), false);
});
