import { dateFormat } from '../date-format.ts';
import { refuse } from '../errors.ts';

/**
 * The instant of a time a person typed, `2026-10-25T02:30`, in a zone (`UTC` or an IANA name).
 * @param field form name for the refusal
 * @throws bad_time (no such time: wrong shape, or skipped when clocks go forward), time_ambiguous (twice when clocks go back: say it in UTC)
 */
export function toInstant(typed: string, zone: string, field: string): string {
  const wall = typed.trim().replace(' ', 'T');
  const asUtc = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall) ? Date.parse(`${wall}:00.000Z`) : Number.NaN;
  const isTime = !Number.isNaN(asUtc) && new Date(asUtc).toISOString().startsWith(wall);
  if (!isTime) refuse('bad_time', `${field} is not a time`, [{ field, code: 'bad_time' }]);
  const found = [...new Set([asUtc - 86_400_000, asUtc, asUtc + 86_400_000].map((near) => asUtc - offset(near, zone)))].filter(
    (at) => at + offset(at, zone) === asUtc,
  );
  const [at] = found;
  if (at === undefined) refuse('bad_time', `${field} does not exist in ${zone}`, [{ field, code: 'time_skipped' }]);
  if (found.length > 1) refuse('time_ambiguous', `${field} happens twice in ${zone}`, [{ field, code: 'time_ambiguous' }]);
  const instant = new Date(at).toISOString();
  if (!/^\d{4}-/.test(instant)) refuse('bad_time', `${field} is out of range`, [{ field, code: 'bad_time' }]);
  return instant;
}

/** `2026-10-25T02:30` as it stands on a clock in this zone. @param instant UTC */
export function toWall(instant: string, zone: string): string {
  const at = Date.parse(instant);
  return new Date(at + offset(at, zone)).toISOString().slice(0, 16);
}

/** Whether a wall time of this zone names one instant only. */
export function isUnambiguous(instant: string, zone: string): boolean {
  const at = Math.floor(Date.parse(instant) / 60_000) * 60_000;
  const wall = at + offset(at, zone);
  return [wall - 86_400_000, wall + 86_400_000].every(
    (near) => wall - offset(near, zone) === at || wall - offset(near, zone) + offset(wall - offset(near, zone), zone) !== wall,
  );
}

/** Milliseconds a zone is ahead of UTC at an instant. */
function offset(at: number, zone: string): number {
  const parts = dateFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((item) => item.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000;
}
