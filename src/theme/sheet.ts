/** A strict reading of a stylesheet that holds custom properties and nothing else (CSS Syntax 3, the part of it that is needed). */

export type Declaration = { name: string; value: string; line: number };
/** `query` is null for `:root` outside any `@media`. */
export type Block = { query: string | null; line: number; declarations: readonly Declaration[] };
export type Sheet = { blocks: readonly Block[] /** Line of the first thing that is none of it; the reading ends there. */; wrongAt: number | null };

const blank = /(?:\s+|\/\*[\s\S]*?\*\/)+/y;
const root = /:root\s*\{/y;
const media = /@media ([a-z ():-]+)\{/y;
const declaration = /(--[a-z0-9-]+|color-scheme)\s*:\s*([^;{}@\\]*)(?:;|(?=\}))/y;
const end = /\}/y;

/** @param text of the stylesheet: blocks `:root { --name: value; }`, alone or each in one `@media` */
export function readSheet(text: string): Sheet {
  let at = 0;
  const line = (): number => text.slice(0, at).split('\n').length;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at += found[0].length;
    return found;
  };
  const next = (pattern: RegExp): RegExpExecArray | null => {
    take(blank);
    return take(pattern);
  };
  const blocks: Block[] = [];
  const wrong = (): Sheet => ({ blocks, wrongAt: line() });
  for (;;) {
    take(blank);
    if (at === text.length) return { blocks, wrongAt: null };
    const begun = line();
    const query = next(media)?.[1]?.trim() ?? null;
    if (next(root) === null) return wrong();
    const declarations: Declaration[] = [];
    take(blank);
    for (let lineNow = line(), found = take(declaration); found; lineNow = line(), found = take(declaration)) {
      declarations.push({ name: found[1] ?? '', value: (found[2] ?? '').trim().replaceAll(/\s+/g, ' '), line: lineNow });
      take(blank);
    }
    blocks.push({ query, line: begun, declarations });
    if (next(end) === null || (query !== null && next(end) === null)) return wrong();
  }
}

/** The same blocks as a stylesheet, without comments. */
export function printSheet(blocks: readonly Block[]): string {
  return blocks
    .map(({ query, declarations }) => {
      const rule = `:root{${declarations.map(({ name, value }) => `${name}:${value}`).join(';')}}`;
      return query === null ? rule : `@media ${query}{${rule}}`;
    })
    .join('');
}
