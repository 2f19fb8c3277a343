import { OnrecordError } from '../errors.ts';
import { Instant } from '../statement/schema.ts';
import { formatCosignerKey, parseCosignerKey } from './cosignature.ts';
import { logNumber } from './log-name.ts';
import { formatVerifierKey, openNote, parseVerifierKey, type Signer, signNote, splitNote, type VerifierKey } from './note.ts';

/** Whom a reader of this log may believe (c2sp.org/tlog-policy), as the offline root key signed it. */
export type Trust = {
  /** The whole signed note, as it is served. */
  note: string;
  root: VerifierKey;
  /** When the root signed it, ISO UTC. */
  issuedAt: string;
  /** Keys that sign the log now: one, or two while a rotation runs. */
  logs: readonly VerifierKey[];
  /** Keys that sign no more: valid for checkpoints up to this size. */
  retired: readonly { key: VerifierKey; lastSize: number }[];
  /** Their keys are of cosignature/v1; `url` is where checkpoints are handed in, null for one that is only checked. */
  witnesses: readonly { key: VerifierKey; url: string | null }[];
  /** How many of the witnesses have to have signed; 0 for none. */
  quorum: number;
};
/** What the root signs. */
export type Policy = Omit<Trust, 'note'>;

const group = 'witnesses';
const sizePattern = /^[1-9][0-9]{0,14}$/;
const urlPattern = /^https?:\/\/[!-~]{1,300}$/;
const most = { logs: 32, witnesses: 32, retired: 1_000 };

/**
 * The policy as text, a line each in this order: root, issued, logs, retired keys, witnesses, group, quorum. What c2sp.org/tlog-policy
 * has no line for is a comment there and begins with `#onrecord`. A policy that no reader would take is `key_invalid`.
 */
export function formatPolicy(policy: Policy): string {
  const text = printPolicy(policy);
  parsePolicy(text);
  return text;
}

/** The trust note: the policy's text, signed by the root key that it names. Another signer, or a policy that is none, is `key_invalid`. */
export function signTrust(policy: Policy, rootSigner: Signer): string {
  if (!isSameKey(policy.root, rootSigner)) return refuseTrust('another root key than the one it names');
  return signNote(formatPolicy(policy), [rootSigner]);
}

/**
 * Opens a trust note. `root` is the key that a verifier has pinned; null takes the key that the note itself names, which proves
 * nothing about whose note it is. A malformed note, one of another root or with a wrong signature, is `key_invalid`.
 */
export function openTrust(note: string, root: VerifierKey | null): Trust {
  try {
    const policy = parsePolicy(openNote(note, root ?? parsePolicy(splitNote(note).text).root));
    if (root === null || isSameKey(policy.root, root)) return { note, ...policy };
  } catch (cause) {
    throw cause instanceof OnrecordError && cause.code === 'key_invalid'
      ? cause
      : new OnrecordError('key_invalid', 'the trust note does not verify', { cause });
  }
  return refuseTrust('it names another root key');
}

/** Reads what `formatPolicy` writes; strict: one way to print each policy. `key_invalid` for anything else. */
export function parsePolicy(text: string): Policy {
  const lines = text.split('\n').map((line) => line.split(' '));
  const rowsOf = (...begin: string[]): string[][] =>
    lines.filter((words) => begin.every((word, place) => words[place] === word)).map((words) => words.slice(begin.length));
  const [[rootText = ''] = []] = rowsOf('#onrecord', 'root');
  const [[issuedAt = ''] = []] = rowsOf('#onrecord', 'issued');
  const [[count = '0'] = []] = rowsOf('group', group);
  const policy: Policy = {
    root: parseVerifierKey(rootText),
    issuedAt,
    logs: rowsOf('log').map(([key = '']) => parseVerifierKey(key)),
    retired: rowsOf('#onrecord', 'retired').map(([key = '', size = '']) => ({ key: parseVerifierKey(key), lastSize: readSize(size) })),
    witnesses: rowsOf('witness').map(([, key = '', url]) => ({ key: parseCosignerKey(key), url: url ?? null })),
    quorum: count === '0' ? 0 : readSize(count),
  };
  const problem = printPolicy(policy) === text ? problemOf(policy) : 'not in its one form';
  return problem === null ? policy : refuseTrust(problem);
}

function printPolicy({ root, issuedAt, logs, retired, witnesses, quorum }: Policy): string {
  const lines = [
    `#onrecord root ${formatVerifierKey(root)}`,
    `#onrecord issued ${issuedAt}`,
    ...logs.map((key) => `log ${formatVerifierKey(key)}`),
    ...retired.map(({ key, lastSize }) => `#onrecord retired ${formatVerifierKey(key)} ${lastSize}`),
    ...witnesses.map(({ key, url }, index) => `witness w${index + 1} ${formatCosignerKey(key)}${url === null ? '' : ` ${url}`}`),
    ...(quorum === 0 ? [] : [`group ${group} ${quorum} ${witnesses.map((_, index) => `w${index + 1}`).join(' ')}`]),
    `quorum ${quorum === 0 ? 'none' : group}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** What is wrong with a policy that is well written, or null. */
function problemOf({ root, issuedAt, logs, retired, witnesses, quorum }: Policy): string | null {
  if (!Instant.safeParse(issuedAt).success || Number.isNaN(Date.parse(issuedAt))) return 'no time of issue';
  if (logs.length === 0) return 'no key of the log';
  if (logs.length > most.logs || witnesses.length > most.witnesses || retired.length > most.retired) return 'too many keys';
  if (quorum > witnesses.length) return 'fewer witnesses than their quorum';
  if (witnesses.some(({ url }) => url !== null && !urlPattern.test(url))) return 'an address that is none';
  const signing = [...logs, ...retired.map(({ key }) => key)];
  if (!signing.every(({ name }) => logNumber(name, identityOf({ root })) !== null)) return 'keys of several names';
  const hasTwice = (keys: readonly VerifierKey[]): boolean => new Set(keys.map(({ publicKey }) => publicKey.toString('hex'))).size < keys.length;
  return hasTwice(signing) || hasTwice(witnesses.map(({ key }) => key)) ? 'a key twice' : null;
}

/** The identity of the house whose root key this is, `<identity>/root`; another name is `key_invalid`. */
export function identityOf({ root }: Pick<Policy, 'root'>): string {
  return /^(.+)\/root$/.exec(root.name)?.[1] ?? refuseTrust('a root key of another name');
}

function isSameKey(one: VerifierKey, other: VerifierKey): boolean {
  return formatVerifierKey(one) === formatVerifierKey(other);
}

function readSize(text: string): number {
  return sizePattern.test(text) ? Number(text) : refuseTrust('a number that is none');
}

function refuseTrust(why: string): never {
  throw new OnrecordError('key_invalid', `this is no trust note: ${why}`);
}
