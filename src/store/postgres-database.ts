import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { OnrecordError } from '../errors.ts';
import { listenOn } from './postgres-listening.ts';

/** Rows as the server sends them; whoever asks knows, or parses, what is in them. */
type Row = Record<string, unknown>;
/** Runs one statement of SQL and gives its rows. */
export type Ask = <R extends Row = Row>(sql: string, values?: readonly unknown[]) => Promise<R[]>;

/** Whether what a transaction wrote, or the transaction of this number, was committed; may throw while it runs, and is asked again. */
export type IsThere<Value> = (ask: Ask, value: Value, xid: string) => Promise<boolean>;

/** A PostgreSQL database, reached through a few connections with the settings that promises.md asks for. */
export type Database = {
  /** One statement, in a transaction of its own. @throws store_unreachable */
  ask: Ask;
  /**
   * `work` in one transaction. It is run again as a whole where others were in the way, and where the connection was lost at COMMIT and
   * nothing was kept: `isThere` says so on a new one, or the database itself, which remembers how its transactions ended.
   * @throws store_unreachable: nothing was kept; store_poisoned: nobody knows; busy
   */
  change<Value>(work: (ask: Ask) => Promise<Value>, isThere?: IsThere<Value>): Promise<Value>;
  /** Reads that all see the database as it was at one moment, however long they take. @throws store_unreachable */
  snapshot<Value>(work: (ask: Ask) => Promise<Value>): Promise<Value>;
  /** Calls `heard` after each note on this channel, and after each new connection, when notes may have been missed; gives what ends it. */
  listen(channel: string, heard: () => void): () => Promise<void>;
  /** Null while it answers, else why it does not. */
  trouble(): string | null;
  close(): Promise<void>;
};

const settings = {
  statement_timeout: '5s',
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '10s',
  default_transaction_isolation: 'read committed',
  search_path: 'onrecord',
  // On a server that waits for others to have applied what it commits, this keeps waiting for their disks.
  synchronous_commit: 'on',
  // The clock and every instant are UTC.
  TimeZone: 'UTC',
};
const connections = 10;
const attempts = 8;
const findOutWithinMs = 10_000;
const connectWithinMs = 3_000;
/** Longer than the server takes for any answer: what comes later was lost on the way. */
const answerWithinMs = 8_000;
/** Raised by the database itself once `onrecord move` has taken everything away (0003-moved.sql). */
const movedState = 'ORMVD';

/** A transaction that is open, as a database: what would begin one of its own takes part in it. */
export function within(ask: Ask): Database {
  return { ask, change: (work) => work(ask), snapshot: (work) => work(ask), listen: () => async () => {}, trouble: () => null, close: async () => {} };
}

