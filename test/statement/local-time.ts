import fc from 'fast-check';
import t from 'tap';
import { isUnambiguous, toInstant, toWall } from '../../src/statement/local-time.ts';

t.test('a wall time is the instant of its zone', async (t) => {
  t.equal(toInstant('2026-11-22T14:05', 'Europe/Paris', 'releaseAt'), '2026-11-22T13:05:00.000Z');
  t.equal(toInstant('2026-07-01 14:05', 'Europe/Paris', 'releaseAt'), '2026-07-01T12:05:00.000Z');
  t.equal(toInstant('2026-07-01T14:05', 'UTC', 'releaseAt'), '2026-07-01T14:05:00.000Z');
});

t.test('a time that happens twice, or never, is refused', async (t) => {
  t.throws(() => toInstant('2026-10-25T02:30', 'Europe/Paris', 'releaseAt'), { code: 'time_ambiguous', issues: [{ field: 'releaseAt' }] });
  t.throws(() => toInstant('2026-03-29T02:30', 'Europe/Paris', 'releaseAt'), { code: 'bad_time', issues: [{ code: 'time_skipped' }] });
  t.equal(toInstant('2026-10-25T03:00', 'Europe/Paris', 'releaseAt'), '2026-10-25T02:00:00.000Z');
  t.equal(isUnambiguous('2026-10-25T00:30:00.000Z', 'Europe/Paris'), false);
  t.equal(isUnambiguous('2026-10-25T01:30:00.000Z', 'Europe/Paris'), false);
  t.equal(isUnambiguous('2026-10-25T02:30:00.000Z', 'Europe/Paris'), true);
});

t.test('what is no time is refused', async (t) => {
  for (const typed of ['', 'tomorrow', '2026-13-01T10:00', '2026-02-30T10:00', '2026-11-22', '2026-11-22T25:00']) {
    t.throws(() => toInstant(typed, 'Europe/Paris', 'awareAt'), { code: 'bad_time', issues: [{ field: 'awareAt' }] }, typed);
  }
});

t.test('every unambiguous instant comes back from its wall time', async () => {
  const zones = fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC');
  fc.assert(
    fc.property(zones, fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) }), (zone, at) => {
      const instant = new Date(Math.floor(at / 60_000) * 60_000).toISOString();
      return !isUnambiguous(instant, zone) || toInstant(toWall(instant, zone), zone, 'x') === instant;
    }),
    { numRuns: 2_000 },
  );
});

t.test('a time whose instant has no year of four digits is refused', async (t) => {
  t.throws(() => toInstant('9999-12-31T23:59', 'America/New_York', 'awareAt'), { code: 'bad_time' });
});
