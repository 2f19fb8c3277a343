import { OnrecordError } from '../errors.ts';
import type { KnownDocument } from '../imports/known.ts';
import { consistencyProof } from '../ledger/proof.ts';
import type { PublicStatement } from '../statement/facts.ts';
import type { languages as everyLanguage, Language } from '../statement/schema.ts';
import { createTurnstile } from '../turnstile.ts';
import { pathOf, readAddress } from './address.ts';
import { createClaimList } from './claim-list.ts';
import { broughtOwner, isOwn } from './csaf/brought.ts';
import { createCsafTree } from './csaf/tree.ts';
import { createFeeds } from './feeds/feeds.ts';
import { createFill } from './fill-gists.ts';
import { createForgetting } from './forgetting.ts';
import { cardsAtOpening, pathsAtOpening } from './hot-set.ts';
import { createImportedShelf, type ImportedShelf } from './imported-shelf.ts';
import { pageInstant } from './instant.ts';
import { createKeptGists } from './kept-gists.ts';
import { changedAt } from './pages/home.ts';
import type { Pressroom, Reading } from './pages/page.ts';
import { searchPage } from './pages/search.ts';
import { missingPage } from './pages/standing.ts';
import { verifyPage } from './pages/verify.ts';
import type { LogHead, Press, PressOptions, SearchHit } from './press.ts';
import { previewNewest } from './preview.ts';
import { createPrinting } from './printing.ts';
import { createPublicLog, type LogPart, type PublicLog } from './public-log.ts';
import { createRecord, lastEntry } from './record.ts';
import { languageOf, redirectOf } from './redirect.ts';
import { createRegisterShelf } from './register-shelf.ts';
import { makeResource, type Resource } from './resource.ts';
import { createSearchIndex, fillIndex, type SearchIndex } from './search-index.ts';
import { createShelf } from './shelf.ts';
import { createSpeech } from './speech.ts';
import { titleOf } from './spoken.ts';
import { createVerifier, importedAsked, longestQuestion, readQuestion, registerAsked } from './verify.ts';
import { createVersionTexts, type VersionFiles } from './versions.ts';

const readAtOnce = 8;
const defaultColdBytes = 64 * 1024 * 1024;

/** Opens the press over the whole public record and makes the hot set; resolves when the first request can be answered. */
export async function openPress(options: PressOptions): Promise<Press> {
  const { agency, now, markdown } = options;
  const { languages } = agency;
  const imported = createImportedShelf(options.readSigned);
  const log = createPublicLog(options.readEntries, imported.take);
  await log.catchUp();
  const room = openRoom(options, log, imported);
  const known = imported.fresh();
  await bringOwn(room, known);
  room.csaf?.install([]);
  await room.catchUpRegister();
  const shelf = createShelf(options.coldBytes ?? defaultColdBytes);
  const index = createSearchIndex(room.record, room.texts, languages);
  const forgetting = createForgetting(room);
  const printing = createPrinting({ room, feeds: createFeeds(room), shelf, languages, markdown, now, forgetting });
  const ask = createAsk(room, index, now);
  const missing = await makeMissing(room, now);
  await shelf.swap({ hot: options.assets.files, drop: () => false, cool: () => false });
  // A crash after a redaction, or a restore from before it, has left them.
  for (const statement of options.statements) await forgetting.forget(statement);
  await printing.warm(pathsAtOpening(room.record, languages, room.csaf !== null));
  printing.cards.want(cardsAtOpening(room.record, languages));
  await fillIndex(index, options.statements);
  const arrivals = createArrivals(async (statements) => {
    await log.catchUp();
    if (statements.length > 0) await printing.show(statements);
    const fresh = imported.fresh();
    if (fresh.length > 0) {
      fillGists(fresh);
      await bringOwn(room, fresh);
      await printing.showImported();
    }
    for (const { reference } of statements) await index.put(reference);
  });
  const { advance } = arrivals;
  const fill = createFill({ shelf: imported, kept: createKeptGists(options.prints), calm: arrivals.calm });
  const fillGists = (documents: readonly KnownDocument[]): void => void fill.take(documents, log.current().begin + log.current().size);
  fillGists(known);

  return {
    ready: printing.ready,
    cold: printing.cold,
    ask,
    missing: (path) => missing(languageOf(path, languages)),
    redirect: (path) => redirectOf(path, languages),
    advance: (statement) => advance([statement]),
    takeImported: () => advance([]),
    preview: (statement, newest, language, mark) => {
      const readVersion = (entry: number): Promise<VersionFiles> =>
        entry === statement.versions.at(-1)?.entry ? Promise.resolve(newest) : options.readVersion(entry);
      return previewNewest(openRoom({ ...options, statements: [statement], readVersion }, log, imported), statement, language, now(), mark);
    },
    follow: shelf.follow,
    counts: () => room.record.counts(),
    tick: printing.tick,
    nextChangeAt: () => shelf.hotPaths().reduce<number | null>((next, [, { nextChangeAt: at }]) => (at === null ? next : Math.min(at, next ?? at)), null),
    search: (query, language) => searchHits(room, index, query, language),
    register: () => room.registerHead(),
    logHead: () => headOf(log.current()),
    cosigned: async (note) => {
      if (log.addSignatures(note)) await printing.reprintCheckpoint();
    },
    timeStamped: printing.forgetContents,
    csaf: () => room.csaf?.standing() ?? null,
    goOnWithCsaf: printing.goOnWithCsaf,
    trouble: forgetting.trouble,
    settled: async () => {
      await printing.cards.idle();
      await shelf.settled();
    },
    stop: () => {
      printing.cards.stop();
      return fill.stop();
    },
  };
}

