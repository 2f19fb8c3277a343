import { OnrecordError } from '../errors.ts';
import { Installation } from './installation.ts';
import { Moved, refuseMoved } from './moved.ts';
import type { Ask, Database } from './postgres-database.ts';

/** The marker that names an installation, in a database. */

type Beginning = Pick<Installation, 'origin' | 'demonstration'> & { now: () => number; random: (n: number) => Buffer };

/** Makes an empty installation in tables that are there. @throws store_exists */
export async function initialiseDatabase(database: Database, { origin, demonstration, now, random }: Beginning): Promise<Installation> {
  const at = new Date(now()).toISOString();
  const marker: Installation = { schema: 1, installation: random(16).toString('hex'), origin, createdAt: at, demonstration };
  await database.change(async (ask) => {
    const kept = await ask('insert into installation (marker) values ($1) on conflict do nothing returning true', [JSON.stringify(marker)]);
    if (kept.length === 0) throw new OnrecordError('store_exists', 'the database already holds an installation');
  });
  return marker;
}

/** @throws store_not_initialised: there is none; store_moved: the house is elsewhere now; store_corrupt: it cannot be read */
export async function readMarker(ask: Ask): Promise<Installation> {
  const [row] = await ask<{ marker: unknown; moved: unknown }>('select marker, moved from installation, head');
  if (row === undefined) throw new OnrecordError('store_not_initialised', 'there is no installation in the database');
  const moved = Moved.nullable().safeParse(row.moved);
  if (!moved.success) throw new OnrecordError('store_corrupt', 'where the house moved to cannot be read');
  if (moved.data !== null) refuseMoved(moved.data, 'the value of onrecord.head.moved');
  const marker = Installation.safeParse(row.marker).data;
  if (marker === undefined) throw new OnrecordError('store_corrupt', 'the marker of the installation cannot be read');
  return marker;
}
