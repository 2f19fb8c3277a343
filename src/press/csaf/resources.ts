import { setImmediate } from 'node:timers/promises';
import { type Language, situations } from '../../statement/schema.ts';
import type { PageInstant } from '../instant.ts';
import type { Pressroom } from '../pages/page.ts';
import { redactedFile } from '../pages/redacted.ts';
import type { ResourceDraft } from '../resource.ts';
import { type CsafAddress, metadataPath, securityPath } from './address.ts';
import { categoryName, changesCsv, indexText, rolieCategories, rolieFeed, rolieName, rolieService } from './lists.ts';
import { csafFileName, csafRoot, csafWhite } from './names.ts';
import type { CsafTree } from './tree.ts';

/** A listing has no other links: what reads it follows them all. */
export type FolderModel = { language: Language; title: string; stylesheet: string; names: readonly string[] };

/** What stands at an address below `/.well-known`; undefined where there is nothing. Bodies that machines read are JSON without a charset (CSAF 2.0 §7.1.2 wants exactly `application/json`). */
export async function csafResource(room: Pressroom, tree: CsafTree, address: CsafAddress, instant: PageInstant): Promise<ResourceDraft | undefined> {
  switch (address.what) {
    case 'key':
      return keyFile(tree, address.fingerprint);
    case 'year':
      return yearFolder(room, tree, address.year);
    case 'document':
      return documentFile(room, tree, address);
    case 'folder':
      return rootFolder(room, tree);
    case 'security':
      return securityText(tree, instant);
    case 'metadata':
      return json(providerMetadata(room, tree));
    case 'service':
      return json(rolieService(tree.parts.house.publicUrl, feedTitle(room)));
    case 'categories':
      return json(rolieCategories(situations));
    case 'index':
      return text('text/plain; charset=utf-8', indexText(tree.documents()));
    case 'changes':
      return text('text/csv; charset=utf-8', changesCsv(tree.documents()));
    case 'feed':
      return { ...json({}), body: await inPieces(rolieFeed(tree.parts.house.publicUrl, feedTitle(room), tree.documents(), tree.changedAt())) };
  }
}

/** Whether there can be anything at an address: known without making it. */
export function mayBeInTree(tree: CsafTree, address: CsafAddress): boolean {
  if (address.what === 'key') return tree.parts.keys.listed.some(({ fingerprint }) => fingerprint === address.fingerprint);
  if (address.what === 'year') return tree.documents().some(({ year }) => year === address.year);
  if (address.what !== 'document') return true;
  return (tree.document(address.year, address.file) ?? tree.removed(address.year, address.file)) !== undefined;
}

/** One text of many pieces; whoever else waits is let in between. */
async function inPieces(pieces: Iterable<string>): Promise<string> {
  const made: string[] = [];
  for (const piece of pieces) {
    made.push(piece);
    if (made.length % 500 === 0) await setImmediate();
  }
  return made.join('');
}

/** Requirement 7 and 9 (CSAF 2.0 §7.1.7, the provider-metadata schema). */
function providerMetadata({ agency }: Pressroom, tree: CsafTree): object {
  const { house, keys } = tree.parts;
  const white = `${house.publicUrl}${csafWhite}`;
  const [first] = agency.languages;
  return {
    canonical_url: `${house.publicUrl}${metadataPath}`,
    distributions: [
      {
        rolie: {
          categories: [`${white}/${categoryName}`],
          feeds: [{ summary: house.words[first]('csaf.feed.summary'), tlp_label: 'WHITE', url: `${white}/${rolieName}` }],
          services: [`${house.publicUrl}${csafRoot}/service.json`],
        },
      },
      { directory_url: `${white}/` },
    ],
    last_updated: tree.changedAt(),
    list_on_CSAF_aggregators: true,
    metadata_version: '2.0',
    mirror_on_CSAF_aggregators: true,
    public_openpgp_keys: keys.listed.map(({ fingerprint }) => ({ fingerprint, url: `${house.publicUrl}${csafRoot}/openpgp/${fingerprint}.asc` })),
    publisher: { category: house.category, contact_details: house.contact, name: house.name[first], namespace: house.publicUrl },
    role: keys.signing !== null ? 'csaf_trusted_provider' : 'csaf_provider',
  };
}

