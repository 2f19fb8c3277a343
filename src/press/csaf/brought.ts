import type { ImportedDocument } from '../../imports/document.ts';
import { type KnownDocument, newestOf } from '../../imports/known.ts';
import type { Candidate, Owner } from './candidates.ts';
import type { CsafHouse } from './document.ts';
import { csafFileName } from './names.ts';

/** An agency's own documents from before this record: they stay where machines look for them (csaf.md, "Import"). */

/** Whether a document names this house as its publisher. */
export function isOwn({ publicUrl }: Pick<CsafHouse, 'publicUrl'>, { host }: Pick<KnownDocument, 'host'>): boolean {
  return new URL(publicUrl).hostname === host;
}

/** Null where it has no place in the tree: it has no label, or the name of a document of this record. */
export function broughtOwner(known: KnownDocument, { document }: ImportedDocument): Owner | null {
  const { title, distribution, tracking } = document;
  if (distribution?.tlp?.label !== 'WHITE' || /^onr-[0-9]{4}-[0-9]/.test(csafFileName(known.id))) return null;
  const original = newestOf(known);
  const key = `imported/${known.host}/${known.slug}`;
  const candidate: Candidate = {
    owner: key,
    id: known.id,
    year: original.issuedAt.slice(0, 4),
    title,
    summary: tracking.revision_history.at(-1)?.summary ?? title,
    publishedAt: original.issuedAt,
    updatedAt: original.changedAt,
    name: original.file.name,
    entry: original.entry,
    sha256: original.file.sha256,
    isBrought: true,
  };
  return { key, lists: [() => [candidate]] };
}
