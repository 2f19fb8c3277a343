import { openCheckpoint } from '../../src/ledger/checkpoint.ts';
import { encodeEntry, isImportedEntry } from '../../src/ledger/entry.ts';
import { sha256Hex } from '../../src/ledger/hash.ts';
import { canonicalise } from '../../src/ledger/jcs.ts';
import type { VerifierKey } from '../../src/ledger/note.ts';
import { appendLeaf, emptyTree, leafHash, rootOf } from '../../src/ledger/tree.ts';
import { SignedVersion } from '../../src/statement/schema.ts';
import { redactionOf } from '../../src/statement/state.ts';
import type { Store } from '../../src/store/store.ts';
import { auditRegister } from './register-audit.ts';

/** Everything that is wrong with a store's public record, proved again from its bytes; empty when all is well. */
export async function auditStore(store: Store, key: VerifierKey): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { size, checkpoint, entries } = await store.ledger(-1, Number.MAX_SAFE_INTEGER);
  const tree = entries.map((entry) => leafHash(entry.bytes)).reduce(appendLeaf, emptyTree);
  if (checkpoint === null ? size !== 0 : !isHead(checkpoint, key, rootOf(tree), size)) wrong.push('the checkpoint does not sign these entries');
  if (entries.length !== size) wrong.push('entries are missing');
  const taken = new Set(entries.flatMap(({ entry }) => entry.redacts?.files ?? []));
  for (const [index, { entry, bytes, files, index: stated }] of entries.entries()) {
    if (stated !== index || !encodeEntry(entry).equals(bytes)) wrong.push(`entry ${index} is not itself`);
    if (index > 0 && entry.at <= (entries[index - 1]?.entry.at ?? '')) wrong.push(`entry ${index} does not rise in time`);
    for (const file of entry.files ?? []) {
      const body = files.find((item) => item.name === file.name)?.body;
      const isRight = taken.has(file.name) ? body === undefined : body !== undefined && sha256Hex(body) === file.sha256;
      if (!isRight) wrong.push(`${file.name} is not what was signed`);
    }
  }
  return [...wrong, ...auditRegister(entries, key.name), ...(await auditStatements(store))];
}

async function auditStatements(store: Store): Promise<readonly string[]> {
  const wrong: string[] = [];
  const { entries } = await store.ledger(-1, Number.MAX_SAFE_INTEGER);
  let facts = 0;
  for (const line of await store.list()) {
    const statement = await store.read(line.id);
    if (!statement) {
      wrong.push(`${line.id} is listed and not there`);
      continue;
    }
    facts += statement.versions.length + statement.notices.length;
    let previous: string | null = null;
    for (const version of statement.versions) {
      const json = entries[version.entry]?.files.find((file) => file.name.endsWith('.json'))?.body;
      const isTaken = redactionOf(statement.notices, version.version) !== null;
      if (isTaken) wrong.push(...((await store.revision(version.text)) === undefined ? [] : [`the redacted text of ${line.id} is there`]));
      else if (!json) wrong.push(`${line.id} v${version.version} is not logged`);
      else if (!isVersion(json, version.hash, previous)) wrong.push(`${line.id} v${version.version} is not the approved text`);
      if (!isTaken && (await store.revision(version.text)) === undefined) wrong.push(`the working text of ${line.id} v${version.version} is gone`);
      previous = version.files.find((file) => file.name.endsWith('.json'))?.sha256 ?? null;
    }
    if (line.version !== statement.versions.length || line.reference !== statement.reference) wrong.push(`the line of ${line.id} is not of its document`);
  }
  const brought = entries.filter(({ entry }) => isImportedEntry(entry));
  if (brought.some(({ files }) => files.length !== 1)) wrong.push('a document that was brought along is gone');
  if (facts !== entries.length - brought.length) wrong.push('the log and the statements count differently');
  return wrong;
}

function isVersion(json: Buffer, hash: string, previous: string | null): boolean {
  const {
    reference: _reference,
    version: _version,
    publishedAt: _at,
    previous: stated,
    salt: _salt,
    ...signed
  } = SignedVersion.parse(JSON.parse(json.toString()));
  return stated === previous && sha256Hex(canonicalise(signed)) === hash;
}

function isHead(checkpoint: string, key: VerifierKey, root: Buffer, size: number): boolean {
  const head = openCheckpoint(checkpoint, key);
  return head.size === size && head.root.equals(root) && head.origin === key.name;
}

/** One publication that its caller was told had succeeded. */
export type Acknowledged = { id: string; version: number };

/** Acknowledged publications that are not there: the promise P1, for any way of keeping versions. */
export function lostOf(acknowledged: readonly Acknowledged[], versions: ReadonlyMap<string, number>): readonly Acknowledged[] {
  return acknowledged.filter(({ id, version }) => (versions.get(id) ?? 0) < version);
}

export async function versionsOf(store: Store): Promise<ReadonlyMap<string, number>> {
  return new Map((await store.list()).map((line) => [line.id, line.version]));
}
