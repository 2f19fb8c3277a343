import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OnrecordError } from '../errors.ts';
import { listIfThere, readIfThere, realDisk } from './disk.ts';
import { makeDirectories, syncDirectory, writeDurably } from './durable-file.ts';
import { createQueues } from './queue.ts';
import { isOver, StagedBatch, type StagedImports } from './staged-imports.ts';

const idPattern = /^[0-9a-f]{16}$/;

/** A directory a batch, `imports/<id>/`: `batch.json`, and its documents as `<n>.json`. Another process may add a batch at any time. */
export function openStagedImports({ directory }: { directory: string }): StagedImports {
  const root = join(directory, 'imports');
  const queues = createQueues();
  const at = (id: string, name: string): string => join(root, id, name);
  const bodyName = (place: number): string => `${place}.json`;

  async function read(id: string): Promise<StagedBatch | undefined> {
    const bytes = idPattern.test(id) ? await readIfThere(realDisk, at(id, 'batch.json')) : undefined;
    if (bytes === undefined) return undefined;
    const batch = StagedBatch.safeParse(JSON.parse(bytes.toString()));
    if (!batch.success || batch.data.id !== id) throw new OnrecordError('store_corrupt', `imports/${id}/batch.json cannot be read`, { cause: batch.error });
    return batch.data;
  }

  return {
    async list() {
      const ids = (await listIfThere(realDisk, root)).filter((name) => idPattern.test(name));
      const batches = (await Promise.all(ids.map(read))).flatMap((batch) => batch ?? []);
      return batches.sort((a, b) => (a.at < b.at ? -1 : 1));
    },
    read,
    body: (id, place) => readFile(at(id, bodyName(place))),
    async stage(batch, bodies) {
      await makeDirectories(root, new Set(), realDisk);
      const temporary = join(root, `.${batch.id}.tmp`);
      await mkdir(temporary, { mode: 0o700 });
      try {
        let place = 0;
        // What a power cut takes of these is noticed when they are held against their hashes.
        for await (const body of bodies) await writeFile(join(temporary, bodyName(place++)), body, { mode: 0o600 });
        await writeDurably(join(temporary, 'batch.json'), Buffer.from(`${JSON.stringify(batch)}\n`));
        await rename(temporary, join(root, batch.id));
        await syncDirectory(root, realDisk);
      } finally {
        await rm(temporary, { recursive: true, force: true });
      }
    },
    edit: (id, change) =>
      queues.run(id, async () => {
        const current = await read(id);
        if (current === undefined) return undefined;
        const next = change(current);
        if (next !== current) await writeDurably(at(id, 'batch.json'), Buffer.from(`${JSON.stringify(next)}\n`));
        if (isOver(next)) for (const place of next.documents.keys()) await rm(at(id, bodyName(place)), { force: true });
        return next;
      }),
  };
}
