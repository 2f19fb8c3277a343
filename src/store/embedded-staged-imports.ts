import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OnrecordError, refuse } from '../errors.ts';
import { listIfThere, readIfThere, realDisk } from './disk.ts';
import { makeDirectories, syncDirectory, writeDurably } from './durable-file.ts';
import { createQueues } from './queue.ts';
import { isOver, StagedBatch, type StagedImports } from './staged-imports.ts';

const idPattern = /^[0-9a-f]{16}$/;
/** A command that still lays documents out is younger. */
const abandonedAfterMs = 24 * 3_600_000;

type StagedFiles = { directory: string; tell?: (line: string) => void; sweeps?: boolean };

/**
 * A directory a batch, `imports/<id>/`: `batch.json`, and its documents as `<n>.json`. Another process may add a batch at any time.
 * @param tell takes lines about what cannot be read
 * @param sweeps false: what a killed command has left stays
 */
export function openStagedImports({ directory, tell = () => {}, sweeps = true }: StagedFiles): StagedImports {
  const root = join(directory, 'imports');
  const queues = createQueues();
  const kept = new Map<string, { stamp: string; batch: StagedBatch | undefined }>();
  const at = (id: string, name: string): string => join(root, id, name);
  const bodyName = (place: number): string => `${place}.json`;

  async function read(id: string): Promise<StagedBatch | undefined> {
    const bytes = idPattern.test(id) ? await readIfThere(realDisk, at(id, 'batch.json')) : undefined;
    if (bytes === undefined) return undefined;
    const batch = StagedBatch.parse(JSON.parse(bytes.toString()));
    return batch.id === id ? batch : refuse('store_corrupt', `imports/${id} holds another batch`);
  }

  /** Read again only where it has changed: lists are asked for each second. */
  async function readKept(id: string): Promise<StagedBatch | undefined> {
    const stamp = await stat(at(id, 'batch.json')).then(
      ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
      (error: Error) => error.message,
    );
    const known = kept.get(id);
    if (known?.stamp === stamp) return known.batch;
    const batch = await read(id).catch((error: unknown) => {
      tell(`imports/${id} cannot be read: ${error instanceof Error ? error.message : error}`);
      return undefined;
    });
    kept.set(id, { stamp, batch });
    return batch;
  }

  /** What a killed command, or a crash after the end of a batch, has left. */
  async function sweep(names: readonly string[]): Promise<void> {
    for (const name of names.filter((one) => /^\.[0-9a-f]{16}\.tmp$/.test(one))) {
      const { mtimeMs } = await stat(join(root, name));
      if (Date.now() - mtimeMs > abandonedAfterMs) await rm(join(root, name), { recursive: true });
    }
  }

  async function removeBodies(id: string): Promise<void> {
    for (const name of await listIfThere(realDisk, join(root, id))) if (name !== 'batch.json') await rm(at(id, name), { force: true });
  }

  return {
    async list() {
      const names = await listIfThere(realDisk, root);
      if (sweeps) await sweep(names).catch(() => {});
      const batches = (await Promise.all(names.filter((name) => idPattern.test(name)).map(readKept))).flatMap((batch) => batch ?? []);
      return batches.sort((a, b) => (a.at < b.at ? -1 : 1));
    },
    read: (id) => read(id),
    body: (id, place) => readFile(at(id, bodyName(place))),
    async stage(batch, bodies) {
      const { uid } = await stat(directory);
      // Whoever serves has to read it: a batch that only root can read would be no batch.
      if (process.getuid !== undefined && process.getuid() !== uid)
        throw new OnrecordError('store_write_failed', 'lay documents out as the user who owns the data directory');
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
        const changed = change(current);
        const next = isOver(changed) ? { ...changed, documents: [] } : changed;
        if (changed !== current) await writeDurably(at(id, 'batch.json'), Buffer.from(`${JSON.stringify(next)}\n`));
        if (isOver(next)) await removeBodies(id);
        return next;
      }),
  };
}
