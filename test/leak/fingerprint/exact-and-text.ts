import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { z } from 'zod';
import { fingerprintOfBytes, fingerprintOfDigest, readDigest } from '../../../src/leak/fingerprint/exact.ts';
import { fingerprintOfWords, ignored, maximumLength, minimumWords, readText, wordsOf } from '../../../src/leak/fingerprint/text.ts';
import { exactVectors, repeatText, sha256, textVectors } from '../../support/fingerprint-vectors.ts';
import { runnable } from '../../support/verifier-scripts.ts';

/** Levels 0 and 1: the same file, and the same text in another file. */

const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const script = join(import.meta.dirname, '../../../content/verifiers/onrecord-fingerprint.py');
const fingerprintOf = (text: string): string | null => {
  const read = readText(text);
  return 'words' in read ? fingerprintOfWords(read.words, sha256) : null;
};

t.test('a file has the fingerprint of the vectors, from its bytes, its digest, or a pasted SHA-256', async (t) => {
  for (const { name, text, times, sha256: plain, fingerprint } of exactVectors) {
    t.equal(fingerprintOfBytes(utf8(text.repeat(times)), sha256), fingerprint, name);
    const pasted = readDigest(` ${plain.toUpperCase()}\n`);
    t.equal(pasted && fingerprintOfDigest(pasted, sha256), fingerprint, `${name}, pasted`);
  }
});

t.test('what is no SHA-256 is not taken for one', async (t) => {
  const plain = '0123456789abcdef'.repeat(4);
  for (const text of ['', plain.slice(1), `${plain}0`, `${plain.slice(1)}g`, `${plain} ${plain}`, `${plain}  file.pdf`]) t.equal(readDigest(text), null, text);
  t.throws(() => fingerprintOfDigest(new Uint8Array(31), sha256), RangeError);
});

const hasShell = spawnSync('bash', ['-c', 'sha256sum --version && cut --version']).status === 0;
if (!hasShell) process.stderr.write('\n*** bash WITH sha256sum IS NOT ON THIS MACHINE: the command line of level 0 is not tested ***\n\n');
t.test('one shell line gives the exact fingerprint', { skip: !hasShell && 'no sha256sum' }, async (t) => {
  const file = await writeIn(t, 'file', utf8('Communiqué\n'));
  const line = `printf 'onrecord-fp-v1:%s' "$(sha256sum < "$1" | cut -c 1-64)" | sha256sum`;
  const said = execFileSync('bash', ['-c', line, 'bash', file], { encoding: 'utf8' });
  t.equal(said.slice(0, 64), fingerprintOfBytes(utf8('Communiqué\n'), sha256));
});

t.test('a text has the words and the fingerprint of the vectors, in every script', async (t) => {
  for (const { name, text, words, fingerprint } of textVectors) {
    t.equal(wordsOf(text).join(' '), words, name);
    t.equal(fingerprintOf(repeatText(text)), fingerprint, name);
  }
});

t.test('a text under 200 words, or too long for a browser, is refused', async (t) => {
  const of = (count: number): string => Array.from({ length: count }, (_, place) => `mot${place}`).join(' ');
  t.same(readText(''), { refused: 'too_short' });
  t.same(readText(of(minimumWords - 1)), { refused: 'too_short' });
  t.same(readText(`${of(minimumWords - 1)} — !`), { refused: 'too_short' }, 'a sign is no word');
  t.ok('words' in readText(of(minimumWords)));
  t.same(readText('a '.repeat(maximumLength / 2 + 1)), { refused: 'too_long' });
  t.throws(() => fingerprintOfWords(wordsOf(of(minimumWords - 1)), sha256), RangeError);
});

t.test('Nadia mails the text on: quoting, wrapping, capitals and hidden characters do not change it; one letter does', async (t) => {
  const text = repeatText('L’agence n’a pas encore établi l’étendue de la fuite.');
  const mailed = `> ${text.replaceAll('’', "'").replaceAll(' ', '\r\n> ').replaceAll('fuite', 'fu\u00adi\u200bte').toUpperCase()}`;
  t.equal(fingerprintOf(mailed.normalize('NFD')), fingerprintOf(text));
  t.not(fingerprintOf(text.replace('étendue', 'étendus')), fingerprintOf(text));
  t.not(fingerprintOf(text.replace('établi l', 'établil')), fingerprintOf(text), 'where words end matters');
});

const signs = [
  'a',
  'H',
  'I',
  'É',
  'e',
  'ß',
  'Σ',
  'σ',
  ' ',
  '.',
  '1',
  '½',
  'ﬁ',
  '\u0301',
  '\u0307',
  '\u0323',
  '\u0331',
  '\u0345',
  '\u1100',
  '\u1161',
  '\u11a8',
  '\ud800',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...signs)).map((parts) => parts.join('')),
);
const anyIgnored = fc.constantFrom(...ignored.flat()).map((code) => String.fromCodePoint(code));

t.test('whatever the text: its words read again are the same words, and hidden characters change nothing', async () => {
  fc.assert(fc.property(anyText, (text) => wordsOf(wordsOf(text).join(' ')).join(' ') === wordsOf(text).join(' ')));
  const parts = fc.array(fc.tuple(anyText, anyIgnored), { maxLength: 8 });
  fc.assert(
    fc.property(parts, (pairs) => {
      const plain = pairs.map(([text]) => text.toWellFormed());
      return wordsOf(pairs.map(([, hidden], place) => `${plain[place]}${hidden}`).join('')).join(' ') === wordsOf(plain.join('')).join(' ');
    }),
    { numRuns: 2_000 },
  );
});

t.test('the Python script says the same at both levels', { skip: !runnable.includes('python') && 'no python3' }, async (t) => {
  const texts = textVectors.map(({ text }) => text);
  const program =
    'import json, runpy, sys; m = runpy.run_path(sys.argv[1]); json.dump([" ".join(m["words"](text)) for text in json.load(sys.stdin)], sys.stdout)';
  const said = execFileSync('python3', ['-B', '-c', program, script], { input: JSON.stringify(texts), encoding: 'utf8' });
  const words = z.array(z.string()).parse(JSON.parse(said));
  for (const [place, { name, words: expected }] of textVectors.entries()) t.equal(words[place], expected, name);

  const [long, short] = [utf8(repeatText('Données dérobées à l’étranger')), Buffer.from([0xff, 0xfe, 0x00])];
  const files = [await writeIn(t, 'long.txt', long), await writeIn(t, 'short.bin', short)] as const;
  const lines = execFileSync('python3', ['-B', script, ...files], { encoding: 'utf8' })
    .trimEnd()
    .split('\n');
  t.same(lines, [
    `exact ${fingerprintOfBytes(long, sha256)} ${files[0]}`,
    `txt1  ${fingerprintOf(long.toString())} ${files[0]}`,
    `exact ${fingerprintOfBytes(short, sha256)} ${files[1]}`,
  ]);
});

async function writeIn(t: Test, name: string, bytes: Uint8Array): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-fingerprint-'));
  t.teardown(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, name), bytes);
  return join(directory, name);
}
