import type { Office } from '../office.ts';

/** Minutes by which the latest promise is overdue, over all statements; 0 when none is. For the metrics that ring somebody. */
export async function minutesLate(office: Office): Promise<{ nextUpdate: number; debt: number }> {
  const lines = await office.store.list({ public: true });
  const late = (times: readonly (string | null)[]): number => Math.max(0, ...times.map((at) => (at === null ? 0 : (office.now() - Date.parse(at)) / 60_000)));
  const standing = lines.filter((line) => line.public === 'live' || line.public === 'under_recheck');
  return { nextUpdate: late(standing.map((line) => line.nextUpdateAt)), debt: late(lines.flatMap((line) => line.debts.map((debt) => debt.dueAt))) };
}
