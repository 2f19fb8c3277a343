import { type People, Session } from './people.ts';
import type { Database } from './postgres-database.ts';
import { createSeen, isSessionOver, isSmallStep, seenWriteMs, sessionAbsoluteMs, sessionIdleMs } from './session-times.ts';

type Sessions = Pick<People, 'session' | 'openSessions' | 'saveSession' | 'endSession' | 'endSessionsOf'>;
type Row = { hash: string; session: unknown };

/** Sessions by the hash of their id, one row each, so that any process knows them; those that ran out go as others are written. */
export function createPostgresSessions({ ask, change }: Database, now: () => number): Sessions {
  const { saw, newest, forget } = createSeen();
  const read = async (hash: string): Promise<Session | undefined> => {
    const [row] = await ask<Row>('select hash, session from sessions where hash = $1', [hash]);
    return row && Session.parse(row.session);
  };
  const instant = (before: number): string => new Date(now() - before).toISOString();
  return {
    session: async (hash) => {
      const kept = await read(hash);
      const session = kept && newest(hash, kept);
      return session && !isSessionOver(session, now()) ? session : undefined;
    },
    openSessions: async () => {
      const rows = await ask<Row>('select hash, session from sessions');
      return rows.map(({ hash, session }) => ({ hash, ...newest(hash, Session.parse(session)) })).filter((session) => !isSessionOver(session, now()));
    },
    saveSession: async (hash, session, begins) => {
      const values = [hash, session.person, JSON.stringify(Session.parse(session)), session.seenAt, session.createdAt];
      if (begins) {
        forget((_hash, at) => now() - Date.parse(at) <= sessionIdleMs);
        await change(async (inside) => {
          await inside('delete from sessions where seen_at < $1 or created_at < $2', [instant(sessionIdleMs + seenWriteMs), instant(sessionAbsoluteMs)]);
          await inside(
            'insert into sessions (hash, person, session, seen_at, created_at) values ($1, $2, $3, $4, $5) on conflict (hash) do update set person = excluded.person, session = excluded.session, seen_at = excluded.seen_at, created_at = excluded.created_at',
            values,
          );
        });
        return;
      }
      const before = await read(hash);
      if (isSmallStep(before, session)) saw(hash, session.seenAt);
      else await ask('update sessions set person = $2, session = $3, seen_at = $4, created_at = $5 where hash = $1', values);
    },
    endSession: async (hash) => {
      await ask('delete from sessions where hash = $1', [hash]);
    },
    endSessionsOf: async (person, except) => {
      await ask('delete from sessions where person = $1 and hash <> $2', [person, except ?? '']);
    },
  };
}
