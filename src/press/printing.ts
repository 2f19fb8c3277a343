import type { Agency } from '../config.ts';
import { OnrecordError } from '../errors.ts';
import type { PublicStatement } from '../statement/facts.ts';
import { contentsPath, isExercise, readAddress } from './address.ts';
import { csafLists, tellsOfDocuments } from './csaf/address.ts';
import { createDrawAhead, type DrawAhead } from './draw-ahead.ts';
import type { Feeds } from './feeds/feeds.ts';
import type { Forgetting } from './forgetting.ts';
import {
  cardsTouchedBy,
  isStale,
  isStaleByImport,
  newestReferences,
  newestVersion,
  onlyAdds,
  pathsTouchedBy,
  pathsTouchedByImport,
  referenceIn,
} from './hot-set.ts';
import { pageInstant } from './instant.ts';
import { type Made, makeEach } from './make-each.ts';
import { makePage } from './make-page.ts';
import { mayExist } from './may-exist.ts';
import type { Pressroom } from './pages/page.ts';
import { createPasses } from './passes.ts';
import { redactedVersions } from './redacted.ts';
import { makeResource, type Resource, type ResourceDraft } from './resource.ts';
import type { Shelf } from './shelf.ts';
import { createTidying } from './tidying.ts';

/** Makes pages when they are needed and keeps what is ready true to the record and the clock. */
export type Printing = {
  ready(path: string): Resource | undefined;
  cold(path: string): Promise<Resource | undefined>;
  /** Takes all these in and shows them at once. */
  show(statements: readonly PublicStatement[]): Promise<void>;
  /** Shows that documents were brought along. */
  showImported(): Promise<void>;
  /** Makes these hot, for the opening. */
  warm(paths: readonly string[]): Promise<void>;
  /** Makes the checkpoint again, which has more signatures now, and forgets every proof, which carries it. */
  reprintCheckpoint(): Promise<void>;
  /** Clears some CSAF documents that are owed, and lists them; each tick begins it and does not wait. */
  goOnWithCsaf(): Promise<void>;
  /** Forgets what the site holds: something came that no publication brought. */
  forgetContents(): Promise<void>;
  /** Cards, once the pages are out. */
  cards: DrawAhead;
  tick(): Promise<void>;
};

export type PrintingOptions = {
  room: Pressroom;
  feeds: Feeds;
  shelf: Shelf;
  languages: Agency['languages'];
  markdown(text: string): Promise<string>;
  now(): number;
  forgetting: Forgetting;
};

/** What a worker of a gate is given up with. */
function isLate(error: unknown): boolean {
  return error instanceof OnrecordError && (error.code === 'busy' || error.code === 'bad_text');
}

