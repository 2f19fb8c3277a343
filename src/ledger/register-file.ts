import { OnrecordError } from '../errors.ts';
import { Register } from '../leak/register.ts';
import { canonicalise } from './jcs.ts';
import { type NewFile, newFile } from './version-file.ts';

/** The signed files of a state of the register (record.md §1): the entry of the version that changed it lists them. */

/** `/register/{k}.json`: the JCS of the register and a newline. */
export function registerFile(register: Register): NewFile {
  return newFile(`/register/${register.register}.json`, 'application/json', Buffer.from(`${canonicalise(register)}\n`));
}

/** `/register/{k}.html`: the page that compares files with this state and works offline. */
export function checkerFile({ register }: Pick<Register, 'register'>, body: Buffer): NewFile {
  return newFile(`/register/${register}.html`, 'text/html; charset=utf-8', body);
}

/** The number k of a state by the name of its signed `.json`; null for every other file. */
export function registerNumber(name: string): number | null {
  const digits = /^\/register\/([1-9][0-9]{0,8})\.json$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The register that these bytes hold; `store_corrupt` unless writing it again gives the same bytes. */
export function parseRegister(bytes: Buffer): Register {
  try {
    const register = Register.parse(JSON.parse(bytes.toString()));
    if (registerFile(register).body.equals(bytes)) return register;
  } catch (cause) {
    throw new OnrecordError('store_corrupt', 'a register cannot be read', { cause });
  }
  throw new OnrecordError('store_corrupt', 'a register is not in its canonical form');
}
