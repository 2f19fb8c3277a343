/** As much of DER (X.690) as a time-stamp needs. */

export const tags = { boolean: 0x01, integer: 0x02, octets: 0x04, none: 0x05, oid: 0x06, sequence: 0x30, context0: 0xa0 } as const;

/** `bytes` is the whole element, `content` what it holds. */
export type Element = { tag: number; content: Buffer; bytes: Buffer };

export function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), lengthOf(content.length), content]);
}

/** A positive integer from its bytes, most significant first, in the shortest form. */
export function positiveInteger(bytes: Uint8Array): Buffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start < 0 ? Buffer.of(0) : Buffer.from(bytes.subarray(start));
  return element(tags.integer, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  return element(tags.oid, Buffer.from([first * 40 + second, ...rest].flatMap(base128)));
}

/** The elements that stand one after the other in these bytes; a length that does not fit exactly, or is indefinite, is a RangeError. */
export function elementsOf(bytes: Buffer): readonly Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [start, length] = readLength(bytes, at + 1);
    const end = start + length;
    if (end > bytes.length) throw new RangeError('DER that ends too early');
    elements.push({ tag: bytes.readUInt8(at), content: bytes.subarray(start, end), bytes: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/** Where the content begins, and how long it is. */
function readLength(bytes: Buffer, at: number): [number, number] {
  const first = bytes.readUInt8(at);
  if (first < 0x80) return [at + 1, first];
  const count = first - 0x80;
  if (count < 1 || count > 4) throw new RangeError('DER with a length of no known form');
  return [at + 1 + count, bytes.readUIntBE(at + 1, count)];
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const digits = length < 0x100 ? [length] : [length >> 8, length & 0xff];
  if (length > 0xffff) throw new RangeError(`an element of ${length} bytes`);
  return Buffer.from([0x80 + digits.length, ...digits]);
}

function base128(value: number): number[] {
  const digits = [value % 128];
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift((rest % 128) + 128);
  return digits;
}
