import type { Issue } from '../errors.ts';

/** A strict reading of a logo: SVG elements that draw, with values that only draw. Whatever is not listed is refused, never removed. */

const largest = 8_192;
const number = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?';
const numeric = new RegExp(`^${number}%?$`, 'i');
const numbers = /^[-+0-9.eE,\s]+$/;
const path = /^[MmLlHhVvCcSsQqTtAaZz0-9eE+\-.,\s]+$/;
const paint = /^(?:none|currentColor|#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6})$/;
const transform = /^(?:(?:translate|scale|rotate|matrix|skewX|skewY)\([-+0-9.eE,\s]+\)[\s,]*)+$/;
const word = (...words: string[]): RegExp => new RegExp(`^(?:${words.join('|')})$`);

const painting: Readonly<Record<string, RegExp>> = {
  fill: paint,
  stroke: paint,
  opacity: numeric,
  'fill-opacity': numeric,
  'stroke-opacity': numeric,
  'stroke-width': numeric,
  'stroke-miterlimit': numeric,
  'stroke-dasharray': numbers,
  'stroke-linecap': word('butt', 'round', 'square'),
  'stroke-linejoin': word('miter', 'round', 'bevel'),
  'fill-rule': word('nonzero', 'evenodd'),
  'clip-rule': word('nonzero', 'evenodd'),
  transform,
};
const allowed = (lists: Readonly<Record<string, Readonly<Record<string, RegExp>>>>): ReadonlyMap<string, ReadonlyMap<string, RegExp>> =>
  new Map(Object.entries(lists).map(([name, attributes]) => [name, new Map(Object.entries(attributes))]));
const geometry = (...names: string[]): Readonly<Record<string, RegExp>> => Object.fromEntries(names.map((name) => [name, numeric]));

const elements: ReadonlyMap<string, ReadonlyMap<string, RegExp>> = allowed({
  svg: {
    ...painting,
    xmlns: word('http://www\\.w3\\.org/2000/svg'),
    viewBox: numbers,
    ...geometry('width', 'height'),
    version: word('1\\.1'),
    'aria-hidden': word('true'),
  },
  g: painting,
  path: { ...painting, d: path },
  circle: { ...painting, ...geometry('cx', 'cy', 'r') },
  ellipse: { ...painting, ...geometry('cx', 'cy', 'rx', 'ry') },
  rect: { ...painting, ...geometry('x', 'y', 'width', 'height', 'rx', 'ry') },
  line: { ...painting, ...geometry('x1', 'y1', 'x2', 'y2') },
  polyline: { ...painting, points: numbers },
  polygon: { ...painting, points: numbers },
});
/** Sizes come from the page's stylesheet, so that no logo covers it; whether it is spoken is the page's affair as well. */
const dropped = new Set(['svg width', 'svg height', 'svg version', 'svg aria-hidden']);

export type Logo = { svg: string; issues: readonly Issue[] };

const token = /\s+|<!--(?:(?!--)[\s\S])*-->|<\/([a-zA-Z]+)\s*>|<([a-zA-Z]+)((?:\s+[a-zA-Z:-]+\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*)\s*(\/?)>/y;

/**
 * @param file how issues name the logo: `field` of each is `<file>:<line>`, `code` one of `theme_*`
 * @returns the logo again from what was read, on one line; empty where an issue says why not
 */
export function readLogo(file: string, text: string): Logo {
  const issues: Issue[] = [];
  const body = text.replace(/^\ufeff?<\?xml [^?<>]*\?>/, (declaration) => ' '.repeat(declaration.length));
  const complain = (code: string, at: number, values?: Issue['values']): unknown =>
    issues.push({ field: `${file}:${body.slice(0, at).split('\n').length}`, code, ...(values && { values }) });
  if (Buffer.byteLength(text) > largest) return { svg: '', issues: [{ field: `${file}:1`, code: 'theme_logo_size' }] };
  const open: string[] = [];
  let svg = '';
  token.lastIndex = 0;
  for (let at = 0; at < body.length; at = token.lastIndex) {
    const [whole, closing, opening, attributes = '', empty] = token.exec(body) ?? [];
    const isSecondRoot = opening !== undefined && open.length === 0 && svg !== '';
    if (whole === undefined || isSecondRoot || (closing !== undefined && open.pop() !== closing)) {
      complain('theme_logo_syntax', at);
      return { svg: '', issues };
    }
    if (closing !== undefined) svg += `</${closing}>`;
    if (opening === undefined) continue;
    if (!elements.has(opening) || (opening === 'svg') !== (open.length === 0)) complain('theme_logo_element', at, { name: opening });
    svg += `<${opening}${readAttributes(opening, attributes, (name) => complain('theme_logo_attribute', at, { name }))}${empty}>`;
    if (!empty) open.push(opening);
  }
  if (open.length > 0 || svg === '') complain('theme_logo_syntax', body.length);
  if (issues.length === 0 && !isFramed(svg)) complain('theme_logo_box', 0);
  return issues.length > 0 ? { svg: '', issues } : { svg, issues };
}

function readAttributes(element: string, text: string, complain: (name: string) => unknown): string {
  const seen = new Set<string>();
  return [...text.matchAll(/([a-zA-Z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
    .map(([, name = '', double, single]) => {
      const value = double ?? single ?? '';
      if (seen.has(name) || elements.get(element)?.get(name)?.test(value) !== true) complain(name);
      seen.add(name);
      return dropped.has(`${element} ${name}`) ? '' : ` ${name}="${value.replaceAll(/\s+/g, ' ')}"`;
    })
    .join('');
}

/** A box that fits the masthead: neither a point, nor a ribbon. */
function isFramed(svg: string): boolean {
  const box = / viewBox="([^"]*)"/.exec(svg)?.[1]?.trim() ?? '';
  const [, , width = 0, height = 0] = box.split(/[\s,]+/).map(Number);
  return width > 0 && height > 0 && width / height <= 6 && height / width <= 2;
}
