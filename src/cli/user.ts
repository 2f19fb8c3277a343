import { dataDirectory } from '../config.ts';
import { refuse } from '../errors.ts';
import { type Role, roles } from '../statement/schema.ts';
import { type Arguments, type Command, print, printJson, readArguments, required, UsageError } from './command.ts';
import { askServer } from './operator-socket.ts';
import { withPersonnel } from './personnel.ts';
import { readPassword } from './read-password.ts';
import { performUserAct, type UserAct, type UserResult } from './user-acts.ts';

const givenRoles = roles.filter((role) => role !== 'duty');
const acts = ['add', 'reset', 'disable', 'enable', 'roles', 'grant', 'list', 'code'];

/** People are made and changed here; while a server runs, it does the act itself, so that sessions end at once. */
export const userCommand: Command = {
  usage: `Usage: onrecord user ACT [NAME] [options]

  add NAME --name "Full Name" --roles LIST [--password-stdin]
                            make an account; prints the second factor's secret once
  reset NAME [--password-stdin]
                            new password and new second factor; prints the secret once
  disable NAME | enable NAME
  roles NAME --roles LIST   replace the roles
  grant NAME duty --until TIME
                            duty officer until 2026-11-22T08:00:00Z, or for +8h (at most 7 days)
  list
  code NAME                 a demonstration person's current code

LIST: ${givenRoles.join(',')}
A password has 15 to 128 characters and comes from standard input or is asked for.
"disable", "roles", "grant" and "reset" end the person's sessions at once.
--json prints the result as JSON.`,
  async run(args) {
    const options = { name: { type: 'string' }, roles: { type: 'string' }, until: { type: 'string' }, 'password-stdin': { type: 'boolean' } } as const;
    const given = readArguments(args, options, { min: 1, max: 3 });
    const act = await toAct(given);
    const directory = dataDirectory();
    const result = (await askServer(directory, act)) ?? (await withPersonnel((personnel) => performUserAct(personnel, act)));
    if (given.json) printJson(result);
    else show(act, result);
    return 0;
  },
};

async function toAct(given: Arguments): Promise<UserAct> {
  const [act, id, third] = given.words;
  if (act === 'list' && id !== undefined) throw new UsageError(`what is "${id}"?`);
  if (act === 'list') return { act };
  if (!acts.some((known) => known === act)) throw new UsageError(`there is no act "${act}": ${acts.join(', ')}`);
  if (id === undefined) throw new UsageError(`whom? "onrecord user ${act} NAME"`);
  if (third !== undefined && (act !== 'grant' || third !== 'duty')) throw new UsageError(`what is "${third}"?`);
  switch (act) {
    case 'add':
      return {
        act,
        id,
        name: required(given, 'name'),
        roles: toRoles(required(given, 'roles')),
        password: await readPassword(given.values['password-stdin'] === true),
      };
    case 'reset':
      return { act, id, password: await readPassword(given.values['password-stdin'] === true) };
    case 'disable':
    case 'enable':
    case 'code':
      return { act, id };
    case 'roles':
      return { act, id, roles: toRoles(required(given, 'roles')) };
    case 'grant':
      if (third !== 'duty') throw new UsageError('only duty is granted for a time: "onrecord user grant NAME duty --until +8h"');
      return { act, id, until: toInstant(required(given, 'until')) };
    default:
      throw new UsageError(`there is no act "${act}"`);
  }
}

function toRoles(list: string): Role[] {
  return list
    .split(',')
    .map((word) => givenRoles.find((role) => role === word.trim()) ?? refuse('bad_request', `there is no role "${word}" to give: ${givenRoles.join(', ')}`));
}

/** `+8h`, `+30m`, `+2d`, or an instant with its zone. */
export function toInstant(text: string, now = Date.now()): number {
  const [, amount, unit] = /^\+(\d{1,4})([mhd])$/.exec(text) ?? [];
  if (amount && unit) return now + Number(amount) * ({ m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 0);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const at = isInstant ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new UsageError('--until takes an instant with its zone, such as 2026-11-22T08:00:00Z, or +8h');
  return at;
}

function show(act: UserAct, { people, secondFactor, code }: UserResult): void {
  if (code !== null) {
    print(code);
    return;
  }
  for (const person of people) {
    const state = person.disabledAt === null ? person.heldNow.join(', ') : `disabled since ${person.disabledAt}`;
    print(`${person.id.padEnd(16)} ${person.name.padEnd(28)} ${state}${person.dutyUntil === null ? '' : ` (duty until ${person.dutyUntil})`}`);
  }
  if (secondFactor) print(`\nSecond factor, shown once:\n  secret  ${secondFactor.secret}\n  address ${secondFactor.uri}`);
  if (act.act === 'list' && people.length === 0) print('nobody yet');
}
