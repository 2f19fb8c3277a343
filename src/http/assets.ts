import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { checkPolicy } from '../press/pages/check.ts';
import type { PageAssets } from '../press/press.ts';
import { makeResource, type Resource, type ResourceDraft } from '../press/resource.ts';

/** What browsers get beside pages: made once at start, in memory, under names that change with the content. */
export type Assets = PageAssets & {
  /** Addresses for the desk. */
  deskCss: string;
  deskJs: string;
  editorJs: string;
  findingJs: string;
  /** The worker that fingerprints files, among the desk's files as among the public ones. */
  fingerprintWorker: string;
  /** The desk's files by path. */
  deskFiles: ReadonlyMap<string, Resource>;
};

const root = join(import.meta.dirname, '../..');
const forever = 'public, max-age=31536000, immutable';

/**
 * Bundles stylesheets of views/styles and scripts of src/browser; a theme's `tokens` stand after the rules of the public site.
 * @throws Error where one is missing or wrong
 */
export async function loadAssets({ directory = root, tokens = '' }: { directory?: string; tokens?: string } = {}): Promise<Assets> {
  // Open to all: a frame that a newspaper locks up belongs to no site, and still has to look like ours.
  const publicCss = await load(directory, 'views/styles/public.css', { crossOrigin: true }, tokens);
  const publicJs = await load(directory, 'src/browser/public.ts');
  const [checkCss, checkJs] = [await load(directory, 'views/styles/check.css'), await load(directory, 'src/browser/check.ts')];
  const worker = await load(directory, 'src/browser/fingerprint/fingerprint-worker.ts', { policy: checkPolicy });
  const [deskCss, deskJs] = [await load(directory, 'views/styles/desk.css'), await load(directory, 'src/browser/desk.ts')];
  const [editorJs, findingJs] = [await load(directory, 'src/browser/editor.ts'), await load(directory, 'src/browser/finding.ts')];
  const text = ({ resource }: Loaded): string => resource.bytes.toString();
  return {
    stylesheet: publicCss.path,
    script: publicJs.path,
    check: { stylesheet: checkCss.path, script: checkJs.path, worker: worker.path },
    offline: { style: text(publicCss) + text(checkCss), script: text(await load(directory, 'src/browser/check-offline.ts')), worker: text(worker) },
    files: filesOf([publicCss, publicJs, checkCss, checkJs, worker]),
    deskCss: deskCss.path,
    deskJs: deskJs.path,
    editorJs: editorJs.path,
    findingJs: findingJs.path,
    fingerprintWorker: worker.path,
    deskFiles: filesOf([deskCss, deskJs, editorJs, findingJs, worker]),
  };
}

type Loaded = { path: string; resource: Resource };

function filesOf(loaded: readonly Loaded[]): ReadonlyMap<string, Resource> {
  return new Map(loaded.map((file) => [file.path, file.resource]));
}

type Rules = Pick<ResourceDraft, 'policy' | 'crossOrigin'>;

/** @param end what stands after what was bundled */
async function load(directory: string, source: string, rules: Rules = {}, end = ''): Promise<Loaded> {
  const isStyle = source.endsWith('.css');
  const body = Buffer.concat([bundle(join(directory, source)), Buffer.from(end)]);
  const name = source.slice(source.lastIndexOf('/') + 1, source.lastIndexOf('.'));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const type = isStyle ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  const path = `/assets/${name}.${hash}.${isStyle ? 'css' : 'js'}`;
  return { path, resource: await makeResource({ type, body, cache: forever, ...rules }) };
}

function bundle(file: string): Buffer {
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
}
