/**
 * What is wrong with one history, for any way of keeping it: entries that two publications were each told they had, and entries of nobody.
 * @param told the entry that each acknowledged publication was given @param size entries there are in the end
 */
export function historyFaults(told: readonly number[], size: number): readonly string[] {
  const times = new Map<number, number>();
  for (const entry of told) times.set(entry, (times.get(entry) ?? 0) + 1);
  const forks = [...times].filter(([, count]) => count > 1).map(([entry, count]) => `entry ${entry} was given to ${count} publications`);
  const lost = [...times.keys()].filter((entry) => entry >= size).map((entry) => `entry ${entry} was acknowledged and is not there`);
  const gaps = Array.from({ length: size }, (_, entry) => entry).filter((entry) => !times.has(entry));
  return [...forks, ...lost, ...gaps.map((entry) => `entry ${entry} is nobody's`)];
}
