import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { readText } from '../src/leak/fingerprint/text.ts';

/** Real public texts: advisories of a national agency, the manuals of the packages that are installed here, our own pages. */

const root = join(import.meta.dirname, '..');
const advisories = join(root, '../shared/data/csaf');

/** `author` is who wrote it: a vendor's name, a repository's owner. `paragraphs` in order. */
export type Text = { name: string; author: string; paragraphs: readonly string[] };

/** Fixed passages of the coordinator, the same in most advisories. */
const boilerplate = new Set(['CISA Disclaimer', 'Legal Notice', 'Recommended Practices', 'Additional Resources']);
const Note = z.object({ title: z.string().optional(), text: z.string() });
const Advisory = z.object({
  document: z.object({ title: z.string(), notes: z.array(Note).default([]) }),
  product_tree: z.object({ branches: z.array(z.object({ name: z.string() })).default([]) }).default({ branches: [] }),
  vulnerabilities: z.array(z.object({ notes: z.array(Note).default([]), remediations: z.array(z.object({ details: z.string() })).default([]) })).default([]),
});

/** Advisories as they were published, or only the words that are their own. None, said loudly, where the data is not. */
export function readAdvisories(kind: 'as published' | 'own words'): readonly Text[] {
  if (!existsSync(advisories)) {
    process.stderr.write('\n*** ../shared/data/csaf IS NOT ON THIS MACHINE: measured without the advisories ***\n\n');
    return [];
  }
  const isWanted = ({ title }: z.infer<typeof Note>): boolean => kind === 'as published' || !boilerplate.has(title ?? '');
  return filesIn(advisories, /\.json$/).flatMap((path) => {
    const { document, product_tree: tree, vulnerabilities } = Advisory.parse(JSON.parse(readFileSync(path, 'utf8')));
    const parts = [
      document.title,
      ...document.notes.filter(isWanted).map(({ text }) => text),
      ...vulnerabilities.flatMap(({ notes, remediations }) => [...notes.map(({ text }) => text), ...remediations.map(({ details }) => details)]),
    ];
    return comparable({ name: path.slice(advisories.length + 1), author: tree.branches[0]?.name ?? 'nobody', paragraphs: [...new Set(parts.flatMap(split))] });
  });
}

const Package = z.object({ repository: z.union([z.string(), z.object({ url: z.string() })]).optional() });

/** The README files of installed packages. */
export function readManuals(): readonly Text[] {
  const folder = join(root, 'node_modules');
  return filesIn(folder, /^readme\.md$/i).flatMap((path) => {
    const manifest = join(path, '../package.json');
    if (!existsSync(manifest)) return [];
    const { repository } = Package.parse(JSON.parse(readFileSync(manifest, 'utf8')));
    const address = typeof repository === 'string' ? repository : (repository?.url ?? '');
    const owner = /([\w.-]+)\/[\w.-]+$/.exec(address.replace(/^.*github\.com[/:]/, ''))?.[1] ?? relative(folder, path);
    return comparable({ name: relative(folder, path), author: owner.toLowerCase(), paragraphs: split(readFileSync(path, 'utf8')) });
  });
}

/** Our own pages, of which half are French. */
export function readPages(): readonly Text[] {
  return filesIn(join(root, 'content/pages'), /\.md$/).flatMap((path) =>
    comparable({ name: relative(root, path), author: 'onrecord', paragraphs: split(readFileSync(path, 'utf8')) }),
  );
}

const split = (text: string): readonly string[] => text.split(/\n\s*\n/).filter((part) => part.trim() !== '');

/** The text, if it is long enough to be compared at all. */
function comparable(text: Text): readonly Text[] {
  return 'words' in readText(text.paragraphs.join('\n\n')) ? [text] : [];
}

function filesIn(folder: string, name: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
