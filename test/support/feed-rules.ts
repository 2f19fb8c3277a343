import { z } from 'zod';
import { parseXml, type XmlElement } from './xml.ts';

/** What a feed document has to keep to, as findings in words: none is good. Atom: RFC 4287, 4685, 5005, 6721. */

const atom = 'http://www.w3.org/2005/Atom';
const history = 'http://purl.org/syndication/history/1.0';
const thread = 'http://purl.org/syndication/thread/1.0';
const tombstones = 'http://purl.org/atompub/tombstones/1.0';
const content = 'http://purl.org/rss/1.0/modules/content/';
const time = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;
const mail = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const absolute = /^https:\/\/[a-z0-9.:-]+\/[^\s<>"]*$/;
const tag = /^tag:[a-z0-9.-]+,\d{4}:[\w-]+(\/v\d+)?(\/[a-z]{2})?$/;

type Check = (holds: boolean, finding: string) => void;

/** Runs rules that name what does not hold; a document that cannot be read is the one finding. */
function findings(rules: (check: Check) => void): readonly string[] {
  const found: string[] = [];
  try {
    rules((holds, finding) => {
      if (!holds) found.push(finding);
    });
  } catch (error) {
    found.push(error instanceof RangeError || error instanceof SyntaxError ? `unreadable: ${error.message}` : String(error));
  }
  return found;
}

const within = (element: XmlElement, name: string): readonly XmlElement[] => element.children.filter((child) => child.name === name);
const textOf = (element: XmlElement, name: string): string => within(element, name)[0]?.text ?? '';
const attribute = (element: XmlElement, name: string): string => element.attributes.get(name) ?? '';
const falls = (times: readonly string[]): boolean => times.every((at, index) => index === 0 || at < (times[index - 1] ?? ''));

/** Which elements a parent may hold, how often, and with which attributes. */
type Grammar = Readonly<Record<string, { least: number; most: number; attributes?: readonly string[] }>>;
const any = Number.POSITIVE_INFINITY;
const once = { least: 1, most: 1 };
const linkAttributes = ['rel', 'type', 'href', 'hreflang'];
const feedGrammar: Grammar = {
  [`${atom} id`]: once,
  [`${atom} title`]: once,
  [`${atom} subtitle`]: { least: 0, most: 1 },
  [`${atom} updated`]: once,
  [`${atom} author`]: once,
  [`${history} archive`]: { least: 0, most: 1 },
  [`${atom} link`]: { least: 2, most: any, attributes: linkAttributes },
  [`${atom} entry`]: { least: 0, most: any },
  [`${tombstones} deleted-entry`]: { least: 0, most: any, attributes: ['ref', 'when'] },
};
const entryGrammar: Grammar = {
  [`${atom} id`]: once,
  [`${atom} title`]: once,
  [`${atom} published`]: once,
  [`${atom} updated`]: once,
  [`${atom} link`]: { least: 1, most: any, attributes: linkAttributes },
  [`${thread} in-reply-to`]: { least: 0, most: 1, attributes: ['ref', 'type', 'href'] },
  [`${atom} category`]: { least: 2, most: any, attributes: ['scheme', 'term', 'label'] },
  [`${atom} summary`]: { least: 0, most: 1 },
  [`${atom} content`]: { ...once, attributes: ['type'] },
};

function checkGrammar(check: Check, parent: XmlElement, grammar: Grammar, where: string): void {
  check(parent.text.trim() === '', `${where}: text between elements`);
  for (const child of parent.children) {
    const rule = grammar[child.name];
    check(rule !== undefined, `${where}: ${child.name} has no place`);
    for (const name of child.attributes.keys()) check(rule?.attributes?.includes(name) ?? false, `${where}: ${child.name} has ${name}`);
  }
  for (const [name, { least, most }] of Object.entries(grammar)) {
    const count = within(parent, name).length;
    check(count >= least && count <= most, `${where}: ${count} ${name}`);
  }
}

function checkLinks(check: Check, parent: XmlElement, where: string): ReadonlyMap<string, readonly string[]> {
  const links = within(parent, `${atom} link`);
  const relations = new Map<string, string[]>();
  for (const link of links) {
    check(absolute.test(attribute(link, 'href')), `${where}: href ${attribute(link, 'href')}`);
    check(/^[a-z]+\/[a-z+]+$/.test(attribute(link, 'type')), `${where}: type ${attribute(link, 'type')}`);
    relations.set(attribute(link, 'rel'), [...(relations.get(attribute(link, 'rel')) ?? []), attribute(link, 'href')]);
  }
  const alternates = links.filter((link) => attribute(link, 'rel') === 'alternate').map((link) => `${attribute(link, 'type')} ${attribute(link, 'hreflang')}`);
  check(new Set(alternates).size === alternates.length, `${where}: two alternates of one type and language`);
  return relations;
}

export function atomFindings(text: string): readonly string[] {
  return findings((check) => {
    const feed = parseXml(text);
    check(feed.name === `${atom} feed`, `root ${feed.name}`);
    check(/^[a-z]{2}$/.test(attribute(feed, 'xml lang')), 'no language');
    checkGrammar(check, feed, feedGrammar, 'feed');
    check(absolute.test(textOf(feed, `${atom} id`)), 'feed id');
    check(
      within(feed, `${atom} author`).every((author) => textOf(author, `${atom} name`).trim() !== ''),
      'an author without a name',
    );
    checkHistory(check, feed, checkLinks(check, feed, 'feed'));
    const entries = within(feed, `${atom} entry`);
    for (const entry of entries) checkEntry(check, entry);
    checkOrder(check, feed, entries);
  });
}

/** RFC 5005 §4; a closed block has no `next-archive`, for that would change its bytes. */
function checkHistory(check: Check, feed: XmlElement, relations: ReadonlyMap<string, readonly string[]>): void {
  const isArchive = within(feed, `${history} archive`).length > 0;
  for (const relation of relations.keys())
    check(['self', 'alternate', 'prev-archive', ...(isArchive ? ['current'] : [])].includes(relation), `a feed link ${relation}`);
  for (const relation of ['self', 'prev-archive', 'current']) check((relations.get(relation) ?? []).length <= 1, `two ${relation}`);
  check(relations.has('self') && relations.has('alternate'), 'no self or no alternate');
  check(isArchive === relations.has('current'), 'a closed block links the current document, and it alone does');
  check(relations.get('self')?.[0] !== relations.get('prev-archive')?.[0], 'a block before itself');
}

function checkEntry(check: Check, entry: XmlElement): void {
  const id = textOf(entry, `${atom} id`);
  checkGrammar(check, entry, entryGrammar, id);
  check(tag.test(id), `entry id ${id}`);
  check(textOf(entry, `${atom} title`).trim() !== '', `${id}: no title`);
  check(checkLinks(check, entry, id).get('alternate')?.length === 1, `${id}: not one alternate`);
  for (const name of ['published', 'updated']) check(time.test(textOf(entry, `${atom} ${name}`)), `${id}: ${name}`);
  check(textOf(entry, `${atom} published`) <= textOf(entry, `${atom} updated`), `${id}: updated before it was published`);
  for (const category of within(entry, `${atom} category`)) {
    const form = attribute(category, 'scheme').endsWith('/verdict-change') ? /^[ACK]-[1-9][0-9]*:[a-z_]+:[a-z_]+$/ : /^[a-z_-]+$/;
    check(absolute.test(attribute(category, 'scheme')) && form.test(attribute(category, 'term')), `${id}: category`);
  }
  const [reply, body] = [within(entry, `${thread} in-reply-to`)[0], within(entry, `${atom} content`)[0]];
  for (const summary of within(entry, `${atom} summary`)) check(summary.text.trim() !== '', `${id}: an empty summary`);
  check(reply === undefined || tag.test(attribute(reply, 'ref')), `${id}: in reply to nothing`);
  check(body !== undefined && attribute(body, 'type') === 'html', `${id}: content is not HTML`);
  checkHtml(check, body?.text ?? '', id);
}

function checkOrder(check: Check, feed: XmlElement, entries: readonly XmlElement[]): void {
  const deleted = within(feed, `${tombstones} deleted-entry`);
  const ids = [...entries.map((entry) => textOf(entry, `${atom} id`)), ...deleted.map((entry) => attribute(entry, 'ref'))];
  check(new Set(ids).size === ids.length, 'an id twice');
  check(
    deleted.every((entry) => tag.test(attribute(entry, 'ref')) && time.test(attribute(entry, 'when'))),
    'a deleted entry without id or time',
  );
  const lines = feed.children.filter(({ name }) => name === `${atom} entry` || name === `${tombstones} deleted-entry`);
  const times = lines.map((line) => (line.name === `${atom} entry` ? textOf(line, `${atom} updated`) : attribute(line, 'when')));
  check(falls(times), 'times that do not fall');
  const updated = textOf(feed, `${atom} updated`);
  check(time.test(updated) && (times.length === 0 || updated === times[0]), 'the feed is not of the time of its newest entry');
}

/** Nothing that runs, loads or leads out in another way than by a link. */
function checkHtml(check: Check, html: string, where: string): void {
  const names = [...html.matchAll(/<\/?([a-zA-Z][^\s/>]*)/g)].map((match) => match[1] ?? '');
  const known = 'p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code strong em del a table thead tbody tr th td div span'.split(' ');
  for (const name of names) check(known.includes(name), `${where}: <${name}>`);
  for (const [, href = ''] of html.matchAll(/<[^>]* href="([^"]*)"/g)) check(/^(https:\/\/|mailto:|#)/.test(href), `${where}: a link to ${href}`);
}

const rssGrammar: Grammar = {
  title: once,
  link: once,
  description: once,
  language: once,
  lastBuildDate: { least: 0, most: 1 },
  [`${atom} link`]: { ...once, attributes: ['rel', 'type', 'href'] },
  item: { least: 0, most: any },
};
const itemGrammar: Grammar = {
  title: once,
  link: once,
  guid: { ...once, attributes: ['isPermaLink'] },
  pubDate: once,
  category: { least: 2, most: any, attributes: ['domain'] },
  description: once,
  [`${content} encoded`]: once,
};

export function rssFindings(text: string): readonly string[] {
  return findings((check) => {
    const rss = parseXml(text);
    const channel = rss.children[0];
    check(rss.name === 'rss' && attribute(rss, 'version') === '2.0' && rss.children.length === 1, 'no RSS 2.0');
    if (channel?.name !== 'channel') return check(false, 'no channel');
    checkGrammar(check, channel, rssGrammar, 'channel');
    const self = within(channel, `${atom} link`)[0];
    check(self !== undefined && attribute(self, 'rel') === 'self' && attribute(self, 'type') === 'application/rss+xml', 'no link to itself');
    const items = within(channel, 'item');
    for (const item of items) {
      const id = textOf(item, 'guid');
      checkGrammar(check, item, itemGrammar, id);
      check(tag.test(id) && within(item, 'guid').every((guid) => attribute(guid, 'isPermaLink') === 'false'), `guid ${id}`);
      check(absolute.test(textOf(item, 'link')), `${id}: link`);
      check(mail.test(textOf(item, 'pubDate')) && new Date(textOf(item, 'pubDate')).toUTCString() === textOf(item, 'pubDate'), `${id}: pubDate`);
      const names = item.children.map(({ name }) => name);
      check(names.indexOf('description') < names.indexOf(`${content} encoded`), `${id}: the description comes after the content`);
      check(!/[<>]|&(?!(amp|lt|gt|quot);)/.test(textOf(item, 'description')), `${id}: the description is not escaped HTML`);
      checkHtml(check, textOf(item, `${content} encoded`), id);
    }
    const ids = items.map((item) => textOf(item, 'guid'));
    check(new Set(ids).size === ids.length, 'an id twice');
    const times = items.map((item) => Date.parse(textOf(item, 'pubDate')));
    check(
      times.every((at, index) => index === 0 || at <= (times[index - 1] ?? 0)),
      'times that rise',
    );
    check(items[0] === undefined || textOf(channel, 'lastBuildDate') === textOf(items[0], 'pubDate'), 'the channel is not of the time of its newest item');
  });
}

const Url = z.string().regex(absolute);
const Instant = z.string().regex(time);
const Person = z.strictObject({ name: z.string().min(1), url: Url });
const Item = z.strictObject({
  id: z.string().regex(tag),
  url: Url,
  title: z.string().min(1),
  summary: z.string(),
  content_html: z.string().min(1),
  date_published: Instant,
  date_modified: Instant,
  language: z.string().regex(/^[a-z]{2}$/),
  tags: z.array(z.string().regex(/^((kind|situation|verdict):[a-z_-]+|verdict-change:[ACK]-[1-9][0-9]*:[a-z_]+:[a-z_]+)$/)).min(2),
  _onrecord: z.looseObject({ statement: z.string().regex(tag), statement_url: Url, signed_url: Url, sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
});
/** JSON Feed 1.1, as narrow as ours. */
export const JsonFeed = z.strictObject({
  version: z.literal('https://jsonfeed.org/version/1.1'),
  title: z.string().min(1),
  description: z.string().min(1),
  home_page_url: Url,
  feed_url: Url,
  next_url: Url.optional(),
  language: z.string().regex(/^[a-z]{2}$/),
  authors: z.array(Person).min(1),
  _onrecord: z.strictObject({ about: Url, archive: z.int().positive().nullable() }),
  items: z.array(Item),
});

export function jsonFindings(text: string): readonly string[] {
  return findings((check) => {
    const parsed = JsonFeed.safeParse(JSON.parse(text));
    if (!parsed.success) return check(false, z.prettifyError(parsed.error));
    const { items, next_url: next, feed_url: feed } = parsed.data;
    check(next !== feed, 'a next page that is this one');
    check(new Set(items.map(({ id }) => id)).size === items.length, 'an id twice');
    check(falls(items.map(({ date_published: at }) => at)), 'times that do not fall');
    for (const { id, content_html: html } of items) checkHtml(check, html, id);
  });
}
