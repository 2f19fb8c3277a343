import type { Agency } from '../../config.ts';
import type { Trust } from '../../ledger/trust.ts';
import type { VersionDiff } from '../../statement/diff.ts';
import type { Language, SignedVersion } from '../../statement/schema.ts';
import type { Prints } from '../../store/prints.ts';
import type { TimeStamps } from '../../store/time-stamps.ts';
import type { Say } from '../../words.ts';
import { type FeedName, type FeedPlace, isExercise, type Place, pathOf } from '../address.ts';
import type { Drawing } from '../cards/drawing.ts';
import type { ClaimList } from '../claim-list.ts';
import type { CsafTree } from '../csaf/tree.ts';
import type { ImportedShelf } from '../imported-shelf.ts';
import type { PageInstant } from '../instant.ts';
import type { PageAssets, StandingTexts, Theme, Verifiers } from '../press.ts';
import type { PublicLog } from '../public-log.ts';
import type { PublicRecord } from '../record.ts';
import type { RegisterHead } from '../register-head.ts';
import type { ResourceDraft } from '../resource.ts';
import type { Speech, TimeModel } from '../speech.ts';
import type { VersionTexts } from '../versions.ts';
import { type Social, socialOf } from './social.ts';

/** What every page and feed is made from. */
export type Pressroom = {
  agency: Agency;
  record: PublicRecord;
  /** Documents that the agency brought along. */
  imported: ImportedShelf;
  texts: VersionTexts;
  claims: ClaimList;
  log: PublicLog;
  prints: Prints;
  /** The newest state of the register that the record tells of; null before there is one. */
  registerHead(): RegisterHead | null;
  /** Brings `registerHead` up to the record. @throws OnrecordError `store_corrupt`, and what the store throws */
  catchUpRegister(): Promise<void>;
  /** The bytes of a signed file that an entry lists. */
  readSigned(entry: number, name: string): Promise<Buffer>;
  trust: Trust | null;
  /** Null where there is no CSAF: the public address has to be https. */
  csaf: CsafTree | null;
  verifiers: Verifiers;
  timeStamps: Pick<TimeStamps, 'read' | 'sizes'>;
  speeches: Readonly<Record<Language, Speech>>;
  pages: StandingTexts;
  assets: PageAssets;
  /** A PNG, drawn away from the main thread. @throws OnrecordError `busy` */
  draw(drawing: Drawing): Promise<Buffer>;
  theme: Theme;
  render(view: string, model: object): string;
  /** Away from the main thread. @throws OnrecordError `busy` */
  diff(before: SignedVersion, after: SignedVersion, language: Language): Promise<VersionDiff>;
};

/** One page being made: in a language, for an instant; of a draft, for the desk; with a mark, for one reader outside of the public site. */
export type Reading = { room: Pressroom; speech: Speech; instant: PageInstant; isDraft?: true; mark?: Mark };
/** Whom a page that is not public is shown to, on which revision, and until when. */
export type Mark = { recipient: string; revision: number; expiresAt: string };

/** A text with the language it is in, so that a page of the other language can say so. */
export type Spoken = { text: string; lang: Language | undefined };
export type LinkModel = { href: string; text: string };

/** What the layout of every public page shows. */
export type Layout = {
  language: Language;
  say: Say;
  agency: { name: string; pressContact: string; peopleContact: string; demonstration: boolean };
  /** The agency's mark as SVG, and its own words above and below every page as HTML: safe as they stand. */
  logo: string;
  header: string;
  footer: string;
  title: string;
  description: string;
  home: string;
  /** Null on a page that is no place of its own. */
  canonical: string | null;
  /** This page in every language, its own included. */
  alternates: readonly { language: Language; url: string; path: string; current: boolean }[];
  /** `title` names the agency, for a list of feeds elsewhere; `text` does not, for the agency's own pages. */
  feeds: readonly { title: string; text: string; href: string; type: string }[];
  nav: readonly (LinkModel & { current: boolean })[];
  /** What other sites show of a link to this page. */
  social: Social;
  /** JSON-LD that says the same to machines, as it stands in a script element; null on most pages. */
  data: string | null;
  foot: readonly LinkModel[];
  assets: { stylesheet: string; script: string };
  /** Null on a page that may load no picture. */
  icon: string | null;
  /** What a page has besides. */
  more?: { stylesheet: string; script: string };
  /** Only on a page that is not public: in words, and behind everything else, so that a photograph of the screen shows it. */
  mark?: { label: string; text: string; behind: string };
};

const navigation = ['home', 'corrections', 'archive', 'search', 'verify', 'check'] as const;
const standing = ['methods', 'corrections-policy', 'press', 'legal', 'privacy', 'accessibility'] as const;
const discovered = ['updates.atom', 'statements.atom', 'corrections.atom', 'updates.json', 'updates.rss'] as const satisfies readonly FeedName[];

