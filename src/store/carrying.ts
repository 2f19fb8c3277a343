import { createHash } from 'node:crypto';
import { refuse } from '../errors.ts';
import { sha256Hex } from '../ledger/hash.ts';
import type { Clearances } from './clearances.ts';
import type { Installation } from './installation.ts';
import type { Outbox } from './outbox.ts';
import type { People } from './people.ts';
import type { Prints } from './prints.ts';
import { isOver, type StagedBatch, type StagedImports } from './staged-imports.ts';
import { readWhole, type WholeStatement } from './statement-proof.ts';
import type { LedgerSlice, LoggedEntry, Store } from './store.ts';
import type { TimeStamps } from './time-stamps.ts';

/** What lies beside statements and ledger. */
export type Beside = {
  people: Pick<People, 'list' | 'edit' | 'freezing' | 'editFreezing'>;
  outbox: Pick<Outbox, 'told' | 'keepTold' | 'refusals' | 'refused' | 'links' | 'keepLink'>;
  prints: Pick<Prints, 'names' | 'read' | 'keep'>;
  timeStamps: TimeStamps;
  clearances: Pick<Clearances, 'names' | 'read' | 'keep'>;
  staged: Pick<StagedImports, 'list' | 'body' | 'stage'>;
};

/** All that a house keeps, opened and proved as at a start; only sign-in sessions are left out. Nobody changes it meanwhile. */
export type Belongings = Beside & { installation: Installation; store: Pick<Store, 'list' | 'read' | 'revision' | 'ledger'>; close(): Promise<void> };

/** An empty place that takes them in, in this order; nothing of it counts before whoever opened it says so. */
export type EmptyPlace = {
  begin(installation: Installation, logs: Omit<LedgerSlice, 'entries'>): Promise<void>;
  /** The next entries, with those of their files that no redaction took. */
  entries(logged: readonly LoggedEntry[]): Promise<void>;
  statement(whole: WholeStatement): Promise<void>;
  beside: Beside;
  end(): Promise<void>;
};

/** What was carried. `size`: entries of the current log; `digest`: SHA-256 (hex) over a list of every part with its hash. */
export type Inventory = { entries: number; files: number; statements: number; size: number; checkpoint: string | null; digest: string };

const readAtOnce = 50;

/**
 * Reads and proves everything, a batch at a time, and puts it into the empty place; into none, to see what is there. The same belongings
 * give the same inventory wherever they lie. @param step is called for each entry and statement @throws store_corrupt
 */
export async function carry(from: Belongings, to: EmptyPlace | null, step: (count: number) => void): Promise<Inventory> {
  const list = createList();
  const { entries: _none, ...logs } = await from.store.ledger(-1, 0);
  list.document('installation', '', from.installation);
  list.document('logs', '', logs);
  await to?.begin(from.installation, logs);
  const files = await carryEntries(from, to, logs.size, list, step);
  const ids = (await from.store.list()).map(({ id }) => id).sort();
  for (const id of ids) {
    const whole = await readWhole(from.store, id);
    list.document('statement', id, whole.statement);
    for (const { text, body } of whole.texts) list.document('text', text, body);
    await to?.statement(whole);
    step(1);
  }
  await carryPeople(from, to?.beside, list);
  await carryMessages(from, to?.beside, list);
  await carryDerived(from, to?.beside, list, logs.closed.length + 1);
  await carryStaged(from, to?.beside, list);
  await to?.end();
  const size = logs.size - logs.closed.reduce((sum, log) => sum + log.size, 0);
  return { entries: logs.size, files, statements: ids.length, size, checkpoint: logs.checkpoint, digest: list.digest() };
}

type List = ReturnType<typeof createList>;

function createList() {
  const hash = createHash('sha256');
  const bytes = (part: string, name: string | number, body: Buffer): unknown => hash.update(`${part} ${name} ${sha256Hex(body)}\n`);
  return {
    bytes,
    /** As its schema orders it. */
    document: (part: string, name: string | number, value: object): unknown => bytes(part, name, Buffer.from(JSON.stringify(value))),
    digest: () => hash.digest('hex'),
  };
}

