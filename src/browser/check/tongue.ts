import type { Language } from '../../statement/schema.ts';

/** What a page hands its script: words, and where things are. */
export type CheckData = {
  language: Language;
  /** Sentences by key, `{name}` for values. */
  words: Readonly<Record<string, string>>;
  /** Where a statement's reference is put behind, as this page links it and as others can follow it. */
  statements: { href: string; url: string };
  agency: string;
};

/** How the check speaks in one language. */
export type Tongue = CheckData & {
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** `6 May 2026, 10:12 UTC` */
  time(instant: string): string;
  bytes(size: number): string;
  count(number: number): string;
};

const locales = { fr: 'fr-FR', en: 'en-GB' } as const;

export function createTongue(data: CheckData): Tongue {
  const locale = locales[data.language];
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });
  const number = new Intl.NumberFormat(locale);
  const say: Tongue['say'] = (key, values = {}) =>
    (data.words[key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)).replaceAll(' %', '\u00a0%');
  return {
    ...data,
    say,
    time: (instant) => say('public.time.utc', { date: day.format(new Date(instant)), utc: clock.format(new Date(instant)) }),
    bytes: (size) => say('check.bytes', { size: number.format(size) }),
    count: (value) => number.format(value),
  };
}
