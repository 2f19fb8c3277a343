import { createPublicKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Config, dataDirectory, readConfig } from '../config.ts';
import { isInside } from '../config-checks.ts';
import { OnrecordError, refuse } from '../errors.ts';
import { openStore, readHouse, readLogs } from '../keeping.ts';
import { loadSigners, loadTrust } from '../keys.ts';
import { parseCosignerKey } from '../ledger/cosignature.ts';
import { type Entry, entryType } from '../ledger/entry.ts';
import { keyStateOf, nextPolicy, rotationLastsMs } from '../ledger/keys.ts';
import { logName } from '../ledger/log-name.ts';
import { fingerprintOf, formatVerifierKey, parseVerifierKey, type Signer } from '../ledger/note.ts';
import { createSigner, newSigningKey } from '../ledger/signer.ts';
import { formatPolicy, type Policy, parsePolicy, signTrust } from '../ledger/trust.ts';
import { keysOf } from '../store/log.ts';
import { UsageError } from './command.ts';
import { writePrivateFile } from './private-file.ts';

/** What the acts of `onrecord key` do; each gives lines for people and data for programs. */
export type KeyReport = { lines: readonly string[]; data: unknown };

export async function rootKey(out: string, origin: string): Promise<KeyReport> {
  const pem = newSigningKey();
  const root = formatVerifierKey(createSigner(pem, `${origin}/root`));
  await writePrivateFile(resolve(out), pem);
  return {
    lines: [
      `The root key is in ${resolve(out)}. Keep it offline, with a copy elsewhere.`,
      'Readers pin this; hand it out by ways that are not this site, in print for one:',
      `  ${root}`,
      `  SHA-256 ${fingerprintOf(root)}`,
    ],
    data: { file: resolve(out), key: root, fingerprint: fingerprintOf(root) },
  };
}

export async function newKey(out: string): Promise<KeyReport> {
  if (isInside(out, dataDirectory())) throw new UsageError('the signing key must lie outside the data directory and its backups');
  await writePrivateFile(resolve(out), newSigningKey());
  return { lines: [`A new key is in ${resolve(out)}. "onrecord key rotate --new-key-file ${out}" brings it into use.`], data: { file: resolve(out) } };
}

export async function signPolicy(file: string, rootKeyFile: string, out: string): Promise<KeyReport> {
  const policy = parsePolicy(await readText(file));
  const note = signTrust(policy, createSigner(await readText(rootKeyFile), policy.root.name));
  await writePrivateFile(resolve(out), note);
  return { lines: [`The trust note is in ${resolve(out)}. Set ONRECORD_TRUST_FILE to it where the service runs.`], data: { file: resolve(out), note } };
}

export async function showKeys(): Promise<KeyReport> {
  const config = await configuration();
  const { signer, previous } = await loadSigners(config);
  const trust = await loadTrust(config, true);
  const rows: { role: string; key: string }[] = [
    { role: 'signs the log', key: formatVerifierKey(signer) },
    ...(previous ? [{ role: 'signs beside it', key: formatVerifierKey(previous) }] : []),
    ...(trust ? [{ role: 'root', key: formatVerifierKey(trust.root) }] : []),
    ...(trust?.retired.map(({ key, lastSize }) => ({ role: `retired, up to size ${lastSize}`, key: formatVerifierKey(key) })) ?? []),
  ];
  const data = rows.map((row) => ({ ...row, fingerprint: fingerprintOf(row.key) }));
  const missing = trust === null ? ['There is no trust note yet: see "onrecord key policy" and "onrecord key sign".'] : [];
  return { lines: [...data.flatMap(({ role, key, fingerprint }) => [`${role}:`, `  ${key}`, `  SHA-256 ${fingerprint}`]), ...missing], data };
}

