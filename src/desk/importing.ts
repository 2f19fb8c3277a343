import { OnrecordError, refuse } from '../errors.ts';
import { readImported } from '../imports/document.ts';
import type { KnownDocuments } from '../imports/known.ts';
import type { Office } from '../office.ts';
import { type Actor, requireRecent, requireRole } from '../statement/guards.ts';
import { digestOf, isOver, type StagedBatch } from '../store/staged-imports.ts';
import { bringAlong, type Candidate, readKnown } from './bring-along.ts';
import { requestLastsMs } from './granting.ts';
import { onItsWay } from './put-on-record.ts';
import { guardOf, holders, instant } from './statement.ts';

/** Documents that an operator laid out become public once two publishers say so; the work then goes on by itself until all are on record. */

const committedAtOnce = 10;
const triedAgainAfterMs = 60_000;

/** The request that a second publisher can still confirm: a day at most, and no longer than its asker is publisher. */
export function openRequest({ acts }: Pick<StagedBatch, 'acts'>, publishers: readonly string[], now: number): StagedBatch['acts'][number] | null {
  const last = acts.at(-1);
  const isOpen = last?.act === 'asked' && now - Date.parse(last.at) < requestLastsMs && publishers.includes(last.by);
  return isOpen ? last : null;
}

export async function publishersNow(office: Office): Promise<readonly string[]> {
  return [...(await holders(office))].filter(([, roles]) => roles.includes('publisher')).map(([id]) => id);
}

export function isConfirmed({ acts }: Pick<StagedBatch, 'acts'>): boolean {
  return acts.some(({ act }) => act === 'confirmed');
}

/** @param digest of the documents that the person had on screen @throws role_missing, request_gone, account_state (asked already), hash_mismatch, step_up_needed */
export function askToImport(office: Office, actor: Actor, id: string, digest: string): Promise<StagedBatch> {
  return change(office, actor, id, (batch, publishers) => {
    requireWaiting(batch, digest);
    if (openRequest(batch, publishers, office.now()) !== null) refuse('account_state', 'this is asked for already: a second publisher confirms it');
    return 'asked';
  });
}

/** @throws role_missing, request_gone, own_request, hash_mismatch, frozen, step_up_needed */
export async function confirmImport(office: Office, actor: Actor, id: string, digest: string): Promise<StagedBatch> {
  if ((await guardOf(office)).frozen) refuse('frozen', 'publishing is frozen');
  const batch = await change(office, actor, id, (waiting, publishers) => {
    requireWaiting(waiting, digest);
    const request = openRequest(waiting, publishers, office.now()) ?? refuse('request_gone', 'this request is not open any more');
    if (request.by === actor.id) refuse('own_request', `${actor.id} asked for this and cannot be the second publisher`);
    return 'confirmed';
  });
  void goOnWithImports(office);
  return batch;
}

/** Nobody wants it, or no more of it than is on record: what was laid out is removed. One publisher stops what two began. @throws role_missing, request_gone (over) */
export function dropImport(office: Office, actor: Actor, id: string): Promise<StagedBatch> {
  return change(office, actor, id, (batch) => (isOver(batch) ? refuse('request_gone', 'this batch is closed') : 'dropped'));
}

async function change(
  office: Office,
  actor: Actor,
  id: string,
  decide: (batch: StagedBatch, publishers: readonly string[]) => 'asked' | 'confirmed' | 'dropped',
): Promise<StagedBatch> {
  requireRole(actor, 'publisher');
  const publishers = await publishersNow(office);
  const changed = await office.staged.edit(id, (batch) => {
    const act = decide(batch, publishers);
    if (act !== 'dropped') requireRecent(actor);
    return withAct(batch, { at: instant(office), by: actor.id, act, note: '' });
  });
  const act = changed?.acts.at(-1)?.act ?? refuse('request_gone', 'there is no such batch any more');
  office.count('onrecord_acts_total', { act: `import-${act}` });
  office.log.warn({ by: actor.id, act, batch: id, documents: changed?.count }, 'import of documents');
  return changed ?? refuse('request_gone', 'there is no such batch any more');
}

function requireWaiting(batch: StagedBatch, digest: string): void {
  if (isOver(batch) || isConfirmed(batch)) refuse('request_gone', 'this batch is confirmed or closed');
  if (batch.digest !== digest || digestOf(batch.documents) !== digest) refuse('hash_mismatch', 'the documents shown are not those of the batch');
}

/** How far a batch has come in this process; `failure`: why it stands still, tried again a minute later. */
export type ImportProgress = { done: number; failure: string | null };
type Run = { running: Promise<void> | null; progress: Map<string, ImportProgress>; failedAt: number };
const runs = new WeakMap<Office['staged'], Run>();

