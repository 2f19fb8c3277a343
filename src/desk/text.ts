import { revisionHash, signedContent, textAddress } from '../ledger/revision.ts';
import type { Office } from '../office.ts';
import type { NewText } from '../statement/drafting.ts';
import type { Publication } from '../statement/publishing.ts';
import type { Content, Kind } from '../statement/schema.ts';

/** A working text with what binds it: the hash approvals are given to, and the address it is kept under. */
export function newText(office: Office, kind: Kind, content: Content, withdrawal: Publication['withdrawal'] = null): NewText {
  const signed = signedContent(kind, content, office.agency.origin, withdrawal);
  return { kind, content, hash: revisionHash(signed), text: textAddress(kind, content) };
}