export async function exportKey(): Promise<KeyReport> {
  const { signer } = await loadSigners(await configuration());
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: signer.publicKey.toString('base64url') };
  const pem = createPublicKey({ key: jwk, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
  return { lines: [pem.trim()], data: { key: formatVerifierKey(signer), pem } };
}

type PolicyOptions = { root: string | null; witnessFile: string | null; quorum: string | null; out: string | null };

/** The policy for the root to sign, from the keys that sign now, the log's own words and the note before. */
export async function printPolicy({ root, witnessFile, quorum, out }: PolicyOptions): Promise<KeyReport> {
  const config = await configuration();
  const { signer, previous } = await loadSigners(config);
  const before = await loadTrust(config, true);
  const { entries, closed } = await readAside(config, signer, previous);
  const rootKey = root === null ? before?.root : parseVerifierKey(root);
  if (rootKey === undefined) throw new UsageError('--root is missing: there is no trust note yet that names the root key');
  const witnesses = witnessFile === null ? undefined : (await readText(witnessFile)).split('\n').flatMap(readWitness);
  const policy = nextPolicy({
    ...{ root: rootKey, issuedAt: new Date().toISOString(), logs: keysOf({ signer, previous }), before, entries, closed },
    ...(witnesses && { witnesses }),
    ...(quorum !== null && { quorum: Number(quorum) }),
  });
  const text = formatPolicy(policy);
  if (out !== null) await writePrivateFile(resolve(out), text);
  return {
    lines: out === null ? [text.trimEnd()] : [`The policy is in ${resolve(out)}. Sign it with the root key: onrecord key sign`],
    data: { policy: text },
  };
}

/** Begins a rotation: an entry that names the new key, under a checkpoint that both keys sign. */
export async function rotateKey(newKeyFile: string): Promise<KeyReport> {
  const config = await configuration();
  const { signer: old, previous } = await loadSigners(config);
  if (previous !== null) refuse('wrong_state', 'a rotation runs already: retire the previous key first');
  const signer = createSigner(await readText(newKeyFile), config.logOrigin);
  if (signer.publicKey.equals(old.publicKey)) refuse('key_invalid', 'this is the key that signs already');
  await declareKey(config, signer, old, { added: formatVerifierKey(signer), retired: null });
  return {
    lines: [
      'The log names the new key, and both sign from now on. Before the next start:',
      `  ONRECORD_SIGNING_KEY_FILE=${resolve(newKeyFile)}`,
      '  ONRECORD_PREVIOUS_KEY_FILE=(the key so far)',
      'Then: onrecord key policy, sign it with the root key, set ONRECORD_TRUST_FILE. In 90 days: onrecord key retire.',
    ],
    data: { added: formatVerifierKey(signer), beside: formatVerifierKey(old) },
  };
}

/** Ends a rotation: an entry that retires the previous key, under a checkpoint that the new one alone signs. */
export async function retireKey(isCompromised: boolean): Promise<KeyReport> {
  const config = await configuration();
  const { signer, previous } = await loadSigners(config);
  if (previous === null) throw new OnrecordError('wrong_state', 'no rotation runs: ONRECORD_PREVIOUS_KEY is not set');
  const { entries } = await readAside(config, signer, previous);
  const { since } = keyStateOf(entries);
  if (since === null) throw new OnrecordError('wrong_state', 'no rotation runs: the log names no newer key');
  const soonest = Date.parse(since) + rotationLastsMs;
  if (!isCompromised && Date.now() < soonest)
    refuse(
      'wrong_state',
      `both keys sign until ${new Date(soonest).toISOString()}; --compromised ends it now, and readers of the old key alone stop believing`,
    );
  await declareKey(config, signer, null, { added: null, retired: formatVerifierKey(previous) });
  return {
    lines: [
      'The previous key signs no more. Before the next start: unset ONRECORD_PREVIOUS_KEY_FILE.',
      'Then sign a new policy: it tells readers up to which size the old key counts.',
    ],
    data: { retired: formatVerifierKey(previous) },
  };
}

async function declareKey(config: Config, signer: Signer, previous: Signer | null, key: NonNullable<Entry['key']>): Promise<void> {
  const { agency } = config;
  const { store, close } = await openStore(config, { signer, previous, changesKeys: true });
  try {
    await store.declare((allot) => ({ entries: [{ type: entryType(agency.origin), event: 'key', at: allot.entry().at, key }], files: [] }));
  } finally {
    await close();
  }
}

async function configuration(): Promise<Config> {
  return readConfig(await readHouse());
}

/** The entries of the current log and the logs before it, read beside a server that may run. */
async function readAside(
  config: Config,
  signer: Signer,
  previous: Signer | null,
): Promise<{ entries: readonly Entry[]; closed: readonly { origin: string; size: number }[] }> {
  const { log, closed, entries } = await readLogs(config, { signer, previous });
  return { entries: entries.slice(log.begin), closed: closed.map(({ size }, place) => ({ origin: logName(config.agency.origin, place + 1), size })) };
}

function readWitness(line: string): Policy['witnesses'] {
  const [key, url, ...rest] = line.trim().split(/\s+/);
  if (!key || key.startsWith('#')) return [];
  if (rest.length > 0) throw new UsageError(`one witness a line, "VKEY [URL]": ${line}`);
  return [{ key: parseCosignerKey(key), url: url ?? null }];
}

function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new OnrecordError('bad_request', `${path} cannot be read: ${cause.message}`, { cause });
  });
}
