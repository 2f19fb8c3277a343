import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type VerifierName, verifiers } from './press/address.ts';

/** The programs that check a version without us, byte for byte: the same for every agency. */
export type Verifiers = Readonly<Record<VerifierName, Buffer>>;

export function loadVerifiers(directory: string): Verifiers {
  const read = (name: VerifierName): Buffer => readFileSync(join(directory, name));
  const [shell, python] = verifiers;
  return { [shell]: read(shell), [python]: read(python) };
}
