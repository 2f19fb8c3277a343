import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { databaseUrl, dataDirectory, readOrigin } from '../config.ts';
import { isInside } from '../config-checks.ts';
import { initialiseHouse } from '../keeping.ts';
import { newSigningKey } from '../ledger/signer.ts';
import { type Command, optional, print, printJson, readArguments, UsageError } from './command.ts';
import { writePrivateFile } from './private-file.ts';

/** Makes an empty installation, once. The identity in it is frozen; the signing key lies elsewhere. */
export const initCommand: Command = {
  usage: `Usage: onrecord init [--key-file PATH]

Makes the data directory (ONRECORD_DATA_DIR, ./data) with its marker, or puts the marker into the database of
ONRECORD_DATABASE_URL (first: onrecord migrate), and freezes the identity: ONRECORD_ORIGIN, or the host of
ONRECORD_PUBLIC_URL. Refuses a directory that holds anything, and a database that holds an installation.

  --key-file PATH  also make a new Ed25519 signing key there, readable by you alone; never replaces a file.
                   Keep a copy offline: without it nothing can be published under this identity again.
  --json           print the result as JSON`,
  async run(args) {
    const given = readArguments(args, { 'key-file': { type: 'string' } }, { min: 0, max: 0 });
    const directory = dataDirectory();
    const origin = readOrigin();
    const path = optional(given, 'key-file');
    const keyFile = path === null ? null : resolve(path);
    if (keyFile !== null && isInside(keyFile, directory)) throw new UsageError('the signing key must lie outside the data directory and its backups');
    if (keyFile !== null) await writePrivateFile(keyFile, newSigningKey());
    try {
      await initialiseHouse({ origin, demonstration: false, now: Date.now, random: randomBytes });
    } catch (error) {
      if (keyFile !== null) await rm(keyFile);
      throw error;
    }
    if (given.json) printJson({ directory, origin, keyFile });
    else print(nextSteps(databaseUrl() === null ? directory : 'the database', origin, keyFile));
    return 0;
  },
};

const nextSteps = (directory: string, origin: string, keyFile: string | null): string => `An empty installation is in ${directory}; its identity is ${origin}.

Next:
  1. ${keyFile === null ? 'point ONRECORD_SIGNING_KEY_FILE at the signing key' : `export ONRECORD_SIGNING_KEY_FILE=${keyFile}, and keep a copy of that file offline`}
  2. export ONRECORD_ANCHOR_FILE=... (a file outside the data directory and outside every backup)
  3. onrecord key root, key policy, key sign: the root key and the trust note that readers need (docs/operate.md, "Keys")
  4. onrecord user add NAME --name "Full Name" --roles author (and so on, at least an author and two others)
  5. onrecord doctor
  6. onrecord serve`;
