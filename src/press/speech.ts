import type { Language } from '../statement/schema.ts';
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

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;

/** @param zone IANA zone in which times stand beside UTC */
export function createSpeech(language: Language, words: Say, zone: string): Speech {
  const typeset = language === 'fr' ? typesetFrench : (text: string): string => text;
  const say: Say = (key, values) => typeset(words(key, values));
  const format = (timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(locales[language], { timeZone, ...options });
  const dayParts = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const clockParts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const [localDay, localClock, utcDay, utcClock] = [format(zone, dayParts), format(zone, clockParts), format('UTC', dayParts), format('UTC', clockParts)];
  const monthOnly = format('UTC', { month: 'long', year: 'numeric' });
  const isUtc = ['UTC', 'Etc/UTC', 'Etc/GMT', 'GMT'].includes(zone);
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

  function time(instant: string): TimeModel {
    const at = new Date(instant);
    const [date, utcDate, utc] = [localDay.format(at), utcDay.format(at), utcClock.format(at)];
    if (isUtc) return { iso: instant, text: say('public.time.utc', { date: utcDate, utc }) };
    const values = { date, local: localClock.format(at), city, utc: date === utcDate ? utc : say('public.time.otherDay', { date: utcDate, utc }) };
    return { iso: instant, text: say('public.time.zoned', values) };
  }

  return {
    language,
    say,
    typeset,
    typesetHtml: (html) => (language === 'fr' ? typesetHtml(html) : html),
    time,
    date: (day) => utcDay.format(new Date(`${day}T00:00:00.000Z`)),
    month: (month) => monthOnly.format(new Date(`${month}-01T00:00:00.000Z`)),
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