export function importProgress({ staged }: Pick<Office, 'staged'>, id: string): ImportProgress {
  return runOf(staged).progress.get(id) ?? { done: 0, failure: null };
}

function runOf(staged: Office['staged']): Run {
  const run = runs.get(staged) ?? { running: null, progress: new Map(), failedAt: Number.NEGATIVE_INFINITY };
  runs.set(staged, run);
  return run;
}

/** Brings confirmed batches along, one run at a time; each tick begins it and does not wait. It stands still while publishing is frozen. Never rejects. */
export function goOnWithImports(office: Office): Promise<void> {
  const run = runOf(office.staged);
  if (office.now() - run.failedAt < triedAgainAfterMs) return Promise.resolve();
  run.running ??= bringConfirmed(office, run).finally(() => {
    run.running = null;
  });
  return run.running;
}

async function bringConfirmed(office: Office, run: Run): Promise<void> {
  try {
    for (const { id } of (await office.staged.list()).filter((batch) => isConfirmed(batch) && !isOver(batch))) await bringOrTell(office, run, id);
  } catch (error) {
    office.log.error({ err: error }, 'documents that wait to be imported cannot be read');
  }
}

async function bringOrTell(office: Office, run: Run, id: string): Promise<void> {
  try {
    if (!(await guardOf(office)).frozen) await bringBatch(office, id, (done) => run.progress.set(id, { done, failure: null }));
  } catch (error) {
    // The service ends: what is left goes on at the next start.
    if (error instanceof OnrecordError && error.code === 'busy') return;
    run.failedAt = office.now();
    run.progress.set(id, { done: importProgress(office, id).done, failure: error instanceof Error ? error.message : String(error) });
    office.log.error({ err: error, batch: id }, 'documents could not be brought along');
  }
}

/** Until all are on record, publishing is frozen, or somebody has stopped it. */
async function bringBatch(office: Office, id: string, tell: (done: number) => void): Promise<void> {
  const batch = await office.staged.read(id);
  if (batch === undefined) return;
  const places = new Map<Candidate, number>(batch.documents.map((document, place) => [document, place]));
  const known = await readKnown(office.store);
  const work = bringAlong(batch.documents, {
    store: office.store,
    origin: office.agency.origin,
    known,
    read: async (candidate) => genuine(candidate, await office.staged.body(id, places.get(candidate) ?? refuse('not_found', candidate.path))),
    atOnce: committedAtOnce,
  });
  let done = 0;
  // A freeze waits for the group that passed its guard: read, committed and shown.
  const step = (): Promise<boolean> =>
    onItsWay(async () => {
      const standing = await office.staged.read(id);
      if ((await guardOf(office)).frozen || standing === undefined || isOver(standing)) return false;
      const { value } = await work.next();
      done += value?.length ?? 0;
      tell(done);
      await office.press.takeImported();
      return value !== undefined;
    });
  while (await step());
  if (done < batch.documents.length) return;
  await office.staged.edit(id, (current) =>
    isOver(current) ? current : withAct(current, { at: instant(office), by: 'system', act: 'done', note: noteOf(batch.documents, known) }),
  );
}

/** What was shown and confirmed is what these bytes say. @throws hash_mismatch */
function genuine(candidate: Candidate, body: Buffer): Buffer {
  const reading = readImported(body);
  if ('objections' in reading) return refuse('hash_mismatch', `${candidate.path} is not the file any more that was checked`);
  const { host, slug } = reading.mark;
  const { title, publisher, tracking } = reading.document.document;
  const { id, version, initial_release_date: issuedAt, current_release_date: changedAt } = tracking;
  const claimed = { host, slug, id, version, issuedAt, changedAt, title, publisher: publisher.name };
  const isSame = Object.entries(claimed).every(([name, value]) => Reflect.get(candidate, name) === value);
  return isSame ? body : refuse('hash_mismatch', `${candidate.path} does not say what was shown of it`);
}

function withAct(batch: StagedBatch, act: StagedBatch['acts'][number]): StagedBatch {
  return { ...batch, acts: [...batch.acts, act] };
}

const mostNamed = 20;

/** How many of the batch are on record, in this run or before, and what is not. */
function noteOf(documents: readonly Candidate[], known: KnownDocuments): string {
  const missing = documents.filter(({ sha256 }) => known.withHash(sha256) === undefined).map(({ id, version }) => `${id} (${version})`);
  const named = missing.slice(0, mostNamed).join(', ');
  return `${documents.length - missing.length} / ${documents.length}${named === '' ? '' : `; – ${named}`}${missing.length > mostNamed ? ' …' : ''}`;
}
