import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OnrecordError, refuse } from '../errors.ts';
import { type Disk, realDisk } from './disk.ts';
import { sweepTemporary, temporaryName } from './durable-file.ts';
import { readDocument, writeDocument } from './embedded-document.ts';
import { openFreezing } from './embedded-freezing.ts';
import { createSessions } from './embedded-sessions.ts';
import { acquireLock } from './lock.ts';
import { type People, Person } from './people.ts';
import { createWriteQueue } from './queue.ts';

/** What people's files are reached through. `writes` runs one write after the other, also against those of the command line. */
export type PeopleFiles = { disk: Disk; directory: string; now: () => number; writes: <T>(work: () => Promise<T>) => Promise<T> };

/**
 * People and their sessions in files: one document a person. Everything is read from disk, so that the command line and a running
 * server see each other's changes at once.
 */
export async function openEmbeddedPeople({ directory, now, disk = realDisk }: { directory: string; now: () => number; disk?: Disk }): Promise<People> {
  const queue = createWriteQueue();
  const files: PeopleFiles = { disk, directory: join(directory, 'people'), now, writes: (work) => queue.run(() => lockedOut(directory, disk, work)) };
  const everybody = async (): Promise<readonly Person[]> => Promise.all((await listPeople(files)).map((id) => readPerson(files, id)));
  const atStart = await everybody();
  // Under the lock, since another process may be writing. A password's hash must not lie about.
  if ((await disk.list(files.directory)).some((name) => temporaryName.test(name))) await files.writes(() => sweepTemporary(files.directory, disk));
  const sessions = await createSessions(files);
  const freezing = await openFreezing(files, everybody, atStart);
  return {
    list: everybody,
    find: (id) => findPerson(files, id),
    edit: (id, change) => files.writes(() => editPerson(files, id, change)),
    editAmong: (id, change) =>
      files.writes(async () => {
        const among = await everybody();
        return editPerson(files, id, (current) => change(current ?? refuse('person_unknown', `there is no person ${id}`), among));
      }),
    ...freezing,
    ...sessions,
    close: async () => {
      await queue.idle();
    },
  };
}

async function editPerson(files: PeopleFiles, id: string, change: (current: Person | undefined) => Person): Promise<Person> {
  const current = await findPerson(files, id);
  const person = change(current);
  if (person === current) return person;
  if (person.id !== id || !Person.safeParse(person).success) throw new Error('a change of a person gives a person of the same id');
  await writeDocument(personPath(files, id), person, Person, files.disk);
  return person;
}

async function findPerson(files: PeopleFiles, id: string): Promise<Person | undefined> {
  return Person.shape.id.safeParse(id).success && (await listPeople(files)).includes(id) ? readPerson(files, id) : undefined;
}

async function readPerson(files: PeopleFiles, id: string): Promise<Person> {
  const person = await readDocument(personPath(files, id), Person, files.disk);
  if (person.id !== id) throw new OnrecordError('store_corrupt', `the file of ${id} holds another person`);
  return person;
}

async function listPeople({ disk, directory }: PeopleFiles): Promise<readonly string[]> {
  const names = await disk.list(directory).catch((cause: unknown) => {
    throw new OnrecordError('store_corrupt', 'the people are gone', { cause });
  });
  return names
    .filter((name) => /^[a-z][a-z0-9.-]*\.json$/.test(name))
    .map((name) => name.slice(0, -'.json'.length))
    .sort();
}

function personPath({ directory }: PeopleFiles, id: string): string {
  return join(directory, `${id}.json`);
}

/** Waits up to five seconds for another process that is writing. */
async function lockedOut<T>(directory: string, disk: Disk, work: () => Promise<T>): Promise<T> {
  for (let patience = 250; ; patience -= 1) {
    try {
      const lock = await acquireLock(directory, 'people-lock', disk);
      return await work().finally(() => lock.release().catch(() => {}));
    } catch (error) {
      if (!(error instanceof OnrecordError) || error.code !== 'store_locked') throw error;
      if (patience === 0) throw new OnrecordError('busy', 'another process keeps writing people', { cause: error });
      await sleep(20);
    }
  }
}
