import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Issue, OnrecordError } from '../errors.ts';
import { renderMarkdown } from '../press/markdown.ts';
import type { Theme } from '../press/press.ts';
import { type Language, languages } from '../statement/schema.ts';
import { readLogo } from './logo.ts';
import { readTokens } from './tokens.ts';

const views = join(import.meta.dirname, '../../views');
const largest = 16_384;
const longestText = 2_000;
/** What Markdown would show as text or leave out: whoever writes it means something else. */
const unwanted = /<(?!https:\/\/|mailto:)|!\[|\]\((?!https:\/\/|mailto:)|^\s*\[[^\]]*\]:/;
const plain = /^(?:p|a|strong|em|ul|ol|li|br)$/;

/** The look of the house itself. */
export const houseTheme: Theme = Object.freeze({ tokens: '', logo: ownLogo(), header: { fr: '', en: '' }, footer: { fr: '', en: '' } });

function ownLogo(): string {
  const { svg, issues } = readLogo('views/logo.svg', readFileSync(join(views, 'logo.svg'), 'utf8'));
  if (issues.length > 0) throw new RangeError(`views/logo.svg: ${issues[0]?.code}`);
  return svg;
}

/**
 * Reads `tokens.css`, `logo.svg`, `header.<language>.md` and `footer.<language>.md` of a directory; each may be missing, the house's
 * stands in. Issues name the file and its line: `field` is `ONRECORD_THEME_DIR <file>:<line>`.
 */
export function readTheme(directory: string): { theme: Theme; issues: readonly Issue[] } {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true)
    return { theme: houseTheme, issues: [{ field: 'ONRECORD_THEME_DIR', code: 'not_a_directory' }] };
  const issues: Issue[] = [];
  const named = (file: string): string => `ONRECORD_THEME_DIR ${file}`;
  const read = (file: string): string | null => {
    const text = readOwn(join(directory, file));
    if (text instanceof Error) issues.push({ field: named(file), code: 'theme_unreadable' });
    else if (text !== null && text.length > largest) issues.push({ field: named(file), code: 'theme_file_size' });
    else return text;
    return null;
  };
  const [sheet, drawing] = [read('tokens.css'), read('logo.svg')];
  const tokens = sheet === null ? { css: '', issues: [] } : readTokens(named('tokens.css'), sheet, readFileSync(join(views, 'styles/tokens.css'), 'utf8'));
  const logo = drawing === null ? { svg: houseTheme.logo, issues: [] } : readLogo(named('logo.svg'), drawing);
  const texts = (name: string): Record<Language, string> => {
    const [fr, en] = languages.map((language) => {
      const text = readText(named(`${name}.${language}.md`), read(`${name}.${language}.md`) ?? '');
      issues.push(...text.issues);
      return text.html;
    });
    return { fr: fr ?? '', en: en ?? '' };
  };
  const theme = { tokens: tokens.css, logo: logo.svg, header: texts('header'), footer: texts('footer') };
  return { theme, issues: [...issues, ...tokens.issues, ...logo.issues] };
}

/** Null where there is no such file. A directory that is none counts as unreadable. */
function readOwn(path: string): string | null | Error {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Paragraphs, lists, emphasis and links, through the same gate as statements; a heading or a table would disturb every page. */
function readText(file: string, text: string): { html: string; issues: readonly Issue[] } {
  if (text.length > longestText) return { html: '', issues: [{ field: file, code: 'theme_text_long' }] };
  const wrongAt = text.split('\n').findIndex((line) => unwanted.test(line));
  if (wrongAt !== -1) return { html: '', issues: [{ field: `${file}:${wrongAt + 1}`, code: 'theme_text_html' }] };
  try {
    const html = renderMarkdown(text).trim();
    const rich = [...html.matchAll(/<([a-z0-9]+)/g)].find(([, name = '']) => !plain.test(name));
    return rich ? { html: '', issues: [{ field: file, code: 'theme_text_rich', values: { name: rich[1] ?? '' } }] } : { html, issues: [] };
  } catch (error) {
    if (error instanceof OnrecordError) return { html: '', issues: [{ field: file, code: 'theme_text_rich', values: { name: error.code } }] };
    throw error;
  }
}
