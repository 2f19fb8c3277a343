import { dateFormat } from './date-format.ts';
import type { Language } from './statement/schema.ts';
import type { Say } from './words.ts';

/** Of dates and numbers; on both sides of the wire. */
export const locales = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Language, string>;

/**
 * An instant as people are told it: in UTC, and beside it in the zone, where that is another; each named. Pages and the scripts in
 * them say it alike. @param zone IANA zone
 */
export function createToldTime(language: Language, zone: string, say: Say): (instant: string) => string {
  const format = (timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => dateFormat(locales[language], { timeZone, ...options });
  const dayParts = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  const clockParts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const [localDay, localClock, utcDay, utcClock] = [format(zone, dayParts), format(zone, clockParts), format('UTC', dayParts), format('UTC', clockParts)];
  const isUtc = ['UTC', 'Etc/UTC', 'Etc/GMT', 'GMT'].includes(zone);
  const city = (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
  return (instant) => {
    const at = new Date(instant);
    const [date, utcDate, utc] = [localDay.format(at), utcDay.format(at), utcClock.format(at)];
    if (isUtc) return say('public.time.utc', { date: utcDate, utc });
    const values = { date, local: localClock.format(at), city, utc: date === utcDate ? utc : say('public.time.otherDay', { date: utcDate, utc }) };
    return say('public.time.zoned', values);
  };
}
