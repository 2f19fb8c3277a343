import { randomBytes } from 'node:crypto';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

/** Words that stand nowhere but in one place, and what finds them again however they were written down. */
export type Canaries = {
  /** A new word; all of one set begin alike. */
  word(): string;
  /** In which form a word of the set stands in these bytes; null where none does. */
  find(text: string): string | null;
};

const letters = 'BCDFGHJKLMNPQRSTVWXZ';

/** @param random bytes for the beginning that all words share */
export function createCanaries(random: (n: number) => Buffer = randomBytes): Canaries {
  const prefix = [...random(10)].map((byte, index) => (index % 2 === 0 ? letters : letters.toLowerCase())[byte % letters.length]).join('');
  const forms = formsOf(prefix);
  let count = 0;
  return {
    word: () => {
      count += 1;
      return `${prefix}${String(count).padStart(3, '0')}`;
    },
    find: (text) => {
      for (const [form, needle] of forms) if (text.includes(needle)) return form;
      return fold(decoded(text)).includes(fold(prefix)) ? 'decoded' : null;
    },
  };
}

/** The word as it stands, and inside of base64 and hexadecimal, at whatever place it begins there. */
function formsOf(prefix: string): ReadonlyMap<string, string> {
  const forms = new Map([['as it is', prefix]]);
  for (const [name, word] of [
    ['', prefix],
    [' in lower case', prefix.toLowerCase()],
  ]) {
    const bytes = Buffer.from(word ?? '');
    for (const skip of [0, 1, 2]) {
      const inside = bytes.subarray(skip, skip + 6);
      forms.set(`base64${name}, ${skip}`, inside.toString('base64'));
    }
    forms.set(`hexadecimal${name}`, bytes.toString('hex'));
  }
  return forms;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', shy: '' };

/** Percent signs, character references and JSON escapes undone. */
function decoded(text: string): string {
  return text
    .replaceAll(/(?:%[0-9a-f]{2})+/gi, (part) => Buffer.from(part.replaceAll('%', ''), 'hex').toString())
    .replaceAll(/&#(\d{1,7});?/g, (part, code: string) => character(Number(code)) ?? part)
    .replaceAll(/&#x([0-9a-f]{1,6});?/gi, (part, code: string) => character(Number.parseInt(code, 16)) ?? part)
    .replaceAll(/&([a-z]{2,5});/gi, (part, name: string) => entities[name.toLowerCase()] ?? part)
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const character = (code: number): string | undefined => (code <= 0x10ffff ? String.fromCodePoint(code) : undefined);

/** Lower case, no accents, nothing but letters and digits: no mark-up, hyphen or blank hides a word. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/[^a-z0-9]/g, '');
}

/** A body as it was before its coding. @throws Error where the bytes are not what the header says */
export function uncoded(body: Buffer, coding: string | undefined): Buffer {
  if (body.length === 0) return body;
  if (coding === 'br') return brotliDecompressSync(body);
  if (coding === 'gzip') return gunzipSync(body);
  return coding === 'deflate' ? inflateSync(body) : body;
}
