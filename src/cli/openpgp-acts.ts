import { resolve } from 'node:path';
import { generateKey, readKey, readPrivateKey } from 'openpgp';
import { type Config, dataDirectory, environment, readConfig } from '../config.ts';
import { isInside } from '../config-checks.ts';
import { OnrecordError, refuse } from '../errors.ts';
import { readHouse } from '../keeping.ts';
import { openOffice } from '../open-office.ts';
import { complain, UsageError } from './command.ts';
import type { KeyReport } from './key-acts.ts';
import { writePrivateFile } from './private-file.ts';

/** OpenPGP, with which CSAF documents are signed and nothing else. Keys are of version 4, for GnuPG 2.2 reads no other. */

const lastsYears = 3;

/** @param user `Name <address>` @param form `ecc` (Ed25519), or `rsa` of 4096 bits */
export async function createOpenPgpKey(out: string, user: string, form: string): Promise<KeyReport> {
  const [, name = '', email = ''] = /^([^<>]+) <([^<>@\s]+@[^<>@\s]+)>$/.exec(user) ?? [];
  if (name === '') throw new UsageError('--user is "Name <address>"');
  return writeKey(out, await newKey({ name, email }, form));
}

/** The next key of the same name, and the public key of the one before, which stays listed while documents are signed with it. */
export async function rotateOpenPgpKey(out: string, previousOut: string): Promise<KeyReport> {
  const { csaf } = await configuration();
  if (csaf.key === null) throw new OnrecordError('key_invalid', 'ONRECORD_OPENPGP_KEY is not set: there is nothing to rotate');
  const before = await readPrivateKey({ armoredKey: csaf.key });
  const user = before.users[0]?.userID;
  const form = before.getAlgorithmInfo().algorithm.startsWith('rsa') ? 'rsa' : 'ecc';
  const report = await writeKey(out, await newKey({ name: user?.name ?? '', email: user?.email ?? '' }, form));
  await writePrivateFile(resolve(previousOut), before.toPublic().armor());
  const steps = [
    `The public key before it is in ${resolve(previousOut)}.`,
    `Set ONRECORD_OPENPGP_KEY_FILE=${resolve(out)} and ONRECORD_OPENPGP_PREVIOUS_FILE=${resolve(previousOut)}, and start the service:`,
    'it signs all documents again, twenty a second, and lists both keys. Take the second variable away when the metric onrecord_csaf_owed is 0.',
  ];
  return { lines: [...report.lines, ...steps], data: report.data };
}

/** The keys as they are configured. */
export async function showOpenPgpKeys(): Promise<KeyReport> {
  const { csaf } = await configuration();
  const rows = await Promise.all(
    [csaf.key, csaf.previous]
      .flatMap((armored) => (armored === null ? [] : [armored]))
      .map(async (armored, place) => ({ role: place === 0 ? 'signs' : 'signed before', ...(await factsOf(armored)) })),
  );
  if (rows.length === 0) return { lines: ['No OpenPGP key is configured: CSAF documents are listed without signatures.'], data: [] };
  return {
    lines: rows.flatMap(({ role, fingerprint, expiresAt }) => [`${role}:`, `  ${fingerprint}`, `  valid until ${expiresAt ?? 'for ever'}`]),
    data: rows,
  };
}

/** Signs again what another key has signed, and whatever is not listed yet, while the service is stopped. */
export async function resignDocuments(): Promise<KeyReport> {
  const opened = await openOffice(await configuration());
  try {
    const { press } = opened.office;
    const total = press.csaf()?.owed ?? refuse('wrong_state', 'there is no CSAF: ONRECORD_PUBLIC_URL is not https');
    let left = total;
    // What fails goes behind what has not been tried: a whole round without progress is the end.
    for (let idle = 0; left > 0; ) {
      await press.goOnWithCsaf();
      const { owed, failure } = press.csaf() ?? { owed: 0, failure: null };
      idle = owed < left ? 0 : idle + 20;
      left = owed;
      if (idle > left) throw new OnrecordError('wrong_state', `${left} document(s) cannot be signed: ${failure ?? 'no reason is given'}`);
      if (process.stderr.isTTY) process.stderr.write(`\r${total - left} of ${total} documents`);
    }
    if (process.stderr.isTTY && total > 0) complain('');
    return { lines: [total === 0 ? 'All documents are signed with the current key.' : `${total} document(s) signed.`], data: { signed: total } };
  } finally {
    await opened.close();
  }
}

async function newKey(user: { name: string; email: string }, form: string): Promise<string> {
  if (form !== 'ecc' && form !== 'rsa') throw new UsageError('--type is ecc or rsa');
  const shared = { userIDs: [user], keyExpirationTime: lastsYears * 366 * 86_400, config: { v6Keys: false } };
  const made =
    form === 'ecc' ? await generateKey({ ...shared, type: 'ecc', curve: 'ed25519Legacy' }) : await generateKey({ ...shared, type: 'rsa', rsaBits: 4_096 });
  return made.privateKey;
}

async function writeKey(out: string, armored: string): Promise<KeyReport> {
  if (isInside(out, dataDirectory(environment))) throw new UsageError('the OpenPGP key must lie outside the data directory and its backups');
  await writePrivateFile(resolve(out), armored);
  const { fingerprint, expiresAt } = await factsOf(armored);
  return {
    lines: [`The key is in ${resolve(out)}. Set ONRECORD_OPENPGP_KEY_FILE to it where the service runs.`, `  ${fingerprint}`, `  valid until ${expiresAt}`],
    data: { file: resolve(out), fingerprint, expiresAt },
  };
}

async function factsOf(armored: string): Promise<{ fingerprint: string; expiresAt: string | null }> {
  const key = await readKey({ armoredKey: armored }).catch((cause: unknown) => {
    throw new OnrecordError('key_invalid', 'an OpenPGP key cannot be read', { cause });
  });
  const expires = await key.getExpirationTime();
  return { fingerprint: key.getFingerprint().toUpperCase(), expiresAt: expires instanceof Date ? expires.toISOString() : null };
}

async function configuration(): Promise<Config> {
  return readConfig(await readHouse());
}
