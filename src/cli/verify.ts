import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OnrecordError, refuse } from '../errors.ts';
import { type Entry, isVersionEntry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { fingerprintOf, formatVerifierKey, parseVerifierKey, type VerifierKey } from '../ledger/note.ts';
import { registerNumber } from '../ledger/register-file.ts';
import { openTrust, type Trust } from '../ledger/trust.ts';
import { decodeUtf8 } from '../ledger/utf8.ts';
import { type Standing, type Step, standingOf, type Verdict, verifyFile } from '../ledger/verify.ts';
import { type Arguments, type Command, complain, exitCodes, optional, print, printJson, readArguments, theWord, UsageError } from './command.ts';
import { fetchPublic } from './fetch-public.ts';
import { type Latest, readLatest } from './latest.ts';

export const verifyCommand: Command = {
  usage: `Usage: onrecord verify FILE|URL [options]

Proves that a signed file was published by the agency and logged. FILE is a version's .json or .txt, a state of the register, or an imported original; its
.tlog-proof and trust.note are looked for beside it. URL is the address of a version, of its .json or .txt, or of a state of the register,
…/register/3.json or .html, or of an imported original; the proof and the trust note are fetched.

  --root VKEY   the agency's root key, from a source that is not this site; without it nothing proves whose file it is
  --proof FILE  the .tlog-proof
  --trust FILE  the trust note
  --latest      read the site's whole log as well: is there a newer version, a withdrawal, a recheck, a redaction?
  --site URL    with --latest and FILE: the site whose log is read
  --json        print the verdict as JSON

Exit code 0: genuine. 1: not proved. 64: wrong usage. A newer version does not change the exit code; it is printed.`,
  async run(args) {
    const given = readArguments(args, options, { min: 1, max: 1 });
    const source = await readSource(given);
    const verdict = verifyFile(source.file, source.proof, source.trust);
    if (!verdict.isProved || !isNamed(verdict, source.name)) return tellRefusal(verdict.isProved ? 'name' : verdict.step, given.json);
    const latest = source.site && (await readLatest(source.site, source.trust, verdict.checkpoint));
    const { entry } = verdict;
    const standing = latest && isVersionEntry(entry) ? standingOf(latest.entries, entry.statement, entry.version) : null;
    const told = { ...source, verdict, latest, standing, fileName: fileNameOf(verdict, source.file) };
    if (given.json) printJson(verdictJson(told));
    else tellProof(told);
    return 0;
  },
};

const options = {
  root: { type: 'string' },
  proof: { type: 'string' },
  trust: { type: 'string' },
  site: { type: 'string' },
  latest: { type: 'boolean' },
} as const;

/** `site` is null unless the log is to be read; `name` is the address that the file has to have, null where any will do. */
type Source = { file: Buffer; proof: string; trust: Trust; isPinned: boolean; name: string | null; site: URL | null };
type Proved = Extract<Verdict, { isProved: true }>;
type Told = Source & { verdict: Proved; latest: Latest | null; standing: Standing | null; fileName: string };

const versionPath = /^(?:\/[a-z]{2})?(\/statements\/(?:EX-)?[0-9]{4}-[0-9]{4,9}\/v\/[1-9][0-9]{0,5})(?:\.(json|txt|tlog-proof))?$/;
const registerPath = /^(\/register\/[1-9][0-9]{0,8})\.(json|html|tlog-proof)$/;
const originalPath = /^(\/imported\/[a-z0-9.-]{3,80}\/[a-z0-9_-]{1,80}\/[1-9][0-9]{0,5})\.(json|tlog-proof)$/;

async function readSource(given: Arguments): Promise<Source> {
  const place = theWord(given);
  const root = readRoot(optional(given, 'root'));
  const isRemote = /^https?:\/\//.test(place);
  const site = readSite(optional(given, 'site') ?? (isRemote ? place : null));
  const isLatest = given.values.latest === true;
  if (isLatest && site === null) throw new UsageError('--latest with a file needs --site');
  const { file, proof, trust, name } = isRemote ? remoteParts(new URL(place)) : localParts(place);
  const [fileBytes, proofBytes, trustBytes] = await Promise.all([file(), load(optional(given, 'proof'), proof), load(optional(given, 'trust'), trust)]);
  const shared = { file: fileBytes, proof: textOf(proofBytes), trust: openTrust(textOf(trustBytes), root), isPinned: root !== null, name };
  return { ...shared, site: isLatest ? site : null };
}

type Parts = { file(): Promise<Buffer>; proof(): Promise<Buffer>; trust(): Promise<Buffer>; name: string | null };

function remoteParts(url: URL): Parts {
  const [, base, form] = versionPath.exec(url.pathname) ?? registerPath.exec(url.pathname) ?? originalPath.exec(url.pathname) ?? [];
  if (base === undefined) throw new UsageError('not the address of a version, such as https://…/statements/2026-0007/v/2');
  const name = `${base}.${form === 'txt' || form === 'html' ? form : 'json'}`;
  const at = (path: string) => () => fetchPublic(new URL(path, url));
  return { file: at(name), proof: at(`${base}.tlog-proof`), trust: at('/log/trust.note'), name };
}

function localParts(path: string): Parts {
  const at = (place: string) => () => readLocal(place);
  return { file: at(path), proof: at(`${path.replace(/\.(json|txt|html)$/, '')}.tlog-proof`), trust: at(join(dirname(path), 'trust.note')), name: null };
}

function load(path: string | null, otherwise: () => Promise<Buffer>): Promise<Buffer> {
  return path === null ? otherwise() : readLocal(path);
}

function textOf(bytes: Buffer): string {
  return decodeUtf8(bytes) ?? refuse('bad_text', 'proof and trust note have to be UTF-8');
}

function readLocal(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new OnrecordError('not_found', `${path} cannot be read: ${cause.code ?? cause.message}`, { cause });
  });
}

