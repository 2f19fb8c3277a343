import { join } from 'node:path';
import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { Instant } from '../statement/schema.ts';
import { type Disk, errnoOf, listIfThere } from './disk.ts';
import { readDocument } from './embedded-document.ts';

/** What lies in a backup: `manifest.json`, written last, and the data beside it. */

const plainPath = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,120}(?:\/[A-Za-z0-9_][A-Za-z0-9._-]{0,120}){0,7}$/;
const ListedFile = z.strictObject({ path: z.string().regex(plainPath), bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export const Manifest = z.strictObject({
  schema: z.literal(1),
  createdAt: Instant,
  /** The identity, and the origin of the log that was written then. */
  origin: z.string().min(1),
  log: z.string().min(1),
  /** The newest checkpoint and its size; null and 0 before the first publication. */
  checkpoint: z.string().nullable(),
  size: z.int().nonnegative(),
  /** Paths below `data`, in their order. */
  files: z.array(ListedFile),
});
export type Manifest = z.infer<typeof Manifest>;
type ListedFile = z.infer<typeof ListedFile>;

export const manifestName = 'manifest.json';
export const dataName = 'data';
const deepest = 8;

/** Every file below a directory, as plain paths in order; none where there is no such directory. */
export async function walkFiles(disk: Disk, directory: string, depth = 0): Promise<readonly string[]> {
  const names = await listIfThere(disk, directory);
  const found: string[] = [];
  for (const name of [...names].sort()) {
    const below = await walkBelow(disk, join(directory, name), depth);
    found.push(...(below?.map((path) => `${name}/${path}`) ?? [name]));
  }
  return found;
}

/** Null for a file. */
async function walkBelow(disk: Disk, path: string, depth: number): Promise<readonly string[] | null> {
  if (depth >= deepest) throw new OnrecordError('store_corrupt', `${path} lies too deep`);
  try {
    return await walkFiles(disk, path, depth + 1);
  } catch (error) {
    if (errnoOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

/** What lies below a directory now. */
export async function listFiles(disk: Disk, directory: string): Promise<readonly ListedFile[]> {
  const listed: ListedFile[] = [];
  for (const path of await walkFiles(disk, directory)) {
    const bytes = await disk.read(join(directory, path));
    listed.push({ path, bytes: bytes.length, sha256: sha256Hex(bytes) });
  }
  return listed;
}

/** The manifest of a backup. `store_corrupt`: there is none, so that the backup never ended, or it is none. */
export async function readManifest(disk: Disk, backup: string): Promise<Manifest> {
  const manifest = await readDocument(join(backup, manifestName), Manifest, disk);
  const paths = new Set(manifest.files.map(({ path }) => path));
  if (paths.size !== manifest.files.length) throw new OnrecordError('store_corrupt', 'the manifest names a file twice');
  const there = await walkFiles(disk, join(backup, dataName));
  const extra = there.find((path) => !paths.has(path));
  if (extra !== undefined) throw new OnrecordError('store_corrupt', `the backup holds ${extra}, which its manifest does not name`);
  const gone = [...paths].find((path) => !there.includes(path));
  if (gone !== undefined) throw new OnrecordError('store_corrupt', `${gone} is missing from the backup`);
  return manifest;
}
