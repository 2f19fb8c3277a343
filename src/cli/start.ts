import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Config, databaseUrl, dataDirectory, readConfig } from '../config.ts';
import { OnrecordError } from '../errors.ts';
import { readHouse } from '../keeping.ts';
import { demonstrationFiles } from '../keys.ts';
import { startServer } from '../server.ts';
import { type Installation, initialise, readInstallation } from '../store/installation.ts';
import { closeOnSignal } from './close-on-signal.ts';
import { type Command, complain, print, readArguments } from './command.ts';
import { createDemonstration, demonstrationPeople } from './demonstration.ts';
import { writeDemonstrationKeys } from './demonstration-keys.ts';
import { withPatience } from './patience.ts';
import { letPoolWait, warmLinterSoon } from './readers-first.ts';

export const startCommand: Command = {
  usage: `Usage: onrecord start

Serves what is in the data directory (ONRECORD_DATA_DIR, ./data). Where there is nothing yet, it first makes a demonstration: an
invented agency with people and an invented incident, its key in the data directory. For a real installation: onrecord init.`,
  async run(args) {
    readArguments(args, {}, { min: 0, max: 0 });
    const directory = dataDirectory();
    const installation = databaseUrl() === null ? ((await installationIn(directory)) ?? (await makeDemonstration(directory))) : await withPatience(readHouse);
    const config = readConfig(installation);
    const server = await withPatience(() => startServer(config));
    letPoolWait();
    warmLinterSoon();
    print(config.agency.demonstration ? demonstrationText(config) : addresses(config));
    await closeOnSignal(server, config.agency.demonstration ? 0 : undefined);
    return 0;
  },
};

/** Null where there is nothing at all; a directory that holds something else is refused, not filled. */
async function installationIn(directory: string): Promise<Installation | null> {
  try {
    return await readInstallation(directory);
  } catch (error) {
    if (!(error instanceof OnrecordError) || error.code !== 'store_not_initialised') throw error;
    if ((await namesIn(directory)).length === 0) return null;
    throw new OnrecordError('store_not_initialised', `${directory} holds files, but no installation: is this the right ONRECORD_DATA_DIR?`, { cause: error });
  }
}

async function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? [] : Promise.reject(error)));
}

/** Made beside its place and moved there whole, so that an interrupted first start leaves no half a demonstration. */
async function makeDemonstration(directory: string): Promise<Installation> {
  complain('onrecord: making the demonstration');
  const beside = `${directory}.new`;
  await mkdir(dirname(directory), { recursive: true });
  await rm(beside, { recursive: true, force: true });
  const begin = { origin: 'demonstration.onrecord.example', demonstration: true };
  const config: Config = { ...readConfig(begin), dataDirectory: beside, logLevel: 'error' };
  await mkdir(beside, { mode: 0o700 });
  await writeDemonstrationKeys(beside, begin.origin, new Date().toISOString());
  const installation = await initialise(beside, { ...begin, now: Date.now, random: randomBytes }, Object.values(demonstrationFiles));
  await createDemonstration(config, complain);
  if ((await readdir(dirname(directory))).includes(directory.slice(dirname(directory).length + 1))) await rmdir(directory);
  await rename(beside, directory);
  return installation;
}

const addresses = ({ agency }: Config): string => `
  Public site  ${agency.publicUrl}
  Desk         ${agency.deskUrl}
`;

const demonstrationText = (config: Config): string => `
  THIS IS A DEMONSTRATION. Agency, people and incident are invented; passwords and signing key are no secret.
${addresses(config)}
  Sign in at the desk with a name, its password, and the code that this prints:  npx onrecord user code NAME

${demonstrationPeople.map(({ id, password, roles, isOnDuty }) => `    ${id.padEnd(10)} ${password.padEnd(34)} ${[...roles, ...(isOnDuty ? ['duty officer for a week'] : [])].join(', ')}`).join('\n')}

  Ctrl-C ends it; the data stays in ${config.dataDirectory}.
`;
