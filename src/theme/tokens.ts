import type { Issue } from '../errors.ts';
import { contrast } from './contrast.ts';
import { type Block, printSheet, readSheet } from './sheet.ts';

/** The tokens that a theme may set (docs/theme.md). Sizes, spaces and what prints stay the house's. */

const colour = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
const family = /^(?:"[A-Za-z0-9 -]{1,40}"|-?[A-Za-z][A-Za-z0-9-]{0,40})$/;
const radius = /^(?:0|0?\.\d{1,3}rem|1rem)$/;

const grounds = ['paper', 'surface', 'sunken'] as const;
const families = ['danger', 'warning', 'notice', 'good'] as const;
const colours = [
  ...grounds,
  ...['ink', 'muted', 'line', 'line-strong', 'accent', 'accent-strong', 'on-accent', 'focus'],
  ...families.flatMap((name) => [`${name}-ground`, `${name}-line`, `${name}-ink`]),
].map((name) => `--${name}`);
const fonts = ['--font-body', '--font-head', '--font-mono'];

/** Every token of a theme. */
const themable: readonly string[] = [...colours, ...fonts, '--radius'];

const isFontList = (value: string): boolean => value.split(',').every((name) => family.test(name.trim()));

function isValue(name: string, value: string): boolean {
  if (name === '--radius') return radius.test(value);
  return fonts.includes(name) ? value.length <= 300 && isFontList(value) : colour.test(value);
}

/** What is read on what: text 4.5 : 1, the focus ring and the edges of fields 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11). */
const pairs: readonly (readonly [string, string, number])[] = [
  ...grounds.flatMap((ground) => [...['ink', 'muted', 'accent'].map((ink) => [ink, ground, 4.5] as const), ['focus', ground, 3] as const]),
  ['on-accent', 'accent-strong', 4.5],
  ['line-strong', 'surface', 3],
  ['line-strong', 'paper', 3],
  ...families.flatMap((name) => [[`${name}-ink`, `${name}-ground`, 4.5] as const, [`${name}-line`, 'surface', 3] as const]),
];

const dark = '(prefers-color-scheme: dark)';

/** Token pairs of one scheme that cannot be told apart; `values` by name, as `--ink`. */
function faintPairs(values: ReadonlyMap<string, string>): readonly { pair: string; ratio: number; least: number }[] {
  return pairs.flatMap(([ink, ground, least]) => {
    const ratio = contrast(values.get(`--${ink}`) ?? '#000', values.get(`--${ground}`) ?? '#000');
    return ratio < least ? [{ pair: `--${ink} / --${ground}`, ratio: Math.floor(ratio * 100) / 100, least }] : [];
  });
}

/** `css` is the house's tokens with those of the theme in their places, to stand after every other rule. */
export type ThemeTokens = { css: string; issues: readonly Issue[] };

/**
 * Reads a theme's `tokens.css` on top of the house's.
 * @param file how issues name the theme's sheet; `field` of each is `<file>:<line>`, `code` one of `theme_*` of the configuration's words
 */
export function readTokens(file: string, text: string, house: string): ThemeTokens {
  const { blocks, wrongAt } = readSheet(text);
  const issues: Issue[] = wrongAt === null ? [] : [{ field: `${file}:${wrongAt}`, code: 'theme_not_tokens' }];
  const seen = new Set<string>();
  for (const { query, line, declarations } of blocks) {
    if (query !== null && query !== dark) issues.push({ field: `${file}:${line}`, code: 'theme_query' });
    for (const { name, value, line: at } of declarations) {
      const code = declarationIssue(name, value, seen.has(`${query} ${name}`));
      if (code) issues.push({ field: `${file}:${at}`, code });
      seen.add(`${query} ${name}`);
    }
  }
  if (issues.length > 0) return { css: '', issues };
  const own = readSheet(house);
  if (own.wrongAt !== null) throw new RangeError(`the house's tokens cannot be read at line ${own.wrongAt}`);
  const merged = merge(own.blocks, blocks);
  return { css: printSheet(merged), issues: contrastIssues(file, merged, blocks) };
}

function declarationIssue(name: string, value: string, isRepeated: boolean): string | null {
  if (!themable.includes(name)) return 'theme_unknown_token';
  if (isRepeated) return 'theme_repeated_token';
  return isValue(name, value) ? null : 'theme_value';
}

function merge(house: readonly Block[], theme: readonly Block[]): readonly Block[] {
  return house.map((block) => {
    const own = new Map(theme.filter(({ query }) => query === block.query).flatMap(({ declarations }) => declarations.map(({ name, value }) => [name, value])));
    const here = new Set(block.declarations.map(({ name }) => name));
    const added = [...own].filter(([name]) => !here.has(name)).map(([name, value]) => ({ name, value, line: 0 }));
    return { ...block, declarations: [...block.declarations.map((each) => ({ ...each, value: own.get(each.name) ?? each.value })), ...added] };
  });
}

function contrastIssues(file: string, merged: readonly Block[], theme: readonly Block[]): readonly Issue[] {
  const values = (query: string | null): [string, string][] =>
    merged.filter((block) => block.query === query).flatMap(({ declarations }) => declarations.map(({ name, value }): [string, string] => [name, value]));
  const light = new Map(values(null));
  const schemes = [
    { query: null, values: light },
    { query: dark, values: new Map([...light, ...values(dark)]) },
  ];
  return schemes.flatMap(({ query, values: all }) =>
    faintPairs(all).map(({ pair, ratio, least }) => ({
      field: `${file}:${lineOf(theme, query, pair)}`,
      code: query === null ? 'theme_contrast' : 'theme_contrast_dark',
      values: { pair, ratio, least },
    })),
  );
}

/** Where the theme sets one of a pair; its first line where the house's own value is the other half. */
function lineOf(theme: readonly Block[], query: string | null, pair: string): number {
  const names = pair.split(' / ');
  const set = [query, null].flatMap((one) => theme.filter((block) => block.query === one).flatMap(({ declarations }) => declarations));
  return set.find(({ name }) => names.includes(name))?.line ?? 1;
}
