import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { bundlesOf } from '../../src/bundles.ts';

/** A release of two files. */
async function release(t: { teardown(end: () => Promise<void>): void }): Promise<{ directory: string; kept: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-bundles-'));
  t.teardown(() => rm(directory, { recursive: true }));
  await mkdir(join(directory, 'node_modules'));
  await writeFile(join(directory, 'word.ts'), "export const word: string = 'first';\n");
  await writeFile(join(directory, 'page.ts'), "import { word } from './word.ts';\ndocument.title = word;\n");
  return { directory, kept: join(directory, 'node_modules/.cache/onrecord-bundles.json') };
}

const pageOf = (directory: string): string => bundlesOf(directory, ['page.ts'])('page.ts').toString();

t.test('a bundle is taken again while what it was made of is unchanged, and made anew when an imported file changes', async (t) => {
  const { directory, kept } = await release(t);
  const first = pageOf(directory);
  t.match(first, 'first');
  const marked = (await readFile(kept, 'utf8')).replace('document.title', 'document.mark');
  await writeFile(kept, marked);
  t.match(pageOf(directory), 'document.mark', 'the kept one is used');
  await writeFile(join(directory, 'word.ts'), "export const word: string = 'second';\n");
  t.match(pageOf(directory), 'second');
  t.notMatch(pageOf(directory), 'document.mark');
});

t.test('what is kept and cannot be read, or was made for other sources or packages, is made anew', async (t) => {
  const { directory, kept } = await release(t);
  const first = pageOf(directory);
  for (const spoilt of ['', '{}', '{"tool":"0.0.1","inputs":{},"bundles":{"page.ts":"alert(1)"}}']) {
    await writeFile(kept, spoilt);
    t.equal(pageOf(directory), first);
  }
  await writeFile(join(directory, 'style.css'), 'body { color: black }\n');
  t.match(bundlesOf(directory, ['page.ts', 'style.css'])('style.css').toString(), 'body');
  const marked = (await readFile(kept, 'utf8')).replace('document.title', 'document.mark');
  await writeFile(kept, marked);
  await writeFile(join(directory, 'package-lock.json'), '{}');
  t.notMatch(pageOf(directory), 'document.mark');
});

t.test('where nothing can be kept, a bundle is made each time; a source that is missing or wrong is an error', async (t) => {
  const { directory, kept } = await release(t);
  await mkdir(kept, { recursive: true });
  t.equal(pageOf(directory), pageOf(directory));
  await writeFile(join(directory, 'word.ts'), 'export const = ;\n');
  t.throws(() => pageOf(directory));
  t.throws(() => bundlesOf(directory, ['nowhere.ts']));
});
