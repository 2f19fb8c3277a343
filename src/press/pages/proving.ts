import { fingerprintOf, formatVerifierKey, parseVerifierKey } from '../../ledger/note.ts';
import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import { pathOf, verifiers } from '../address.ts';
import type { HouseEvent } from '../public-log.ts';
import type { LinkModel, Reading, TimeModel } from './page.ts';

/** How a reader proves a version without us: programs, keys, commands, and what became of the log. */

export type ProvingModel = {
  /** Null while the agency has no trust note: then a hash can be compared, and nothing proved. */
  root: { key: string; fingerprint: string; issued: TimeModel } | null;
  downloads: readonly LinkModel[];
  /** For the newest version there is; empty before the first. */
  commands: readonly string[];
  origin: string;
  size: number;
  quorum: string | null;
  history: readonly { at: TimeModel; text: string; details: readonly string[] }[];
};

export function provingModel(reading: Reading): ProvingModel {
  const { room, speech } = reading;
  const { trust, log } = room;
  const newest = newestVersion(reading);
  const { size, checkpoint } = log.current();
  const rootKey = trust && formatVerifierKey(trust.root);
  return {
    root: trust && rootKey ? { key: rootKey, fingerprint: fingerprintOf(rootKey), issued: speech.time(trust.issuedAt) } : null,
    downloads: [
      ...verifiers.map((name) => ({ href: `/verify/${name}`, text: name })),
      ...(trust ? [{ href: '/log/trust.note', text: 'trust.note' }] : []),
      ...(checkpoint === null ? [] : [{ href: '/log/checkpoint', text: 'checkpoint' }]),
    ],
    commands: newest ? verifyCommands(reading, newest.statement, newest.version) : [],
    origin: checkpoint?.slice(0, checkpoint.indexOf('\n')) ?? room.agency.origin,
    size,
    quorum:
      trust && trust.quorum > 0
        ? speech.say('public.proving.quorum', { quorum: trust.quorum, witnesses: trust.witnesses.map(({ key }) => key.name).join(', ') })
        : null,
    history: log
      .houseEvents()
      .map((event) => historyLine(reading, event))
      .reverse(),
  };
}

/** Copyable lines that prove one version: everything is fetched, then checked on the reader's machine. */
export function verifyCommands({ room }: Reading, { reference }: PublicStatement, { version, files }: PublicVersion): readonly string[] {
  const { agency, trust } = room;
  const file = agency.publicUrl + pathOf({ page: 'version', reference, version }, agency.languages[0], agency.languages[0]);
  const sha256 = versionHash(files);
  if (trust === null) return [`curl -fsSO ${file}.json`, `echo "${sha256}  ${version}.json" | sha256sum -c`];
  const [shell] = verifiers;
  return [
    `curl -fsSO ${agency.publicUrl}/verify/${shell}`,
    `curl -fsSO ${agency.publicUrl}/log/trust.note`,
    `curl -fsSO ${file}.json`,
    `curl -fsSO ${file}.tlog-proof`,
    `bash ${shell} --root '${formatVerifierKey(trust.root)}' --trust trust.note ${version}.json ${version}.tlog-proof --latest ${agency.publicUrl}`,
  ];
}

/**
 * Copyable lines that prove the offline copy of state `number` of the register, named as it is downloaded; from within the copy, that
 * very file. Without a root key they print its SHA-256 where the log entry names it.
 */
export function provingCommands(site: string, root: string | null, number: number, isCopy: boolean): readonly string[] {
  const [[shell], file, proof] = [verifiers, `register-${number}.html`, `${number}.tlog-proof`];
  const fetched = [...(isCopy ? [] : [`curl -fsSo ${file} ${site}/register/${number}.html`]), `curl -fsSO ${site}/register/${proof}`];
  if (root === null) return [...fetched, `sed -n 's/^extra //p' ${proof} | base64 -d | grep -o "$(sha256sum < ${file} | cut -c 1-64)"`];
  return [
    `curl -fsSO ${site}/verify/${shell}`,
    `curl -fsSO ${site}/log/trust.note`,
    ...fetched,
    `bash ${shell} --root '${root}' --trust trust.note ${file} ${proof} --latest ${site}`,
  ];
}

function newestVersion({ room: { record } }: Reading): { statement: PublicStatement; version: PublicVersion } | undefined {
  for (const reference of record.newest()) {
    const statement = record.statement(reference);
    const version = statement?.versions.findLast(({ redacted }) => redacted === null);
    if (statement && version) return { statement, version };
  }
  return undefined;
}

function historyLine({ speech }: Reading, { index, entry: { at, key, restored } }: HouseEvent): ProvingModel['history'][number] {
  const time = speech.time(at);
  if (restored) {
    const { closed, burned, note } = restored;
    const ranges = burned.map(({ first, last }) => (first === last ? first : `${first} – ${last}`));
    const details = [speech.typeset(note), ...(ranges.length > 0 ? [speech.say('public.proving.burned', { references: ranges.join(', ') })] : [])];
    return { at: time, text: speech.say('public.proving.restored', { origin: closed.origin, size: closed.size }), details };
  }
  const named = key?.added ?? key?.retired ?? '';
  const { name, keyId } = parseVerifierKey(named);
  return { at: time, text: speech.say(key?.added ? 'public.proving.keyAdded' : 'public.proving.keyRetired', { key: `${name}+${keyId}`, index }), details: [] };
}
