import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { contrast } from '../../src/theme/contrast.ts';
import { readLogo } from '../../src/theme/logo.ts';
import { houseTheme, readTheme } from '../../src/theme/theme.ts';
import { readTokens } from '../../src/theme/tokens.ts';

const root = join(import.meta.dirname, '../..');
const sample = join(root, 'content/themes/sample');
const house = await readFile(join(root, 'views/styles/tokens.css'), 'utf8');
const tokens = (text: string): { css: string; found: readonly string[] } => {
  const { css, issues } = readTokens('tokens.css', text, house);
  return { css, found: issues.map(({ field, code }) => `${field} ${code}`) };
};
const logo = (text: string): readonly string[] => readLogo('logo.svg', text).issues.map(({ field, code }) => `${field} ${code}`);

/** A theme's directory with these files. */
async function directoryWith(t: Test, files: Readonly<Record<string, string>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-theme-'));
  t.teardown(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return directory;
}

t.test('the sample is a theme, and says what it sets', async (t) => {
  const { theme, issues } = readTheme(sample);
  t.strictSame(issues, []);
  t.match(theme.tokens, /^:root\{.*--accent-strong:#0a3d2a.*\}@media \(prefers-color-scheme: dark\)\{:root\{.*--accent:#8fd8b4/);
  t.match(theme.logo, /^<svg xmlns="[^"]+" viewBox="0 0 48 36"><rect /);
  t.match(theme.header.en, /<a href="https:\/\/interior\.example" rel="noopener">/);
  t.match(theme.footer.fr, /<strong>112<\/strong>/);
});

t.test('the house’s own tokens pass their own checks, and an empty theme is the house’s look', async (t) => {
  t.strictSame(readTokens('tokens.css', '', house).issues, []);
  const { theme, issues } = readTheme(await directoryWith(t, {}));
  t.strictSame(issues, []);
  t.strictSame(theme, houseTheme);
});

t.test('contrast is that of WCAG', async (t) => {
  t.equal(contrast('#000', '#ffffff'), 21);
  t.equal(contrast('#777777', '#fff').toFixed(2), '4.48');
  t.equal(contrast('#0000ff', '#ffffff').toFixed(2), '8.59');
});

t.test('a token of light alone leaves dark as it is', async (t) => {
  const { css, found } = tokens(':root { --accent: #5a0b3c; }');
  t.strictSame(found, []);
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  t.match(light, '--accent:#5a0b3c');
  t.match(dark, '--accent:#a5bfff');
});

t.test('whatever is no token is refused, with its line', async (t) => {
  const table: readonly (readonly [string, string])[] = [
    ['@import "https://elsewhere.example/x.css";', '1 theme_not_tokens'],
    ['/* a */\nbody { --ink: #000; }', '2 theme_not_tokens'],
    [':root {\n  --ink: #000;\n  color: red;\n}', '3 theme_not_tokens'],
    [':root { --paper: url(https://elsewhere.example/x); }', '1 theme_value'],
    [':root { --paper: var(--ink); }', '1 theme_value'],
    [':root { --paper: rgba(0,0,0,0); }', '1 theme_value'],
    [':root { --paper: #fff }\n:root{}\n.tag { display: none }', '3 theme_not_tokens'],
    [':root { --paper: #fff; --paper: #eee; }', '1 theme_repeated_token'],
    [':root {\n --measure: 10rem;\n --space-4: 40rem; }', '2 theme_unknown_token'],
    [':root { color-scheme: dark; }', '1 theme_unknown_token'],
    ['@media print { :root { --ink: #000; } }', '1 theme_query'],
    ['@media (forced-colors: active) { :root { --ink: #000; } }', '1 theme_query'],
    [':root { --font-body: x, url("https://elsewhere.example/f.woff2"); }', '1 theme_value'],
    [':root { --font-body: "a\\";}body{display:none"; }', '1 theme_not_tokens'],
    [':root { --font-head: expression(alert(1)); }', '1 theme_value'],
    [':root { --radius: 40rem; }', '1 theme_value'],
    [':root { --paper: #fff; /* open', '1 theme_not_tokens'],
    ['</style><script>alert(1)</script>', '1 theme_not_tokens'],
    [':root { --paper: #fff</style>; }', '1 theme_value'],
    ['@charset "utf-8";', '1 theme_not_tokens'],
    [':root:has(x) { --paper: #fff; }', '1 theme_not_tokens'],
    [':root { --ink: #888888; }', '1 theme_contrast'],
    ['@media (prefers-color-scheme: dark) {\n:root {\n--muted: #333333; } }', '3 theme_contrast_dark'],
  ];
  for (const [text, expected] of table) {
    const { css, found } = tokens(text);
    t.equal(found[0], `tokens.css:${expected}`, text);
    if (!expected.includes('contrast')) t.equal(css, '', 'and nothing of it is used');
  }
});

t.test('whatever is accepted prints names, colours, fonts and lengths and nothing else', async () => {
  const good = await readFile(join(sample, 'tokens.css'), 'utf8');
  const pieces = [
    '}',
    '{',
    ';',
    ':',
    '/*',
    '*/',
    'url(x)',
    '@import "x";',
    '--ink: #fff;',
    'body{}',
    '\\',
    '"',
    '<',
    '\u0000',
    ':root',
    '@media print',
    'é',
    '\n',
  ];
  fc.assert(
    fc.property(fc.array(fc.record({ at: fc.nat(good.length), put: fc.constantFrom(...pieces), cut: fc.nat(12) }), { minLength: 1, maxLength: 4 }), (edits) => {
      const text = edits.reduce((now, { at, put, cut }) => now.slice(0, at) + put + now.slice(at + cut), good);
      const { css, found } = tokens(text);
      if (found.length > 0) return true;
      const declaration = '(?:color-scheme:[a-z ]+|--[a-z0-9-]+:[#\\w .,()"+*-]+)';
      const rule = `:root\\{${declaration}(?:;${declaration})*\\}`;
      return new RegExp(`^(?:${rule}|@media [a-z() :-]+\\{${rule}\\})+$`).test(css) && !/url|import|expression/.test(css);
    }),
    { numRuns: 2_000 },
  );
});

t.test('a logo that does more than draw is refused, with its line', async (t) => {
  const svg = (inside: string, attributes = ''): string => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"${attributes}>\n${inside}</svg>`;
  t.strictSame(logo(svg('<!-- a mark --><path d="M1 1h3" fill=\'#fff\'/>')), []);
  const table: readonly (readonly [string, string])[] = [
    [svg('<script>alert(1)</script>'), '2 theme_logo_element'],
    [svg('<style>*{display:none}</style>'), '2 theme_logo_element'],
    [svg('<foreignObject/>'), '2 theme_logo_element'],
    [svg('<image href="https://elsewhere.example/x.png"/>'), '2 theme_logo_element'],
    [svg('<use href="#main"/>'), '2 theme_logo_element'],
    [svg('<animate attributeName="d"/>'), '2 theme_logo_element'],
    [svg('<a/>'), '2 theme_logo_element'],
    [svg('<svg viewBox="0 0 1 1"/>'), '2 theme_logo_element'],
    [svg('<constructor/>'), '2 theme_logo_element'],
    [svg('<path d="M1 1" onload="alert(1)"/>'), '2 theme_logo_attribute'],
    [svg('<path d="M1 1" constructor="1"/>'), '2 theme_logo_attribute'],
    [svg('<path d="M1 1" style="position:fixed"/>'), '2 theme_logo_attribute'],
    [svg('<path d="M1 1" class="skip"/>'), '2 theme_logo_attribute'],
    [svg('<path d="M1 1" id="main"/>'), '2 theme_logo_attribute'],
    [svg('<path d="M1 1" fill="url(https://elsewhere.example/#a)"/>'), '2 theme_logo_attribute'],
    [svg('<path d="M1 1" fill="#fff" fill="#000"/>'), '2 theme_logo_attribute'],
    [svg('<path d="M1 1&quot;"/>'), '2 theme_logo_syntax'],
    [svg('<text>a</text>'), '2 theme_logo_element'],
    [svg('a'), '2 theme_logo_syntax'],
    [svg('<g>'), '2 theme_logo_syntax'],
    [svg('<g></path>'), '2 theme_logo_syntax'],
    [svg('<path d="M1 1"/'), '2 theme_logo_syntax'],
    [svg('', ' onclick="alert(1)"'), '1 theme_logo_attribute'],
    [`${svg('')}${svg('')}`, '2 theme_logo_syntax'],
    [`<!DOCTYPE svg [<!ENTITY a "b">]>${svg('')}`, '1 theme_logo_syntax'],
    ['<svg xmlns="http://www.w3.org/2000/svg"><path d="M1 1"/></svg>', '1 theme_logo_box'],
    ['<svg viewBox="0 0 1 90000"/>', '1 theme_logo_box'],
    [svg(`<path d="${'M1 1'.repeat(3_000)}"/>`), '1 theme_logo_size'],
    ['', '1 theme_logo_syntax'],
  ];
  for (const [text, expected] of table) t.equal(logo(text)[0], `logo.svg:${expected}`, text.slice(0, 120));
});

t.test('words above and below the pages are paragraphs, lists, emphasis and links', async (t) => {
  const found = async (text: string): Promise<readonly string[]> =>
    readTheme(await directoryWith(t, { 'header.fr.md': text })).issues.map(({ field, code }) => `${field} ${code}`);
  t.strictSame(await found('Un *service* du [ministère](https://interior.example).'), []);
  for (const [text, code] of [
    ['<script>alert(1)</script>', ':1 theme_text_html'],
    ['a\n\n<iframe src="https://elsewhere.example">', ':3 theme_text_html'],
    ['![a](https://elsewhere.example/x.png)', ':1 theme_text_html'],
    ['[a](javascript:alert(1))', ':1 theme_text_html'],
    ['[a](//elsewhere.example)', ':1 theme_text_html'],
    ['[a]\n\n[a]: javascript:alert(1)', ':3 theme_text_html'],
    ['# Alerte', ' theme_text_rich'],
    ['|a|b|\n|-|-|\n|1|2|', ' theme_text_rich'],
    ['> cited', ' theme_text_rich'],
    ['a'.repeat(2_001), ' theme_text_long'],
  ] as const)
    t.strictSame(await found(text), [`ONRECORD_THEME_DIR header.fr.md${code}`], text.slice(0, 40));
  const { theme } = readTheme(await directoryWith(t, { 'footer.en.md': '[c](https://x.example" onclick="y)' }));
  t.notMatch(theme.footer.en, /<[^>]*onclick/);
});

t.test('a directory that is none, and a file that is too large, are said', async (t) => {
  t.strictSame(readTheme(join(sample, 'tokens.css')).issues, [{ field: 'ONRECORD_THEME_DIR', code: 'not_a_directory' }]);
  t.strictSame(readTheme(await directoryWith(t, { 'tokens.css': ' '.repeat(20_000) })).issues, [
    { field: 'ONRECORD_THEME_DIR tokens.css', code: 'theme_file_size' },
  ]);
});
