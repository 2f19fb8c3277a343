import type { Logger } from 'pino';
import type { Others } from './keeping.ts';
import type { Press } from './press/press.ts';
import type { PublicStatement } from './statement/facts.ts';

/** Shows here what other processes publish: at once when they say so, and by a look each second when a word of theirs was lost. */
export type Following = {
  /** The press, which shows what others committed before what came after it. */
  press: Press;
  stop(): Promise<void>;
};

const everyMs = 1_000;

export function followOthers(press: Press, others: Others, log: Pick<Logger, 'error'>): Following {
  /** Committed, here or elsewhere, and not shown yet: what the database or a page stood in the way of is shown at the next look. */
  const owed = new Map<string, PublicStatement>();
  const owe = (facts: PublicStatement): void => {
    const known = owed.get(facts.reference);
    if (known === undefined || newestEntry(facts) >= newestEntry(known)) owed.set(facts.reference, facts);
  };
  let owesOwn = false;
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | null = null;
  let hasFailed = false;

  async function look(): Promise<void> {
    const { statements, hasOwn } = await others.catchUp();
    for (const facts of statements) owe(facts);
    owesOwn ||= hasOwn;
    if (owesOwn) await press.takeImported();
    owesOwn = false;
    // One that cannot be shown now keeps no other from being shown.
    const shown = await Promise.allSettled([...owed.values()].map(showOwed));
    const failures = shown.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, `${failures.length} statements could not be shown`);
  }

  async function showOwed(facts: PublicStatement): Promise<void> {
    await press.advance(facts);
    if (owed.get(facts.reference) === facts) owed.delete(facts.reference);
  }

  /** One look after the other: whoever asks while one runs gets the next, together. */
  function catchUp(): Promise<void> {
    next ??= running.then(() => {
      next = null;
      const looking = look();
      running = looking.catch(() => {});
      return looking;
    });
    return next;
  }

  /** A database that is away is told once. */
  const glance = (): Promise<void> =>
    catchUp().then(
      () => {
        hasFailed = false;
      },
      (error: unknown) => {
        if (!hasFailed) log.error({ err: error }, 'what others publish cannot be read now; what is shown stays');
        hasFailed = true;
      },
    );

  const deafen = others.listen(() => void glance());
  const timer = setInterval(() => void glance(), everyMs).unref();
  return {
    press: {
      ...press,
      advance: (statement) => {
        // Owed first: its entry is known here already, and nobody else would tell of it.
        owe(statement);
        return catchUp().catch((error: unknown) => {
          if (owed.has(statement.reference)) throw error;
        });
      },
    },
    stop: async () => {
      clearInterval(timer);
      await deafen();
      await running;
    },
  };
}

function newestEntry({ versions, notices }: PublicStatement): number {
  return Math.max(...[...versions, ...notices].map(({ entry }) => entry));
}
