import { createHash } from 'node:crypto';
import { signCheckpoint } from '../../src/ledger/checkpoint.ts';
import { type Cosigner, cosign, createCosigner } from '../../src/ledger/cosignature.ts';
import { type Entry, encodeEntry } from '../../src/ledger/entry.ts';
import { type Signer, splitNote } from '../../src/ledger/note.ts';
import { inclusionProof } from '../../src/ledger/proof.ts';
import { signedContent } from '../../src/ledger/revision.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { createSubtrees } from '../../src/ledger/subtrees.ts';
import { entryBundle, hasTile, readTilePath } from '../../src/ledger/tile.ts';
import { formatProof } from '../../src/ledger/tlog-proof.ts';
import { leafHash, rootOfEntries } from '../../src/ledger/tree.ts';
import { openTrust, type Policy, signTrust, type Trust } from '../../src/ledger/trust.ts';
import { type NewFile, versionFiles } from '../../src/ledger/version-file.ts';
import { type Kind, kinds } from '../../src/statement/schema.ts';
import { minute, origin, readyContent } from './statements.ts';

/** A log made with the real modules and no server: entries, checkpoints, proofs and a trust note of it. */

export const logSigner = (name = origin): Signer => createSigner(newSigningKey(), name);
export const witness = (name: string): Cosigner => createCosigner(newSigningKey(), name);

export type TestLog = {
  readonly entries: readonly Buffer[];
  /** Adds a version or a notice of a statement; gives the signed files of a version. */
  add(event: Entry['event'], statement?: string, more?: Partial<Entry>): readonly NewFile[];
  /** The signed checkpoint over the first entries (all unless said). */
  checkpoint(signers: readonly Signer[], cosigners?: readonly Cosigner[], size?: number): string;
  proof(index: number, checkpoint: string): string;
  /** What a site answers at an address of this log, without its prefix: checkpoint or entry tile. */
  serve(path: string, checkpoint: string): Buffer | undefined;
};

export function createTestLog(name = origin): TestLog {
  const entries: Buffer[] = [];
  const versions = new Map<string, number>();
  const type = `https://${origin}/vocab/log-entry/v1`;
  return {
    entries,
    add: (event, statement = '2026-0001', more = {}) => {
      const at = minute(entries.length);
      const isKind = kinds.some((kind) => kind === event);
      const version = (versions.get(statement) ?? 0) + 1;
      if (isKind) versions.set(statement, version);
      const files = isKind ? filesOf(kinds.find((kind) => kind === event) ?? 'update', statement, version, at) : [];
      const about = event === 'key' || event === 'restored' ? {} : { statement, prev: null };
      const made = isKind ? { version, files: files.map(({ body: _body, ...file }) => file) } : {};
      entries.push(encodeEntry({ type, event, at, ...about, ...made, ...more }));
      return files;
    },
    checkpoint: (signers, cosigners = [], size = entries.length) => {
      const note = signCheckpoint({ origin: name, size, root: rootOfEntries(entries.slice(0, size)) }, ...signers);
      return note + cosigners.map((cosigner) => cosign(splitNote(note).text, cosigner, 1_795_000_000)).join('');
    },
    proof: (index, checkpoint) => {
      const size = Number(checkpoint.split('\n')[1]);
      const { hashOf } = createSubtrees(entries.slice(0, size).map(leafHash));
      return formatProof({ extra: entries[index] ?? Buffer.alloc(0), index, hashes: inclusionProof(index, size, hashOf), checkpoint });
    },
    serve: (path, checkpoint) => {
      const tile = readTilePath(path);
      if (path === 'checkpoint') return Buffer.from(checkpoint);
      if (tile?.level !== 'entries' || !hasTile(tile, entries.length)) return undefined;
      return entryBundle(entries.slice(tile.index * 256, tile.index * 256 + tile.width));
    },
  };
}

function filesOf(kind: Kind, reference: string, version: number, publishedAt: string): readonly NewFile[] {
  const content = readyContent({ correctsVersion: kind === 'correction' ? 1 : null });
  const withdrawal = kind === 'withdrawal' ? { code: 'facts_wrong' as const, reason: { en: 'It was wrong.' } } : null;
  const salt = createHash('sha256').update(`${reference} ${version}`).digest('hex').slice(0, 32);
  return versionFiles(signedContent(kind, content, origin, withdrawal), { reference, version, publishedAt, previous: null, salt });
}

/** A trust note of these keys, signed by this root. */
export function trustOf(root: Signer, policy: Partial<Policy> & Pick<Policy, 'logs'>): Trust {
  return openTrust(signTrust({ root, issuedAt: minute(0), retired: [], witnesses: [], quorum: 0, ...policy }, root), root);
}
export const witnessList = (...cosigners: readonly Cosigner[]): Trust['witnesses'] => cosigners.map((key) => ({ key, url: null }));
