import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync, version } from 'esbuild';
import { z } from 'zod';

/**
 * Scripts and stylesheets for browsers, each source with all that it imports in one file. What was made is kept with the packages, as
 * compiled code is (bin/onrecord.js), and taken again while everything that it was made of is unchanged: making it is a process of its own,
 * and half of a start.
 */

/** By source: its bundle. `inputs`: the SHA-256 of each file that went into one, by path from the directory. */
const Made = z.strictObject({ tool: z.string(), inputs: z.record(z.string(), z.string()), bundles: z.record(z.string(), z.string()) });
type Made = z.infer<typeof Made>;

/** Which packages there are, and how they are found. */
const rules = ['package-lock.json', 'tsconfig.json'];

/** @param directory the root of a release @param sources paths from there @throws Error where one is missing or wrong */
export function bundlesOf(directory: string, sources: readonly string[]): (source: string) => Buffer {
  const { bundles } = keptOf(directory, sources) ?? make(directory, sources);
  return (source) => {
    const bundle = bundles[source];
    if (bundle === undefined) throw new Error(`${source} was not bundled`);
    return Buffer.from(bundle);
  };
}

const keptIn = (directory: string): string => join(directory, 'node_modules/.cache/onrecord-bundles.json');

/** Null where nothing is kept, or not of these sources as they are. */
function keptOf(directory: string, sources: readonly string[]): Made | null {
  const made = Made.safeParse(readJson(keptIn(directory))).data;
  if (made?.tool !== version || sources.some((source) => made.bundles[source] === undefined)) return null;
  return Object.entries(made.inputs).every(([path, hash]) => hashOf(join(directory, path)) === hash) ? made : null;
}

/** One run for all of them. */
function make(directory: string, sources: readonly string[]): Made {
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: directory,
    entryPoints: sources.map((source) => ({ in: join(directory, source), out: source })),
    outdir: directory,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
  const bundles = sources.map((source) => [source, texts.get(join(directory, source.endsWith('.css') ? `${source}.css` : `${source}.js`))] as const);
  const inputs = [...rules, ...Object.keys(metafile.inputs)].map((path) => [path, hashOf(join(directory, path))]);
  const made = Made.parse({ tool: version, inputs: Object.fromEntries(inputs), bundles: Object.fromEntries(bundles) });
  keep(directory, made);
  return made;
}

/** Where nobody may write, nothing is kept. */
function keep(directory: string, made: Made): void {
  const path = keptIn(directory);
  const beside = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, JSON.stringify(made));
    renameSync(beside, path);
  } catch {
    rmSync(beside, { force: true });
  }
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}

/** Of a file that is not there as well: it may appear. */
function hashOf(path: string): string {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    return 'none';
  }
}
