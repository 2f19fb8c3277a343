import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type BuildFailure, buildSync } from 'esbuild';
import type { PageAssets } from '../press/press.ts';
import { makeResource, type Resource } from '../press/resource.ts';

/** What browsers get beside pages: made once at start, in memory, under names that change with the content. */
export type Assets = PageAssets & {
  /** Addresses for the desk; null while a part does not exist. */
  deskCss: string | null;
  editorJs: string | null;
  /** The desk's files by path. */
  deskFiles: ReadonlyMap<string, Resource>;
};

const root = join(import.meta.dirname, '../..');
const forever = 'public, max-age=31536000, immutable';

/** Bundles stylesheets of views/styles and scripts of src/browser. @throws Error where one of the public site is missing or wrong */
export async function loadAssets(directory: string = root): Promise<Assets> {
  const [publicCss, publicJs] = [await load(directory, 'views/styles/public.css'), await load(directory, 'src/browser/public.ts')];
  if (publicCss === null || publicJs === null) throw new Error('the public stylesheet or script is missing');
  const [deskCss, editorJs] = [await load(directory, 'views/styles/desk.css'), await load(directory, 'src/browser/editor.ts')];
  return {
    stylesheet: publicCss.path,
    script: publicJs.path,
    files: filesOf([publicCss, publicJs]),
    deskCss: deskCss?.path ?? null,
    editorJs: editorJs?.path ?? null,
    deskFiles: filesOf([deskCss, editorJs]),
  };
}

type Loaded = { path: string; resource: Resource };

function filesOf(loaded: readonly (Loaded | null)[]): ReadonlyMap<string, Resource> {
  return new Map(loaded.flatMap((file) => (file ? [[file.path, file.resource]] : [])));
}

/** Null where the source file does not exist; what is wrong inside it throws. */
async function load(directory: string, source: string): Promise<Loaded | null> {
  const isStyle = source.endsWith('.css');
  const body = bundle(join(directory, source));
  if (body === null) return null;
  const name = source.slice(source.lastIndexOf('/') + 1, source.lastIndexOf('.'));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const type = isStyle ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  const path = `/assets/${name}.${hash}.${isStyle ? 'css' : 'js'}`;
  return { path, resource: await makeResource({ type, body, cache: forever }) };
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
