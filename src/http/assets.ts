import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { bundlesOf } from '../bundles.ts';
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

const sources = [
  'views/styles/public.css',
  'views/styles/check.css',
  'views/styles/desk.css',
  'src/browser/public.ts',
  'src/browser/check.ts',
  'src/browser/check-offline.ts',
  'src/browser/fingerprint/fingerprint-worker.ts',
  'src/browser/desk.ts',
  'src/browser/editor.ts',
  'src/browser/finding.ts',
] as const;
type Source = (typeof sources)[number];

const made = new Map<string, Promise<Assets>>();

/**
 * Bundles stylesheets of views/styles and scripts of src/browser; a theme's `tokens` stand after the rules of the public site. What a
 * release consists of does not change while it runs: it is made once.
 * @throws Error where one is missing or wrong
 */
export function loadAssets({ tokens = '' }: { tokens?: string } = {}): Promise<Assets> {
  const assets = made.get(tokens) ?? makeAssets(tokens);
  made.set(tokens, assets);
  return assets;
}

async function makeAssets(tokens: string): Promise<Assets> {
  const bundled = bundlesOf(root, sources);
  const load = (source: Source, rules: Rules = {}, end = ''): Promise<Loaded> => shelve(source, Buffer.concat([bundled(source), Buffer.from(end)]), rules);
  // Open to all: a frame that a newspaper locks up belongs to no site, and still has to look like ours.
  const publicCss = await load('views/styles/public.css', { crossOrigin: true }, tokens);
  const publicJs = await load('src/browser/public.ts');
  const [checkCss, checkJs] = [await load('views/styles/check.css'), await load('src/browser/check.ts')];
  const worker = await load('src/browser/fingerprint/fingerprint-worker.ts', { policy: checkPolicy });
  const [deskCss, deskJs] = [await load('views/styles/desk.css'), await load('src/browser/desk.ts')];
  const [editorJs, findingJs] = [await load('src/browser/editor.ts'), await load('src/browser/finding.ts')];
  const text = ({ resource }: Loaded): string => resource.bytes.toString();
  return {
    stylesheet: publicCss.path,
    script: publicJs.path,
    check: { stylesheet: checkCss.path, script: checkJs.path, worker: worker.path },
    offline: { style: text(publicCss) + text(checkCss), script: bundled('src/browser/check-offline.ts').toString(), worker: text(worker) },
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

async function shelve(source: Source, body: Buffer, rules: Rules): Promise<Loaded> {
  const isStyle = source.endsWith('.css');
  const name = source.slice(source.lastIndexOf('/') + 1, source.lastIndexOf('.'));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  const type = isStyle ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8';
  const path = `/assets/${name}.${hash}.${isStyle ? 'css' : 'js'}`;
  return { path, resource: await makeResource({ type, body, cache: forever, ...rules }) };
}
