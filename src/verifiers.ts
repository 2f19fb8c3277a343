import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type VerifierName, verifiers } from './press/address.ts';
import type { Verifiers } from './press/press.ts';

/** The downloads of `/verify`, read once. */
export function loadVerifiers(directory: string): Verifiers {
  const read = (name: VerifierName): Buffer => readFileSync(join(directory, name));
  const [shell, python] = verifiers;
  return { [shell]: read(shell), [python]: read(python) };
}