/** Where a place is: on a marked page, which stands elsewhere, by its whole address. */
export function hrefOf(reading: Reading, place: Place): string {
  return reading.mark ? urlOf(reading, place) : pathOf(place, reading.speech.language, reading.room.agency.languages[0]);
}

/** The whole address of a place in the language that is read. */
export function urlOf({ room, speech }: Reading, place: Place): string {
  return room.agency.publicUrl + pathOf(place, speech.language, room.agency.languages[0]);
}

/** What the layout shows around the page at a place. @param heading `description` is empty where there is none to give */
export function layoutOf(reading: Reading, place: Place, heading: { title: string; description: string }): Layout {
  const { agency, assets, theme } = reading.room;
  const { language, say } = reading.speech;
  const name = reading.speech.typeset(agency.name[language]);
  const link = (target: Place): string => hrefOf(reading, target);
  return {
    language,
    say,
    agency: {
      name,
      pressContact: reading.speech.typeset(agency.pressContact),
      peopleContact: reading.speech.typeset(agency.peopleContact),
      demonstration: agency.demonstration,
    },
    logo: theme.logo,
    header: reading.speech.typesetHtml(theme.header[language]),
    footer: reading.speech.typesetHtml(theme.footer[language]),
    ...heading,
    home: link({ page: 'home' }),
    canonical: reading.mark ? null : urlOf(reading, place),
    alternates: agency.languages.map((code) => {
      const path = pathOf(place, code, agency.languages[0]);
      return { language: code, path: reading.mark ? `?language=${code}` : path, url: agency.publicUrl + path, current: code === language };
    }),
    feeds: feedsBeside(place).map((feed) => ({
      title: feedTitle(reading.room, feed, language),
      text: say(`public.feedLink.${feed.page === 'feed' ? feed.feed : 'statement'}`),
      href: link(feed),
      type: feedType(feed),
    })),
    nav: navigation.map((page) => ({ href: link({ page }), text: say(`public.nav.${page}`), current: place.page === page })),
    foot: [
      ...standing.map((text) => ({ href: link({ page: 'text', name: text }), text: say(`public.page.${text}`) })),
      { href: link({ page: 'register', part: 1 }), text: say('public.register.title') },
      { href: link({ page: 'vocab', family: null, code: null }), text: say('public.vocab.title') },
    ],
    social: socialOf(reading, heading.title),
    data: null,
    icon: '/favicon.svg',
    assets,
    ...(reading.mark && { mark: markOf(reading, reading.mark) }),
  };
}

function markOf({ speech }: Reading, { recipient, revision, expiresAt }: Mark): NonNullable<Layout['mark']> {
  const behind = speech.say('preview_link.behind', { name: recipient, revision });
  return {
    label: speech.say('preview_link.label'),
    text: speech.say('preview_link.mark', { name: recipient, revision, time: speech.time(expiresAt).text }),
    behind,
  };
}

/** The feeds that a page leads to: the house's, and a statement's own on each of its pages. */
function feedsBeside(place: Place): readonly FeedPlace[] {
  const house = discovered.map((feed) => ({ page: 'feed', feed }) as const);
  return 'reference' in place ? [...house, { page: 'statementFeed', reference: place.reference }] : house;
}

export function feedTitle({ agency, speeches }: Pressroom, place: FeedPlace, language: Language): string {
  const { say, typeset } = speeches[language];
  const name = typeset(agency.name[language]);
  if (place.page !== 'statementFeed') return say(`public.feed.${place.page === 'feed' ? place.feed : 'updates.atom'}`, { agency: name });
  const title = say('public.feed.statement', { agency: name, reference: place.reference });
  return isExercise(place.reference) ? say('public.feed.title.exercise', { title }) : title;
}

export function feedType(place: FeedPlace): string {
  const form = place.page === 'feed' ? place.feed : place.page === 'feedArchive' ? place.form : 'atom';
  if (form.endsWith('json')) return 'application/feed+json';
  return form.endsWith('rss') ? 'application/rss+xml' : 'application/atom+xml';
}

/** Marks a text that is not in the page's language. */
export function spoken({ speech, room }: Reading, found: { text: string; language: Language } | undefined): Spoken {
  if (found === undefined) return { text: '', lang: undefined };
  const lang = found.language === speech.language ? undefined : found.language;
  return { text: room.speeches[found.language].typeset(found.text), lang };
}

export type HtmlOptions = { cache?: string; headers?: readonly string[]; status?: 200 | 404 | 451; policy?: string };

/** A whole HTML page from its view and model. */
export function htmlPage(reading: Reading, view: string, model: { layout: Layout }, options: HtmlOptions = {}): ResourceDraft {
  const { headers = [], cache = 'public, max-age=60', ...rest } = options;
  return {
    type: 'text/html; charset=utf-8',
    body: reading.room.render(view, model),
    cache,
    headers: ['content-language', reading.speech.language, ...headers],
    nextChangeAt: reading.instant.nextChangeAt(),
    ...rest,
  };
}

export type { TimeModel };
