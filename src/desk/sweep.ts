import { OnrecordError } from '../errors.ts';
import type { Office } from '../office.ts';
import { dropAutosaves } from '../statement/drafting.ts';
import type { Statement } from '../statement/facts.ts';
import { failRelease, releaseDue } from '../statement/publishing.ts';
import { workState } from '../statement/state.ts';
import type { StatementLine } from '../store/store.ts';
import { recordVersion } from './put-on-record.ts';
import { editStatement, guardOf, instant, nowFrozen, requireStatement } from './statement.ts';
import { everyone, tell } from './tell.ts';

const minute = 60_000;
const alertEveryMs = 15 * minute;
const autosavesKeptMs = 24 * 60 * minute;
const recheckAlarmMs = 24 * 60 * minute;

/** What the sweep remembers between two runs: how often each alarm has rung; a notice that was told is not told again, whoever forgot it. */
export type SweepMemory = { alerted: Map<string, number>; droppedAt: number };
export const newSweepMemory = (): SweepMemory => ({ alerted: new Map(), droppedAt: 0 });

/**
 * What the clock does: release what is due or say that it failed, ring for overdue debts and rechecks, drop old autosaves. The
 * store is the only queue, so a run after a restart finds everything that a run before would have.
 */
export async function sweep(office: Office, memory: SweepMemory): Promise<void> {
  const now = instant(office);
  for (const line of await office.store.list()) {
    if (line.releaseAt !== null && line.releaseAt <= now) await releaseOrFail(office, line.id);
    await ringForDebts(office, line, memory);
    await ringForRecheck(office, line, memory);
  }
  await dropOldAutosaves(office, memory);
}

async function releaseOrFail(office: Office, id: string): Promise<void> {
  const guard = await guardOf(office);
  try {
    await recordVersion(office, id, null, (statement, at, frozen) => releaseDue(statement, nowFrozen(guard, frozen), at));
  } catch (error) {
    // A freeze that ends within the tolerance lets the release go; after it the release has failed, whoever unfroze.
    if (error instanceof OnrecordError && error.code === 'frozen') return;
    // A store that cannot write now is tried again at the next sweep, until the tolerance has passed; a refusal of the act is final.
    if (!(error instanceof OnrecordError) || error.code.startsWith('store_') || error.code === 'busy' || error.code === 'rollback_detected') {
      office.log.error({ statement: id, err: error }, 'release not possible now');
      return;
    }
    // Cancelled, put off or published by a person since the list was read: nothing of theirs is undone.
    const isStillDue = ({ draft }: Statement, at: string): boolean => draft?.discarded === null && draft.schedule !== null && draft.schedule.releaseAt <= at;
    const failed = await editStatement(office, id, (statement, at) => (isStillDue(statement, at) ? failRelease(statement, error.code, at) : statement));
    if (workState(failed) !== 'publish_failed') return;
    await tell(office, await everyone(office, 'publisher', 'duty'), 'release_failed', failed, { code: error.code });
  }
}

async function ringForDebts(office: Office, line: StatementLine, memory: SweepMemory): Promise<void> {
  for (const debt of line.debts) {
    const turn = alarmTurn(memory, `debt ${line.id} ${debt.version}`, office.now() - Date.parse(debt.dueAt));
    if (turn === null) continue;
    const statement = await office.store.read(line.id);
    if (statement)
      await tell(
        office,
        await everyone(office, 'reviewer', 'publisher', 'duty'),
        'debt_overdue',
        statement,
        { version: String(debt.version) },
        { once: `${debt.version} ${turn}` },
      );
  }
}

async function ringForRecheck(office: Office, line: StatementLine, memory: SweepMemory): Promise<void> {
  if (line.recheckSince === null || Date.parse(line.recheckSince) + recheckAlarmMs > office.now()) return;
  const turn = alarmTurn(memory, `recheck ${line.id}`, office.now() - Date.parse(line.recheckSince) - recheckAlarmMs);
  if (turn === null) return;
  const statement = await office.store.read(line.id);
  if (statement)
    await tell(office, await everyone(office, 'reviewer', 'publisher', 'duty'), 'recheck_overdue', statement, {}, { once: `${line.recheckSince} ${turn}` });
}

/** How often an alarm has rung before it rings now, the same for every server: at once, and each quarter of an hour. Null before its time, and where it has rung. */
function alarmTurn(memory: SweepMemory, alarm: string, lateMs: number): number | null {
  const turn = Math.floor(lateMs / alertEveryMs);
  if (turn < 0 || memory.alerted.get(alarm) === turn) return null;
  memory.alerted.set(alarm, turn);
  return turn;
}

/** Once an hour: texts of autosaves older than a day go; hash, who and when stay. */
async function dropOldAutosaves(office: Office, memory: SweepMemory): Promise<void> {
  if (office.now() - memory.droppedAt < 60 * minute) return;
  memory.droppedAt = office.now();
  const before = new Date(office.now() - autosavesKeptMs).toISOString();
  for (const line of await office.store.list()) {
    if (!line.droppable.some((item) => item.at < before)) continue;
    await office.store.edit(line.id, (statement) => dropAutosaves(requireStatement(statement), before));
  }
}
