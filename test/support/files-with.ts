import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Paths below a directory whose files hold these words. */
export async function filesWith(directory: string, words: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if ((await readFile(path)).includes(words)) found.push(path.slice(directory.length));
  }
  return found;
}
