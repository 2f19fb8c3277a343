import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';
import { publicState } from '../../statement/state.ts';
import { pathOf } from '../address.ts';
import type { Pressroom } from '../pages/page.ts';
import type { VersionRef } from '../record.ts';
import { appearsIn, kindFor, titleOf } from '../spoken.ts';
import { atomDocument } from './atom.ts';
import { type FeedItem, feedIdOf } from './entry.ts';
import { element, type Xml } from './xml.ts';

const most = 100;

/** One entry a statement, its latest state: the newest hundred, latest `updated` first. */
export async function statementEntries(room: Pressroom, language: Language, itemOf: (ref: VersionRef) => Promise<FeedItem>): Promise<string> {
  const lines = [...newestIn(room, language)].sort((a, b) => (a.updated < b.updated ? 1 : -1));
  const entries = await Promise.all(lines.map(async (line) => keptEntry(room, language, line, await itemOf(refOf(line)))));
  return atomDocument(room, { feed: 'statements.atom', language, updated: lines[0]?.updated ?? null, entries });
}

type Line = { statement: PublicStatement; shown: PublicVersion; updated: string; published: string };

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
  return { statement, shown, published: first.at, updated: (news ?? first).at };
}

function refOf({ statement, shown }: Line): VersionRef {
  return { reference: statement.reference, version: shown.version, entry: shown.entry };
}

// An entry is that of one state of the facts, which are a new object with each publication and notice.
const written = new WeakMap<PublicStatement, Map<FeedItem, Xml>>();

function keptEntry(room: Pressroom, language: Language, line: Line, item: FeedItem): Xml {
  const known = written.get(line.statement) ?? new Map<FeedItem, Xml>();
  written.set(line.statement, known);
  const entry = known.get(item) ?? statementEntry(room, language, line, item);
  known.set(item, entry);
  return entry;
}

function statementEntry(room: Pressroom, language: Language, { statement, shown, updated, published }: Line, item: FeedItem): Xml {
  const { agency, speeches } = room;
  const { say, typeset } = speeches[language];
  const { reference, versions } = statement;
  const url = (place: Parameters<typeof pathOf>[0]): string => agency.publicUrl + pathOf(place, language, agency.languages[0]);
  const title = typeset(titleOf(statement, versions.length, language, agency.languages).text);
  const links = versions.map((version) => ({
    href: url({ page: 'version', reference, version: version.version }),
    text: `v${version.version}, ${say(`public.kind.${version.kind}`)}, ${speeches[language].time(version.at).text}`,
  }));
  const html = room.render('public/statement-entry', {
    say,
    behind: shown.version < versions.length ? { shown: shown.version, latest: versions.length, href: item.statementUrl } : null,
    html: item.html,
    links: links.slice(-20).reverse(),
  });
  const entry = element('entry', {}, [
    element('id', {}, [feedIdOf(room, statement.feedId, language)]),
    element('title', {}, [publicState(statement) === 'withdrawn' ? say('public.feed.title.statementWithdrawn', { title }) : title]),
    element('published', {}, [published]),
    element('updated', {}, [updated]),
    element('link', { rel: 'alternate', type: 'text/html', href: item.statementUrl }),
    ...item.categories.map(({ scheme, code, label }) => element('category', { scheme: `https://${agency.origin}/vocab/${scheme}`, term: code, label })),
    element('summary', {}, [item.summary]),
    element('content', { type: 'html' }, [html]),
  ]);
  return { xml: `${entry.xml}\n` };
}
