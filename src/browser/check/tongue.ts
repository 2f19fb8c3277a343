import type { Language } from '../../statement/schema.ts';
import { createToldTime, locales } from '../../told-time.ts';

/** What a page hands its script: words, and where things are. */
export type CheckData = {
  language: Language;
  /** Sentences by key, `{name}` for values. */
  words: Readonly<Record<string, string>>;
  /** Where a statement's reference is put behind, as this page links it and as others can follow it. */
  statements: { href: string; url: string };
  agency: string;
  /** IANA zone in which times stand beside UTC. */
  zone: string;
  /** What is said where nothing answers: of the register, and nothing of what was checked. */
  absent: string;
};

/** How the check speaks in one language. */
export type Tongue = CheckData & {
  say(key: string, values?: Readonly<Record<string, string | number>>): string;
  /** As everywhere on the site (told-time.ts). */
  time(instant: string): string;
  bytes(size: number): string;
  count(number: number): string;
};

export function createTongue(data: CheckData): Tongue {
  const number = new Intl.NumberFormat(locales[data.language]);
  const say: Tongue['say'] = (key, values = {}) =>
    (data.words[key] ?? key).replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)).replaceAll(' %', '\u00a0%');
  return {
    ...data,
    say,
    time: createToldTime(data.language, data.zone, say),
    bytes: (size) => say('check.bytes', { size: number.format(size) }),
    count: (value) => number.format(value),
  };
}
