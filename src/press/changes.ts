import { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { diffVersions, type VersionDiff } from '../statement/diff.ts';
import type { PublicVersion } from '../statement/facts.ts';
import type { Language } from '../statement/schema.ts';
import type { Pressroom } from './pages/page.ts';

/** What changed between two versions, kept as readers were first told it (record.md §3, `/diff/{a}..{b}`). */

const Part = z.strictObject({ type: z.enum(['same', 'added', 'removed']), text: z.string() });
const Changed = z.strictObject({ type: z.literal('changed'), words: z.array(Part) });
const Kept = z.strictObject({
  fields: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
  blocks: z.array(z.strictObject({ section: z.string(), changes: z.array(z.union([Part, Changed])) })),
});

type Ends = { reference: string; before: PublicVersion; after: PublicVersion };

/**
 * The difference of two versions that have their text, in the texts of one language. From the version before, and from the one
 * that is corrected, it is computed once and kept in `room.prints`; any other is computed each time.
 * @throws OnrecordError `store_corrupt` when what is kept cannot be read, `busy` when one that is not kept takes too long
 */
export async function changesBetween(room: Pressroom, ends: Ends, language: Language): Promise<VersionDiff> {
  const { before, after } = ends;
  const isKept = before.version === after.version - 1 || before.version === after.correctsVersion;
  const name = `diffs/${before.entry}-${after.entry}.${language}.json`;
  const known = isKept ? await room.prints.read(name).catch(() => undefined) : undefined;
  if (known) return readKept(name, known);
  const [old, now] = await Promise.all([room.texts.signed(before.entry), room.texts.signed(after.entry)]);
  const made = room.diff(old, now, language);
  // Once in its life, and within the bounds of diffVersions: no publication goes without its difference because a worker was busy.
  return isKept ? keepChanges(room, ends, name, await made.catch(() => diffVersions(old, now, language))) : made;
}

async function keepChanges(room: Pressroom, { reference, before, after }: Ends, name: string, made: VersionDiff): Promise<VersionDiff> {
  const kept = readKept(name, await keepOrNot(room, name, Buffer.from(`${JSON.stringify(made)}\n`)));
  // A redaction may have removed its prints while this one was being made.
  const versions = room.record.statement(reference)?.versions ?? [];
  const isGone = [before, after].some(({ version }) => versions[version - 1]?.redacted);
  if (isGone) await room.prints.remove((one) => one === name).catch(() => undefined);
  return kept;
}

/** What is public is shown, even when the disk takes no print; it is then made again by the next process. */
function keepOrNot({ prints }: Pressroom, name: string, bytes: Buffer): Promise<Buffer> {
  return prints.keep(name, bytes).catch(() => bytes);
}

function readKept(name: string, bytes: Buffer): VersionDiff {
  try {
    return Kept.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw new OnrecordError('store_corrupt', `${name} cannot be read`, { cause });
  }
}
