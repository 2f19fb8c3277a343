import type { PublicStatement } from '../statement/facts.ts';
import { forgetItems } from './feeds/kept-items.ts';
import type { Pressroom } from './pages/page.ts';
import { forgetRedacted, redactedVersions } from './redacted.ts';

/** Makes memory and prints forget the words of redacted versions. What the disk does not let go of is owed, and tried again. */
export type Forgetting = {
  /** Never rejects: a page that must change does not wait for a disk. */
  forget(statement: PublicStatement): Promise<void>;
  retry(): Promise<void>;
  /** Null, or what is still printed. */
  trouble(): string | null;
};

export function createForgetting(room: Pressroom): Forgetting {
  const owed = new Map<string, PublicStatement>();

  async function forget(statement: PublicStatement): Promise<void> {
    const works = [forgetRedacted(room, statement), ...redactedVersions(statement).map(({ version }) => forgetItems(room, statement, version))];
    const failed = (await Promise.allSettled(works)).some(({ status }) => status === 'rejected');
    if (failed) owed.set(statement.reference, statement);
    else owed.delete(statement.reference);
  }

  return {
    forget,
    retry: async () => {
      for (const statement of [...owed.values()]) await forget(statement);
    },
    trouble: () => (owed.size === 0 ? null : `words of a redacted version may still be printed: ${[...owed.keys()].join(', ')}`),
  };
}