/** @param overrides settings of a test that has to fail, or of work that may take long @param patienceMs how long an answer may take */
export function openDatabase(url: string, overrides: Partial<typeof settings> = {}, patienceMs = answerWithinMs): Database {
  const asked = Object.entries({ ...settings, ...overrides }).map(([name, value]) => `-c ${name}=${value.replaceAll(' ', '\\ ')}`);
  const timing = { connectionTimeoutMillis: connectWithinMs, query_timeout: patienceMs, keepAlive: true, keepAliveInitialDelayMillis: 5_000 };
  const options = { connectionString: url, options: asked.join(' '), application_name: 'onrecord', ...timing };
  const pool = new pg.Pool({ ...options, max: connections, idleTimeoutMillis: 60_000, allowExitOnIdle: true });
  // A connection that dies says so beside what is asked on it, and when nobody uses it: without a listener that ends the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  let trouble: string | null = null;

  async function connect(): Promise<pg.PoolClient> {
    return pool.connect().catch(unreachable);
  }

  function unreachable(cause: unknown): never {
    trouble = `the database does not answer: ${cause instanceof Error ? cause.message : cause}`;
    throw new OnrecordError('store_unreachable', trouble, { cause });
  }

  async function attempt<Value>(work: (ask: Ask) => Promise<Value>): Promise<Outcome<Value>> {
    const client = await connect();
    const ask = askOf(client);
    let attempted: { value: Value; xid: string } | null = null;
    try {
      const xid = await begin(client);
      const value = await work(ask);
      attempted = { value, xid };
      await client.query('commit');
      client.release();
      trouble = null;
      return { how: 'kept', value };
    } catch (error) {
      const isGone = isLost(error);
      if (!isGone) await client.query('rollback').catch(() => {});
      client.release(isGone);
      if (isGone && attempted !== null) return { how: 'unknown', ...attempted };
      if (isGone) return unreachable(error);
      if (isInTheWay(error)) return { how: 'again', error };
      if (codeOf(error) === movedState) throw new OnrecordError('store_moved', 'this house has moved away: nothing changes here any more', { cause: error });
      if (isShort(error)) throw new OnrecordError('store_write_failed', 'the database has no room for the change', { cause: error });
      throw error;
    }
  }

  /** After a connection was lost at COMMIT. */
  async function findOut(isThere: (ask: Ask) => Promise<boolean>): Promise<boolean> {
    for (const end = Date.now() + findOutWithinMs; ; await sleep(100)) {
      try {
        return await using(connect, async (client) => {
          await client.query('begin');
          const found = await isThere(askOf(client));
          await client.query('commit');
          return found;
        });
      } catch (cause) {
        if (Date.now() > end) throw new OnrecordError('store_poisoned', 'the connection was lost at the commit, and nobody knows what was kept', { cause });
      }
    }
  }

  return {
    async ask<R extends Row>(sql: string, values?: readonly unknown[]) {
      const once = (): Promise<R[]> => using(connect, (client) => askOf(client)<R>(sql, values));
      // What only reads is asked once more: the connection may have died while nobody used it.
      const again = (error: unknown): Promise<R[]> => (isLost(error) && sql.startsWith('select') ? once() : Promise.reject(error));
      const rows = await once()
        .catch(again)
        .catch((error: unknown) => (isLost(error) ? unreachable(error) : Promise.reject(error)));
      trouble = null;
      return rows;
    },
    async change<Value>(work: (ask: Ask) => Promise<Value>, isThere: IsThere<Value> = (ask, _value, xid) => hasCommitted(ask, xid)) {
      for (let left = attempts; ; left -= 1) {
        const outcome = await attempt(work);
        if (outcome.how === 'kept') return outcome.value;
        if (outcome.how === 'unknown') {
          const { value, xid } = outcome;
          if (await findOut((ask) => isThere(ask, value, xid))) return value;
        }
        if (left === 1) throw new OnrecordError('busy', 'others keep changing the same', { cause: outcome.how === 'again' ? outcome.error : undefined });
        await sleep(Math.random() * 20);
      }
    },
    snapshot: (work) =>
      using(connect, async (client) => {
        await client.query('begin isolation level repeatable read read only');
        await client.query("set local statement_timeout = '60s'");
        await client.query("set local idle_in_transaction_session_timeout = '60s'");
        const value = await work(askOf(client));
        await client.query('commit');
        return value;
      }).catch((error: unknown) => (isLost(error) ? unreachable(error) : Promise.reject(error))),
    listen: (channel, heard) => listenOn(options, channel, heard),
    trouble: () => trouble,
    close: async () => {
      if (!pool.ending) await pool.end();
    },
  };
}

type Outcome<Value> = { how: 'kept'; value: Value } | { how: 'unknown'; value: Value; xid: string } | { how: 'again'; error: unknown };

async function begin(client: pg.ClientBase): Promise<string> {
  await client.query('begin');
  const { rows } = await client.query<{ xid: string }>('select pg_current_xact_id()::text as xid');
  return rows[0]?.xid ?? '';
}

/** Whether a transaction has committed; throws while it runs. One that this server never heard of has not. */
export async function hasCommitted(ask: Ask, xid: string): Promise<boolean> {
  const [row] = await ask<{ status: string | null }>(
    'select case when $1::xid8 < pg_snapshot_xmax(pg_current_snapshot()) then pg_xact_status($1::xid8) end as status',
    [xid],
  );
  if (row?.status === 'in progress') throw new Error('the transaction is not over');
  return row?.status === 'committed';
}

function askOf(client: pg.ClientBase): Ask {
  return async <R extends Row>(sql: string, values: readonly unknown[] = []) => (await client.query<R>(sql, [...values])).rows;
}

async function using<Value>(connect: () => Promise<pg.PoolClient>, work: (client: pg.PoolClient) => Promise<Value>): Promise<Value> {
  const client = await connect();
  try {
    const value = await work(client);
    client.release();
    return value;
  } catch (error) {
    // Whatever it was in the middle of is over with it.
    client.release(true);
    throw error;
  }
}

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '');

/** The server ended the connection, or it broke: not an answer to what was asked. */
function isLost(error: unknown): boolean {
  const code = codeOf(error);
  // 25006: a server that only follows another one, as after a failover.
  if (/^(08|57P|58)/.test(code) || code === '25006' || /^E[A-Z]+$/.test(code)) return true;
  return (
    error instanceof Error &&
    /connection terminated|connection ended|timeout exceeded when trying to connect|query read timeout|not queryable|client has encountered a connection error/i.test(
      error.message,
    )
  );
}

/** Another transaction was in the way: serialisation, deadlock, a lock or an answer that was waited for in vain, a row that appeared or went meanwhile. */
function isInTheWay(error: unknown): boolean {
  return ['40001', '40P01', '55P03', '57014', '23505', '23503'].includes(codeOf(error));
}

/** No space, no memory, too many connections: the server took nothing. */
function isShort(error: unknown): boolean {
  return codeOf(error).startsWith('53');
}
