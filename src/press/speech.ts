import { LRUCache } from 'lru-cache';
import { dateFormat } from '../date-format.ts';
import type { Language } from '../statement/schema.ts';
import { createToldTime, locales } from '../told-time.ts';
import type { Say } from '../words.ts';

/** How the agency speaks in one language: words, typography, times. */
export type Speech = {
  language: Language;
  say: Say;
  typeset(text: string): string;
  typesetHtml(html: string): string;
  time(instant: string): TimeModel;
  date(day: string): string;
  month(month: string): string;
};
/** `iso` for machines, `text` in UTC and the agency's zone, both named. */
export type TimeModel = { iso: string; text: string };

/** The same instants stand on page after page. */
const mostTimes = 2_000;

/** @param zone IANA zone in which times stand beside UTC */
export function createSpeech(language: Language, words: Say, zone: string): Speech {
  const typeset = language === 'fr' ? typesetFrench : (text: string): string => text;
  const plain = new Map<string, string>();
  const say: Say = (key, values) => {
    if (values !== undefined) return typeset(words(key, values));
    const known = plain.get(key) ?? typeset(words(key));
    plain.set(key, known);
    return known;
  };
  const toldTime = createToldTime(language, zone, say);
  const times = new LRUCache<string, string>({ max: mostTimes, memoMethod: toldTime });
  const inUtc = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => dateFormat(locales[language], { timeZone: 'UTC', ...options });
  const [day, month] = [inUtc({ day: 'numeric', month: 'long', year: 'numeric' }), inUtc({ month: 'long', year: 'numeric' })];

  return {
    language,
    say,
    typeset,
    typesetHtml: (html) => (language === 'fr' ? typesetHtml(html) : html),
    time: (instant) => ({ iso: instant, text: times.memo(instant) }),
    date: (date) => day.format(new Date(`${date}T00:00:00.000Z`)),
    month: (first) => month.format(new Date(`${first}-01T00:00:00.000Z`)),
  };
}

/** No-break spaces where French typography wants them; writers type plain ones. */
export function typesetFrench(text: string): string {
  return text
    .replaceAll(/ ([;!?])/g, '\u202f$1')
    .replaceAll(/ ([:»])/g, '\u00a0$1')
    .replaceAll(/«\s?/g, '«\u00a0')
    .replaceAll(/(?<!\s)»/g, '\u00a0»');
}

/** The same in the text of HTML; tags and code stay as they are. */
function typesetHtml(html: string): string {
  let code = 0;
  return html
    .split(/(<[^>]*>)/)
    .map((part) => {
      if (!part.startsWith('<')) return code > 0 ? part : typesetFrench(part);
      if (/^<(code|pre)\b/.test(part)) code += 1;
      if (/^<\/(code|pre)>/.test(part)) code -= 1;
      return part;
    })
    .join('');
}
