import { isDeepStrictEqual } from 'node:util';
import { refuse } from '../errors.ts';
import { type Entry, isVersionEntry, type VersionEntry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { revisionHash, signedContent, textAddress, workingContent } from '../ledger/revision.ts';
import { versionHash } from '../ledger/version-file.ts';
import type { ApiStatement, ApiVersion } from '../press/api/schemas.ts';
import { newDebt, settleDebt } from '../statement/debt.ts';
import { emptyStatement, hasOpenDraft, type NewText } from '../statement/drafting.ts';
import type { ActName, Debt, Notice, PublicVersion, Statement, Version } from '../statement/facts.ts';
import { write } from '../statement/guards.ts';
import { addVersion } from '../statement/publishing.ts';
import { dropRevisions, textsToDrop, withoutWords } from '../statement/redaction.ts';
import type { Kind, SignedContent, SignedVersion } from '../statement/schema.ts';
import { publicStatement } from '../statement/state.ts';

/** Who a fact is put down to when only its public side is known. */
const by = 'restored';
const noHash = '0'.repeat(64);

/** An entry of the log that the backup does not have. `signed`: what the version's file says; null for a notice, and where a redaction took it. */
export type LostEvent = { index: number; entry: Entry; signed: SignedVersion | null };
type LostVersion = LostEvent & { entry: VersionEntry };
type Rebuilt = { statement: Statement; texts: readonly NewText[]; drop: readonly string[] };

/**
 * A statement with the events that its backup lacks. What the log and the signed files do not hold (feed ids, which version a notice is
 * about, a second check that was owed) comes from the read API, and everything there that can be checked is. Nobody is named for any of
 * it, and there are no approvals: those facts are lost. `hash_mismatch`: the source contradicts the log.
 */
export function rebuildStatement(id: string, current: Statement | undefined, told: ApiStatement, events: readonly LostEvent[], origin: string): Rebuilt {
  const [first] = events;
  const at = first?.entry.at ?? told.publishedAt;
  let rebuilt: Rebuilt = { statement: current ?? emptyStatement(id, { at, by }), texts: [], drop: [] };
  for (const { entry, ...event } of events)
    rebuilt = isVersionEntry(entry) ? withVersion(rebuilt, told, { ...event, entry }, origin) : withNotice(rebuilt, told, { ...event, entry });
  requireAsTold(rebuilt.statement, told);
  return rebuilt;
}

function withVersion({ statement, texts, drop }: Rebuilt, told: ApiStatement, { index, entry, signed }: LostVersion, origin: string): Rebuilt {
  const number = statement.versions.length + 1;
  const shown = told.versions[number - 1];
  const { statement: reference, files } = entry;
  if (shown === undefined || entry.version !== number) return refuse('hash_mismatch', `the source does not tell of version ${number} of ${reference}`);
  const facts = { at: entry.at, entry: index, feedId: shown.feedId, reference, statementFeedId: statement.feedId ?? told.feedId, files, key: null };
  const debt = shown.debt && newDebt(shown.debt.because, shown.debt.dueAt);
  if (signed === null) return { statement: addWithoutText(statement, shown, { ...facts, debt }), texts, drop };
  const { content, ...text } = textOf(statement, signed, entry, origin);
  const publication = { ...text, content, withdrawal: signed.withdrawal, by, contributors: [by], approvals: [], debt, act: actOf(text.kind), note: '' };
  return { statement: addVersion(statement, publication, facts), texts: [...texts, { content, ...text }], drop };
}

/** The working text behind a signed file; it has to give the very file again. */
function textOf({ versions }: Statement, signed: SignedVersion, { at, event, version, statement }: VersionEntry, origin: string): NewText {
  const { reference, version: number, publishedAt, previous, salt: _salt, ...content } = signed;
  const last = versions.at(-1);
  const before = last === undefined ? null : versionHash(last.files);
  const isItsOwn = reference === statement && number === version && publishedAt === at && content.kind === event && previous === before;
  const made = remade(content, origin);
  if (!isItsOwn || made.hash !== revisionHash(content)) return refuse('hash_mismatch', `the signed file of ${statement} v${version} is of another version`);
  return made;
}

function remade(signed: SignedContent, origin: string): NewText {
  const content = workingContent(signed);
  const { kind } = signed;
  return { kind, content, hash: revisionHash(signedContent(kind, content, origin, signed.withdrawal)), text: textAddress(kind, content) };
}

type Facts = Parameters<typeof addVersion>[2] & { debt: Debt | null };

/** A version that was published and redacted since the backup: its text is gone everywhere, its facts are public. */
function addWithoutText(statement: Statement, shown: ApiVersion, { at, entry, feedId, reference, statementFeedId, files, debt }: Facts): Statement {
  const { version, kind, phase, situation, incidentStatus, languages, correctsVersion, nextUpdate } = shown;
  const added: Version = {
    ...{ version, kind, phase, situation, incidentStatus, languages, title: {}, changeNote: {}, correctsVersion, nextUpdate },
    ...{ at, by, hash: noHash, text: noHash, entry, files: [...files], feedId, contributors: [by], approvals: [], debt },
  };
  const versions = kind === 'withdrawal' ? statement.versions.map((item) => settleDebt(item, { moot: { at, by } })) : statement.versions;
  const draft = kind === 'withdrawal' ? statement.draft : null;
  return write(statement, { reference, feedId: statementFeedId, versions: [...versions, added], draft }, { at, by, act: actOf(kind), version });
}

const actOf = (kind: Kind): ActName => (kind === 'withdrawal' ? 'withdrawn' : 'published');

function withNotice({ statement, texts, drop }: Rebuilt, told: ApiStatement, { index, entry }: LostEvent): Rebuilt {
  const shown = told.notices.find((notice) => notice.entry === index);
  const { event, at, redacts } = entry;
  const isSame = shown !== undefined && shown.event === event && shown.at === at && (redacts === undefined || shown.version === redacts.version);
  if (!isSame || shown.version > statement.versions.length) return refuse('hash_mismatch', `the source does not tell of the notice at entry ${index}`);
  const { version } = shown;
  const notice: Notice = { at, by, event: shown.event, version, entry: index, reason: '', ...(redacts && { ground: redacts.ground }) };
  const gone = redacts ? textsToDrop(statement, version, at) : [];
  const change = (item: Version): Version => (item.version === version ? changedBy(notice, item) : item);
  const changes: Partial<Statement> = {
    notices: [...statement.notices, notice],
    versions: statement.versions.map(change),
    revisions: dropRevisions(statement, gone),
    ...(redacts && { redaction: null, draft: keptDraft(statement, version) }),
  };
  return { statement: write(statement, changes, { at, by, act: shown.event, version }), texts, drop: [...drop, ...gone] };
}

/** A draft that may repeat what was redacted goes. */
function keptDraft(statement: Statement, version: number): Statement['draft'] {
  return hasOpenDraft(statement) && statement.draft?.base?.version !== version ? statement.draft : null;
}

function changedBy({ event, at }: Notice, version: Version): Version {
  if (event === 'redacted') return withoutWords(version);
  if (event === 'endorsed') return settleDebt(version, { endorsed: { at, by } });
  if (event === 'disowned') return settleDebt(version, { disowned: { at, by, reason: '' } });
  return version;
}

/** All that the source tells of the statement is what log, files and backup say, and the other way round. */
function requireAsTold(statement: Statement, told: ApiStatement): void {
  const ours = publicStatement(statement);
  const versions = ours?.versions.map(shownOf);
  const notices = ours?.notices.map(({ event, version, at, entry, ground }) => ({ event, version, at, entry, ground: ground ?? null }));
  const said = told.versions.map(toldOf);
  const isSame =
    ours !== null &&
    isDeepStrictEqual([ours.reference, ours.feedId, versions], [told.reference, told.feedId, said]) &&
    isDeepStrictEqual(
      notices,
      told.notices.map(({ log: _log, ...notice }) => notice),
    ) &&
    told.versions.every(({ debt, kind }) => (debt?.because === 'withdrawal') === (kind === 'withdrawal' && debt !== null));
  if (!isSame) refuse('hash_mismatch', `the source tells another story of ${told.reference} than the log and the signed files`);
}

function shownOf({ redacted, hash: _hash, files, at, ...shown }: PublicVersion): unknown {
  return { ...shown, publishedAt: at, files: files.map(({ name, sha256, bytes, type }) => ({ name, sha256, bytes, type })), isRedacted: redacted !== null };
}

function toldOf({ redacted, log: _log, links: _links, shortCode: _code, files, ...told }: ApiVersion): unknown {
  return { ...told, files: files.map(({ name, sha256, bytes, type }) => ({ name, sha256, bytes, type })), isRedacted: redacted !== null };
}

/** The bytes of a signed file, held against what its entry says. @throws hash_mismatch */
export function requireFile(body: Buffer, file: { name: string; sha256: string; bytes: number }): Buffer {
  return body.length === file.bytes && sha256Hex(body) === file.sha256 ? body : refuse('hash_mismatch', `${file.name} is not the file that the log names`);
}