/** Gives how many signed files there are. */
async function carryEntries({ store }: Belongings, to: EmptyPlace | null, size: number, list: List, step: (count: number) => void): Promise<number> {
  let files = 0;
  for (let done = 0; done < size; ) {
    const { entries } = await store.ledger(done - 1, Math.min(readAtOnce, size - done));
    if (entries.length === 0) refuse('store_corrupt', `entry ${done} is missing`);
    for (const logged of entries) {
      list.bytes('entry', logged.index, logged.bytes);
      for (const { name, body } of logged.files) list.bytes('file', name, body);
      files += logged.files.length;
    }
    await to?.entries(entries);
    done += entries.length;
    step(entries.length);
  }
  return files;
}

async function carryPeople({ people }: Beside, to: Beside | undefined, list: List): Promise<void> {
  for (const person of await people.list()) {
    list.document('person', person.id, person);
    await to?.people.edit(person.id, () => person);
  }
  const freezing = await people.freezing();
  list.document('freezing', '', freezing);
  await to?.people.editFreezing(() => freezing);
}

async function carryMessages({ outbox }: Beside, to: Beside | undefined, list: List): Promise<void> {
  const told = await outbox.told();
  for (const [place, one] of told.entries()) list.document('notice', place, one);
  await to?.outbox.keepTold(told);
  const refusals = (await outbox.refusals(null, Number.MAX_SAFE_INTEGER)).toReversed();
  for (const [place, refusal] of refusals.entries()) {
    list.document('refusal', place, refusal);
    await to?.outbox.refused(refusal);
  }
  const links = await outbox.links(null);
  for (const link of links.toSorted((a, b) => (a.id < b.id ? -1 : 1))) list.document('link', link.id, link);
  for (const link of links.toReversed()) await to?.outbox.keepLink(link);
}

/** What is kept beside the record. A print or a clearance that cannot be read counts as lost, here as everywhere. */
async function carryDerived({ prints, timeStamps, clearances }: Beside, to: Beside | undefined, list: List, logs: number): Promise<void> {
  for (const name of [...(await prints.names())].sort()) {
    const bytes = await prints.read(name);
    if (bytes === undefined) continue;
    list.bytes('print', name, bytes);
    await to?.prints.keep(name, bytes);
  }
  for (let log = 1; log <= logs; log += 1) {
    for (const size of await timeStamps.sizes(log)) {
      const [checkpoint, tsr] = [await timeStamps.read(log, size, 'checkpoint'), await timeStamps.read(log, size, 'tsr')];
      if (checkpoint === undefined || tsr === undefined) return refuse('store_corrupt', `the time-stamp of log ${log} at ${size} entries is not whole`);
      list.bytes('time-stamp', `${log} ${size}`, Buffer.concat([checkpoint, tsr]));
      await to?.timeStamps.keep(log, size, { checkpoint, tsr });
    }
  }
  for (const name of [...clearances.names()].sort()) {
    const clearance = await clearances.read(name);
    if (clearance === undefined) continue;
    list.document('clearance', name, clearance);
    await to?.clearances.keep([clearance]);
  }
}

async function carryStaged({ staged }: Beside, to: Beside | undefined, list: List): Promise<void> {
  const batches = await staged.list();
  for (const batch of batches.toSorted((a, b) => (a.id < b.id ? -1 : 1))) list.document('staged', batch.id, batch);
  for (const batch of batches) {
    const bodies = readBodies(staged, batch);
    if (to) await to.staged.stage(batch, bodies);
    else for await (const _body of bodies);
  }
}

/** The list of documents names the hash of each: who knows the list knows these bytes. */
async function* readBodies(staged: Beside['staged'], batch: StagedBatch): AsyncGenerator<Buffer> {
  if (isOver(batch)) return;
  for (const [place, { path, sha256 }] of batch.documents.entries()) {
    const body = await staged.body(batch.id, place);
    yield sha256Hex(body) === sha256 ? body : refuse('store_corrupt', `${path} of the batch ${batch.id} is not what was laid out`);
  }
}
