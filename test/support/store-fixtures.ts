import { randomBytes } from 'node:crypto';
import { access, constants, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { registerFiles } from '../../src/desk/register-files.ts';
import type { Register } from '../../src/leak/register.ts';
import type { Entry } from '../../src/ledger/entry.ts';
import type { Signer } from '../../src/ledger/note.ts';
import { revisionHash, signedContent, textAddress } from '../../src/ledger/revision.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { versionFiles } from '../../src/ledger/version-file.ts';
import type { Statement } from '../../src/statement/facts.ts';
import { type Content, emptyContent, emptyTexts } from '../../src/statement/schema.ts';
import type { Allotment, Edit, RecordChange, Store } from '../../src/store/store.ts';
import { artefact } from './findings.ts';

export const origin = 'record.agency.example';
export const testSigner: Signer = createSigner(newSigningKey(), origin);
export const random = (n: number): Buffer => randomBytes(n);

/** A clock that tests move. */
export function createClock(start: string): { now: () => number; set(at: string): void; pass(ms: number): void } {
  let at = Date.parse(start);
  return {
    now: () => at,
    set: (instant) => {
      at = Date.parse(instant);
    },
    pass: (ms) => {
      at += ms;
    },
  };
}

export async function temporaryDirectory(t: Test): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** The same in memory where the machine has such a place: for tests in which no power is cut, so that no disk is waited for. */
export async function memoryDirectory(t: Test): Promise<string> {
  const place = await access('/dev/shm', constants.W_OK).then(
    () => '/dev/shm',
    () => tmpdir(),
  );
  const directory = await mkdtemp(join(place, 'onrecord-'));
  t.teardown(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

export function contentOf(title: string, changes: Partial<Content> = {}): Content {
  return { ...emptyContent('fr'), texts: { fr: { ...emptyTexts, title, known: `Ce que nous savons : ${title}` } }, ...changes };
}

const by = 'camille';
const at = '2026-11-14T12:00:00.000Z';

/** A change that opens a statement with a draft of this text. */
export function opened(id: string, content: Content): Edit {
  const text = textAddress('first', content);
  const hash = revisionHash(signedContent('first', content, origin));
  const statement: Statement = {
    id,
    generation: 0,
    reference: null,
    feedId: null,
    opened: { at, by },
    revisions: [{ revision: 1, hash, text, kept: false, dropped: false, at, by }],
    draft: {
      kind: 'first',
      template: 'holding',
      opened: { at, by },
      base: null,
      revision: 1,
      hash,
      content,
      touched: {},
      contributors: [by],
      submission: null,
      approvals: [],
      returned: null,
      schedule: null,
      failure: null,
      discarded: null,
    },
    comments: [],
    redaction: null,
    versions: [],
    notices: [],
    timeline: [{ at, by, act: 'opened', revision: 1, version: null, note: '', key: null }],
  };
  return { statement, texts: [{ text, body: { kind: 'first', content } }] };
}

/** A change that publishes this text as the statement's next version, of which nothing need be there before. @param house its identity */
export function published(id: string, content: Content, current: Statement | undefined, allot: Allotment, house = origin): RecordChange {
  const { index, at: publishedAt } = allot.entry();
  const reference = current?.reference ?? allot.reference(content.exercise);
  const version = (current?.versions.length ?? 0) + 1;
  const kind = version === 1 ? 'first' : 'update';
  const signed = signedContent(kind, content, house);
  const previous = current?.versions.at(-1)?.files[0]?.sha256 ?? null;
  const files = [
    ...versionFiles(signed, { reference, version, publishedAt, previous, salt: randomBytes(16).toString('hex') }),
    ...registerFiles({ origin: house, offlineCheck: () => null }, allot.register(), content, kind, { reference, version, at: publishedAt }),
  ];
  const named = files.map(({ body: _body, ...file }) => file);
  const text = textAddress(kind, content);
  const feedId = current?.feedId ?? `tag:${house},${publishedAt.slice(0, 4)}:${reference}`;
  const before = current ?? { ...opened(id, content).statement, generation: -1, draft: null };
  const statement: Statement = {
    ...before,
    generation: before.generation + 1,
    reference,
    feedId,
    draft: null,
    versions: [
      ...before.versions,
      {
        version,
        kind,
        phase: content.phase,
        situation: content.situation,
        incidentStatus: content.incidentStatus,
        languages: content.languages,
        title: { fr: content.texts.fr?.title ?? '' },
        changeNote: {},
        correctsVersion: null,
        nextUpdate: content.nextUpdate,
        at: publishedAt,
        by,
        hash: revisionHash(signed),
        text,
        entry: index,
        files: named,
        feedId: `${feedId}/v${version}`,
        contributors: [by],
        approvals: [],
        debt: null,
      },
    ],
    timeline: [...before.timeline, { at: publishedAt, by, act: 'published', revision: null, version, note: '', key: null }],
  };
  const entry: Entry = { ...entryOf(current, reference, publishedAt), event: kind, version, files: named };
  return { statement, entries: [entry], files, texts: [{ text, body: { kind, content } }] };
}

/** A change that puts the newest version under recheck: an entry without files. */
export function rechecked(current: Statement, allot: Allotment): RecordChange {
  const { index, at: since } = allot.entry();
  const version = current.versions.length;
  const notices = [...current.notices, { event: 'recheck' as const, version, entry: index, reason: 'doute sur la source', at: since, by }];
  return { statement: { ...current, generation: current.generation + 1, notices }, entries: [entryOf(current, current.reference ?? '', since)], files: [] };
}

/** The entry of a notice after what the statement has so far. */
function entryOf(current: Statement | undefined, reference: string, instant: string): Entry {
  const logged = [...(current?.versions ?? []), ...(current?.notices ?? [])].map((fact) => fact.entry);
  const prev = logged.length === 0 ? null : Math.max(...logged);
  return { type: `https://${origin}/vocab/log-entry/v1`, event: 'recheck', at: instant, statement: reference, prev };
}

/** The findings of a version that lists the first so many artefacts: each more is another state of the register. */
export function listing(count: number): Pick<Content, 'findings'> {
  return { findings: { artefacts: Array.from({ length: count }, (_, place) => artefact({ id: `A-${place + 1}` })), collections: [] } };
}

/** The register as a change of this statement is given it; writes nothing. */
export async function registerGiven(store: Store, id: string): Promise<Register | null> {
  let given: Register | null = null;
  await store.record(id, (current, allot) => {
    if (current === undefined) throw new RangeError(`no statement ${id}`);
    given = allot.register();
    return { statement: current, entries: [], files: [] };
  });
  return given;
}

/** Publishes the statement's next version with this title. */
export async function publishVersion(store: Store, id: string, title: string, changes: Partial<Content> = {}, house = origin): Promise<Statement> {
  return (await store.record(id, (current, allot) => published(id, contentOf(title, changes), current, allot, house))).statement;
}
