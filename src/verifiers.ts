import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprinter, type ProgramName, verifiers } from './press/address.ts';
import type { Verifiers } from './press/press.ts';

/** The downloads of `/verify` and `/check`, read once. */
export function loadVerifiers(directory: string): Verifiers {
  const read = (name: ProgramName): Buffer => readFileSync(join(directory, name));
  const [shell, python] = verifiers;
  return { [shell]: read(shell), [python]: read(python), [fingerprinter]: read(fingerprinter) };
}
