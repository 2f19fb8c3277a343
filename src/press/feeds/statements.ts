import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';
import { publicState } from '../../statement/state.ts';
import { pathOf } from '../address.ts';
import { ownBytes } from '../own-bytes.ts';
import type { Pressroom } from '../pages/page.ts';
import type { VersionRef } from '../record.ts';
import { appearsIn, kindFor, titleOf } from '../spoken.ts';
import { type AtomFrame, atomDocument, categoryElements, deletedEntry } from './atom.ts';
import { feedIdOf } from './entry.ts';
import type { FeedItem } from './item.ts';
import { itemOf } from './kept-items.ts';
import { element } from './xml.ts';

const most = 100;

/** One entry a statement, its latest state: the newest hundred, latest `updated` first. One without any text left is a deleted entry. */
export async function statementsDocument(room: Pressroom, frame: AtomFrame): Promise<Buffer> {
  const { language } = frame;
  const lines = [...newestIn(room, language)].sort((a, b) => (a.updated < b.updated ? 1 : -1));
  const entries = await Promise.all(lines.map(async (line) => keptEntry(room, language, line, await itemOf(room, refOf(line), language))));
  return atomDocument(room, { ...frame, updated: lines[0]?.updated ?? null, entries });
}

type Line = { statement: PublicStatement; shown: PublicVersion; updated: string; published: string; deleted: boolean };

function* newestIn(room: Pressroom, language: Language): Generator<Line> {
  let count = 0;
  for (const reference of room.record.newest()) {
    if (count >= most) return;
    const statement = room.record.statement(reference);
    const line = statement && lineOf(room, statement, language);
    if (line === undefined) continue;
    count += 1;
    yield line;
  }
}

/** `updated` is the last version that says something new: never an editorial one, nor in the first language a translation. */
function lineOf(room: Pressroom, statement: PublicStatement, language: Language): Line | undefined {
  const heard = statement.versions.filter((version) => appearsIn(statement, version, language));
  const [first, shown] = [heard[0], heard.at(-1)];
  if (first === undefined || shown === undefined) return undefined;
  const quiet = language === room.agency.languages[0] ? ['editorial', 'translation'] : ['editorial'];
  const news = heard.findLast(
    (version) => version === first || !quiet.includes(language === room.agency.languages[0] ? version.kind : kindFor(statement, version, language)),
  );
  const deletedAt = textGoneAt(statement);
  return { statement, shown, published: first.at, updated: deletedAt ?? (news ?? first).at, deleted: deletedAt !== null };
}

/** When the last text of a statement was redacted; null while there is any. */
function textGoneAt({ versions }: PublicStatement): string | null {
  const times = versions.map(({ redacted }) => redacted?.at ?? null);
  return times.reduce((latest, at) => (latest === null || at === null ? null : at > latest ? at : latest), times[0] ?? null);
}

function refOf({ statement, shown }: Line): VersionRef {
  return { reference: statement.reference, version: shown.version, entry: shown.entry };
}

// An entry is that of one state of the facts, which are a new object with each publication and notice.
const written = new WeakMap<PublicStatement, WeakMap<FeedItem, Buffer>>();

function keptEntry(room: Pressroom, language: Language, line: Line, item: FeedItem): Buffer {
  const known = written.get(line.statement) ?? new WeakMap<FeedItem, Buffer>();
  written.set(line.statement, known);
  const entry = known.get(item) ?? statementEntry(room, language, line, item);
  known.set(item, entry);
  return entry;
}

function statementEntry(room: Pressroom, language: Language, { statement, shown, updated, published, deleted }: Line, item: FeedItem): Buffer {
  const id = feedIdOf(room, statement.feedId, language);
  if (deleted) return deletedEntry(id, updated, item.summary);
  const { agency, speeches, render } = room;
  const { say } = speeches[language];
  const { reference, versions } = statement;
  const url = (place: Parameters<typeof pathOf>[0]): string => agency.publicUrl + pathOf(place, language, agency.languages[0]);
  const home = url({ page: 'statement', reference });
  const links = versions.map((version) => ({
    href: url({ page: 'version', reference, version: version.version }),
    text: `v${version.version}, ${say(`public.kind.${version.kind}`)}, ${speeches[language].time(version.at).text}`,
  }));
  const html = render('public/statement-entry', {
    say,
    behind: shown.version < versions.length ? { shown: shown.version, latest: versions.length, href: home } : null,
    html: item.html,
    links: links.slice(-20).reverse(),
  });
  const entry = element('entry', {}, [
    element('id', {}, [id]),
    element('title', {}, [shown.redacted ? item.title : currentTitle(room, statement, language)]),
    element('published', {}, [published]),
    element('updated', {}, [updated]),
    element('link', { rel: 'alternate', type: 'text/html', href: home }),
    ...categoryElements(item),
    item.summary.trim() === '' ? null : element('summary', {}, [item.summary]),
    element('content', { type: 'html' }, [html]),
  ]);
  return ownBytes(`${entry.xml}\n`);
}

/** The newest title that there still is. */
function currentTitle({ agency, speeches }: Pressroom, statement: PublicStatement, language: Language): string {
  const { say, typeset } = speeches[language];
  const upTo = statement.versions.findLast(({ redacted }) => redacted === null)?.version ?? statement.versions.length;
  const title = typeset(titleOf(statement, upTo, language, agency.languages).text);
  return publicState(statement) === 'withdrawn' ? say('public.feed.title.statementWithdrawn', { title }) : title;
}
