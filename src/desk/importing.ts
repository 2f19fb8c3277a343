import { refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import { type Actor, requireRecent, requireRole } from '../statement/guards.ts';
import type { StagedBatch } from '../store/staged-imports.ts';
import { isOver } from '../store/staged-imports.ts';
import { bringAlong, type Candidate, type Outcome, readKnown } from './bring-along.ts';
import { requestLastsMs } from './granting.ts';
import { declare } from './put-on-record.ts';
import { guardOf, holders, instant } from './statement.ts';

/** Documents that an operator laid out become public once two publishers say so; the work then goes on by itself until all are on record. */

const committedAtOnce = 10;
const shownEvery = 200;
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

/** Nobody wants it: what was laid out is removed. @throws role_missing, request_gone (confirmed meanwhile, or over) */
export function dropImport(office: Office, actor: Actor, id: string): Promise<StagedBatch> {
  return change(office, actor, id, (batch) => {
    requireWaiting(batch, batch.digest);
    return 'dropped';
  });
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
    return { ...batch, acts: [...batch.acts, { at: instant(office), by: actor.id, act, note: '' }] };
  });
  const act = changed?.acts.at(-1)?.act ?? refuse('request_gone', 'there is no such batch any more');
  office.count('onrecord_acts_total', { act: `import-${act}` });
  office.log.warn({ by: actor.id, act, batch: id, documents: changed?.documents.length }, 'import of documents');
  return changed ?? refuse('request_gone', 'there is no such batch any more');
}

function requireWaiting(batch: StagedBatch, digest: string): void {
  if (isOver(batch) || isConfirmed(batch)) refuse('request_gone', 'this batch is confirmed or closed');
  if (batch.digest !== digest) refuse('hash_mismatch', 'the documents shown are not those of the batch');
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
  for (const batch of await office.staged.list()) {
    if (isOver(batch) || !isConfirmed(batch)) continue;
    try {
      await bringBatch(office, batch, (done) => run.progress.set(batch.id, { done, failure: null }));
    } catch (error) {
      run.failedAt = office.now();
      run.progress.set(batch.id, { done: importProgress(office, batch.id).done, failure: error instanceof Error ? error.message : String(error) });
      office.log.error({ err: error, batch: batch.id }, 'documents could not be brought along');
    }
  }
}

async function bringBatch(office: Office, batch: StagedBatch, tell: (done: number) => void): Promise<void> {
  const places = new Map<Candidate, number>(batch.documents.map((document, place) => [document, place]));
  const outcomes: Outcome[] = [];
  const work = bringAlong(batch.documents, {
    store: { declare: (entries) => declare(office, entries) },
    origin: office.agency.origin,
    known: await readKnown(office.store),
    read: (candidate) => office.staged.body(batch.id, places.get(candidate) ?? refuse('not_found', candidate.path)),
    atOnce: committedAtOnce,
  });
  let isFrozen = (await guardOf(office)).frozen;
  while (!isFrozen) {
    const { value, done } = await work.next();
    if (done) break;
    outcomes.push(...value);
    tell(outcomes.length);
    if (outcomes.length % shownEvery < committedAtOnce) await office.press.takeImported();
    isFrozen = (await guardOf(office)).frozen;
  }
  await office.press.takeImported();
  if (!isFrozen)
    await office.staged.edit(batch.id, (current) => ({
      ...current,
      acts: [...current.acts, { at: instant(office), by: 'system', act: 'done', note: noteOf(outcomes) }],
    }));
}

function noteOf(outcomes: readonly Outcome[]): string {
  const count = (act: Outcome['decision']['act']): number => outcomes.filter(({ decision }) => decision.act === act).length;
  return `${count('add')} added, ${count('known')} here already, ${count('older')} older, ${count('refuse')} refused`;
}
