import { createHash, hash } from 'node:crypto';
import { fingerprintOfBytes } from '../../src/leak/fingerprint/exact.ts';
import { encodeSketch, sketchOf } from '../../src/leak/fingerprint/sketch.ts';
import { fingerprintOfWords, readText } from '../../src/leak/fingerprint/text.ts';
import { Register } from '../../src/leak/register.ts';
import { registerFile } from '../../src/ledger/register-file.ts';
import type { RegisterHead } from '../../src/press/register-head.ts';

/** A register, and files that answer to it in each of the four ways. */

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
export const exactOf = (bytes: Uint8Array): string => fingerprintOfBytes(bytes, sha256);
export const plainOf = (bytes: Uint8Array): string => Buffer.from(sha256(bytes)).toString('hex');

const syllables = ['port', 'lettre', 'budget', 'réunion', 'contrat', 'campagne', 'élue', 'juin', 'serveur', 'accord', 'note', 'bilan', 'presse'];
/** That many words, the same ones each time; from different `start`s nearly no five in a row are shared. */
export const wordsFrom = (start: number, count: number): string =>
  Array.from({ length: count }, (_, place) => `${syllables[(start + place * 7) % syllables.length]}${start + place}`).join(' ');

export const contract = Buffer.from([0xff, 0xd8, 0x00, 0x80, ...Buffer.from('a contract that was changed'), 0xfe]);
export const disowned = Buffer.from([0x80, ...Buffer.from('an item whose verdict is withdrawn')]);
export const letter = wordsFrom(0, 300);
/** The letter's words in another file: capitals, other spacing, a soft hyphen. */
export const letterAgain = `\ufeff${letter.toUpperCase().replaceAll(' ', ' \n ').replace('PORT', 'PO\u00adRT')}.`;
/** Two thirds of the letter, and other words. */
export const letterInPart = `${wordsFrom(0, 240)} ${wordsFrom(5_000, 60)}`;
export const stranger = wordsFrom(9_000, 260);

const words = (text: string): readonly string[] => {
  const read = readText(text);
  if ('refused' in read) throw new RangeError(read.refused);
  return read.words;
};
export const textOf = (text: string): string => fingerprintOfWords(words(text), sha256);
export const sketchOfText = (text: string): string => encodeSketch(sketchOf(words(text)));

/** A register as the press is given it: its exact bytes and their hash. */
export function headOf(content: Omit<Register, 'schema'>): RegisterHead {
  const register = Register.parse({ schema: 'https://record.agency.example/schema/register/v1', ...content });
  const bytes = registerFile(register).body;
  return { register, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const exact = (bytes: Uint8Array) => ({ level: 'exact', pipeline: 'onrecord-fp-v1', value: exactOf(bytes) }) as const;
const line = { confidence: null, changes: [], context: [] };
const [first, second, third] = ['2026-09-13T16:10:00.000Z', '2026-09-14T08:00:00.000Z', '2026-09-15T21:30:00.000Z'] as const;

export const smallRegister: RegisterHead = headOf({
  register: 7,
  at: third,
  statements: [
    { statement: '2026-0001', version: 4, state: 'live' },
    { statement: '2026-0002', version: 3, state: 'withdrawn' },
  ],
  artefacts: [
    {
      statement: '2026-0001',
      artefact: 'A-1',
      fingerprints: [exact(contract)],
      history: [
        { ...line, version: 1, at: first, verdict: 'unverified' },
        { version: 3, at: second, verdict: 'altered', confidence: 'high', changes: ['content', 'metadata'], context: ['out_of_context'] },
      ],
    },
    {
      statement: '2026-0001',
      artefact: 'A-2',
      fingerprints: [
        exact(Buffer.from(letter)),
        { level: 'text', pipeline: 'txt1', value: textOf(letter) },
        { level: 'sketch', pipeline: 'mh1', value: sketchOfText(letter) },
      ],
      history: [{ ...line, version: 2, at: second, verdict: 'authentic', confidence: 'moderate' }],
    },
    {
      statement: '2026-0002',
      artefact: 'A-1',
      fingerprints: [exact(disowned)],
      history: [
        { ...line, version: 1, at: first, verdict: 'fabricated', confidence: 'moderate' },
        { ...line, version: 2, at: second, verdict: 'withdrawn' },
      ],
    },
  ],
  collections: [
    {
      statement: '2026-0001',
      collection: 'C-1',
      members: ['A-1', 'A-2'],
      history: [
        { version: 1, at: first, finding: 'may_contain_falsified', confidence: 'moderate' },
        { version: 3, at: second, finding: 'mixed', confidence: 'high' },
      ],
    },
  ],
});