function readRoot(text: string | null): VerifierKey | null {
  if (text === null) return null;
  try {
    return parseVerifierKey(text);
  } catch {
    throw new UsageError('--root is not a verifier key of the form name+id+key');
  }
}

function readSite(place: string | null): URL | null {
  if (place === null) return null;
  if (!/^https?:\/\//.test(place) || !URL.canParse(place)) throw new UsageError(`${place} is not an http or https address`);
  return new URL(place);
}

/** Whether the file is the one that was asked for, and not another genuine one in its place. */
function isNamed({ entry }: Proved, name: string | null): boolean {
  return name === null || entry.files.some((file) => file.name === name);
}

/** Which of the signed files that the entry lists these bytes are. */
function fileNameOf({ entry }: Proved, file: Buffer): string {
  const sha256 = sha256Hex(file);
  return entry.files.find((one) => one.sha256 === sha256)?.name ?? '';
}

const refusals: Readonly<Record<Step | 'name', string>> = {
  proof: 'the proof is malformed',
  file: 'the file is not the one that this proof is about: it was changed, or it belongs to another proof',
  signature: 'the checkpoint is not signed by a key that the trust note allows',
  witnesses: 'too few of the witnesses in the trust note have signed the checkpoint (after a publication this can take a minute)',
  path: 'the entry is not in the log that the checkpoint signs',
  name: 'this is a genuine file of the agency, but not the one at this address',
};

function tellRefusal(step: Step | 'name', json: boolean): number {
  if (json) printJson({ proved: false, step, message: refusals[step] });
  else print(`NOT PROVED: ${refusals[step]} (${step})`);
  return exitCodes.refused;
}

function tellProof({ verdict: { entry, index, checkpoint, witnesses }, trust, isPinned, latest, standing, fileName }: Told): void {
  const root = formatVerifierKey(trust.root);
  if (!isPinned) {
    complain('WARNING: the root key was taken from the trust note itself. So far file, proof and trust note only fit together.');
    complain('Compare this key, or its fingerprint, with one that you have from elsewhere, and use --root the next time:');
    complain(`  ${root}\n  SHA-256 ${fingerprintOf(root)}\n`);
  }
  const holder = isPinned ? 'this agency' : 'whoever holds this root key';
  print(
    isVersionEntry(entry)
      ? `PROVED: published by ${holder} and logged.`
      : `PROVED: brought along by ${holder} and logged; what it says is what its publisher claims.`,
  );
  print(`  file       ${shown(fileName)}`);
  if (isVersionEntry(entry)) print(`  statement  ${shown(entry.statement)}, version ${entry.version} (${entry.event}) of ${entry.at}`);
  else print(`  document   ${shown(entry.imported?.id ?? '')}, version ${shown(entry.imported?.version ?? '')}, brought along ${entry.at}`);
  print(`  log        ${shown(checkpoint.origin)}, entry ${index}, in the tree of ${checkpoint.size}`);
  print(`  witnesses  ${witnesses} signed, ${trust.quorum} needed`);
  print(`  trust note of ${trust.issuedAt}`);
  print(`  root key   ${root}${isPinned ? '' : ' (NOT PINNED)'}`);
  if (latest === null) print('Not checked: whether it is still current. --latest reads the whole log.');
  else
    for (const line of [
      `By the log of ${shown(latest.checkpoint.origin)} with ${latest.checkpoint.size} entries:`,
      ...(standing === null ? originalLines(fileName, latest.entries) : standingLines(standing)),
      ...registerLines(fileName, latest.entries),
    ])
      print(line);
}

/** Words of a note whose root nobody has pinned may try to draw on the terminal. */
function shown(text: string): string {
  return text.replaceAll(/\p{C}/gu, '?');
}

function standingLines({ newest, supersededBy, withdrawn, underRecheck, disowned, redacted }: Standing): readonly string[] {
  const lines = [
    supersededBy === null ? '' : `  superseded by version ${supersededBy}`,
    withdrawn ? `  WITHDRAWN: the statement no longer stands (version ${newest})` : '',
    underRecheck ? '  UNDER RECHECK: the agency is checking it again' : '',
    disowned ? '  DISOWNED: the second reader does not stand behind it' : '',
    redacted ? '  REDACTED: the agency had to remove the text of this version' : '',
  ].filter((line) => line !== '');
  return lines.length === 0 ? ['  the newest version, no notice against it'] : lines;
}

/** Of a state of the register: whether the log has a newer one. */
function registerLines(fileName: string, entries: readonly Entry[]): readonly string[] {
  const state = registerNumber(fileName.replace(/\.html$/, '.json'));
  if (state === null) return [];
  const newest = Math.max(state, ...entries.flatMap(({ files = [] }) => files.map(({ name }) => registerNumber(name) ?? 0)));
  return [newest > state ? `  an older state of the register: ${newest} is the newest` : '  the newest state of the register'];
}

/** Of a document that was brought along: whether a newer original of it was. */
function originalLines(fileName: string, entries: readonly Entry[]): readonly string[] {
  const [folder = '', own] = [fileName.slice(0, fileName.lastIndexOf('/') + 1), originalNumber(fileName)];
  const newest = Math.max(own, ...entries.flatMap(({ files = [] }) => files.map(({ name }) => (name.startsWith(folder) ? originalNumber(name) : 0))));
  return [newest > own ? `  an older original: ${newest} is the newest` : '  the newest original'];
}

function originalNumber(name: string): number {
  return Number(/\/([1-9][0-9]*)\.json$/.exec(name)?.[1] ?? 0);
}

function verdictJson({ verdict: { entry, index, checkpoint, witnesses }, trust, isPinned, latest, standing, fileName }: Told): Record<string, unknown> {
  const { origin, size } = checkpoint;
  const rootKey = formatVerifierKey(trust.root);
  return {
    proved: true,
    root: { key: rootKey, fingerprint: fingerprintOf(rootKey), pinned: isPinned },
    trustIssuedAt: trust.issuedAt,
    file: fileName,
    ...(isVersionEntry(entry) ? { statement: entry.statement, version: entry.version } : { document: entry.imported?.id, version: entry.imported?.version }),
    event: entry.event,
    at: entry.at,
    log: { origin, index, size },
    witnesses: { signed: witnesses, needed: trust.quorum },
    latest: latest === null ? null : { origin: latest.checkpoint.origin, size: latest.checkpoint.size, ...standing },
  };
}
