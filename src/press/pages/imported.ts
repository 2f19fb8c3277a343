import { OnrecordError } from '../../errors.ts';
import type { ImportedDocument } from '../../imports/document.ts';
import { type KnownDocument, newestOf, type Original } from '../../imports/known.ts';
import { withoutRefused } from '../../statement/text-gate.ts';
import type { ImportedAddress } from '../imported-address.ts';
import type { Gist } from '../imported-gist.ts';
import type { ResourceDraft } from '../resource.ts';
import { proofFile } from './log.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Pressroom, type Reading, type TimeModel } from './page.ts';

/** Documents that the agency brought along: everything in them is what their publishers claim, and each page says so. */

/** A text of a document; `lang` as the document has it, undefined where it is the page's own or unknown. */
export type Foreign = { text: string; lang: string | undefined };
export type ImportedLine = { href: string; title: Foreign; publisher: string; id: string; version: string; changedAt: TimeModel };
export type ImportedListModel = {
  layout: Layout;
  count: string;
  lines: readonly ImportedLine[];
  newer: LinkModel | null;
  older: LinkModel | null;
  archive: LinkModel;
};
export type ImportedModel = {
  layout: Layout;
  title: Foreign;
  label: { title: string; text: string };
  facts: readonly { term: string; text: string; at: TimeModel | null }[];
  notes: readonly { title: Foreign; text: Foreign }[];
  history: readonly { at: TimeModel; number: string; summary: Foreign }[];
  references: readonly { href: string | null; text: Foreign }[];
  /** Whether the document says more than the page shows. */
  isCut: boolean;
  originals: readonly { version: string; at: TimeModel; entry: number; sha256: string; links: readonly LinkModel[] }[];
  list: LinkModel;
};

const shownAtOnce = 100;

/** The numbers of the pages of the list; the first one is always there. */
export function importedPages({ imported }: Pressroom): readonly number[] {
  return Array.from({ length: Math.max(1, Math.ceil(imported.all().length / shownAtOnce)) }, (_, index) => index + 1);
}

/** All of them, the one that claims to have changed last first, a hundred a page; undefined beyond the last. */
export async function importedListPage(reading: Reading, part: number): Promise<ResourceDraft | undefined> {
  const { speech, room } = reading;
  const { say } = speech;
  const all = room.imported.all();
  const shown = all.slice((part - 1) * shownAtOnce, part * shownAtOnce);
  if (part > 1 && shown.length === 0) return undefined;
  const link = (to: number, key: string): LinkModel => ({ href: hrefOf(reading, { page: 'imported', part: to }), text: say(key) });
  const title = part === 1 ? say('public.imported.title') : say('public.imported.part', { part });
  const model: ImportedListModel = {
    layout: layoutOf(reading, { page: 'imported', part }, { title, description: say('public.imported.lead') }),
    count: countOfImported(reading),
    lines: await Promise.all(shown.map((document) => importedLine(reading, document))),
    newer: part > 1 ? link(part - 1, 'public.archive.newer') : null,
    older: all.length > part * shownAtOnce ? link(part + 1, 'public.archive.older') : null,
    archive: { href: hrefOf(reading, { page: 'archive' }), text: say('public.archive.title') },
  };
  return htmlPage(reading, 'public/imported', model);
}

export function countOfImported({ room, speech: { say } }: Reading): string {
  const count = room.imported.all().length;
  return say(count === 1 ? 'public.imported.one' : count === 0 ? 'public.imported.none' : 'public.imported.many', { count });
}

/** What the log alone tells of a document whose original is not what was signed: its own page says so, and the others are listed. */
function gistWithout({ id, host }: KnownDocument, error: unknown): Pick<Gist, 'title' | 'lang' | 'publisher'> {
  if (!(error instanceof OnrecordError) || error.code !== 'store_corrupt') throw error;
  return { title: id, publisher: host };
}

export async function importedLine(reading: Reading, known: KnownDocument): Promise<ImportedLine> {
  const { title, lang, publisher } = await reading.room.imported.gist(known).catch((error: unknown) => gistWithout(known, error));
  const { version, changedAt } = newestOf(known);
  return {
    href: hrefOf(reading, { page: 'importedDocument', host: known.host, slug: known.slug }),
    title: foreign(reading, lang, title),
    publisher: withoutRefused(publisher),
    id: withoutRefused(known.id),
    version,
    changedAt: reading.speech.time(changedAt),
  };
}

