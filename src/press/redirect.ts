import type { Language } from '../statement/schema.ts';
import { pathOf, readAddress } from './address.ts';

/** The language that a path speaks, whatever it leads to: the agency's first where it names no other. */
export function languageOf(path: string, [first, ...others]: readonly [Language, ...Language[]]): Language {
  return others.find((language) => path === `/${language}` || path.startsWith(`/${language}/`)) ?? first;
}

/** Where a path is redirected for ever: `/en` to `/en/`, one trailing slash to none, `/claims` to the register. The target need not exist. */
export function redirectOf(path: string, languages: readonly [Language, ...Language[]]): string | undefined {
  const [first, ...others] = languages;
  // Claims have no list of their own: the register names them all.
  const asked = languages.find((language) => path.replace(/\/$/, '') === `${pathOf({ page: 'home' }, language, first)}claims`);
  if (asked !== undefined) return pathOf({ page: 'register', part: 1 }, asked, first);
  if (others.some((language) => path === `/${language}`)) return `${path}/`;
  const bare = path.slice(0, -1);
  return path.endsWith('/') && readAddress(path, languages) === undefined && readAddress(bare, languages) !== undefined ? bare : undefined;
}
