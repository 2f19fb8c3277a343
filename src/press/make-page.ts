import type { Address, FileAddress } from './address.ts';
import type { Feeds } from './feeds/feeds.ts';
import type { PageInstant } from './instant.ts';
import { diffPage } from './pages/diff.ts';
import { homePage } from './pages/home.ts';
import { archivePage, correctionsPage, monthPage } from './pages/lists.ts';
import { checkpointFile, proofFile, tileFile } from './pages/log.ts';
import type { Pressroom, Reading } from './pages/page.ts';
import { standingPage } from './pages/standing.ts';
import { statementPage } from './pages/statement.ts';
import { versionsPage } from './pages/version-lines.ts';
import type { ResourceDraft } from './resource.ts';

/** What stands at an address at an instant; undefined where there is nothing public. Search and verify are asked, not made. */
export async function makePage(
  room: Pressroom,
  feeds: Feeds,
  markdown: (text: string) => Promise<string>,
  address: Address | FileAddress,
  instant: PageInstant,
): Promise<ResourceDraft | undefined> {
  if (address.page === 'robots') return robots;
  if (address.page === 'checkpoint') return checkpointFile(room.log);
  if (address.page === 'tile') return tileFile(room.log, address.tile);
  if (address.page === 'file') return signedFile(room, address);
  const reading: Reading = { room, speech: room.speeches[address.language], instant };
  if ('reference' in address) return statementPlace(reading, address);
  switch (address.page) {
    case 'home':
      return homePage(reading);
    case 'corrections':
      return correctionsPage(reading);
    case 'archive':
      return archivePage(reading);
    case 'month':
      return monthPage(reading, address.month, address.part);
    case 'text':
      return standingPage(reading, address.name, markdown);
    case 'feed':
      return feeds.make(address.feed, address.language);
    default:
      return undefined;
  }
}

async function statementPlace(reading: Reading, address: Extract<Address, { reference: string }>): Promise<ResourceDraft | undefined> {
  const statement = reading.room.record.statement(address.reference);
  const latest = statement?.versions.at(-1);
  if (statement === undefined || latest === undefined) return undefined;
  if (address.page === 'diff') return diffPage(reading, statement, address.from, address.to);
  if (address.page === 'version') {
    const version = statement.versions[address.version - 1];
    return version && statementPage(reading, statement, version, 'version');
  }
  return address.page === 'versions' ? versionsPage(reading, statement) : statementPage(reading, statement, latest, 'statement');
}

/** The exact bytes that were signed and logged. */
async function signedFile(room: Pressroom, { reference, version, form }: Extract<FileAddress, { page: 'file' }>): Promise<ResourceDraft | undefined> {
  const facts = room.record.statement(reference)?.versions[version - 1];
  if (facts !== undefined && form === 'tlog-proof') return proofFile(room.log, facts.entry);
  const file = facts?.files.find(({ name }) => name === `/statements/${reference}/v/${version}.${form}`);
  if (facts === undefined || file === undefined || form === 'tlog-proof') return undefined;
  const files = await room.texts.files(facts.entry);
  return { type: file.type, body: files[form], cache: 'public, max-age=300, no-transform', crossOrigin: true };
}

const robots: ResourceDraft = {
  type: 'text/plain; charset=utf-8',
  body: 'User-agent: *\nDisallow: /search\nDisallow: /verify\nDisallow: /*/search\nDisallow: /*/verify\n',
  cache: 'public, max-age=60',
};
