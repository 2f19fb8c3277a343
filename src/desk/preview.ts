import { refuse } from '../errors.ts';
import { signedContent } from '../ledger/revision.ts';
import { versionFiles } from '../ledger/version-file.ts';
import type { Office } from '../office.ts';
import type { Mark } from '../press/pages/page.ts';
import type { Preview } from '../press/preview.ts';
import type { Statement } from '../statement/facts.ts';
import { addVersion, decisionOf } from '../statement/publishing.ts';
import { type Language, SignedVersion } from '../statement/schema.ts';
import { publicStatement } from '../statement/state.ts';
import { instant } from './statement.ts';

/** The draft as readers would see it if it were published now. A first version shows number 0000: none is allotted before. With a mark, for one reader. */
export async function preview(office: Office, statement: Statement, language: Language, mark?: Mark): Promise<Preview> {
  const draft = statement.draft ?? refuse('wrong_state', 'there is no open draft');
  const at = instant(office);
  const { size } = await office.store.ledger(-1, 0);
  const reference = statement.reference ?? `${draft.content.exercise ? 'EX-' : ''}${at.slice(0, 4)}-0000`;
  const version = statement.versions.length + 1;
  const signed = signedContent(draft.kind, draft.content, office.agency.origin);
  const files = versionFiles(signed, { reference, version, publishedAt: at, previous: null, salt: '0'.repeat(32) });
  const statementFeedId = statement.feedId ?? `tag:${office.agency.origin},${at.slice(0, 4)}:${reference}`;
  const publication = { ...decisionOf(statement, draft), by: '', approvals: [], debt: null, act: 'published' as const, note: '' };
  const facts = {
    at,
    entry: size,
    reference,
    statementFeedId,
    feedId: `${statementFeedId}/v${version}`,
    files: files.map(({ body: _body, ...file }) => file),
    key: null,
  };
  const shown = publicStatement(addVersion(statement, publication, facts)) ?? refuse('wrong_state', 'nothing to show');
  const [json, txt] = files;
  if (json === undefined || txt === undefined) return refuse('wrong_state', 'nothing to show');
  const newest = { signed: SignedVersion.parse(JSON.parse(json.body.toString('utf8'))), json: json.body, txt: txt.body };
  return (await office.press.preview(shown, newest, language, mark)) ?? refuse('wrong_state', 'nothing to show');
}
