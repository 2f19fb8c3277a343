import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { OnrecordError } from '../errors.ts';
import type { Ask, Database } from './postgres-database.ts';

/** The steps by which a database came to have the tables of this release, each applied once and never changed afterwards. */

export const roles = { desk: 'onrecord_desk', public: 'onrecord_public' } as const;

type Step = { name: string; sql: string; sha256: string };

const folder = join(import.meta.dirname, 'postgres');

function stepsOfRelease(): readonly Step[] {
  const names = readdirSync(folder).filter((name) => /^[0-9]{4}-[a-z-]+\.sql$/.test(name));
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8');
    return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

/**
 * Brings the database to this release, each step whole or not at all; gives the names of the steps that were taken. Run by the owner of
 * the tables, one at a time. @throws store_corrupt where a step that was taken is another than this release knows
 */
export async function migrate(database: Database): Promise<readonly string[]> {
  const prepare = async (ask: Ask): Promise<void> => {
    await ask('create schema if not exists onrecord');
    await ask('create table if not exists migrations (name text primary key, sha256 text not null, at timestamptz not null default clock_timestamp())');
  };
  await database.change(prepare, async () => false);
  const taken: string[] = [];
  for (const step of stepsOfRelease()) {
    const take = async (ask: Ask): Promise<boolean> => {
      await ask('lock table migrations in access exclusive mode');
      const known = await ask<{ name: string; sha256: string }>('select name, sha256 from migrations where name = $1', [step.name]);
      if (known[0] !== undefined) return holdTo(step, known[0].sha256);
      await ask(step.sql);
      await ask('insert into migrations (name, sha256) values ($1, $2)', [step.name, step.sha256]);
      return true;
    };
    const isThere = async (ask: Ask): Promise<boolean> => (await ask('select from migrations where name = $1', [step.name])).length > 0;
    if (await database.change(take, isThere)) taken.push(step.name);
  }
  return taken;
}

/** Lets a login of the database be one of the two roles. @throws store_unreachable; an error of the database where there is no such login */
export async function grantTo({ ask }: Database, role: (typeof roles)[keyof typeof roles], login: string): Promise<void> {
  await ask(`grant ${role} to ${pg.escapeIdentifier(login)}`);
}

/** @throws store_not_initialised where the tables are missing or older than this release; newer ones are let be, for an upgrade without a pause */
export async function requireSchema(database: Database): Promise<void> {
  const known = await database.ask<{ name: string; sha256: string }>('select name, sha256 from migrations').catch((error: unknown) => {
    if (error instanceof OnrecordError) throw error;
    throw new OnrecordError('store_not_initialised', 'the database has no tables of Onrecord: onrecord migrate', { cause: error });
  });
  for (const step of stepsOfRelease()) {
    const taken = known.find(({ name }) => name === step.name);
    if (taken === undefined) throw new OnrecordError('store_not_initialised', `the database is older than this release (${step.name}): onrecord migrate`);
    holdTo(step, taken.sha256);
  }
}

function holdTo(step: Step, sha256: string): false {
  if (step.sha256 !== sha256) throw new OnrecordError('store_corrupt', `the step ${step.name} was taken in another form than this release knows`);
  return false;
}
