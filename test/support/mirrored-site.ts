import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Test } from 'tap';
import { openMirror } from '../../src/cli/export-mirror.ts';
import { exportSite } from '../../src/cli/export-pass.ts';
import { openSite, type Site } from '../../src/cli/export-site.ts';
import type { Claim } from '../../src/leak/findings.ts';
import { Contents } from '../../src/press/contents.ts';
import type { PressOptions } from '../../src/press/press.ts';
import type { ReadEntries } from '../../src/press/public-log.ts';
import type { PublicStatement } from '../../src/statement/facts.ts';
import { loggedDocument } from './csaf-archive.ts';
import { altered, said } from './findings.ts';
import { agency, createArchive, csafParts, type NewVersion } from './press-fixtures.ts';
import { logOf } from './press-log.ts';
import { openPublicSite, type PublicSite } from './public-site.ts';
import { quickDirectory } from './quick-directory.ts';

/** A public site with a little of everything, whose log grows with it, and places for copies of it. */
export type MirroredSite = PublicSite & {
  clock: { now: number };
  site: Site;
  /** A place for a mirror that is removed with the test. */
  place(): Promise<string>;
  publish(reference: string, version?: Partial<NewVersion>): Promise<PublicStatement>;
  redact(reference: string, version: number): Promise<void>;
  contents(): Promise<Contents>;
};

const claim: Claim = { ...said, id: 'K-1', text: { en: 'Six files were stolen.' }, about: [], finding: 'false', bases: ['origin_denies', 'forensic_report'] };
export const secret = 'Theodora Quist';

export async function openMirroredSite(t: Test): Promise<MirroredSite> {
  const archive = createArchive(() => Buffer.from('<!doctype html>'), true);
  const clock = { now: Date.parse('2026-09-20T00:00:00.000Z') };
  const logs = new Map<number, ReadEntries>();
  const brought = loggedDocument();
  const readSigned: PressOptions['readSigned'] = async (entry, name) => (name === brought.name ? brought.body : archive.readSigned(entry, name));
  const size = (): number => archive.statements().reduce((sum, { versions, notices }) => sum + versions.length + notices.length, 0);
  const readEntries: ReadEntries = (after, limit) => {
    const log = logs.get(size()) ?? logOf(size(), agency.origin, new Map([[0, brought.entry]]));
    logs.set(size(), log);
    return log(after, limit);
  };
  let minute = 0;
  const next = (): string => {
    minute += 1;
    return new Date(Date.parse('2026-09-13T10:00:00.000Z') + minute * 60_000).toISOString();
  };
  const both = { en: {}, fr: {} };
  archive.publish('2026-0001', { at: next(), texts: both, findings: { artefacts: [altered], collections: [], claims: [claim] } });
  archive.publish('2026-0001', { at: next(), texts: both, findings: { artefacts: [altered], collections: [], claims: [claim] } });
  archive.publish('2026-0001', {
    ...{ at: next(), kind: 'correction', corrects: 1, texts: both, nextUpdate: { type: 'by', at: '2026-09-21T00:00:00.000Z' } },
    findings: { artefacts: [altered], collections: [], claims: [claim] },
  });
  archive.publish('2026-0002', { at: next(), texts: { en: { summary: `It names ${secret}, who is nobody's business.` } } });
  archive.publish('2026-0002', { at: next() });
  archive.publish('EX-2026-0001', { at: next() });
  archive.publish('2026-0003', { at: next() });
  archive.publish('2026-0003', { at: next(), kind: 'withdrawal' });
  for (let n = 0; n < 46; n += 1) archive.publish('2026-0004', { at: next() });
  // With a date of its own nothing here changes with the clock for ever.
  const security = { contact: 'https://record.agency.example/press', expiresAt: '2027-03-01T00:00:00.000Z' };
  const open = await openPublicSite(t, archive, { readEntries, readSigned, now: () => clock.now, csaf: { ...csafParts(), security } });
  await open.press.goOnWithCsaf();
  const site = openSite(new URL(open.url), null);
  t.teardown(site.close);
  return {
    ...open,
    clock,
    site,
    place: async () => {
      const parent = await quickDirectory('mirror');
      t.teardown(() => rm(parent, { recursive: true, force: true }));
      return join(parent, 'mirror');
    },
    publish: async (reference, version = {}) => {
      const statement = archive.publish(reference, { at: next(), ...version });
      await open.press.advance(statement);
      return statement;
    },
    redact: async (reference, version) => open.press.advance(archive.redact(reference, version, 'personal_data', next())),
    contents: async () => Contents.parse(JSON.parse((await open.ask('/contents.json')).body.toString())),
  };
}

/** Exports once; the directory can be opened again. */
export async function exportOnce(directory: string, site: Site, everything = true) {
  const mirror = await openMirror(directory);
  try {
    return await exportSite(site, mirror, everything);
  } finally {
    await mirror.close();
  }
}

/** Every file below a directory that holds these words, packed or not. */
export async function filesSaying(directory: string, words: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const bytes = await readFile(join(entry.parentPath, entry.name));
    const plain = entry.name.endsWith('.gz') ? gunzipSync(bytes) : entry.name.endsWith('.br') ? brotliDecompressSync(bytes) : bytes;
    if (plain.includes(words)) found.push(join(entry.parentPath, entry.name).slice(directory.length));
  }
  return found;
}

/** Addresses of this site that a document leads to, without what it asks. */
export function linksIn(body: string, links: string, publicUrl: string, path: string): readonly string[] {
  const plain = body.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
  const told = [...plain.matchAll(/(?:href|src|action)="([^"#]+)/g), ...plain.matchAll(/(https?:\/\/[^\s"'<>)\\,#]+)/g), ...links.matchAll(/<([^>]+)>/g)];
  return told.flatMap(([, link = '']) => {
    const url = URL.canParse(link, publicUrl + path) ? new URL(link, publicUrl + path) : null;
    return url?.origin === publicUrl ? [url.pathname] : [];
  });
}
