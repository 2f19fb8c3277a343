import type { Address, FileAddress } from './address.ts';
import { apiFile } from './api/api.ts';
import { houseCard, iconFile, versionCard } from './cards/card.ts';
import { csafResource } from './csaf/resources.ts';
import type { Feeds } from './feeds/feeds.ts';
import type { PageInstant } from './instant.ts';
import { badgeFile } from './pages/badge.ts';
import { checkPage } from './pages/check.ts';
import { claimPage } from './pages/claim.ts';
import { contentsFile } from './pages/contents.ts';
import { diffPage } from './pages/diff.ts';
import { embedPage } from './pages/embed.ts';
import { homePage } from './pages/home.ts';
import { importedFile, importedListPage, importedPage } from './pages/imported.ts';
import { archivePage, correctionsPage, monthPage } from './pages/lists.ts';
import { checkpointFile, programFile, proofFile, proofLines, tileFile, timeStampFile, trustFile } from './pages/log.ts';
import type { Pressroom, Reading } from './pages/page.ts';
import { redactedFile, redactedPage } from './pages/redacted.ts';
import { registerPage } from './pages/register.ts';
import { registerFile } from './pages/register-files.ts';
import { asMemento, asTimeGate, timeMap } from './pages/relations.ts';
import { robotsFile, sitemapFile } from './pages/sitemap.ts';
import { standingPage } from './pages/standing.ts';
import { statementPage } from './pages/statement.ts';
import { versionsPage } from './pages/version-lines.ts';
import { vocabPage } from './pages/vocab.ts';
import { vocabFile } from './pages/vocab-files.ts';
import type { ResourceDraft } from './resource.ts';

/** What stands at an address at an instant; undefined where there is nothing public. Search and verify are asked, not made. */
export async function makePage(
  room: Pressroom,
  feeds: Feeds,
  markdown: (text: string) => Promise<string>,
  address: Address | FileAddress,
  instant: PageInstant,
): Promise<ResourceDraft | undefined> {
  if (!('language' in address)) return makeFile(room, address, instant);
  const reading: Reading = { room, speech: room.speeches[address.language], instant };
  if (address.page === 'statementFeed') return feeds.make(address);
  if ('reference' in address) return statementPlace(reading, address);
  switch (address.page) {
    case 'home':
      return homePage(reading);
    case 'check':
      return checkPage(reading);
    case 'houseCard':
      return houseCard(reading);
    case 'corrections':
      return correctionsPage(reading);
    case 'archive':
      return archivePage(reading);
    case 'month':
      return monthPage(reading, address.month, address.part);
    case 'text':
      return standingPage(reading, address.name, markdown);
    case 'register':
      return registerPage(reading, address.part);
    case 'vocab':
      return vocabPage(reading, address);
    case 'imported':
      return importedListPage(reading, address.part);
    case 'importedDocument':
      return importedPage(reading, address);
    case 'feed':
    case 'feedArchive':
      return feeds.make(address);
    default:
      return undefined;
  }
}

/** What belongs to no language. */
async function makeFile(room: Pressroom, address: FileAddress, instant: PageInstant): Promise<ResourceDraft | undefined> {
  switch (address.page) {
    case 'csaf':
      return room.csaf === null ? undefined : csafResource(room, room.csaf, address, instant);
    case 'contents':
      return contentsFile(room, instant);
    case 'robots':
      return robotsFile(room);
    case 'icon':
      return iconFile(room, address.form);
    case 'sitemap':
      return sitemapFile(room, address);
    case 'program':
      return programFile(room.verifiers, address.name);
    case 'trust':
      return room.trust === null ? undefined : trustFile(room.trust);
    case 'proof':
      return proofLines(room.log.current(), address);
    case 'file':
      return signedFile(room, address);
    case 'registerFile':
      return registerFile(room, address);
    case 'importedFile':
      return importedFile(room, address);
    case 'vocabFile':
      return vocabFile(room, address);
    case 'api':
      return apiFile(room, address);
    default:
      return logFile(room, address);
  }
}

async function statementPlace(
  reading: Reading,
  address: Exclude<Extract<Address, { reference: string }>, { page: 'statementFeed' }>,
): Promise<ResourceDraft | undefined> {
  const statement = reading.room.record.statement(address.reference);
  const latest = statement?.versions.at(-1);
  if (statement === undefined || latest === undefined) return undefined;
  if (address.page === 'diff') {
    const gone = statement.versions.find(({ version, redacted }) => redacted !== null && (version === address.from || version === address.to));
    if (gone !== undefined && address.from < address.to && address.to <= latest.version) return redactedPage(reading, statement, gone, address);
    return diffPage(reading, statement, address.from, address.to);
  }
  if (address.page === 'version') {
    const version = statement.versions[address.version - 1];
    const page = version && ((await redactedPage(reading, statement, version, address)) ?? (await statementPage(reading, statement, version, 'version')));
    return page && asMemento(reading, statement, version, page);
  }
  if (address.page === 'card') return versionCard(reading, statement, address);
  if (address.page === 'badge') return badgeFile(reading, statement);
  if (address.page === 'embed') return embedPage(reading, statement);
  if (address.page === 'claim') return claimPage(reading, statement, address.item);
  if (address.page === 'timemap') return timeMap(reading, statement);
  if (address.page === 'versions') return versionsPage(reading, statement);
  return asTimeGate(
    reading,
    statement,
    (await redactedPage(reading, statement, latest, address)) ?? (await statementPage(reading, statement, latest, 'statement')),
  );
}

/** `/log/checkpoint` is the newest log's; every other address without a number is the first log's for good, as caches may keep it. */
async function logFile({ log, timeStamps }: Pressroom, address: Extract<FileAddress, { log: number | null }>): Promise<ResourceDraft | undefined> {
  if (address.page === 'checkpoint' && address.log === null) return checkpointFile(log.current());
  const number = address.log ?? 1;
  const part = [...log.closed(), log.current()][number - 1];
  if (part === undefined) return undefined;
  if (address.page === 'time-stamp') return timeStampFile(timeStamps, number, part, address);
  return address.page === 'checkpoint' ? checkpointFile(part) : tileFile(log, part, address.tile);
}

/** The exact bytes that were signed and logged. */
async function signedFile(room: Pressroom, { reference, version, form }: Extract<FileAddress, { page: 'file' }>): Promise<ResourceDraft | undefined> {
  const facts = room.record.statement(reference)?.versions[version - 1];
  if (facts !== undefined && form === 'tlog-proof') return proofFile(room.log, facts.entry);
  if (facts?.redacted) return redactedFile(room.log, reference, facts);
  const file = facts?.files.find(({ name }) => name === `/statements/${reference}/v/${version}.${form}`);
  if (facts === undefined || file === undefined || form === 'tlog-proof') return undefined;
  const body = form === 'json' || form === 'txt' ? (await room.texts.files(facts.entry))[form] : await room.readSigned(facts.entry, file.name);
  return { type: file.type, body, cache: 'public, max-age=300, no-transform', crossOrigin: true };
}
