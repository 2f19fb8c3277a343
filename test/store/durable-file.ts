import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { realDisk } from '../../src/store/disk.ts';
import { writeDurably } from '../../src/store/durable-file.ts';
import { type Fault, faultyDisk } from '../support/store-disks.ts';
import { temporaryDirectory } from '../support/store-fixtures.ts';

const [older, newer] = [Buffer.from('older'), Buffer.from('newer')];

await t.test('a file is replaced whole, readable by its owner alone', async (t) => {
  const directory = await temporaryDirectory(t);
  const path = join(directory, 'file');
  await writeDurably(path, older);
  await writeDurably(path, newer);
  t.same(await readFile(path), newer);
  t.equal((await stat(path)).mode & 0o777, 0o600);
  t.same(await readdir(directory), ['file']);
});

await t.test('a disk that stores other bytes than it acknowledges is caught before the file is replaced', async (t) => {
  const directory = await temporaryDirectory(t);
  const path = join(directory, 'file');
  await writeDurably(path, older);
  const lying = {
    ...realDisk,
    create: async (name: string) => {
      const file = await realDisk.create(name);
      return { ...file, write: (bytes: Uint8Array) => file.write(bytes.subarray(1)) };
    },
  };
  await t.rejects(writeDurably(path, newer, lying), { code: 'store_write_failed' });
  t.same(await readFile(path), older);
  t.same(await readdir(directory), ['file']);
});

await t.test('each failing call leaves old or new, and says which, or that it is unknown', async (t) => {
  const directory = await temporaryDirectory(t);
  const path = join(directory, 'file');
  const { disk, arm, calls } = faultyDisk(realDisk);
  await writeDurably(path, newer, disk);
  const count = calls();
  t.equal(count, 7);
  const codes: Record<Fault['mode'], string[]> = { lost: [], stored: [], dead: [] };
  for (const mode of ['lost', 'stored', 'dead'] as const) {
    for (let at = 1; at <= count; at += 1) {
      await writeDurably(path, older);
      arm({ mode, at });
      const code: unknown = await writeDurably(path, newer, disk).catch((error: { code: string }) => error.code);
      arm(null);
      codes[mode].push(String(code));
      if (code === 'store_write_failed') t.same(await readFile(path), older, `${mode} ${at}`);
    }
  }
  const failed = Array.from({ length: 5 }, () => 'store_write_failed');
  t.same(codes.lost, [...failed, 'store_write_failed', 'store_poisoned'], 'a rename that did not happen is known not to have');
  t.same(codes.stored, [...failed, 'store_poisoned', 'store_poisoned'], 'a rename that happened and was reported failed is unknown');
  t.same(codes.dead, [...failed, 'store_poisoned', 'store_poisoned']);
});
