/** Who has a draft before them, as far as this process knows: names and times in memory, never stored. */

export type Doing = 'editing' | 'reading';
export type Present = { person: string; name: string; doing: Doing; at: number };
export type Presence = {
  /** This person has the draft before them now. */
  see(statement: string, person: { id: string; name: string }, doing: Doing): void;
  /** This person has put it down. */
  leave(statement: string, person: string): void;
  /** Everybody else who was seen with it a moment ago, those who write first. */
  others(statement: string, person: string): readonly Present[];
};

/** A page says that it is open every twenty seconds; three silences in a row, and its person is gone. */
export const presenceLastsMs = 75_000;
const most = { statements: 500, people: 20 } as const;

/** @param now milliseconds UTC */
export function openPresence(now: () => number): Presence {
  const seen = new Map<string, Map<string, Present>>();
  const fresh = (people: Iterable<Present>): Present[] => [...people].filter(({ at }) => now() - at < presenceLastsMs && at <= now());
  return {
    see(statement, { id, name }, doing) {
      const people = new Map(fresh(seen.get(statement)?.values() ?? []).map((present) => [present.person, present]));
      people.delete(id);
      people.set(id, { person: id, name, doing, at: now() });
      // Maps keep the order of insertion: the first is the one that was silent longest.
      shorten(people, most.people);
      seen.delete(statement);
      seen.set(statement, people);
      shorten(seen, most.statements);
    },
    leave(statement, person) {
      seen.get(statement)?.delete(person);
    },
    others(statement, person) {
      const people = fresh(seen.get(statement)?.values() ?? []).filter((present) => present.person !== person);
      return people.sort((left, right) => left.doing.localeCompare(right.doing) || right.at - left.at);
    },
  };
}

function shorten(map: Map<string, unknown>, length: number): void {
  for (const key of map.keys()) {
    if (map.size <= length) return;
    map.delete(key);
  }
}
