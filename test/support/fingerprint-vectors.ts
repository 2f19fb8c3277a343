import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The test vectors of leak/fingerprint/, made by another implementation (Python), and the hash that Node brings. */

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, '../vectors/fingerprint', name), 'utf8'));
const uint32 = z.int().min(0).max(0xffffffff);
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const Exact = z.strictObject({ name: z.string(), text: z.string(), times: z.int(), sha256: hex, fingerprint: hex });
const Text = z.strictObject({ name: z.string(), text: z.string(), words: z.string(), fingerprint: hex });
const Sketches = z.strictObject({
  how: z.string(),
  seed: uint32,
  permutations: z.array(z.strictObject({ k: z.int(), a: uint32, b: uint32 })),
  shingles: z.array(z.strictObject({ text: z.string(), hash: uint32 })),
  sketches: z.array(z.strictObject({ name: z.string(), text: z.string(), sketch: z.string() })),
  overlaps: z.array(z.strictObject({ one: z.int(), other: z.int(), equal: z.int(), percent: z.int() })),
});

export const exactVectors = z.strictObject({ how: z.string(), vectors: z.array(Exact).min(1) }).parse(read('exact.json')).vectors;
export const textVectors = z.strictObject({ how: z.string(), vectors: z.array(Text).min(1) }).parse(read('text.json')).vectors;
export const sketchVectors = Sketches.parse(read('sketch.json'));

/** A text vector's `fingerprint` is of its text so many times over, a line feed between. */
export const repeatText = (text: string): string => Array.from({ length: 200 }, () => text).join('\n');

export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
