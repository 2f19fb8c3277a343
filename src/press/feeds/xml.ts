/** A piece of XML that is already written. Plain strings among children are text and are escaped. */
export type Xml = { readonly xml: string };
type Child = Xml | string | null;

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

/** One element; attributes whose value is undefined are left out. */
export function element(name: string, attributes: Readonly<Record<string, string | undefined>>, children: readonly Child[] = []): Xml {
  const written = Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escapeXml(value)}"`]));
  const inside = children.map((child) => (typeof child === 'string' ? escapeXml(child) : (child?.xml ?? ''))).join('');
  return { xml: inside === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inside}</${name}>` };
}

export function xmlDocument(root: Xml): string {
  return `${declaration}${root.xml}\n`;
}

/** XML 1.0 §2.2 and §2.4: the five signs become entities, what no XML may hold becomes U+FFFD, for one such character would break the whole feed. */
export function escapeXml(text: string): string {
  return text.toWellFormed().replaceAll(forbidden, '\ufffd').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML forbids
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
