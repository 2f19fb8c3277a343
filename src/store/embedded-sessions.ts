import { join } from 'node:path';
import { z } from 'zod';
import { readDocument, writeDocument } from './embedded-document.ts';
import type { PeopleFiles } from './embedded-people.ts';
import { type People, Session } from './people.ts';
import { createSeen, isSessionOver, isSmallStep } from './session-times.ts';

const Sessions = z.strictObject({ sessions: z.record(z.string(), Session) });
type Known = Map<string, Session>;

/** Sessions by the hash of their id: one document, read again whenever another process replaced it; those that ran out are dropped. */
export async function createSessions(files: PeopleFiles): Promise<Pick<People, 'session' | 'openSessions' | 'saveSession' | 'endSession' | 'endSessionsOf'>> {
  const path = join(files.directory, '_sessions.json');
  const { saw, newest, forget } = createSeen();
  let stored: { stamp: string; known: Known } = { stamp: '', known: new Map() };

  const load = async (): Promise<Known> => {
    const stamp = await files.disk.stamp(path);
    if (stamp !== stored.stamp) stored = { stamp, known: new Map(Object.entries((await readDocument(path, Sessions, files.disk)).sessions)) };
    return stored.known;
  };
  const isOver = (session: Session): boolean => isSessionOver(session, files.now());
  const change = (edit: (known: Known) => void): Promise<void> =>
    files.writes(async () => {
      const known: Known = new Map([...(await load())].map(([hash, session]) => [hash, newest(hash, session)]));
      edit(known);
      for (const [hash, session] of known) if (isOver(session)) known.delete(hash);
      await writeDocument(path, { sessions: Object.fromEntries(known) }, Sessions, files.disk);
      forget((hash) => known.has(hash));
    });
  await load();

  return {
    session: async (hash) => {
      const session = (await load()).get(hash);
      const current = session && newest(hash, session);
      return current && !isOver(current) ? current : undefined;
    },
    openSessions: async () => [...(await load())].map(([hash, session]) => ({ hash, ...newest(hash, session) })).filter((session) => !isOver(session)),
    saveSession: async (hash, session, begins) => {
      const before = (await load()).get(hash);
      if (isSmallStep(before, session)) saw(hash, session.seenAt);
      else
        await change((known) => {
          if (begins || known.has(hash)) known.set(hash, session);
        });
    },
    endSession: async (hash) => {
      if ((await load()).has(hash)) await change((known) => known.delete(hash));
    },
    endSessionsOf: (person, except) =>
      change((known) => {
        for (const [hash, session] of known) if (session.person === person && hash !== except) known.delete(hash);
      }),
  };
}
