import { dirname } from 'node:path';
import type { Disk, DiskFile } from '../../src/store/disk.ts';

/** Disks for tests: one that fails a chosen call of another disk, and one in memory whose power can be cut. */

const diskCalls = [
  'create',
  'append',
  'read',
  'readAt',
  'stamp',
  'truncate',
  'rename',
  'link',
  'remove',
  'makeDirectory',
  'list',
  'syncDirectory',
] as const satisfies readonly (keyof Disk)[];

/** `lost`: the call does nothing and fails; `stored`: it does its work and is reported failed; `dead`: from this call on all do nothing and fail. */
export type FaultMode = 'lost' | 'stored' | 'dead';
export type Fault = { mode: FaultMode; at: number };
/** `calls` counts since the last `arm`; `broken` says which call failed. */
export type FaultyDisk = { disk: Disk; arm(fault: Fault | null): void; calls(): number; broken(): string | null };

export function faultyDisk(base: Disk): FaultyDisk {
  let fault: Fault | null = null;
  let calls = 0;
  let broken: string | null = null;
  /** `undo`: for what was done and is reported failed, so that nobody ever gets it. */
  const pass = async <T>(name: string, work: () => Promise<T>, undo: (done: T) => unknown = () => undefined): Promise<T> => {
    calls += 1;
    const isHit = fault !== null && (fault.mode === 'dead' ? calls >= fault.at : calls === fault.at);
    if (!isHit) return work();
    broken ??= name;
    if (fault?.mode === 'stored') await undo(await work());
    throw Object.assign(new Error(`injected failure of ${name}`), { code: 'EIO' });
  };
  const wrapFile = (name: string, file: DiskFile): DiskFile => ({
    write: (bytes) => pass(`${name}.write`, () => file.write(bytes)),
    sync: () => pass(`${name}.sync`, () => file.sync()),
    // A descriptor is closed whatever close(2) reports.
    close: () => pass(`${name}.close`, () => file.close()).catch((error: unknown) => file.close().then(() => Promise.reject(error))),
  });
  const close = (file: DiskFile): Promise<void> => file.close();
  const wrapped = Object.fromEntries(
    diskCalls.map((name) => [name, (...given: [string, never, never]) => pass(name, async (): Promise<unknown> => base[name](...given))]),
  );
  return {
    disk: {
      ...base,
      ...wrapped,
      create: (path) => pass('create', () => base.create(path), close).then((file) => wrapFile('create', file)),
      append: (path) => pass('append', () => base.append(path), close).then((file) => wrapFile('append', file)),
    },
    arm: (next) => {
      [fault, calls, broken] = [next, 0, null];
    },
    calls: () => calls,
    broken: () => broken,
  };
}

type File = { now: Buffer; durable: Buffer };
type Directory = { now: Map<string, Node>; durable: Map<string, Node> };
type Node = { file: File } | { directory: Directory };

/**
 * A file system that keeps only what was synced: `cutPower` throws away every write and every name that no fsync reached, except
 * those for which `survives` says otherwise, as a real kernel may have written them by chance.
 */
export type MemoryDisk = Disk & { cutPower(survives?: () => boolean): void; writeUnsynced(path: string, bytes: Buffer): void };

export function memoryDisk(): MemoryDisk {
  const root: Directory = { now: new Map(), durable: new Map() };
  let stamps = 0;

  const directoryAt = (path: string): Directory => {
    let directory = root;
    for (const name of path.split('/').filter(Boolean)) {
      const node = directory.now.get(name);
      if (node === undefined) throw errno('ENOENT', path);
      if (!('directory' in node)) throw errno('ENOTDIR', path);
      directory = node.directory;
    }
    return directory;
  };
  const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const nodeAt = (path: string): Node => directoryAt(dirname(path)).now.get(nameOf(path)) ?? refuse('ENOENT', path);
  const fileAt = (path: string): File => {
    const node = nodeAt(path);
    return 'file' in node ? node.file : refuse('EISDIR', path);
  };
  const put = (path: string, node: Node): void => {
    directoryAt(dirname(path)).now.set(nameOf(path), node);
  };
  const isTaken = (path: string): boolean => directoryAt(dirname(path)).now.has(nameOf(path));
  const handle = (file: File): DiskFile => ({
    write: async (bytes) => {
      file.now = Buffer.concat([file.now, bytes]);
    },
    sync: async () => {
      file.durable = file.now;
    },
    close: async () => {},
  });
  const newFile = (path: string): File => {
    const file: File = { now: Buffer.alloc(0), durable: Buffer.alloc(0) };
    put(path, { file });
    return file;
  };

  return {
    create: async (path) => handle(isTaken(path) ? refuse('EEXIST', path) : newFile(path)),
    append: async (path) => handle(fileAt(path)),
    read: async (path) => Buffer.from(fileAt(path).now),
    readAt: async (path, start, length) => Buffer.from(fileAt(path).now.subarray(start, start + length)),
    stamp: async (path) => {
      fileAt(path);
      stamps += 1;
      return String(stamps);
    },
    truncate: async (path, size) => {
      fileAt(path).now = fileAt(path).now.subarray(0, size);
    },
    rename: async (from, to) => {
      put(to, nodeAt(from));
      directoryAt(dirname(from)).now.delete(nameOf(from));
    },
    link: async (existing, path) => put(path, isTaken(path) ? refuse('EEXIST', path) : nodeAt(existing)),
    remove: async (path) => {
      nodeAt(path);
      directoryAt(dirname(path)).now.delete(nameOf(path));
    },
    makeDirectory: async (path) => put(path, isTaken(path) ? refuse('EEXIST', path) : { directory: { now: new Map(), durable: new Map() } }),
    list: async (path) => [...directoryAt(path).now.keys()],
    syncDirectory: async (path) => {
      const directory = directoryAt(path);
      directory.durable = new Map(directory.now);
    },
    cutPower: (survives = () => false) => cut(root, survives),
    writeUnsynced: (path, bytes) => {
      (isTaken(path) ? fileAt(path) : newFile(path)).now = bytes;
    },
  };
}

function cut(directory: Directory, survives: () => boolean): void {
  const names = new Set([...directory.now.keys(), ...directory.durable.keys()]);
  for (const name of names) {
    const [now, durable] = [directory.now.get(name), directory.durable.get(name)];
    const kept = now === durable || !survives() ? durable : now;
    if (kept === undefined) directory.durable.delete(name);
    else directory.durable.set(name, kept);
  }
  directory.now = new Map(directory.durable);
  for (const node of directory.now.values()) {
    if ('directory' in node) cut(node.directory, survives);
    else if (!node.file.now.equals(node.file.durable)) {
      if (survives()) node.file.durable = torn(node.file);
      node.file.now = node.file.durable;
    }
  }
}

/** What was synced and is still there, and two thirds of what came after it. */
function torn({ now, durable }: File): Buffer {
  let common = 0;
  while (common < now.length && now[common] === durable[common]) common += 1;
  return now.subarray(0, common + Math.ceil(((now.length - common) * 2) / 3));
}

function errno(code: string, path: string): Error {
  return Object.assign(new Error(`${code} ${path}`), { code });
}

function refuse(code: string, path: string): never {
  throw errno(code, path);
}

/** A reproducible coin for `cutPower`, a different one for each trial. */
export function coin(seed: number): () => boolean {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state > 0x7fffffff;
  };
}
