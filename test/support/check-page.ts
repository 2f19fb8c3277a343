import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Test } from 'tap';
import { loadAssets } from '../../src/http/assets.ts';
import { registerFile } from '../../src/ledger/register-file.ts';
import type { RegisterHead } from '../../src/press/register-head.ts';
import type { PublicStatement } from '../../src/statement/facts.ts';
import { type Archive, createArchive } from './press-fixtures.ts';
import { openPublicSite, type PublicSite } from './public-site.ts';
import type { SharedBrowser } from './shared-browser.ts';

/** `/check` on a real server, and a person's hands on it. */
export async function openCheckSite(t: Test, head: RegisterHead | null): Promise<PublicSite> {
  return openPublicSite(t, archiveWith(head), { assets: await loadAssets() });
}

/** An archive whose one entry lists this state of the register. */
export function archiveWith(head: RegisterHead | null): Archive {
  const archive = createArchive();
  archive.publish('2026-0001', { at: '2026-09-13T16:10:00.000Z', texts: { en: {}, fr: {} } });
  if (head === null) return archive;
  const { register, bytes } = head;
  const { body: _body, ...file } = registerFile(register);
  const listed = ([first, ...others]: readonly PublicStatement[]): PublicStatement[] =>
    first ? [{ ...first, versions: first.versions.map((version) => ({ ...version, files: [...version.files, file] })) }, ...others] : [];
  return {
    ...archive,
    statements: () => listed(archive.statements()),
    readSigned: async (entry, name) => (name === file.name ? bytes : archive.readSigned(entry, name)),
  };
}

export type Hands = { page: Page; errors: string[]; check(file: Pickable): Promise<string> };
export type Pickable = { name: string; buffer: Buffer } | string;

/** A page at this address; what its console complains of is kept. `check` gives what a screen reader is told at the end. */
export async function openCheck(browser: SharedBrowser, url: string, options: BrowserContextOptions = {}): Promise<Hands> {
  const page = await (await browser.newContext({ viewport: { width: 390, height: 844 }, ...options })).newPage();
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.goto(url);
  const check = async (file: Pickable): Promise<string> => {
    await inPart(page, 'files').setInputFiles(typeof file === 'string' ? file : { mimeType: '', ...file });
    return outcome(page);
  };
  return { page, errors, check };
}

/** The live region once nothing is being worked on. */
export async function outcome(page: Page): Promise<string> {
  await inPart(page, 'results').waitFor();
  await inPart(page, 'work').waitFor({ state: 'hidden' });
  return (await inPart(page, 'status').textContent()) ?? '';
}

/** The visible one of the elements with this name: an offline copy has one in each language. */
export function inPart(page: Page, name: string) {
  return page.locator(`:not([hidden]) > [data-check] [data-part="${name}"]`).first();
}

/** What a person's file manager does: the browser itself opens the path. */
export async function dropPath(page: Page, path: string): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const box = await inPart(page, 'drop').boundingBox();
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, x: (box?.x ?? 0) + 40, y: (box?.y ?? 0) + 40, data });
}
