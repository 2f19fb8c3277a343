import { z } from 'zod';
import { languages } from '../statement/schema.ts';

/**
 * What the site holds, as `/contents.json` tells whoever keeps a whole copy of it (docs/mirror.md). A stamp says what its paths were made
 * from: while it stays the same, so do their bytes, as long as the same program runs with the same configuration.
 */

const Path = z.string().regex(/^(?:\/\.well-known)?(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,79})*\/?$/);
const Part = z.object({ stamp: z.string(), paths: z.array(Path) });
const Reference = z.string().regex(/^(?:EX-)?[0-9]{4}-[0-9]{4,9}$/);
const Version = z.int().positive();

export const Contents = z.object({
  /** The one whose paths have no prefix, and those whose paths begin with their code. */
  language: z.enum(languages),
  others: z.array(z.enum(languages)),
  /** How many versions have lost their text. */
  redactions: z.int().nonnegative(),
  /** Of everything that carries the newest checkpoint. */
  proofs: z.string(),
  /** What belongs to no statement. */
  parts: z.array(Part),
  statements: z.array(
    z.object({
      reference: Reference,
      stamp: z.string(),
      /** How many there are. */
      versions: Version,
      /** Corrections that correct another version than the one before: which, and the version that does. */
      corrected: z.array(z.object({ from: Version, to: Version })),
      /** Artefacts and claims with a page of their own. */
      claims: z.array(z.string().regex(/^[AK]-[1-9][0-9]{0,3}$/)),
      /** Versions that have a CSAF document, by its language. */
      csaf: z.array(z.object({ language: z.enum(languages), versions: z.array(Version) })),
    }),
  ),
});
export type Contents = z.infer<typeof Contents>;
export type StatementContents = Contents['statements'][number];
