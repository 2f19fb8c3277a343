import { open, rm } from 'node:fs/promises';
import { OnrecordError } from '../errors.ts';

/** A new file that only its owner reads, durably; a file that is there already is `store_exists`. */
export async function writePrivateFile(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new OnrecordError('store_exists', `${path} is there already and stays as it is`, { cause });
    throw new OnrecordError('store_write_failed', `${path} cannot be made: ${cause.message}`, { cause });
  });
  try {
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
