import type { ImportedDocument } from '../../imports/document.ts';
import { type KnownDocument, keyOf } from '../../imports/known.ts';
import type { Candidate, Owner } from './candidates.ts';
import type { CsafHouse } from './document.ts';
import { csafFileName } from './names.ts';

/** An agency's own documents from before this record: they stay where machines look for them (csaf.md, "Import"). */

/** Whether a document names this house as its publisher. */
export function isOwn({ publicUrl }: Pick<CsafHouse, 'publicUrl'>, { host }: Pick<KnownDocument, 'host'>): boolean {
  return new URL(publicUrl).hostname === host;
}

/**
 * Its originals, newest first, as far as they may stand in the tree: one without the label WHITE ends the list, as does one that cannot be read.
 * Null where it has no name there, or that of a document of this record. @param said what each original says, in their order
 */
export function broughtOwner(known: KnownDocument, said: readonly (ImportedDocument | null)[]): Owner | null {
  const name = csafFileName(known.id);
  if (!/^[a-z0-9][-+_a-z0-9]{0,120}$/.test(name) || /^onr-[0-9]{4}-[0-9]/.test(name)) return null;
  const key = `imported/${keyOf(known)}`;
  const candidates: Candidate[] = [];
  for (const original of known.originals.toReversed()) {
    const document = said[original.k - 1]?.document;
    if (document?.distribution?.tlp?.label !== 'WHITE') break;
    candidates.push({
      owner: key,
      id: known.id,
      year: original.issuedAt.slice(0, 4),
      title: document.title,
      summary: document.tracking.revision_history.at(-1)?.summary ?? document.title,
      publishedAt: original.issuedAt,
      updatedAt: original.changedAt,
      name: original.file.name,
      entry: original.entry,
      sha256: original.file.sha256,
      isBrought: true,
    });
  }
  return { key, lists: [() => candidates] };
}
