import type { Artefact, Findings } from '../findings.ts';
import { cargoOf, readAddress } from './addresses.ts';
import type { Allow, LintCode, LintIssue, LintLanguage } from './issue.ts';
import { findLocators, nameOf } from './locators.ts';
import { clip } from './places.ts';

/** What stands in public beside the texts: the words of the findings, their technical values, the address of an attribution. */

/** Words by form name. `ours` are the agency's; a claim's own words are quoted. */
export type PublicWords = { ours: Record<string, string>; quoted: Record<string, string> };

/** Every text that `mapWords` visits, in one language, but for the items of these ids. */
export function wordsOfFindings({ artefacts, collections, claims = [] }: Findings, language: LintLanguage, but: ReadonlySet<string>): PublicWords {
  const ours = [...artefacts, ...collections, ...claims]
    .filter(({ id }) => !but.has(id))
    .flatMap((item): (readonly [string, string | undefined])[] => [
      ...('label' in item ? [[`findings.${item.id}.label`, item.label[language]] as const] : []),
      [`findings.${item.id}.because`, item.because[language]],
      ...('permission' in item && item.permission ? [[`findings.${item.id}.permission.from`, item.permission.from[language]] as const] : []),
      ...('assertedBy' in item && item.assertedBy ? [[`findings.${item.id}.assertedBy`, item.assertedBy[language]] as const] : []),
    ]);
  const quoted = claims.filter(({ id }) => !but.has(id)).map(({ id, text }) => [`findings.${id}.text`, text[language]] as const);
  return { ours: filled(ours), quoted: filled(quoted) };
}

function filled(entries: readonly (readonly [string, string | undefined])[]): Record<string, string> {
  return Object.fromEntries(entries.flatMap(([field, text]) => (text ? [[field, text]] : [])));
}

/**
 * Ids of items whose words were public before just as they stand. None, where a verdict that they may have spoken of is another now.
 */
export function keptItems(before: Findings, now: Findings): ReadonlySet<string> {
  const verdicts = new Map([
    ...now.artefacts.map(({ id, verdict }) => [id, verdict] as const),
    ...now.collections.map(({ id, finding }) => [id, finding] as const),
  ]);
  const stands = ({ id }: { id: string }, verdict: string): boolean => verdicts.get(id) === verdict;
  if (!before.artefacts.every((item) => stands(item, item.verdict)) || !before.collections.every((item) => stands(item, item.finding))) return new Set();
  const items = ({ artefacts, collections, claims = [] }: Findings): { id: string }[] => [...artefacts, ...collections, ...claims];
  const old = new Map(items(before).map((item) => [item.id, JSON.stringify(item)]));
  return new Set(items(now).flatMap((item) => (old.get(item.id) === JSON.stringify(item) ? [item.id] : [])));
}

/** Values that are no sentences still hold no hash and no hidden site: media type, DKIM domain, selector and key. B1. */
export function judgeValues({ artefacts }: Pick<Findings, 'artefacts'>): readonly LintIssue[] {
  return artefacts.flatMap((item) =>
    valuesOf(item).flatMap(([field, text]) => {
      const hash = /[0-9a-f]{32,}/i.exec(text);
      const onion = /[a-z0-9-]+\.(?:onion|i2p)(?![a-z0-9-])/i.exec(text);
      return [...found(field, 'locator_hash', hash), ...found(field, 'locator_onion', onion)];
    }),
  );
}

function valuesOf({ id, mediaType = '', dkim }: Artefact): readonly (readonly [string, string])[] {
  const field = (name: string): string => `findings.${id}.${name}`;
  const proof = dkim ? (['domain', 'selector', 'key'] as const).map((name) => [field(`dkim.${name}`), dkim[name]] as const) : [];
  return [[field('mediaType'), mediaType], ...proof];
}

function found(field: string, code: LintCode, match: RegExpExecArray | null): readonly LintIssue[] {
  if (match === null) return [];
  return [{ rule: 'B1', code, field, start: match.index, end: match.index + match[0].length, values: { text: clip(match[0]) } }];
}

/** The address of an authority's own statement lies off the allow-list; a channel, a hidden site or a disguise it may not be. B1. */
export function judgeAddress(field: string, text: string, allow: Allow): readonly LintIssue[] {
  const address = readAddress(text);
  const issue = (code: LintCode): readonly LintIssue[] => [{ rule: 'B1', code, field, start: 0, end: text.length, values: { text: clip(text) } }];
  if (address === null) return [];
  if (text.includes('\\') || address.username !== '' || address.password !== '') return issue('locator_url');
  if (nameOf(text) !== 'locator_url') return issue(nameOf(text));
  const { path, rest } = cargoOf(text);
  const leads = findLocators(`${path} ${rest}`, allow).find(({ code }) => code !== 'locator_url' && code !== 'locator_handle');
  return leads === undefined ? [] : issue(leads.code);
}
