import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Accepted } from '../../src/cli/import-files.ts';
import { originalName, readImported } from '../../src/imports/document.ts';
import { encodeEntry } from '../../src/ledger/entry.ts';
import { sha256Hex } from '../../src/ledger/hash.ts';
import { newFile } from '../../src/ledger/version-file.ts';

/** Documents as an agency finds them in its archive. */

const shared = join(import.meta.dirname, '../../../shared/data/csaf');

/** 240 documents by their paths: real ones of a national agency, or where those do not lie beside this clone as many that are made. */
export async function wholeArchive(t: Test): Promise<readonly string[]> {
  const names = await readdir(shared).catch(() => null);
  if (names !== null) return names.sort().map((name) => join(shared, name));
  process.stderr.write('\n*** ../shared/data/csaf IS NOT ON THIS MACHINE: documents are made instead ***\n\n');
  const directory = t.testdir({});
  const made = Array.from({ length: 240 }, (_, n) => ({ path: join(directory, `old-${n}.json`), bytes: archivedBytes({ id: `OLD-${n}` }) }));
  await Promise.all(made.map(({ path, bytes }) => writeFile(path, bytes)));
  return made.map(({ path }) => path);
}

type Given = {
  id?: string;
  version?: string;
  title?: string;
  namespace?: string;
  publisher?: string;
  status?: string;
  label?: string | null;
  lang?: string;
  note?: string;
  summary?: string;
  url?: string;
};

/** A valid CSAF 2.0 document of the smallest kind; version n has n revisions, a day apart. */
export function archived({ id = 'OLD-2019-007', version = '1', ...given }: Given = {}): object {
  const revisions = /^[0-9]+$/.test(version) ? Array.from({ length: Number(version) }, (_, index) => `${index + 1}`) : [version];
  const on = (place: number): string => new Date(Date.UTC(2019, 4, 7 + place, 10)).toISOString();
  const tlp = given.label === null ? {} : { distribution: { tlp: { label: given.label ?? 'WHITE' } } };
  return {
    document: {
      category: 'csaf_base',
      csaf_version: '2.0',
      ...tlp,
      lang: given.lang ?? 'en',
      notes: [{ category: 'summary', title: 'In short', text: given.note ?? 'A mail server was left open.' }],
      publisher: { category: 'coordinator', name: given.publisher ?? 'Old Agency', namespace: given.namespace ?? 'https://www.agency.example' },
      references: [{ category: 'external', summary: given.summary ?? 'The warning of that day', url: given.url ?? 'https://www.agency.example/2019/7' }],
      title: given.title ?? 'Open mail servers at Lumen',
      tracking: {
        current_release_date: on(revisions.length - 1),
        id,
        initial_release_date: on(0),
        revision_history: revisions.map((number, place) => ({ date: on(place), number, summary: place === 0 ? 'First warning' : `Correction ${place}` })),
        status: given.status ?? 'final',
        version,
      },
    },
  };
}

export function archivedBytes(given: Given = {}): Buffer {
  return Buffer.from(JSON.stringify(archived(given), null, 2));
}

/** A document that was read and found valid, as the command line hands it on; its file lies in `directory`. */
export async function acceptedIn(directory: string, given: Given = {}): Promise<Accepted> {
  const bytes = archivedBytes(given);
  const path = join(directory, `${sha256Hex(bytes).slice(0, 12)}.json`);
  await writeFile(path, bytes);
  const reading = readImported(bytes);
  if ('objections' in reading) throw new Error(JSON.stringify(reading.objections));
  const { title, publisher, tracking } = reading.document.document;
  const { id, version, initial_release_date: issuedAt, current_release_date: changedAt } = tracking;
  return { path, candidate: { path, ...reading.mark, id, version, issuedAt, changedAt, sha256: sha256Hex(bytes) }, title, publisher: publisher.name };
}

/** A document as the log and the store of a press that was made by hand have it. */
export function loggedDocument(given: Given = {}): { name: string; body: Buffer; entry: Buffer } {
  const body = archivedBytes(given);
  const reading = readImported(body);
  if ('objections' in reading) throw new Error(JSON.stringify(reading.objections));
  const { id, version, initial_release_date: issuedAt, current_release_date: changedAt } = reading.document.document.tracking;
  const { body: _body, ...file } = newFile(originalName(reading.mark, 1), 'application/json', body);
  const imported = { ...reading.mark, id, version, issuedAt, changedAt };
  const entry = encodeEntry({ type: 'https://record.test/vocab/log-entry/v2', event: 'imported', at: '2026-09-13T09:00:00.000Z', imported, files: [file] });
  return { name: file.name, body, entry };
}
