import type { NamedFile } from './file-queue.ts';

/** Files that a person chose or dropped, folders gone through to their end. `unread`: names of files and folders that the browser would not open. */
export type Chosen = { files: readonly NamedFile[]; unread: readonly string[] };

export function chosenFiles(list: FileList | null): readonly NamedFile[] {
  return [...(list ?? [])].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
}

/** To be called within the drop event: what it carries is gone after it. */
export function droppedFiles({ items, files }: DataTransfer): Promise<Chosen> {
  // A file is taken as such and not as an entry: on a page opened from disk entries cannot be read.
  const taken = [...items].map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  const folders = taken.flatMap(({ entry }) => (entry !== null && isFolder(entry) ? [entry] : []));
  const single = taken.flatMap(({ entry, file }) => (file !== null && !entry?.isDirectory ? [file] : []));
  return folders.length === 0
    ? Promise.resolve({ files: (single.length > 0 ? single : [...files]).map(named), unread: [] })
    : goThrough(folders, single.map(named));
}

const named = (file: File): NamedFile => ({ file, name: file.name });
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const pathOf = ({ fullPath }: FileSystemEntry): string => fullPath.replace(/^\//, '');

async function goThrough(folders: readonly FileSystemDirectoryEntry[], single: readonly NamedFile[]): Promise<Chosen> {
  const [files, unread, waiting] = [[...single], [] as string[], [...folders]];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const entries = await entriesOf(folder).catch(() => null);
    if (entries === null) unread.push(pathOf(folder));
    for (const entry of entries ?? []) {
      if (isFolder(entry)) waiting.push(entry);
      else if (isFile(entry)) {
        const file = await fileOf(entry).catch(() => null);
        if (file === null) unread.push(pathOf(entry));
        else files.push({ file, name: pathOf(entry) });
      }
    }
  }
  return { files, unread };
}

/** A reader gives up to a hundred entries at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
