import { createHash } from 'node:crypto';
import { createMessage, enums, type PrivateKey, readKey, readPrivateKey, sign } from 'openpgp';
import { z } from 'zod';
import type { Clearance } from '../store/clearances.ts';
import type { CsafAnswer, CsafObjection, CsafTask, OpenPgpKey, Signing } from './csaf-gate.ts';
import { loadCsafLibrary } from './csaf-library.ts';
import { serveGate } from './serve-gate.ts';

/** Runs in a worker thread of its own: validates CSAF documents and signs them. */

type Result = { isValid?: boolean; errors?: readonly Said[]; warnings?: readonly Said[] };
type Said = { instancePath?: string; message?: string };
type Test = (document: unknown) => Result | Promise<Result>;

// Loaded beside everything else: keys can be looked at meanwhile.
const loading = loadCsafLibrary();
loading.catch(() => undefined);
const isTest = (value: unknown): value is Test => typeof value === 'function';
const keys = new Map<string, PrivateKey>();

serveGate(answer, false);

async function answer(task: CsafTask): Promise<CsafAnswer> {
  try {
    if ('describe' in task) return { key: await describe(task.describe, task.at) };
    const { document, tests, sign: wanted } = task;
    const objections =
      tests === 'all' ? await check(read(document), () => true) : await check(withPlainNames(read(document)), (name) => !name.startsWith('optional'));
    if (objections.length > 0) return { objections };
    return { sha512: createHash('sha512').update(document).digest('hex'), signature: wanted && (await signatureOf(document, wanted)) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

function read(document: Uint8Array): unknown {
  return JSON.parse(Buffer.from(document).toString());
}

/** In real documents the names of some weaknesses end in a space, for which nobody's archive needs a gap (mandatory test 6.1.11). */
function withPlainNames(document: unknown): unknown {
  const names = z.looseObject({ vulnerabilities: z.array(z.looseObject({ cwe: z.looseObject({ name: z.string().trim() }).optional() })) });
  return names.safeParse(document).data ?? document;
}

/** Errors and warnings of every wanted test alike: what other validators warn about is not published. */
async function check(document: unknown, isWanted: (name: string) => boolean): Promise<readonly CsafObjection[]> {
  const objections: CsafObjection[] = [];
  for (const [name, test] of Object.entries(await loading)) {
    if (!isTest(test) || !isWanted(name)) continue;
    const { isValid = true, errors = [], warnings = [] } = await test(document);
    const said = [...errors, ...warnings].map(({ instancePath = '', message = name }) => ({ path: instancePath, message }));
    objections.push(...said);
    if (!isValid && said.length === 0) objections.push({ path: '', message: name });
  }
  return objections;
}

/** A detached signature in armour, the same bytes for the same instant: v4, which GnuPG 2.2 reads. */
async function signatureOf(document: Uint8Array, { key, at }: Signing): Promise<NonNullable<Clearance['signature']>> {
  const signing = keys.get(key) ?? (await readPrivateKey({ armoredKey: key }));
  keys.set(key, signing);
  const armored = await sign({
    message: await createMessage({ binary: document }),
    signingKeys: signing,
    detached: true,
    date: new Date(at),
    config: { nonDeterministicSignaturesViaNotation: false, preferredHashAlgorithm: enums.hash.sha512 },
  });
  return { key: signing.getFingerprint().toUpperCase(), armored };
}

/** @param at the instant at which a private key has to be able to sign */
async function describe(armored: string, at: number): Promise<OpenPgpKey> {
  const key = await readKey({ armoredKey: armored });
  if (key.keyPacket.version !== 4) throw new Error('an OpenPGP key of version 4 is wanted: GnuPG 2.2 reads no other');
  const expires = await key.getExpirationTime();
  return {
    fingerprint: key.getFingerprint().toUpperCase(),
    armored: key.toPublic().armor(),
    expiresAt: expires instanceof Date ? expires.toISOString() : null,
    trouble: key.isPrivate() ? await signingTrouble(armored, at) : null,
  };
}

/** Protected, expired, revoked or not begun: nothing tells but a signature. */
async function signingTrouble(key: string, at: number): Promise<string | null> {
  return signatureOf(Buffer.from('trial'), { key, at }).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
