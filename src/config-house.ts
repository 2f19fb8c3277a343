import type { z } from 'zod';
import type { Allow } from './leak/linter/issue.ts';
import type { Silence } from './statement/house.ts';

/** What a house allows itself in public texts, and when it keeps silent: lists that the configuration holds as text. */

const kinds = { url: 'urls', email: 'emails', phone: 'phones', handle: 'handles', hash: 'hashes', name: 'names' } as const satisfies Record<
  string,
  keyof Allow
>;
const isKind = (word: string): word is keyof typeof kinds => word in kinds;

/** Lines `url agency.example/press`, `email *@agency.example`, `phone +33 …`, `handle @agency`, `hash …`, `name Ada Lovelace`; # begins a comment. */
export function readAllow(text: string, context: z.RefinementCtx): Allow {
  const allow: Record<keyof Allow, string[]> = { urls: [], emails: [], phones: [], handles: [], hashes: [], names: [] };
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, word = '', entry = ''] = /^(\S+)\s+(\S.*)$/.exec(line) ?? [];
    if (isKind(word)) allow[kinds[word]].push(entry);
    else context.addIssue('not_an_allow_list');
  }
  return allow;
}

/** Windows `2027-04-09T22:00Z/2027-04-11T18:00Z`, separated by commas. */
export function readSilences(text: string, context: z.RefinementCtx): readonly Silence[] {
  return text.split(',').flatMap((item) => {
    const [, from = '', to = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\dZ)\/(\d{4}-\d\d-\d\dT\d\d:\d\dZ)$/.exec(item.trim()) ?? [];
    const [begin, end] = [Date.parse(from), Date.parse(to)];
    if (begin < end) return [{ from: new Date(begin).toISOString(), to: new Date(end).toISOString() }];
    context.addIssue('not_a_window');
    return [];
  });
}

/** The list as configured, and what the house says of itself anyway: its public address and its contacts. */
export function withOwn(allow: Allow, own: { publicUrl: string; contacts: readonly string[] }): Allow {
  const found = (pattern: RegExp): readonly string[] => own.contacts.flatMap((text) => text.match(pattern) ?? []);
  return {
    ...allow,
    urls: [...allow.urls, own.publicUrl],
    emails: [...allow.emails, ...found(/[^\s,;<>()]+@[^\s,;<>()]+/g)],
    phones: [...allow.phones, ...found(/\+?\d[\d\s().-]{6,}\d/g)],
  };
}
