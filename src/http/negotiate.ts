import { type Coding, codingTag, type Memento, type Resource } from '../press/resource.ts';

/** Which coding of a resource a request gets, whether it has it already, and which version stood at the time it asks for. */

const known = new Map<string, readonly Coding[]>();
const everything: readonly Coding[] = ['identity'];
const ours: readonly Coding[] = ['br', 'gzip', 'identity'];

/** Codings that an Accept-Encoding allows, the best first (RFC 9110 §12.5.3); identity where it allows none. */
export function acceptedCodings(header: string | undefined): readonly Coding[] {
  if (header === undefined) return everything;
  const remembered = known.get(header);
  if (remembered) return remembered;
  const codings = readCodings(header);
  if (known.size < 200 && header.length <= 100) known.set(header, codings);
  return codings;
}

function readCodings(header: string): readonly Coding[] {
  const weights = new Map<string, number>();
  for (const part of header.slice(0, 400).split(',')) {
    const [name = '', ...parameters] = part.split(';');
    const weight = /^\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*$/i.exec(parameters.join(';'))?.[1];
    weights.set(name.trim().toLowerCase(), parameters.length === 0 ? 1 : Number(weight ?? 0));
  }
  const other = weights.get('*');
  const weigh = (coding: Coding): number => weights.get(coding) ?? other ?? (coding === 'identity' ? 0.001 : 0);
  const allowed = ours.filter((coding) => weigh(coding) > 0).sort((a, b) => weigh(b) - weigh(a));
  return allowed.length > 0 ? allowed : everything;
}

/** The first of these codings that the resource has by now. */
export function chooseCoding({ gzip, brotli }: Resource, codings: readonly Coding[]): Coding {
  for (const coding of codings) {
    if (coding === 'identity' || (coding === 'br' ? brotli !== null : gzip !== null)) return coding;
  }
  return 'identity';
}

/**
 * The coding whose entity tag an If-None-Match lists, compared weakly (RFC 9110 §13.1.2), or undefined. A tag of any coding of the
 * same bytes counts: the one that the reader holds is then the one selected.
 */
export function matchedCoding(header: string, { etag, gzip, brotli }: Resource, coding: Coding): Coding | undefined {
  if (header.trim() === '*') return coding;
  if (header.length > 4_096 || !header.includes(etag.slice(1, -1))) return undefined;
  const listed = new Set(Array.from(header.matchAll(/(?:W\/)?("[^"]*")/g), (match) => match[1]));
  const have: readonly Coding[] = [coding, 'identity', ...(gzip ? (['gzip'] as const) : []), ...(brotli ? (['br'] as const) : [])];
  return have.find((one) => listed.has(codingTag(etag, one)));
}

/** Milliseconds UTC of an IMF-fixdate (RFC 9110 §5.6.7), the one form that Accept-Datetime may have; undefined for anything else. */
export function readFixdate(text: string): number | undefined {
  const at = text.length === 29 ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toUTCString() === text ? at : undefined;
}

/** The version that stood at an instant; before the first one, the first (RFC 7089 §4.5.3). Mementos come oldest first. */
export function mementoAt(mementos: readonly Memento[], at: number): Memento | undefined {
  return mementos.findLast((memento) => memento.at <= at) ?? mementos[0];
}
