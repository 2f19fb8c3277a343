/** A strict reader of the XML that feeds are written in: no DTD, no comments, no processing instructions, every namespace declared. */

export type XmlElement = {
  /** `<namespace> <local name>`; without a namespace the local name alone. */
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** The character data directly inside. */
  text: string;
};

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';
const entities = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&#x26;', '&'],
  ['&#x3C;', '<'],
  ['&#x3E;', '>'],
]);
const token = /<(\/?)([A-Za-z][\w:-]*)((?: [A-Za-z][\w:-]*="[^"<]*")*)(\/?)>|([^<]+)/gy;

/** @throws RangeError for anything that is not well-formed in this narrow sense */
export function parseXml(text: string): XmlElement {
  if (!text.startsWith(declaration)) throw new RangeError('no declaration');
  const top = { children: [] as XmlElement[], text: '', name: '', spaces: new Map([['xml', 'xml']]) };
  const open: { name: string; written?: string; attributes?: Map<string, string>; children: XmlElement[]; text: string; spaces: Map<string, string> }[] = [top];
  token.lastIndex = declaration.length;
  let at = token.lastIndex;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    at = token.lastIndex;
    const [, closing, written = '', given = '', empty, data] = match;
    const parent = open.at(-1);
    if (parent === undefined) throw new RangeError('no parent');
    if (data !== undefined) parent.text += decode(data);
    else if (closing) {
      if (parent.written !== written || open.length < 2) throw new RangeError(`</${written}> closes ${parent.written}`);
      finish(open);
    } else {
      const pairs = [...given.matchAll(/ ([^=]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, decode(value)] as const);
      const spaces = new Map([...parent.spaces, ...pairs.flatMap(([name, value]) => (/^xmlns(:|$)/.test(name) ? [[name.slice(6), value] as const] : []))]);
      const own = pairs.filter(([name]) => !/^xmlns(:|$)/.test(name)).map(([name, value]) => [expand(name, spaces, ''), value] as const);
      const attributes = new Map(own);
      if (attributes.size !== own.length) throw new RangeError(`an attribute twice in ${written}`);
      open.push({ name: expand(written, spaces, spaces.get('') ?? ''), written, attributes, children: [], text: '', spaces });
      if (empty) finish(open);
    }
  }
  const root = top.children[0];
  if (at !== text.length || open.length !== 1 || root === undefined || top.children.length > 1 || top.text.trim() !== '') throw new RangeError(`ends at ${at}`);
  return root;
}

function finish(open: { name: string; attributes?: Map<string, string>; children: XmlElement[]; text: string }[]): void {
  const done = open.pop();
  if (done) open.at(-1)?.children.push({ name: done.name, attributes: done.attributes ?? new Map(), children: done.children, text: done.text });
}

function expand(name: string, spaces: ReadonlyMap<string, string>, plain: string): string {
  const [local = '', prefix] = name.split(':').reverse();
  const space = prefix === undefined ? plain : spaces.get(prefix);
  if (space === undefined) throw new RangeError(`no namespace for ${name}`);
  return space === '' ? local : `${space} ${local}`;
}

function decode(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML forbids them
  if (!text.isWellFormed() || /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\]\]>/.test(text)) throw new RangeError('a character that XML forbids');
  return text.replaceAll(/&[^;]*;?/g, (entity) => {
    const sign = entities.get(entity);
    if (sign === undefined) throw new RangeError(`unknown ${entity}`);
    return sign;
  });
}