export function createPrinting({ room, feeds, shelf, languages, markdown, now, forgetting }: PrintingOptions): Printing {
  // Rises with every change of the record: what was being made meanwhile is made again.
  let epoch = 0;
  let settling: Promise<void> = Promise.resolve();
  const flights = new Map<string, Promise<Resource | undefined>>();
  const passes = createPasses();
  const tidying = createTidying();
  const cards = createDrawAhead((path) => makeAndKeep(path, true));
  // Whatever puts new pages on the shelf goes one after the other, so that none replaces a newer one.
  let line: Promise<unknown> = Promise.resolve();
  const inLine = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const run = line.then(work);
    line = run.catch(() => undefined);
    return run;
  };

  const isDue = ({ nextChangeAt }: Resource): boolean => nextChangeAt !== null && now() >= nextChangeAt;

  function ready(path: string): Resource | undefined {
    const resource = shelf.get(path);
    return resource === undefined || isDue(resource) ? undefined : resource;
  }

  async function draftOf(path: string): Promise<ResourceDraft | undefined> {
    const address = readAddress(path, languages);
    return address && makePage(room, feeds, markdown, address, pageInstant(now()));
  }

  async function makeAndKeep(path: string, isWanted = false): Promise<Resource | undefined> {
    for (;;) {
      await settling;
      const begun = epoch;
      const known = ready(path);
      if (known) return known;
      const draft = await draftOf(path);
      const made = draft && (await makeResource(draft));
      if (begun !== epoch) continue;
      if (made && (isWanted || shelf.isHot(path))) await shelf.swap({ hot: new Map([[path, made]]), drop: () => false, cool: () => false });
      else if (made) shelf.putCold(path, made);
      return made;
    }
  }

  function cold(path: string): Promise<Resource | undefined> {
    const known = flights.get(path);
    if (known) return known;
    if (!mayExist(room, path)) return Promise.resolve(undefined);
    const flight = passes(path)(() => makeAndKeep(path)).finally(() => flights.delete(path));
    flights.set(path, flight);
    return flight;
  }

  /** What fails is made once more: a machine that starts many things may be late, and a thread may end. */
  async function makeAll(paths: readonly string[]): Promise<Made> {
    const first = await makeEach(paths, draftOf);
    if (first.failures.length === 0) return first;
    const again = await makeEach(
      first.failures.map(({ path }) => path),
      draftOf,
    );
    return { made: new Map([...first.made, ...again.made]), failures: again.failures };
  }

  const show = (statements: readonly PublicStatement[]): Promise<void> => inLine(() => showNow(statements));

  async function showNow(statements: readonly PublicStatement[]): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    settling = promise;
    try {
      const known = newestVersion(room.record, languages);
      const taken = statements.filter((statement) => room.record.take(statement)).flatMap(({ reference }) => room.record.statement(reference) ?? []);
      epoch += 1;
      // What cannot be read now is tried again with the next publication; the pages that do not need it are made.
      const stuck = await room.catchUpRegister().then(
        () => [],
        (error: unknown) => [error],
      );
      const paths = new Set(taken.flatMap((statement) => pathsTouchedBy(statement, languages)));
      const touched = new Set(taken.map(({ reference }) => reference));
      const pinned = new Set(newestReferences(room.record));
      const closedBlocksStay = taken.every((statement) => onlyAdds(statement, known));
      const isCool = (reference: string | null): boolean => reference !== null && !pinned.has(reference);
      const redacted = taken.filter((statement) => redactedVersions(statement).length > 0);
      let isTreeNew = redacted.length > 0;
      const drop = (path: string): boolean => paths.has(path) || isStale(path, touched, closedBlocksStay) || (isTreeNew && tellsOfDocuments(path));
      // Words that have to go do not wait until other pages are made, nor for a disk.
      const hidden = redacted.length > 0 ? shelf.swap({ hot: new Map(), drop, cool: () => false }) : undefined;
      for (const statement of redacted) await forgetting.forget(statement);
      await hidden;
      const [pages, lists] = await Promise.all([makeAll([...paths]), makeCsafLists(taken)]);
      isTreeNew ||= lists !== null;
      const failures = [...stuck, ...[...pages.failures, ...(lists?.failures ?? [])].map(({ error }) => error)];
      const hot = new Map([...pages.made, ...(lists?.made ?? [])]);
      await shelf.swap({ hot, drop, cool: (path) => isCool(referenceIn(path)) });
      tidying.made(hot.values(), shelf.settled());
      // No page waits for a picture.
      cards.want(taken.flatMap((statement) => cardsTouchedBy(statement, languages)));
      if (failures.length > 0) throw new AggregateError(failures, `${failures.length} pages could not be made`);
    } finally {
      resolve();
    }
  }

  /** The lists of the CSAF tree, once the documents of these are validated beside the making of pages; null where the tree stays as it is. */
  async function makeCsafLists(statements: readonly PublicStatement[]): Promise<Made | null> {
    const real = statements.filter(({ reference }) => !isExercise(reference));
    await room.csaf?.clear(real);
    return room.csaf?.install(real) ? makeAll(csafLists) : null;
  }

  const showImported = (): Promise<void> =>
    inLine(async () => {
      epoch += 1;
      const paths = pathsTouchedByImport(languages);
      const { made } = await makeAll(paths);
      await shelf.swap({ hot: made, drop: (path) => paths.includes(path) || isStaleByImport(path), cool: () => false });
    });

  async function warm(paths: readonly string[]): Promise<void> {
    const { made, failures } = await makeAll(paths);
    await shelf.swap({ hot: made, drop: () => false, cool: () => false });
    // What is late again is made when somebody asks.
    const wrong = failures.filter(({ error }) => !isLate(error)).map(({ error }) => error);
    // Said as what they are: the one ends a start, the other is waited for.
    for (const code of ['store_corrupt', 'store_unreachable']) {
      const plain = wrong.find((error) => error instanceof OnrecordError && error.code === code);
      if (plain) throw plain;
    }
    if (wrong.length > 0) throw new AggregateError(wrong, `${wrong.length} pages could not be made`);
  }

  const reprintCheckpoint = (): Promise<void> =>
    inLine(async () => {
      epoch += 1;
      const { made } = await makeAll(['/log/checkpoint']);
      await shelf.swap({ hot: made, drop: (path) => path.endsWith('.tlog-proof') || path === contentsPath, cool: () => false });
    });

  // What is being made of it meanwhile is made again.
  async function forgetContents(): Promise<void> {
    epoch += 1;
    await shelf.swap({ hot: new Map(), drop: (path) => path === contentsPath, cool: () => false });
  }

  /** Lists what was cleared since, all lists at once and between two publications; readers of what is cold wait. */
  async function listCleared(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    settling = promise;
    try {
      if (!room.csaf?.install([])) return;
      epoch += 1;
      const { made } = await makeAll(csafLists);
      await shelf.swap({ hot: made, drop: (path) => tellsOfDocuments(path) || path === contentsPath, cool: () => false });
    } finally {
      resolve();
    }
  }

  let goingOn: Promise<void> | null = null;
  /** The clearing itself stands in nobody's way: it may take as long as it does. */
  function goOnWithCsaf(): Promise<void> {
    goingOn ??= (room.csaf?.goOn() ?? Promise.resolve())
      .then(() => inLine(listCleared))
      .finally(() => {
        goingOn = null;
      });
    return goingOn;
  }

  async function tick(): Promise<void> {
    await forgetting.retry();
    if ((room.csaf?.standing().owed ?? 0) > 0) void goOnWithCsaf().catch(() => undefined);
    const due = shelf.hotPaths().filter(([, resource]) => isDue(resource));
    for (const [path] of due) await cold(path);
  }

  return { ready, cold, show, showImported, warm, reprintCheckpoint, forgetContents, goOnWithCsaf, cards, tick };
}
