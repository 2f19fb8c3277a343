import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { bringAlong, type Candidate, type Outcome, readKnown } from '../desk/bring-along.ts';
import { OnrecordError } from '../errors.ts';
import { type KnownDocuments, knownDocuments } from '../imports/known.ts';
import { type Keeping, openStore, readLogs, withStagedImports } from '../keeping.ts';
import { loadSigners } from '../keys.ts';
import { encodeEntry, isImportedEntry } from '../ledger/entry.ts';
import { keepGists } from '../press/fill-gists.ts';
import { digestOf, type StagedBatch, type StagedImports } from '../store/staged-imports.ts';
import type { Store } from '../store/store.ts';
import type { Accepted } from './import-files.ts';
import { withProgress } from './progress.ts';

/** What became of the documents: on record, laid out for two publishers (`batch`: where), or merely looked at. */
export type Brought = { outcomes: readonly Outcome[]; how: 'recorded' | 'staged' | 'tried'; batch: string | null };

type Opened = Pick<Keeping, 'store' | 'prints' | 'close'>;

const committedAtOnce = 50;

/**
 * Nobody has published yet: whoever sets up the house brings its archive along. Once somebody has, or while the service runs, two
 * publishers confirm it.
 */
export async function importDocuments(config: Config, accepted: readonly Accepted[], isTrial: boolean): Promise<Brought> {
  const candidates = accepted.map(({ candidate }) => candidate);
  const opened = isTrial ? null : await openWhileUnpublished(config);
  if (opened !== null) return record(config, candidates, opened);
  const trial = await tryOut(config, candidates);
  if (isTrial) return { outcomes: trial, how: 'tried', batch: null };
  const isNew = trial.some(({ decision }) => decision.act === 'add');
  return isNew ? stage(config, accepted, trial) : { outcomes: trial, how: 'recorded', batch: null };
}

/** Null while another process holds the data, and once somebody has published: asked under the lock, so that nobody publishes meanwhile. */
async function openWhileUnpublished(config: Config): Promise<Opened | null> {
  const { signer, previous } = await loadSigners(config);
  try {
    const opened = await openStore(config, { signer, previous });
    if ((await opened.store.list({ public: true })).length === 0) return opened;
    await opened.close();
    return null;
  } catch (error) {
    if (error instanceof OnrecordError && error.code === 'store_locked') return null;
    throw error;
  }
}

/** Read beside a service that may run. */
async function readKnownAside(config: Config): Promise<KnownDocuments> {
  const { signer, previous } = await loadSigners(config);
  const { entries } = await readLogs(config, { signer, previous });
  const known = knownDocuments();
  for (const [number, entry] of entries.entries()) if (isImportedEntry(entry)) known.take(number, entry);
  return known;
}

/** The same decisions, and nothing is written. */
async function tryOut(config: Config, candidates: readonly Candidate[]): Promise<readonly Outcome[]> {
  const known = await readKnownAside(config);
  let number = Number.MAX_SAFE_INTEGER - candidates.length;
  const declare: Store['declare'] = async (change) => {
    const { entries } = change({ ...nothing, entry: () => ({ index: 0, at: new Date(0).toISOString() }) });
    return entries.map((entry) => ({ index: number++, bytes: encodeEntry(entry), entry, files: [] }));
  };
  return collect(bringAlong(candidates, { store: { declare }, origin: config.agency.origin, known, read: readAgain, atOnce: committedAtOnce }), null);
}

const nothing = {
  log: 1,
  prev: () => null,
  reference: (): never => {
    throw new RangeError('a document has no reference');
  },
  register: () => null,
  frozen: () => false,
};

async function record({ agency }: Config, candidates: readonly Candidate[], { store, prints, close }: Opened): Promise<Brought> {
  try {
    const known = await readKnown(store);
    const work = bringAlong(candidates, { store, origin: agency.origin, known, read: readAgain, atOnce: committedAtOnce });
    const outcomes = await withProgress('importing', candidates.length, (step) => collect(work, step));
    await withProgress('reading for search', known.all().length, (step) => keepGists(store, prints, known.all(), step));
    return { outcomes, how: 'recorded', batch: null };
  } finally {
    await close();
  }
}

/** What waits already is not laid out a second time. */
function stage(config: Config, accepted: readonly Accepted[], trial: readonly Outcome[]): Promise<Brought> {
  return withStagedImports(config, (staged) => layOut(staged, accepted, trial));
}

async function layOut(staged: StagedImports, accepted: readonly Accepted[], trial: readonly Outcome[]): Promise<Brought> {
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
