/** Addresses in any dress, and what an entry of the allow-list covers (WHATWG URL: what a browser would open is what is compared). */

const dots = /\s?[[({]\s?(?:\.|dot|point)\s?[\])}]\s?/gi;
const scheme = /^([a-z][a-z0-9+.-]*)\s?(?:\[:\]|:)\s?(?:\/\/|\[\/\/\])/i;
/** What a path may not carry where an entry covers only a part of a host: some servers read these as other characters. */
const disguised = /%(?:2f|5c|00|25)/i;

/** The address as a browser reads it; null for what no browser opens. Without a scheme it is https. */
export function readAddress(found: string): URL | null {
  const plain = found
    .replaceAll(dots, '.')
    .replace(/^h(?:xx|tt)p/i, 'http')
    .replace(/^\/\//, '');
  const said = scheme.exec(plain);
  const rest = said === null ? plain : plain.slice(said[0].length);
  try {
    return new URL(`${(said?.[1] ?? 'https').toLowerCase()}://${rest}`);
  } catch {
    return null;
  }
}

export function hostOf(found: string): string {
  return (readAddress(found)?.hostname ?? '').replace(/\.$/, '');
}

/** Whether one of the entries covers an address: http or https, its usual port, no user, no backslash, and the path once it is resolved. */
export function coversAddress(entries: readonly string[], found: string): boolean {
  if (found.includes('\\')) return false;
  const address = readAddress(found);
  if (address === null || !/^https?:$/.test(address.protocol) || address.port !== '' || address.username !== '' || address.password !== '') return false;
  if (/@/.test(found.replace(scheme, '').split(/[/?#]/, 1)[0] ?? '')) return false;
  return entries.some((entry) => coversOne(entry, address));
}

function coversOne(entry: string, address: URL): boolean {
  const isBelow = entry.startsWith('*.');
  const own = readAddress(isBelow ? entry.slice(2) : entry);
  if (own === null) return false;
  const [host, wanted] = [address.hostname.replace(/\.$/, ''), own.hostname.replace(/\.$/, '')];
  if (host !== wanted && !(isBelow && host.endsWith(`.${wanted}`))) return false;
  const path = own.pathname.replace(/\/$/, '');
  return path === '' || (!disguised.test(address.pathname) && (address.pathname === path || address.pathname.startsWith(`${path}/`)));
}

/** What an address carries to another place: its path, and its query and fragment, once decoded. */
export function cargoOf(found: string): { path: string; rest: string } {
  const address = readAddress(found);
  if (address === null) return { path: '', rest: '' };
  const rest = decode(`${address.search} ${address.hash}`).replaceAll(/[?&=#;,]/g, ' ');
  return { path: decode(address.pathname).slice(1), rest };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(decodeURIComponent(text));
  } catch {
    return text;
  }
}
