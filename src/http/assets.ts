import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type BuildFailure, buildSync } from 'esbuild';
import { checkPolicy } from '../press/pages/check.ts';
import type { PageAssets } from '../press/press.ts';
import { makeResource, type Resource } from '../press/resource.ts';

/** What browsers get beside pages: made once at start, in memory, under names that change with the content. */
export type Assets = PageAssets & {
  /** Addresses for the desk; null while a part does not exist. */
  deskCss: string | null;
  editorJs: string | null;
  findingJs: string | null;
  /** The worker that fingerprints files, among the desk's files as among the public ones. */
  fingerprintWorker: string;
  /** The desk's files by path. */
  deskFiles: ReadonlyMap<string, Resource>;
};

const root = join(import.meta.dirname, '../..');
const forever = 'public, max-age=31536000, immutable';

/**
 * Bundles stylesheets of views/styles and scripts of src/browser; a theme's `tokens` stand after the rules of the public site.
 * @throws Error where one of the public site is missing or wrong
 */
export async function loadAssets({ directory = root, tokens = '' }: { directory?: string; tokens?: string } = {}): Promise<Assets> {
  const [publicCss, publicJs] = [await need(directory, 'views/styles/public.css', { end: tokens }), await need(directory, 'src/browser/public.ts')];
  const [checkCss, checkJs] = [await need(directory, 'views/styles/check.css'), await need(directory, 'src/browser/check.ts')];
  const worker = await need(directory, 'src/browser/fingerprint/fingerprint-worker.ts', { policy: checkPolicy });
  const [deskCss, editorJs] = [await load(directory, 'views/styles/desk.css'), await load(directory, 'src/browser/editor.ts')];
  const findingJs = await load(directory, 'src/browser/finding.ts');
  const text = ({ resource }: Loaded): string => resource.bytes.toString();
  return {
    stylesheet: publicCss.path,
    script: publicJs.path,
    check: { stylesheet: checkCss.path, script: checkJs.path, worker: worker.path },
    offline: { style: text(publicCss) + text(checkCss), script: text(await need(directory, 'src/browser/check-offline.ts')), worker: text(worker) },
    files: filesOf([publicCss, publicJs, checkCss, checkJs, worker]),
    deskCss: deskCss?.path ?? null,
    editorJs: editorJs?.path ?? null,
    findingJs: findingJs?.path ?? null,
    fingerprintWorker: worker.path,
    deskFiles: filesOf([deskCss, editorJs, findingJs, worker]),
  };
}

type Loaded = { path: string; resource: Resource };

function filesOf(loaded: readonly (Loaded | null)[]): ReadonlyMap<string, Resource> {
  return new Map(loaded.flatMap((file) => (file ? [[file.path, file.resource]] : [])));
}

/** `end`: what stands after what was bundled. */
type More = { policy?: string; end?: string };

async function need(directory: string, source: string, more: More = {}): Promise<Loaded> {
  const loaded = await load(directory, source, more);
  if (loaded === null) throw new Error(`${source} is missing`);
  return loaded;
}

/** Null where the source file does not exist; what is wrong inside it throws. */
async function load(directory: string, source: string, { policy, end = '' }: More = {}): Promise<Loaded | null> {
  const isStyle = source.endsWith('.css');
  const bundled = bundle(join(directory, source));
  if (bundled === null) return null;
  const body = Buffer.concat([bundled, Buffer.from(end)]);
  const name = source.slice(source.lastIndexOf('/') + 1, source.lastIndexOf('.'));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const type = isStyle ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  const path = `/assets/${name}.${hash}.${isStyle ? 'css' : 'js'}`;
  return { path, resource: await makeResource({ type, body, cache: forever, ...(policy !== undefined && { policy }) }) };
}

function bundle(file: string): Buffer | null {
  try {
    const { outputFiles } = buildSync({
      entryPoints: [file],
      bundle: true,
      minify: true,
      write: false,
      format: 'iife',
      target: 'es2022',
      charset: 'utf8',
      legalComments: 'none',
      logLevel: 'silent',
    });
    return Buffer.from(outputFiles[0]?.contents ?? []);
  } catch (error) {
    if (isMissingEntry(error, file)) return null;
    throw error;
  }
}

function isMissingEntry(error: unknown, file: string): boolean {
  const isFailure = (thrown: unknown): thrown is BuildFailure => thrown instanceof Error && 'errors' in thrown;
  return isFailure(error) && error.errors.length === 1 && (error.errors[0]?.text ?? '').startsWith(`Could not resolve "${file}"`);
}
