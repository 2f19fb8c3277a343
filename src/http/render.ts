import '@fastify/view';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Agency } from '../config.ts';
import { dateFormat } from '../date-format.ts';
import type { Language } from '../statement/schema.ts';
import { locales } from '../told-time.ts';
import type { Say, Words } from '../words.ts';

export type Frozen = { at: string; by: string; reason: string };

/** What every desk page shows beside its own model. */
export type Locals = {
  say: Say;
  language: Language;
  languages: readonly Language[];
  agency: Agency;
  assets: unknown;
  /** Who froze all publishing, when and why; null while nobody did. */
  frozen: Frozen | null;
  /** Where this page can be asked for again. */
  path: string;
  /** `22 Nov 2026, 14:05 (Europe/Paris) · 13:05 UTC` for an instant, in the desk's language. */
  formatTime(instant: string): string;
  /** `14:05:12` in the agency's zone. */
  formatClock(instant: string): string;
  /** The id of the form control of a field, `texts.fr.title`. */
  anchor(field: string): string;
  /** The words for a field, `Titre (fr)`. */
  label(field: string): string;
  /** What to do about an issue; empty where its own words say it. */
  wayOut(code: string): string;
  /** A fact of a diff in words: codes and instants as people read them. */
  fact(field: string, value: string): string;
};

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answers without a person signed in. */
    open?: boolean;
    /** Helps, but nothing public hangs on it: refused while the process is short of time. */
    canWait?: boolean;
    /** A stylesheet or a script: nothing is asked of the store for it. */
    isFile?: true;
  }
  interface FastifyReply {
    locals: Locals;
  }
}

export const languageCookie = (secure: boolean): string => (secure ? '__Host-desk-language' : 'desk-language');

export function deskLanguage(request: FastifyRequest, agency: Agency): Language {
  const asked = request.cookies[languageCookie(agency.deskUrl.startsWith('https:'))];
  const preferred = (request.headers['accept-language'] ?? '').split(',').map((item) => item.trim().slice(0, 2));
  const spoken = [asked, ...preferred].map((code) => agency.languages.find((language) => language === code));
  return spoken.find((language) => language !== undefined) ?? agency.languages[0];
}

export function wantsJson(request: FastifyRequest): boolean {
  return (request.headers.accept ?? '').startsWith('application/json');
}

export function localsOf(request: FastifyRequest, agency: Agency, words: Words, assets: unknown): Omit<Locals, 'frozen'> {
  const language = deskLanguage(request, agency);
  const time = (instant: string): string => formatTime(instant, language, agency.zone);
  const say = words[language];
  return {
    say,
    language,
    languages: agency.languages,
    agency,
    assets,
    path: request.method === 'GET' ? request.url : '/desk',
    formatTime: time,
    formatClock: (instant) => formatClock(instant, language, agency.zone),
    anchor,
    label: (field) => label(say, field),
    wayOut: (code) => wayOut(say, code),
    fact: (field, value) => fact(say, time, field, value),
  };
}

/** Sends a desk view; the view sees its model, the locals, the person and the token. */
export async function page(request: FastifyRequest, reply: FastifyReply, view: string, model: object, status = 200): Promise<FastifyReply> {
  const html: unknown = await reply.viewAsync(view, { ...model, person: request.person, csrf: request.csrf });
  return reply.code(status).type('text/html; charset=utf-8').send(html);
}

function anchor(field: string): string {
  return `f-${field
    .replace(/^findings\.(\w-\d+)\..*$/, 'findings-$1')
    .replace(/^item\./, '')
    .replaceAll('.', '-')}`;
}

function label(say: Say, field: string): string {
  const text = /^texts\.(\w\w)\.(\w+)$/.exec(field);
  if (text) return `${say(`field.texts.${text[2]}`)} (${text[1]})`;
  const row = /^artefacts\.(\d+)\.(\w+)/.exec(field);
  if (row) return `A-${Number(row[1]) + 1}, ${say(`field.artefact.${row[2]}`)}`;
  const finding = /^findings\.(\w-\d+)(?:\.(\w+))?$/.exec(field);
  if (finding) return finding[2] ? `${finding[1]}, ${say(`field.finding.${finding[2]}`)}` : String(finding[1]);
  const item = /^item\.([\w.]+?)(?:\.(fr|en))?$/.exec(field);
  if (item) return `${say(`field.finding.${item[1]}`)}${item[2] ? ` (${item[2]})` : ''}`;
  const reason = /^(reason|slots)\.(\w\w)(?:\.(\w+))?$/.exec(field);
  const slot = reason?.[3];
  if (reason)
    return `${slot === undefined ? say('field.reason') : /^\d+$/.test(slot) ? say('new.slot', { number: slot }) : say(`flash.slot.${slot}`)} (${reason[2]})`;
  return say(`field.${field.replace(/\.(at|zone|type)$/, '')}`);
}

function wayOut(say: Say, code: string): string {
  const key = `way_out.${code}`;
  const words = say(key);
  return words === key ? '' : words;
}

const coded: Readonly<Record<string, string>> = { phase: 'phase', situation: 'situation', incidentStatus: 'incident', kind: 'kind' };

function fact(say: Say, time: (instant: string) => string, field: string, value: string): string {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return time(value);
  if (field === 'nextUpdate') return value.replace(/^(until_event|none)(?:: )?/, (_, type: string) => `${say(`next_short.${type}`)} `).trim();
  if (field.startsWith('findings.'))
    return value
      .split(' · ')
      .map((part) => (/^[a-z]+:[a-z_]+$/.test(part) ? say(`public.${part.replace(':', '.')}`) : part))
      .join(' · ');
  return value !== '' && coded[field] ? say(`public.${coded[field]}.${value}`) : value;
}

function formatClock(instant: string, language: Language, zone: string): string {
  return dateFormat(locales[language], { timeZone: zone, timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(instant));
}

/** `22 Nov 2026, 14:05 (Europe/Paris) · 13:05 UTC`; the UTC side names its day when it is another one. */
export function formatTime(instant: string, language: Language, zone: string): string {
  const at = new Date(instant);
  const show = (timeZone: string, options: Intl.DateTimeFormatOptions): string => dateFormat(locales[language], { timeZone, ...options }).format(at);
  const day = (timeZone: string): string => show(timeZone, { day: 'numeric', month: 'short', year: 'numeric' });
  const clock = (timeZone: string): string => show(timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const utc = day('UTC') === day(zone) ? clock('UTC') : `${day('UTC')}, ${clock('UTC')}`;
  return `${day(zone)}, ${clock(zone)} (${zone}) · ${utc} UTC`;
}
