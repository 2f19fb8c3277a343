import type { Ask, Database } from './postgres-database.ts';
import { type Prints, requirePrintName } from './prints.ts';

/** Prints in a database: whichever process tells a thing first, all tell it the same. */
export function openPostgresPrints({ ask }: Pick<Database, 'ask'>): Prints {
  const read = (name: string): Promise<Buffer | undefined> => readPrint(ask, name);
  return {
    read,
    keep: async (name, bytes) => {
      await ask('insert into prints (name, bytes) values ($1, $2) on conflict do nothing', [requirePrintName(name), bytes]);
      return (await read(name)) ?? bytes;
    },
    names: () => printNames(ask),
    remove: async (matches) => {
      const names = (await printNames(ask)).filter(matches);
      if (names.length > 0) await ask('delete from prints where name = any($1)', [names]);
    },
  };
}

/** For a process that may only read: what nobody has kept yet is told as it is, and kept by those who publish. */
export function readPostgresPrints({ ask }: Pick<Database, 'ask'>): Prints {
  return {
    read: (name) => readPrint(ask, name),
    keep: async (name, bytes) => (await readPrint(ask, name)) ?? bytes,
    names: () => printNames(ask),
    remove: async () => {},
  };
}

async function printNames(ask: Ask): Promise<readonly string[]> {
  return (await ask<{ name: string }>('select name from prints')).map(({ name }) => name);
}

async function readPrint(ask: Ask, name: string): Promise<Buffer | undefined> {
  const [row] = await ask<{ bytes: Buffer }>('select bytes from prints where name = $1', [requirePrintName(name)]);
  return row?.bytes;
}
