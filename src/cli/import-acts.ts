import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { bringAlong, type Candidate, type Outcome, readKnown } from '../desk/bring-along.ts';
import { OnrecordError } from '../errors.ts';
import { type KnownDocuments, knownDocuments } from '../imports/known.ts';
import { anchorPath, loadSigners } from '../keys.ts';
import { type Entry, encodeEntry, isImportedEntry, isVersionEntry } from '../ledger/entry.ts';
import { realDisk } from '../store/disk.ts';
import { openEmbeddedStore } from '../store/embedded.ts';
import { loadLog } from '../store/embedded-log.ts';
import { openStagedImports } from '../store/embedded-staged-imports.ts';
import { digestOf, type StagedBatch } from '../store/staged-imports.ts';
import type { Store } from '../store/store.ts';
import type { Accepted } from './import-files.ts';
import { showProgress } from './progress.ts';

/** What became of the documents: on record, laid out for two publishers (`batch`: where), or merely looked at. */
export type Brought = { outcomes: readonly Outcome[]; how: 'recorded' | 'staged' | 'tried'; batch: string | null };

const committedAtOnce = 50;

/**
 * Nobody has published yet: whoever sets up the house brings its archive along. Once somebody has, or while the service runs, two
 * publishers confirm it.
 */
export async function importDocuments(config: Config, accepted: readonly Accepted[], isTrial: boolean): Promise<Brought> {
  const candidates = accepted.map(({ candidate }) => candidate);
  const entries = await readEntries(config);
  const trial = await tryOut(config, candidates, knownIn(entries));
  if (isTrial) return { outcomes: trial, how: 'tried', batch: null };
  if (!trial.some(({ decision }) => decision.act === 'add')) return { outcomes: trial, how: 'recorded', batch: null };
  if (entries.some(isVersionEntry)) return stage(config, accepted, trial);
  const store = await openToWrite(config);
  if (store === null) return stage(config, accepted, trial);
  // The files took a while: somebody may have published meanwhile.
  if ((await store.list({ public: true })).length === 0) return record(config, candidates, store);
  await store.close();
  return stage(config, accepted, trial);
}

async function readEntries(config: Config): Promise<readonly Entry[]> {
  const { signer, previous } = await loadSigners(config);
  return (await loadLog({ disk: realDisk, directory: config.dataDirectory, signer, previous })).entries;
}

function knownIn(entries: readonly Entry[]): KnownDocuments {
  const known = knownDocuments();
  for (const [number, entry] of entries.entries()) if (isImportedEntry(entry)) known.take(number, entry);
  return known;
}

/** The same decisions, and nothing is written. */
async function tryOut({ agency }: Config, candidates: readonly Candidate[], known: KnownDocuments): Promise<readonly Outcome[]> {
  let number = Number.MAX_SAFE_INTEGER - candidates.length;
  const declare: Store['declare'] = async (change) => {
    const { entries } = change({ ...nothing, entry: () => ({ index: 0, at: new Date(0).toISOString() }) });
    return entries.map((entry) => ({ index: number++, bytes: encodeEntry(entry), entry, files: [] }));
  };
  return collect(bringAlong(candidates, { store: { declare }, origin: agency.origin, known, read: readAgain, atOnce: committedAtOnce }), null);
}

const nothing = {
  log: 1,
  prev: () => null,
  reference: (): never => {
    throw new RangeError('a document has no reference');
  },
  register: () => null,
};

/** Null while another process holds the data. */
async function openToWrite(config: Config): Promise<Store | null> {
  const { signer, previous } = await loadSigners(config);
  try {
    return await openEmbeddedStore({ directory: config.dataDirectory, signer, previous, anchorFile: anchorPath(config), now: Date.now });
  } catch (error) {
    if (error instanceof OnrecordError && error.code === 'store_locked') return null;
    throw error;
  }
}

async function record({ agency }: Config, candidates: readonly Candidate[], store: Store): Promise<Brought> {
  const progress = showProgress('importing', candidates.length);
  try {
    const known = await readKnown(store);
    const work = bringAlong(candidates, { store, origin: agency.origin, known, read: readAgain, atOnce: committedAtOnce });
    return { outcomes: await collect(work, progress.step), how: 'recorded', batch: null };
  } finally {
    progress.end();
    await store.close();
  }
}

/** What waits already is not laid out a second time. */
async function stage({ dataDirectory }: Config, accepted: readonly Accepted[], trial: readonly Outcome[]): Promise<Brought> {
  const staged = openStagedImports({ directory: dataDirectory });
  const waiting = new Set((await staged.list()).flatMap(({ documents }) => documents.map(({ sha256 }) => sha256)));
  const added = new Set(trial.filter(({ decision }) => decision.act === 'add').map(({ candidate }) => candidate));
  const wanted = accepted.filter(({ candidate }) => added.has(candidate) && !waiting.has(candidate.sha256));
  if (wanted.length === 0) return { outcomes: trial, how: 'staged', batch: null };
  const documents = wanted.map(({ candidate, title, publisher }) => ({ ...candidate, title, publisher }));
  const batch: StagedBatch = {
    id: randomBytes(8).toString('hex'),
    at: new Date().toISOString(),
    count: documents.length,
    documents,
    digest: digestOf(documents),
    acts: [],
  };
  const bodies = async function* (): AsyncGenerator<Buffer> {
    for (const { candidate } of wanted) yield readAgain(candidate);
  };
  await staged.stage(batch, bodies());
  return { outcomes: trial, how: 'staged', batch: batch.id };
}

const readAgain = ({ path }: Candidate): Promise<Buffer> => readFile(path);

async function collect(work: AsyncGenerator<readonly Outcome[]>, step: ((count: number) => void) | null): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const group of work) {
    outcomes.push(...group);
    step?.(group.length);
  }
  return outcomes;
}
