import t from 'tap';
import type { Version } from '../../src/statement/facts.ts';
import { speakingTimes } from '../../src/statement/times.ts';

const at = (minutes: number): string => new Date(Date.parse('2026-11-22T09:00:00.000Z') + minutes * 60_000).toISOString();
const version = (number: number, minutes: number, debt: Version['debt'] = null): Pick<Version, 'version' | 'at' | 'debt'> => ({
  version: number,
  at: at(minutes),
  debt,
});
const owed: NonNullable<Version['debt']> = { because: 'flash', dueAt: at(70), endorsed: null, disowned: null, moot: null };
const times = (versions: readonly ReturnType<typeof version>[]): ReturnType<typeof speakingTimes> =>
  speakingTimes({ opened: { at: at(0), by: 'amina' }, versions: versions as Version[] });

t.test('nothing is said of a first publication before there is one', async (t) => {
  t.match(times([]), { firstDraftAt: at(0), firstPublishedAt: null, minutesToFirst: null, flashes: [] });
});

t.test('minutes to a tenth from the first draft to version 1, whatever came after', async (t) => {
  t.match(times([version(1, 12.34), version(2, 90)]), { firstPublishedAt: at(12.34), minutesToFirst: 12.3 });
  t.equal(times([version(1, -1)]).minutesToFirst, 0, 'a clock that was set back gives no negative time');
});

t.test('each flash with its second check, given or refused; a withdrawal’s debt is none', async (t) => {
  const endorsed = { ...owed, endorsed: { at: at(31), by: 'claire' } };
  const disowned = { ...owed, disowned: { at: at(50), by: 'claire', reason: 'Wrong.' } };
  t.strictSame(times([version(1, 10, endorsed), version(2, 20, disowned), version(3, 30, owed), version(4, 40, { ...owed, because: 'withdrawal' })]).flashes, [
    { version: 1, at: at(10), checkedAt: at(31), minutesToCheck: 21 },
    { version: 2, at: at(20), checkedAt: at(50), minutesToCheck: 30 },
    { version: 3, at: at(30), checkedAt: null, minutesToCheck: null },
  ]);
});
