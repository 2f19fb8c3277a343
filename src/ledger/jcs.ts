import { OnrecordError } from '../errors.ts';

/**
 * The one JSON text of a value (RFC 8785, for the values this house uses): members sorted by UTF-16 code units, no white space.
 * Takes strings, safe integers, booleans, null, arrays and plain objects. A lone surrogate is `bad_text`; anything else
 * (floats, undefined members, dates, class instances) is a TypeError, since no schema of ours lets it through.
 */
export function canonicalise(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new TypeError(`not a safe integer: ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalise).join(',')}]`;
  if (!isPlainObject(value)) throw new TypeError(`not a JSON value: ${typeof value}`);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${canonicalString(name)}:${canonicalise(value[name])}`).join(',')}}`;
}

function canonicalString(text: string): string {
  if (!text.isWellFormed()) throw new OnrecordError('bad_text', 'the text holds half of a surrogate pair');
  return JSON.stringify(text);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