/** The document, its two hashes in the form of `sha256sum` (CSAF 2.0 §7.1.18), and its signature. */
async function documentFile(
  room: Pressroom,
  tree: CsafTree,
  { year, file, form }: Extract<CsafAddress, { what: 'document' }>,
): Promise<ResourceDraft | undefined> {
  const document = tree.document(year, file);
  if (document === undefined) {
    const removed = tree.removed(year, file);
    return removed && redactedFile(room.log, removed.reference, removed.version);
  }
  if (form === 'json') return { ...json({}), body: await room.readSigned(document.entry, document.name) };
  const cleared = await tree.clearance(document);
  if (cleared === undefined) return undefined;
  if (form === 'asc') return cleared.signature === null ? undefined : text('text/plain; charset=utf-8', cleared.signature.armored);
  return text('text/plain; charset=utf-8', `${cleared[form]}  ${file}.json\n`);
}

function keyFile(tree: CsafTree, fingerprint: string): ResourceDraft | undefined {
  const key = tree.parts.keys.listed.find((one) => one.fingerprint === fingerprint);
  return key && text('application/pgp-keys', key.armored);
}

/** `/.well-known/security.txt` (RFC 9116) with the line that leads to the provider metadata. Without a date of its own it holds for three to six months, and is made again each quarter. */
function securityText({ parts }: CsafTree, instant: PageInstant): ResourceDraft {
  const { house, security } = parts;
  const lines = [
    `Contact: ${security.contact}`,
    `Expires: ${securityExpiry({ parts }, instant)}`,
    `Preferred-Languages: ${house.languages.join(', ')}`,
    `Canonical: ${house.publicUrl}${securityPath}`,
    `CSAF: ${house.publicUrl}${metadataPath}`,
  ];
  return { ...text('text/plain; charset=utf-8', lines.map((line) => `${line}\n`).join('')), nextChangeAt: instant.nextChangeAt() };
}

const quarter = (number: number): number => Date.UTC(2026, 3 * number);

/** Until when security.txt holds. */
export function securityExpiry({ parts }: Pick<CsafTree, 'parts'>, instant: PageInstant): string {
  return parts.security.expiresAt ?? quarterAfterNext(instant);
}

function quarterAfterNext(instant: PageInstant): string {
  let next = 0;
  while (instant.isPast(quarter(next))) next += 1;
  return new Date(quarter(next + 1)).toISOString();
}

/** Requirement 14: listings with plain links, made on the server. */
function rootFolder(room: Pressroom, tree: CsafTree): ResourceDraft {
  const years = [...new Set(tree.documents().map(({ year }) => `${year}/`))].sort().reverse();
  return folder(room, `${csafWhite}/`, [...years, 'index.txt', 'changes.csv', rolieName, categoryName]);
}

function yearFolder(room: Pressroom, tree: CsafTree, year: string): ResourceDraft | undefined {
  const documents = tree.documents().filter((document) => document.year === year);
  if (documents.length === 0) return undefined;
  const names = documents.flatMap(({ id, isSigned }) =>
    ['', '.sha256', '.sha512', ...(isSigned ? ['.asc'] : [])].map((form) => `${csafFileName(id)}.json${form}`),
  );
  return folder(room, `${csafWhite}/${year}/`, names);
}

function folder({ agency, speeches, assets, render }: Pressroom, path: string, names: readonly string[]): ResourceDraft {
  const [language] = agency.languages;
  const model: FolderModel = { language, title: speeches[language].say('csaf.folder', { path }), stylesheet: assets.stylesheet, names };
  return text('text/html; charset=utf-8', render('public/csaf-folder', model));
}

function feedTitle({ agency, speeches }: Pressroom): string {
  const [first] = agency.languages;
  return speeches[first].say('csaf.feed', { agency: agency.name[first] });
}

const cache = 'public, max-age=60';

function json(value: object): ResourceDraft {
  return { type: 'application/json', body: `${JSON.stringify(value)}\n`, cache, crossOrigin: true };
}

function text(type: string, body: string): ResourceDraft {
  return { type, body, cache, crossOrigin: true };
}
