import type { Agency } from '../config.ts';
import type { PublicStatement } from '../statement/facts.ts';
import { createTurnstile } from '../turnstile.ts';
import { readAddress } from './address.ts';
import type { Feeds } from './feeds/feeds.ts';
import { forgetItems } from './feeds/kept-items.ts';
import { newestReferences, newestVersion, onlyAdds, pathsTouchedBy, referenceIn } from './hot-set.ts';
import { pageInstant } from './instant.ts';
import { makePage } from './make-page.ts';
import type { Pressroom } from './pages/page.ts';
import { forgetRedacted, redactedVersions } from './redacted.ts';
import { makeResource, type Resource } from './resource.ts';
import type { Shelf } from './shelf.ts';

/** Makes pages when they are needed and keeps what is ready true to the record and the clock. */
export type Printing = {
  ready(path: string): Resource | undefined;
  cold(path: string): Promise<Resource | undefined>;
  /** Takes all these in and shows them at once. */
  show(statements: readonly PublicStatement[]): Promise<void>;
  /** Makes these hot, for the opening. */
  warm(paths: readonly string[]): Promise<void>;
  /** Makes these again and forgets every proof, whose checkpoint has more signatures now. */
  reprint(paths: readonly string[]): Promise<void>;
  tick(): Promise<void>;
};

export type PrintingOptions = {
  room: Pressroom;
  feeds: Feeds;
  shelf: Shelf;
  languages: Agency['languages'];
  markdown(text: string): Promise<string>;
  now(): number;
};

export function createPrinting({ room, feeds, shelf, languages, markdown, now }: PrintingOptions): Printing {
  // Rises with every change of the record: what was being made meanwhile is made again.
  let epoch = 0;
  let settling: Promise<void> = Promise.resolve();
  const flights = new Map<string, Promise<Resource | undefined>>();
  const pass = createTurnstile(4, 32);

  const isDue = ({ nextChangeAt }: Resource): boolean => nextChangeAt !== null && now() >= nextChangeAt;

  function ready(path: string): Resource | undefined {
    const resource = shelf.get(path);
    return resource === undefined || isDue(resource) ? undefined : resource;
  }

  async function make(path: string): Promise<Resource | undefined> {
    const address = readAddress(path, languages);
    const draft = address && (await makePage(room, feeds, markdown, address, pageInstant(now())));
    return draft && makeResource(draft);
  }

  async function makeAndKeep(path: string): Promise<Resource | undefined> {
    for (;;) {
      await settling;
      const begun = epoch;
      const known = ready(path);
      if (known) return known;
      const made = await make(path);
      if (begun !== epoch) continue;
      if (made && shelf.isHot(path)) shelf.swap({ hot: new Map([[path, made]]), drop: () => false, cool: () => false });
      else if (made) shelf.putCold(path, made);
      return made;
    }
  }

  function cold(path: string): Promise<Resource | undefined> {
    const known = flights.get(path);
    if (known) return known;
    if (!mayExist(path)) return Promise.resolve(undefined);
    const flight = pass(() => makeAndKeep(path)).finally(() => flights.delete(path));
    flights.set(path, flight);
    return flight;
  }

  /** Answers without taking a place in the queue, whatever the reason that there is nothing. */
  function mayExist(path: string): boolean {
    const address = readAddress(path, languages);
    return address !== undefined && (!('reference' in address) || room.record.statement(address.reference) !== undefined);
  }

  /** Makes all; a page that fails is left out, so that it is tried again when somebody asks. */
  async function makeAll(paths: readonly string[]): Promise<{ made: Map<string, Resource>; failures: readonly unknown[] }> {
    const results = await Promise.allSettled(paths.map(async (path) => [path, await make(path)] as const));
    const done = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    return {
      made: new Map(done.flatMap(([path, resource]) => (resource ? [[path, resource]] : []))),
      failures: results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])),
    };
  }

  async function show(statements: readonly PublicStatement[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    settling = promise;
    try {
      const known = newestVersion(room.record, languages);
      const taken = statements.filter((statement) => room.record.take(statement)).map(({ reference }) => room.record.statement(reference));
      epoch += 1;
      for (const statement of taken) if (statement) await forgetTexts(room, statement);
      const paths = new Set(taken.flatMap((statement) => (statement ? pathsTouchedBy(statement, languages) : [])));
      const { made, failures } = await makeAll([...paths]);
      const touched = new Set(taken.map((statement) => statement?.reference ?? ''));
      const pinned = new Set(newestReferences(room.record));
      const closedBlocksStay = taken.every((statement) => statement && onlyAdds(statement, known));
      shelf.swap({
        hot: made,
        drop: (path) =>
          paths.has(path) ||
          path.endsWith('.tlog-proof') ||
          touched.has(referenceIn(path) ?? '') ||
          (path.includes('/archive/') && !(closedBlocksStay && path.includes('/feeds/'))) ||
          path.includes('/statements/before/'),
        cool: (path) => !pinned.has(referenceIn(path) ?? '') && referenceIn(path) !== null,
      });
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} pages could not be made`);
    } finally {
      resolve();
    }
  }

  async function warm(paths: readonly string[]): Promise<void> {
    const { made, failures } = await makeAll(paths);
    shelf.swap({ hot: made, drop: () => false, cool: () => false });
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} pages could not be made`);
  }

  async function reprint(paths: readonly string[]): Promise<void> {
    epoch += 1;
    const { made } = await makeAll(paths);
    shelf.swap({ hot: made, drop: (path) => path.endsWith('.tlog-proof'), cool: () => false });
  }

  async function tick(): Promise<void> {
    const due = shelf.hotPaths().filter(([, resource]) => isDue(resource));
    for (const [path] of due) await cold(path);
  }

  return { ready, cold, show, warm, reprint, tick };
}

/** Removes the words of redacted versions wherever they may be: texts in memory, comparisons, feed entries. Safe to repeat. */
export async function forgetTexts(room: Pressroom, statement: PublicStatement): Promise<void> {
  await forgetRedacted(room, statement);
  for (const { version } of redactedVersions(statement)) await forgetItems(room, statement, version);
}
