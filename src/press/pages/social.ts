import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import { publicState } from '../../statement/state.ts';
import { locales } from '../../told-time.ts';
import { isExercise, type Place, pathOf } from '../address.ts';
import { cardSize } from '../cards/drawing.ts';
import { newsUpTo } from '../structured-data.ts';
import type { Reading } from './page.ts';

/** What other sites show of a link to a page, in the words of the Open Graph protocol. */
export type Social = {
  type: 'website' | 'article';
  title: string;
  locale: string;
  otherLocales: readonly string[];
  image: { url: string; width: number; height: number; alt: string };
  /** ISO; null where the page is no article, or nothing was said since. */
  publishedAt: string | null;
  modifiedAt: string | null;
};

/** Of a page that is about no one version: the card of the house. */
export function socialOf(reading: Reading, title: string): Social {
  const { room, speech } = reading;
  const { languages, name } = room.agency;
  return {
    type: 'website',
    title,
    locale: localeOf(speech.language),
    otherLocales: languages.filter((code) => code !== speech.language).map(localeOf),
    image: imageAt(reading, { page: 'houseCard' }, `${speech.typeset(name[speech.language])} · ${speech.say('public.record')}`),
    publishedAt: null,
    modifiedAt: null,
  };
}

/** Of the page of one version. The title alone is often all that is shown: it says whether the statement still stands, and whether it is real. */
export function socialOfVersion(reading: Reading, statement: PublicStatement, shown: PublicVersion, title: string): Social {
  const { room, speech } = reading;
  const { reference, versions } = statement;
  const told = newsUpTo(statement, shown.version, speech.language === room.agency.languages[0]);
  const edition = speech.say('card.edition', { reference, version: shown.version, latest: versions.length });
  const alt = speech.say('card.alt', { agency: speech.typeset(room.agency.name[speech.language]), title, edition });
  return {
    ...socialOf(reading, titleInState(reading, statement, title)),
    type: 'article',
    image: imageAt(reading, { page: 'card', reference, version: shown.version }, alt),
    publishedAt: versions[0]?.at ?? null,
    modifiedAt: told === undefined || told.version === 1 ? null : told.at,
  };
}

function titleInState({ speech: { say } }: Reading, statement: PublicStatement, title: string): string {
  const said = publicState(statement) === 'withdrawn' ? say('public.feed.title.statementWithdrawn', { title }) : title;
  return isExercise(statement.reference) ? say('public.feed.title.exercise', { title: said }) : said;
}

function imageAt({ room: { agency }, speech }: Reading, place: Place, alt: string): Social['image'] {
  return { url: agency.publicUrl + pathOf(place, speech.language, agency.languages[0]), ...cardSize, alt };
}

const localeOf = (language: keyof typeof locales): string => locales[language].replace('-', '_');
