import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import type { Register } from '../leak/register.ts';
import type { Entry } from '../ledger/entry.ts';
import { sha256Hex } from '../ledger/hash.ts';
import { parseRegister, registerNumber } from '../ledger/register-file.ts';
import { readIfThere } from './disk.ts';
import type { LogFiles } from './embedded-log.ts';

/** The last state that entries of any log list; null before the first. `store_corrupt`: its file is gone, or another one. */
export async function loadRegister({ disk, directory }: Pick<LogFiles, 'disk' | 'directory'>, entries: readonly Entry[]): Promise<Register | null> {
  const listed = entries.findLast(({ files }) => files?.some(({ name }) => registerNumber(name) !== null));
  const file = listed?.files?.find(({ name }) => registerNumber(name) !== null);
  if (file === undefined) return null;
  const body = await readIfThere(disk, join(directory, 'record', file.name));
  if (body === undefined || sha256Hex(body) !== file.sha256) throw new OnrecordError('store_corrupt', `${file.name} is not the register that was signed`);
  return parseRegister(body);
}