function openRoom(options: PressOptions, log: PublicLog, imported: ImportedShelf): Pressroom {
  const { agency, words, render, markdown, diff, pages, assets, draw, theme, prints, trust, verifiers, timeStamps, readSigned } = options;
  const record = createRecord(agency.languages);
  for (const statement of options.statements.toSorted((a, b) => lastEntry(a) - lastEntry(b))) record.take(statement);
  const speech = (language: Language) => createSpeech(language, words[language], agency.zone);
  const speeches = { fr: speech('fr'), en: speech('en') } satisfies Record<(typeof everyLanguage)[number], unknown>;
  const texts = createVersionTexts(options.readVersion, record.hollows, markdown, (html, language) => speeches[language].typesetHtml(html));
  const csaf = options.csaf && createCsafTree({ record, readSigned, now: options.now }, options.csaf);
  csaf?.owe(options.statements);
  csaf?.install(options.statements);
  const kept = { record, imported, csaf, texts, claims: createClaimList(texts), log, prints, readSigned, ...createRegisterShelf(record, readSigned) };
  return { ...kept, agency, trust, verifiers, timeStamps, speeches, pages, assets, draw, theme, render, diff };
}

/** Documents of this house from before its record go into the CSAF tree. One that cannot be read is missing there; its own page says why. */
async function bringOwn({ csaf, imported }: Pressroom, documents: readonly KnownDocument[]): Promise<void> {
  if (csaf === null) return;
  const own = documents.filter((document) => isOwn(csaf.parts.house, document)).values();
  const read = async (): Promise<void> => {
    for (const document of own) {
      const said = await Promise.all(document.originals.map((original) => imported.read(original).catch(() => null)));
      const owner = broughtOwner(document, said);
      if (owner) csaf.bring(owner);
    }
  };
  await Promise.all(Array.from({ length: readAtOnce }, read));
}

function headOf({ size, checkpoint, hashOf }: LogPart): LogHead | null {
  return checkpoint === null ? null : { size, checkpoint, consistency: (from) => consistencyProof(from, size, hashOf) };
}

/** Search and verify: made for each question, never kept, a few at a time. */
function createAsk(room: Pressroom, index: SearchIndex, now: () => number): Press['ask'] {
  const { languages } = room.agency;
  const verify = createVerifier(room.record, room.texts, languages);
  const pass = createTurnstile(4, 32);
  return async (path, query) => {
    const address = readAddress(path, languages);
    if (address?.page !== 'search' && address?.page !== 'verify') return undefined;
    const reading: Reading = { room, speech: room.speeches[address.language], instant: pageInstant(now()) };
    const asked = query.get('q') ?? '';
    return pass(async () => {
      if (address.page === 'search') return makeResource(await searchPage(reading, index, asked, partOf(query)));
      const question = readQuestion(asked, room.agency);
      const found =
        question === null
          ? { matches: [] }
          : {
              matches: await verify(question),
              register: registerAsked(room.record, question, languages),
              imported: importedAsked(room.imported, question, languages),
            };
      return makeResource(verifyPage(reading, asked.slice(0, longestQuestion), question, found));
    });
  };
}

function partOf(query: URLSearchParams): number {
  const part = Number(query.get('page') ?? 1);
  return Number.isInteger(part) && part >= 1 && part <= 10 ? part : 1;
}

async function makeMissing(room: Pressroom, now: () => number): Promise<(language: Language) => Resource> {
  const instant = pageInstant(now());
  const made = await Promise.all(
    room.agency.languages.map(async (language) => [language, await makeResource(missingPage({ room, speech: room.speeches[language], instant }))] as const),
  );
  const pages = new Map(made);
  return (language) => {
    const page = pages.get(language);
    if (page === undefined) throw new RangeError(`no page in ${language}`);
    return page;
  };
}

type Arrivals = {
  /** Publications that arrive while others are being shown are shown together. */
  advance(statements: readonly PublicStatement[]): Promise<void>;
  /** Resolves once what is being shown now is shown. Never rejects. */
  calm(): Promise<void>;
};

function createArrivals(show: (statements: readonly PublicStatement[]) => Promise<void>): Arrivals {
  let waiting: PublicStatement[] = [];
  let inHand: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  return {
    advance(statements) {
      waiting.push(...statements);
      next ??= inHand.then(() => {
        const arrived = waiting;
        [waiting, next] = [[], null];
        const shown = show(arrived);
        inHand = shown.catch(() => undefined);
        return shown;
      });
      return next;
    },
    calm: () => inHand,
  };
}

function searchHits({ record, agency }: Pressroom, index: SearchIndex, query: string, language: Language): readonly SearchHit[] {
  if (query.length > 200) throw new OnrecordError('too_long', 'a search has at most 200 characters');
  return index.find(query, language, 50).flatMap(({ reference, summary }) => {
    const statement = record.statement(reference);
    if (statement === undefined) return [];
    const url = agency.publicUrl + pathOf({ page: 'statement', reference }, language, agency.languages[0]);
    const title = titleOf(statement, statement.versions.length, language, agency.languages).text;
    return [{ reference, url, title, excerpt: summary, changedAt: changedAt(statement) }];
  });
}
