import { basename } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import type { z } from 'zod';
import { OnrecordError } from '../errors.ts';
import { type Disk, errnoOf } from './disk.ts';
import { writeDurably } from './durable-file.ts';

/**
 * lowdb over durable files. Hazards of its own adapter that this one removes: no fsync, and missing, empty or `null` files that
 * silently become default data. Each operation takes a fresh `Low`, so that nobody sees data whose write did not succeed.
 */
function documentAdapter<T>(path: string, schema: z.ZodType<T>, disk: Disk): Adapter<T> {
  return {
    async read() {
      try {
        const text = new TextDecoder('utf-8', { fatal: true }).decode(await disk.read(path));
        return schema.parse(JSON.parse(text));
      } catch (cause) {
        throw new OnrecordError('store_corrupt', `${basename(path)} ${errnoOf(cause) === 'ENOENT' ? 'is missing' : 'cannot be read'}`, { cause });
      }
    },
    async write(document) {
      const text = JSON.stringify(document);
      schema.parse(JSON.parse(text));
      await writeDurably(path, Buffer.from(`${text}\n`), disk);
    },
  };
}

/** The document in a file that must be there; anything else than its shape is `store_corrupt`. */
export async function readDocument<T>(path: string, schema: z.ZodType<T>, disk: Disk): Promise<T> {
  const low = new Low<T | null>(documentAdapter<T | null>(path, schema, disk), null);
  await low.read();
  if (low.data === null) throw new OnrecordError('store_corrupt', `${basename(path)} is empty`);
  return low.data;
}

/** Durable when it resolves; throws before touching the file when the document has another shape than it could be read with. */
export async function writeDocument<T>(path: string, document: T, schema: z.ZodType<T>, disk: Disk): Promise<void> {
  await new Low<T>(documentAdapter(path, schema, disk), document).write();
}
