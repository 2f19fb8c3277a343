import { LRUCache } from 'lru-cache';
import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import { publicState } from '../../statement/state.ts';
import { isExercise, type Place, pathOf } from '../address.ts';
import { withEntries } from '../entries.ts';
import { ownBytes } from '../own-bytes.ts';
import { changedAt } from '../pages/home.ts';
import type { Pressroom } from '../pages/page.ts';
import { shortCode } from '../pages/statement.ts';
import { lastEntry } from '../record.ts';
import type { ApiLine, ApiList, ApiNotice, ApiStatement, ApiVersion } from './schemas.ts';

/** The public facts as the read API tells them: made of `PublicStatement` alone, field by field, so that nothing else can slip in. */

const statementsShown = 100;

/**
 * Statements by their last change, newest first, from before a log entry on (null: from the newest), as JSON.
 * Undefined for an entry that is not there yet.
 */
export function apiList(room: Pressroom, before: number | null): { body: Buffer; next: string | null } | undefined {
  const shown: PublicStatement[] = [];
  let newest = -1;
  let more = false;
  for (const reference of room.record.newest()) {
    const statement = room.record.statement(reference);
    if (statement === undefined) continue;
    const entry = lastEntry(statement);
    newest = Math.max(newest, entry);
    if (before !== null && entry >= before) continue;
    more = shown.length === statementsShown;
    if (more) break;
    shown.push(statement);
  }
  if (before !== null && before > newest) return undefined;
  const last = shown.at(-1);
  const next = more && last ? `${room.agency.publicUrl}/api/v1/statements/before/${lastEntry(last)}` : null;
  const frame = JSON.stringify({ statements: [], next } satisfies ApiList);
  const lines = shown.map((statement) => lineBytes(room, statement));
  return { body: withEntries(`${frame}\n`, '],"next":', lines, ','), next };
}

/** The newest list, and what somebody who reads back has just asked for. */
const mostKept = 2 * statementsShown;
const inMemory = new WeakMap<Pressroom, LRUCache<string, { statement: PublicStatement; bytes: Buffer }>>();

/** A line is that of one state of the facts, which are a new object with each publication and notice. One that no log holds yet is not kept: it gets its place there. */
function lineBytes(room: Pressroom, statement: PublicStatement): Buffer {
  const memory = inMemory.get(room) ?? new LRUCache({ max: mostKept });
  inMemory.set(room, memory);
  const known = memory.get(statement.reference);
  if (known?.statement === statement) return known.bytes;
  const line = lineOf(room, statement);
  const bytes = ownBytes(JSON.stringify(line));
  if (line.latest.log !== null) memory.set(statement.reference, { statement, bytes });
  return bytes;
}

/** Where the lists after the first one begin: what each names as `next`. */
export function apiListStarts(record: Pressroom['record']): readonly number[] {
  const entries = [...record.newest()].flatMap((reference) => record.statement(reference) ?? []).map(lastEntry);
  return entries.filter((_, index) => (index + 1) % statementsShown === 0 && index + 1 < entries.length);
}

/** One statement with all its versions and notices. */
export function apiStatement(room: Pressroom, statement: PublicStatement): ApiStatement {
  return {
    ...sharedOf(room, statement),
    versions: statement.versions.map((version) => versionOf(room, statement, version)),
    notices: statement.notices.map(
      ({ event, version, at, entry, ground }): ApiNotice => ({ event, version, at, entry, log: placeOf(room, entry), ground: ground ?? null }),
    ),
  };
}

function lineOf(room: Pressroom, statement: PublicStatement): ApiLine {
  return { ...sharedOf(room, statement), versionCount: statement.versions.length, latest: versionOf(room, statement, ends(statement).last) };
}

function sharedOf(room: Pressroom, statement: PublicStatement): Omit<ApiStatement, 'versions' | 'notices'> {
  const { reference, feedId } = statement;
  const state = publicState(statement);
  if (state === 'none') throw new RangeError(`${reference} has no version`);
  return {
    reference,
    feedId,
    state,
    exercise: isExercise(reference),
    publishedAt: ends(statement).first.at,
    changedAt: changedAt(statement),
    changedEntry: lastEntry(statement),
    links: {
      api: `${room.agency.publicUrl}/api/v1/statements/${reference}`,
      page: urlsOf(room, { page: 'statement', reference }),
      versions: urlsOf(room, { page: 'versions', reference }),
      timemap: urlsOf(room, { page: 'timemap', reference }),
    },
  };
}

function versionOf(room: Pressroom, { reference }: PublicStatement, shown: PublicVersion): ApiVersion {
  const { version, debt, redacted } = shown;
  const file = `${room.agency.publicUrl}/statements/${reference}/v/${version}`;
  const compared = [...new Set([version - 1, shown.correctsVersion ?? 0])].filter((from) => from > 0);
  return {
    version,
    kind: shown.kind,
    phase: shown.phase,
    situation: shown.situation,
    incidentStatus: shown.incidentStatus,
    languages: [...shown.languages],
    title: { ...shown.title },
    changeNote: { ...shown.changeNote },
    correctsVersion: shown.correctsVersion,
    nextUpdate: shown.nextUpdate,
    publishedAt: shown.at,
    feedId: shown.feedId,
    // Never the hash of the revision: it has no salt, so that a text removed by law could be guessed from it.
    shortCode: shortCode(versionHash(shown.files)),
    entry: shown.entry,
    log: placeOf(room, shown.entry),
    files: shown.files.map(({ name, type, sha256, bytes }) => ({ name, type, sha256, bytes, url: room.agency.publicUrl + name })),
    debt: debt && { because: debt.because, dueAt: debt.dueAt, endorsedAt: debt.endorsedAt, disownedAt: debt.disownedAt, mootAt: debt.mootAt },
    redacted: redacted && { at: redacted.at, ground: redacted.ground, entry: redacted.entry },
    links: {
      page: urlsOf(room, { page: 'version', reference, version }),
      json: `${file}.json`,
      txt: `${file}.txt`,
      proof: `${file}.tlog-proof`,
      diffs: compared.map((from) => ({ from, page: urlsOf(room, { page: 'diff', reference, from, to: version }) })),
    },
  };
}

function placeOf({ log }: Pressroom, entry: number): ApiVersion['log'] {
  const part = log.partOf(entry);
  const origin = part?.checkpoint?.slice(0, part.checkpoint.indexOf('\n'));
  return part && origin ? { origin, index: entry - part.begin } : null;
}

function urlsOf({ agency }: Pressroom, place: Place): ApiVersion['links']['page'] {
  return Object.fromEntries(agency.languages.map((language) => [language, agency.publicUrl + pathOf(place, language, agency.languages[0])]));
}

function ends({ reference, versions }: PublicStatement): { first: PublicVersion; last: PublicVersion } {
  const [first, last] = [versions.at(0), versions.at(-1)];
  if (first === undefined || last === undefined) throw new RangeError(`${reference} has no version`);
  return { first, last };
}
