import { stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, databaseUrl, dataDirectory, environment, readConfig } from '../config.ts';
import { fileVariables } from '../config-keys.ts';
import { rolesHeldNow } from '../desk/person.ts';
import { OnrecordError } from '../errors.ts';
import { readHouse, readLogs } from '../keeping.ts';
import { anchorPath, loadCosigner, loadSigners, loadTrust } from '../keys.ts';
import { formatCosignerKey } from '../ledger/cosignature.ts';
import { keyObjection } from '../ledger/keys.ts';
import { formatVerifierKey } from '../ledger/note.ts';
import { realDisk } from '../store/disk.ts';
import { anchorObjection } from '../store/embedded-anchor.ts';
import { keysOf } from '../store/log.ts';
import { type Command, print, printJson, readArguments, sayIssue } from './command.ts';
import { withPersonnel } from './personnel.ts';

type Finding = { check: string; ok: boolean; detail: string };

export const doctorCommand: Command = {
  usage: `Usage: onrecord doctor

Checks the configuration, the data directory and its permissions, the log against its signed checkpoint and the anchor, the people,
the clock and the disk. Changes nothing; may run beside a server. Exit code 0: all is well; 1: something is not.

  --json  print the findings as JSON`,
  async run(args) {
    const { json } = readArguments(args, {}, { min: 0, max: 0 });
    const findings = await examine();
    if (json) printJson(findings);
    else for (const { check, ok, detail } of findings) print(`${ok ? 'ok  ' : 'BAD '} ${check.padEnd(14)} ${detail}`);
    return findings.every(({ ok }) => ok) ? 0 : 1;
  },
};

/** The checks one after the other; what cannot be looked at without the configuration is left out when that is wrong. */
async function examine(): Promise<Finding[]> {
  const directory = dataDirectory();
  const installation = await look(databaseUrl() === null ? 'data directory' : 'database', async () => {
    const house = await readHouse();
    const place = databaseUrl() === null ? directory : 'the database';
    return { value: house, detail: `${place}, identity ${house.origin}${house.demonstration ? ', a demonstration' : ''}` };
  });
  if (!installation.value) return [installation.finding];
  const known = installation.value;
  const configuration = await look('configuration', async () => ({ value: readConfig(known), detail: `${known.origin}, all variables fit` }));
  const permissions = (await look('permissions', () => checkPermissions(directory))).finding;
  const disk = (await look('disk', () => checkDisk(directory))).finding;
  const before = [installation.finding, configuration.finding, permissions, disk];
  if (!configuration.value) return before;
  const config = configuration.value;
  const log = await look('log', () => checkLog(config));
  const witness = config.witness === null ? [] : [(await look('witness', () => checkWitness(config))).finding];
  const trust = await look('trust note', () => checkTrust(config));
  const people = await look('people', () => checkPeople());
  const clock = await look('clock', async () => checkClock(log.value ?? null));
  return [...before, log.finding, trust.finding, ...witness, people.finding, clock.finding];
}

async function look<T>(check: string, see: () => Promise<{ value?: T; detail: string }>): Promise<{ value: T | undefined; finding: Finding }> {
  try {
    const { value, detail } = await see();
    return { value, finding: { check, ok: true, detail } };
  } catch (error) {
    if (!(error instanceof OnrecordError)) return { value: undefined, finding: { check, ok: false, detail: String(error) } };
    return { value: undefined, finding: { check, ok: false, detail: `${error.message} (${error.code})${error.issues.map(sayIssue).join('')}` } };
  }
}

function bad(message: string): never {
  throw new OnrecordError('config_invalid', message);
}

async function checkPermissions(directory: string): Promise<{ detail: string }> {
  const keyFiles = [...fileVariables].filter((name) => name.endsWith('_KEY_FILE')).flatMap((name) => environment[name] || []);
  const ours = databaseUrl() === null ? [join(directory, 'onrecord.json'), join(directory, 'people')] : [];
  for (const path of [directory, ...ours, ...keyFiles]) {
    const { mode, uid } = await stat(path);
    if ((mode & 0o077) !== 0) bad(`${path} can be reached by others (mode ${(mode & 0o777).toString(8)})`);
    if (process.getuid && uid !== process.getuid()) bad(`${path} belongs to another user (${uid})`);
  }
  return { detail: 'only this user can read the data and the keys' };
}

async function checkDisk(directory: string): Promise<{ detail: string }> {
  const { bavail, blocks } = await statfs(directory);
  const free = Math.floor((100 * bavail) / blocks);
  if (free < 10) bad(`${free} % free: under 10 % no new drafts, under 5 % not ready`);
  return { detail: `${free} % free` };
}

/** The time of the newest entry, for the clock; null before the first one. */
async function checkLog(config: Config): Promise<{ value: string | null; detail: string }> {
  const { signer, previous } = await loadSigners(config);
  const { log, entries } = await readLogs(config, { signer, previous });
  const objection = await anchorObjection(realDisk, anchorPath(config), log, keysOf({ signer, previous }));
  if (objection !== null) throw new OnrecordError('rollback_detected', objection);
  const keys = keyObjection(entries.slice(log.begin), signer, previous);
  if (keys !== null) throw new OnrecordError('key_invalid', keys);
  return { value: entries.at(-1)?.at ?? null, detail: `${entries.length} entries; checkpoint verifies; the anchor agrees` };
}

/** Readers believe the keys of the trust note alone: it has to name those that sign. */
async function checkTrust(config: Config): Promise<{ detail: string }> {
  const trust = await loadTrust(config);
  if (trust === null) bad('there is no trust note: readers have no root key to check anything with; see "onrecord key"');
  const { signer, previous } = await loadSigners(config);
  for (const key of keysOf({ signer, previous }))
    if (!trust.logs.some((known) => formatVerifierKey(known) === formatVerifierKey(key)))
      bad(`the trust note does not name ${formatVerifierKey(key)}: sign a new policy`);
  return { detail: `root ${trust.root.name}+${trust.root.keyId}, signed ${trust.issuedAt}` };
}

/** The key by which other logs know this witness. */
async function checkWitness(config: Config): Promise<{ detail: string }> {
  const cosigner = loadCosigner(config);
  if (cosigner === null || config.witness === null) bad('no witness is configured');
  return { detail: `${formatCosignerKey(cosigner)}, of ${config.witness.logs.size} logs` };
}

function checkPeople(): Promise<{ detail: string }> {
  return withPersonnel(async ({ people }) => {
    const active = (await people.list()).map((person) => rolesHeldNow(person, Date.now())).filter((held) => held.length > 0);
    const holding = (role: (typeof active)[number][number]): number => active.filter((held) => held.includes(role)).length;
    if (active.length < 2) bad('at least two people are needed: nobody approves their own text');
    if (holding('reviewer') === 0) bad('nobody can review');
    if (holding('publisher') === 0) bad('nobody can publish');
    return { detail: `${active.length} active, ${holding('reviewer')} reviewing, ${holding('publisher')} publishing, ${holding('duty')} on duty now` };
  });
}

function checkClock(newest: string | null): { detail: string } {
  const now = new Date();
  if (now.getUTCFullYear() < 2026) bad(`the clock says ${now.toISOString()}`);
  if (newest !== null && newest > now.toISOString()) bad(`the newest entry is of ${newest} and the clock says ${now.toISOString()}`);
  return { detail: `${now.toISOString()}; codes of the second factor need it right within 30 seconds` };
}