export async function importedPage(reading: Reading, mark: { host: string; slug: string }): Promise<ResourceDraft | undefined> {
  const { room, speech } = reading;
  const { say } = speech;
  const known = room.imported.at(mark);
  if (known === undefined) return undefined;
  const said = await room.imported.read(newestOf(known));
  const { title, lang, publisher, tracking, references } = said.document;
  const place = { page: 'importedDocument', ...mark } as const;
  const first = known.originals[0] ?? newestOf(known);
  const values = { publisher: withoutRefused(publisher.name), host: mark.host, agency: room.agency.name[speech.language], time: speech.time(first.at).text };
  const model: ImportedModel = {
    layout: layoutOf(reading, place, { title: withoutRefused(title), description: say('public.imported.description', values) }),
    title: foreign(reading, lang, title),
    label: { title: say('public.imported.label'), text: say('public.imported.claimed', values) },
    facts: factsOf(reading, known, said),
    notes: notesOf(reading, said),
    history: tracking.revision_history.slice(-mostShown).map(({ date, number, summary }) => ({
      at: speech.time(date),
      number: withoutRefused(number),
      summary: foreign(reading, lang, summary),
    })),
    references: references.slice(0, mostShown).map(({ url, summary }) => ({ href: linkTo(url), text: foreign(reading, lang, summary || url) })),
    isCut: isCut(said),
    originals: known.originals.toReversed().map((original) => originalModel(reading, known, original)),
    list: { href: hrefOf(reading, { page: 'imported', part: 1 }), text: say('public.imported.title') },
  };
  return htmlPage(reading, 'public/imported-document', model);
}

/** The exact bytes that were brought along, or the proof that they are in the log. */
export async function importedFile({ imported, log, readSigned }: Pressroom, address: ImportedAddress): Promise<ResourceDraft | undefined> {
  const known = imported.at(address);
  const original = known?.originals.at(address.k === null ? -1 : address.k - 1);
  if (original === undefined) return undefined;
  if (address.form === 'tlog-proof') return address.k === null ? undefined : proofFile(log, original.entry);
  return {
    type: original.file.type,
    body: await readSigned(original.entry, original.file.name),
    cache: 'public, max-age=300, no-transform',
    crossOrigin: true,
  };
}

function factsOf({ speech: { say, time } }: Reading, known: KnownDocument, said: ImportedDocument): ImportedModel['facts'] {
  const { publisher, tracking } = said.document;
  const weaknesses = said.vulnerabilities.flatMap(({ cve, title }) => cve ?? title ?? []);
  const { issuedAt, changedAt, version } = newestOf(known);
  const fact = (key: string, text: string, at: string | null = null): ImportedModel['facts'][number] => ({
    term: say(`public.imported.fact.${key}`),
    text: withoutRefused(text.slice(0, longestShown)),
    at: at === null ? null : time(at),
  });
  return [
    fact('publisher', `${publisher.name}, ${publisher.namespace}`),
    fact('id', known.id),
    fact('version', `${version}, ${tracking.status}`),
    fact('issued', '', issuedAt),
    fact('changed', '', changedAt),
    ...(weaknesses.length > 0 ? [fact('weaknesses', weaknesses.slice(0, mostShown).join(', '))] : []),
  ];
}

/** What is said of the matter first, whoever made the document says of it last. */
const noteOrder = ['summary', 'description', 'details', 'faq', 'other', 'general', 'legal_disclaimer'];

function notesOf(reading: Reading, said: ImportedDocument): ImportedModel['notes'] {
  const { say } = reading.speech;
  const rank = (category: string): number => (noteOrder.includes(category) ? noteOrder.indexOf(category) : noteOrder.length);
  const { notes, lang } = said.document;
  return notes
    .toSorted((a, b) => rank(a.category) - rank(b.category))
    .slice(0, mostShown)
    .map(({ category, title, text }) => ({
      title: title
        ? foreign(reading, lang, title)
        : { text: say(`public.imported.note.${noteOrder.includes(category) ? category : 'other'}`), lang: undefined },
      text: foreign(reading, lang, text),
    }));
}

function originalModel(
  { room: { log }, speech: { say, time } }: Reading,
  { host, slug }: KnownDocument,
  original: Original,
): ImportedModel['originals'][number] {
  const { k, version, at, entry, file } = original;
  const path = `/imported/${host}/${slug}/${k}`;
  return {
    version,
    at: time(at),
    entry: log.indexOf(entry),
    sha256: file.sha256,
    links: [
      { href: `${path}.json`, text: say('public.imported.original') },
      { href: `${path}.tlog-proof`, text: say('public.imported.proof') },
    ],
  };
}

/** A page stays one that can be read, sent and mirrored, whatever a document holds: the rest stands in the original. */
const mostShown = 100;
const longestShown = 10_000;

function isCut({ document: { notes, references, tracking }, vulnerabilities }: ImportedDocument): boolean {
  const lists = [notes, references, tracking.revision_history, vulnerabilities];
  return lists.some(({ length }) => length > mostShown) || notes.some(({ text }) => text.length > longestShown);
}

function foreign({ speech }: Reading, lang: string | undefined, text: string): Foreign {
  const isTag = lang !== undefined && /^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}$/.test(lang);
  return { text: withoutRefused(text.slice(0, longestShown)), lang: isTag && lang.split('-')[0]?.toLowerCase() !== speech.language ? lang : undefined };
}

/** A link leads to a site, never to a script. */
function linkTo(url: string): string | null {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : null;
}
