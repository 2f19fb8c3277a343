import { refuse } from '../errors.ts';
import { type Entry, entryType } from '../ledger/entry.ts';
import { revisionHash, signedContent } from '../ledger/revision.ts';
import { versionFiles, versionHash } from '../ledger/version-file.ts';
import type { Office } from '../office.ts';
import type { Statement } from '../statement/facts.ts';
import { actOfKey } from '../statement/guards.ts';
import { addVersion, type Publication } from '../statement/publishing.ts';
import { publicStatement } from '../statement/state.ts';
import type { Allotment, RecordChange } from '../store/store.ts';
import { registerFiles } from './register-files.ts';
import { keptText, requireStatement } from './statement.ts';

/** The one way in which the desk makes anything public: decide under the lock, make files and entry, commit, show. */

/** The Idempotency-Key of an act, bound to the person and to what was asked. */
export type ActKey = { key: string; request: string };
type Commit = { at: string; entry: number };
type Change = { statement: Statement; entries: readonly Entry[] } & Partial<Pick<RecordChange, 'files' | 'texts' | 'drop'>>;

/** Thrown under the lock when the act of this key was done before; never leaves this file. */
class DoneBefore extends Error {}

/**
 * Commits what `change` makes of the statement, then shows it. A repeated key changes nothing and gives the statement as it is.
 * @throws idempotency_reused, whatever `change` refuses, and what the store refuses
 */
export function record(
  office: Office,
  id: string,
  key: ActKey | null,
  change: (statement: Statement, commit: Commit, allot: Allotment) => Change,
): Promise<Statement> {
  return onItsWay(() => commitAndShow(office, id, key, change));
}

/** Work that asks the freeze first and then becomes public: a freeze that comes meanwhile waits for all of it. */
export function onItsWay<Value>(work: () => Promise<Value>): Promise<Value> {
  const running = work();
  onTheirWay.add(running);
  return running.finally(() => onTheirWay.delete(running));
}

const onTheirWay = new Set<Promise<unknown>>();

/** When everything that was on its way to the public at this moment has come out or failed: what a freeze waits for. */
export async function untilNothingIsOnItsWay(): Promise<void> {
  await Promise.allSettled(onTheirWay);
}

async function commitAndShow(...[office, id, key, change]: Parameters<typeof record>): Promise<Statement> {
  try {
    const { statement } = await office.store.record(id, (current, allot) => {
      const before = requireStatement(current);
      if (key !== null) refuseRepeat(before, key);
      const { at, index } = allot.entry();
      return { files: [], texts: [], ...change(before, { at, entry: index }, allot) };
    });
    await show(office, statement);
    office.count('onrecord_acts_total', { act: statement.timeline.at(-1)?.act ?? 'none' });
    return statement;
  } catch (error) {
    if (!(error instanceof DoneBefore)) throw error;
    const statement = requireStatement(await office.store.read(id));
    await show(office, statement);
    return statement;
  }
}

/** Commits a decision as the statement's next version. `frozen`: whether publishing was frozen since the guard was asked, by another process. */
export function recordVersion(
  office: Office,
  id: string,
  key: ActKey | null,
  decide: (statement: Statement, at: string, frozen: boolean) => Publication,
): Promise<Statement> {
  return record(office, id, key, (statement, commit, allot) =>
    versionChange(office, statement, decide(statement, commit.at, allot.frozen()), commit, allot, key),
  );
}

/** Commits a notice: an entry of the log without a version. */
export function recordNotice(
  office: Office,
  id: string,
  key: ActKey | null,
  event: 'recheck' | 'recheck-ended' | 'endorsed' | 'disowned',
  change: (statement: Statement, logged: Commit & { key: ActKey | null }) => Statement,
): Promise<Statement> {
  return record(office, id, key, (statement, commit, allot) => ({
    statement: change(statement, { ...commit, key }),
    entries: [noticeEntry(office, statement, event, commit, allot)],
  }));
}

export function noticeEntry(office: Office, statement: Statement, event: Entry['event'], { at }: Pick<Commit, 'at'>, allot: Allotment): Entry {
  return {
    type: entryType(office.agency.origin),
    event,
    at,
    statement: statement.reference ?? refuse('wrong_state', 'nothing is published yet'),
    prev: allot.prev(lastEntry(statement)),
  };
}

/** The new version with its signed files and its log entry. */
export function versionChange(
  office: Office,
  statement: Statement,
  publication: Publication,
  { at, entry }: Commit,
  allot: Allotment,
  key: ActKey | null,
): Change {
  const { origin } = office.agency;
  const reference = statement.reference ?? allot.reference(publication.content.exercise);
  const statementFeedId = statement.feedId ?? `tag:${origin.split('/')[0]},${at.slice(0, 4)}:${reference}`;
  const version = statement.versions.length + 1;
  const last = statement.versions.at(-1);
  const previous = last === undefined ? null : versionHash(last.files);
  const signed = signedContent(publication.kind, publication.content, origin, publication.withdrawal);
  if (revisionHash(signed) !== publication.hash) refuse('hash_mismatch', 'the text to publish is not the text that was approved');
  const newest = { version, kind: publication.kind, languages: signed.languages, at };
  const salt = office.random(16).toString('hex');
  const files = [
    ...versionFiles(signed, { reference, version, publishedAt: at, previous, salt }),
    ...(office.csaf && !publication.content.exercise ? office.csaf.filesOf({ reference, versions: [...statement.versions, newest], signed, salt }) : []),
    ...registerFiles({ origin, offlineCheck: office.offlineCheck }, allot.register(), publication.content, publication.kind, { reference, version, at }),
  ];
  const named = files.map(({ body: _body, ...file }) => file);
  // After an accepted rollback a version may have the number of one that was lost: readers must not take it for that one.
  const facts = {
    at,
    entry,
    reference,
    statementFeedId,
    feedId: `${statementFeedId}/v${version}${allot.log > 1 ? `/log${allot.log}` : ''}`,
    files: named,
    key,
  };
  return {
    statement: addVersion(statement, publication, facts),
    entries: [{ type: entryType(origin), event: publication.kind, at, statement: reference, prev: allot.prev(lastEntry(statement)), version, files: named }],
    files,
    texts: [keptText(publication)],
  };
}

/** The index of the newest entry about this statement. */
function lastEntry({ versions, notices }: Statement): number | null {
  const entries = [...versions, ...notices].map((fact) => fact.entry);
  return entries.length === 0 ? null : Math.max(...entries);
}

function refuseRepeat(statement: Statement, key: ActKey): void {
  const done = actOfKey(statement, key.key);
  if (done === undefined) return;
  if (done.key?.request !== key.request) refuse('idempotency_reused', 'this key was used for another request');
  throw new DoneBefore();
}

async function show(office: Office, statement: Statement): Promise<void> {
  const shown = publicStatement(statement);
  if (shown !== null) await office.press.advance(shown);
}
