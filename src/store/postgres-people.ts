import { OnrecordError, refuse } from '../errors.ts';
import { Freezing, type People, Person } from './people.ts';
import type { Ask, Database } from './postgres-database.ts';
import { readHead } from './postgres-log.ts';
import { createPostgresSessions } from './postgres-sessions.ts';
import { createQueue } from './queue.ts';

/** All that changes an account or the freeze runs one after the other, in whatever process: each may depend on everybody. */
const peopleLock = 'select pg_advisory_xact_lock(7079001)';

/** People, their sessions and the freeze in a database, for any number of processes. */
export function openPostgresPeople({ database, now }: { database: Database; now: () => number }): People {
  const { ask } = database;
  const queue = createQueue();
  const alone = <Value>(work: (inside: Ask) => Promise<Value>): Promise<Value> =>
    queue.run(() =>
      database.change(async (inside) => {
        await inside(peopleLock);
        return work(inside);
      }),
    );
  const among = (id: string, change: (current: Person | undefined, everybody: () => Promise<readonly Person[]>) => Promise<Person>): Promise<Person> =>
    alone(async (inside) => {
      const current = await findPerson(inside, id);
      const person = await change(current, () => listPeople(inside));
      if (person !== current) await writePerson(inside, id, person);
      return person;
    });
  return {
    list: () => listPeople(ask),
    find: (id) => findPerson(ask, id),
    edit: (id, change) => among(id, async (current) => change(current)),
    editAmong: (id, change) =>
      among(id, async (current, everybody) => change(current ?? refuse('person_unknown', `there is no person ${id}`), await everybody())),
    freezing: () => readFreezing(ask),
    editFreezing: (change) =>
      alone(async (inside) => {
        // Behind what is on its way to the public, and before what comes after: that is told (`Allotment.frozen`).
        await readHead(inside, true);
        const current = await readFreezing(inside);
        const next = change(current, await listPeople(inside));
        if (next !== current) await inside('update freezing set freezing = $1', [JSON.stringify(Freezing.parse(next))]);
        return next;
      }),
    ...createPostgresSessions(database, now),
    close: async () => {
      await queue.idle();
    },
  };
}

async function listPeople(ask: Ask): Promise<readonly Person[]> {
  const rows = await ask<{ id: string; person: unknown }>('select id, person from people order by id collate "C"');
  return rows.map(({ id, person }) => parsePerson(id, person));
}

async function findPerson(ask: Ask, id: string): Promise<Person | undefined> {
  const [row] = await ask<{ person: unknown }>('select person from people where id = $1', [id]);
  return row && parsePerson(id, row.person);
}

function parsePerson(id: string, row: unknown): Person {
  const person = Person.safeParse(row).data;
  if (person?.id !== id) throw new OnrecordError('store_corrupt', `the row of ${id} cannot be read`);
  return person;
}

async function writePerson(ask: Ask, id: string, person: Person): Promise<void> {
  if (person.id !== id || !Person.safeParse(person).success) throw new Error('a change of a person gives a person of the same id');
  await ask('insert into people (id, person) values ($1, $2) on conflict (id) do update set person = excluded.person', [id, JSON.stringify(person)]);
}

/** A row that is gone is corruption and no thaw. */
export async function readFreezing(ask: Ask): Promise<Freezing> {
  const [row] = await ask<{ freezing: unknown }>('select freezing from freezing');
  return Freezing.safeParse(row?.freezing).data ?? refuse('store_corrupt', 'the freeze cannot be read');
}
