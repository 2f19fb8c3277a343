import { dirname, join } from 'node:path';
import type { Beside, EmptyPlace } from './carrying.ts';
import { type Disk, realDisk } from './disk.ts';
import { makeDirectories, writeDurably, writeNew } from './durable-file.ts';
import { openEmbeddedClearances } from './embedded-clearances.ts';
import { writeDocument } from './embedded-document.ts';
import { closedNames, currentName } from './embedded-log.ts';
import { openEmbeddedOutbox } from './embedded-outbox.ts';
import { openEmbeddedPeople } from './embedded-people.ts';
import { openEmbeddedPrints } from './embedded-prints.ts';
import { createShelf, keepTexts, writeStatement } from './embedded-shelf.ts';
import { openStagedImports } from './embedded-staged-imports.ts';
import { openEmbeddedTimeStamps } from './embedded-time-stamps.ts';
import { Installation, layOut, markerName } from './installation.ts';
import type { LedgerSlice, LoggedEntry } from './store.ts';

/**
 * A directory that becomes a data directory: each file is durable when it is written, the names are once whoever built it has synced the
 * tree. The marker comes last.
 */
export async function openEmptyDirectory(directory: string): Promise<EmptyPlace> {
  const disk: Disk = { ...realDisk, syncDirectory: async () => {} };
  const known = new Set<string>();
  await layOut(directory, known, disk);
  const shelf = createShelf(disk, directory);
  const refusals: string[] = [];
  const { beside, close } = await openBeside(directory, disk, refusals);
  let marker: Installation | null = null;
  let closed: LedgerSlice['closed'] = [];

  async function keepFile({ name, body }: LoggedEntry['files'][number]): Promise<void> {
    const path = join(directory, 'record', name);
    await makeDirectories(dirname(path), known, disk);
    await writeNew(path, body, disk);
  }

  return {
    begin: async (installation, logs) => {
      marker = installation;
      closed = logs.closed;
      for (const [place, { checkpoint }] of closed.entries()) {
        const names = closedNames(place + 1);
        await writeNew(join(directory, 'ledger', names.entries), Buffer.alloc(0), disk);
        await writeNew(join(directory, 'ledger', names.checkpoint), Buffer.from(checkpoint), disk);
      }
      if (logs.checkpoint !== null) await writeNew(join(directory, 'ledger/checkpoint'), Buffer.from(logs.checkpoint), disk);
    },
    entries: async (logged) => {
      await Promise.all(logged.flatMap(({ files }) => files).map(keepFile));
      for (const [name, lines] of Map.groupBy(logged, ({ index }) => logName(index, closed))) await appendLines(join(directory, 'ledger', name), lines, disk);
    },
    statement: async ({ statement, texts }) => {
      await keepTexts(shelf, statement.id, texts);
      await writeStatement(shelf, statement);
    },
    beside,
    end: async () => {
      await close();
      // Where the older half lies: however many there are, the next ones do not push them out at once.
      if (refusals.length > 0) await writeDurably(join(directory, 'outbox/refusals.1.jsonl'), Buffer.from(refusals.join('')), disk);
      await removeLocks(directory, disk);
      if (marker !== null) await writeDocument(join(directory, markerName), marker, Installation, disk);
    },
  };
}

/** What opening and writing have left of locks: they name this process. */
export async function removeLocks(directory: string, disk: Disk = realDisk): Promise<void> {
  for (const file of await disk.list(directory)) if (/^(?:people-)?lock\.[0-9]+$/.test(file)) await disk.remove(join(directory, file));
}

async function openBeside(directory: string, disk: Disk, refusals: string[]): Promise<{ beside: Beside; close(): Promise<void> }> {
  const people = await openEmbeddedPeople({ directory, now: Date.now, disk });
  const outbox = await openEmbeddedOutbox({ directory, disk });
  const clearances = await openEmbeddedClearances({ directory, disk });
  return {
    beside: {
      people,
      outbox: { ...outbox, refused: async (refusal) => void refusals.push(`${JSON.stringify(refusal)}\n`) },
      prints: await openEmbeddedPrints({ directory, disk }),
      timeStamps: openEmbeddedTimeStamps(join(directory, 'timestamps'), disk),
      clearances,
      staged: openStagedImports({ directory }),
    },
    close: async () => {
      for (const part of [people, outbox, clearances]) await part.close();
    },
  };
}

/** The file of the log that has the entry of this number. */
function logName(index: number, closed: LedgerSlice['closed']): string {
  let end = 0;
  for (const [place, { size }] of closed.entries()) {
    end += size;
    if (index < end) return closedNames(place + 1).entries;
  }
  return currentName;
}

async function appendLines(path: string, logged: readonly LoggedEntry[], disk: Disk): Promise<void> {
  const file = await disk.append(path);
  try {
    await file.write(Buffer.concat(logged.flatMap(({ bytes }) => [bytes, Buffer.from('\n')])));
    await file.sync();
  } finally {
    await file.close();
  }
}
