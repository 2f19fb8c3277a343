/** What a shape of the picture stands for. */
export const shapes = ['version', 'minor', 'correction', 'withdrawal', 'verdict', 'kept', 'missed', 'open'] as const;
export type Shape = (typeof shapes)[number];

/** Something that happened, or that was promised for that time; `version` is the one that brought it or promised it. `at`: milliseconds UTC. */
export type Happening = { at: number; shape: Shape; version: number; text: string };

/** Whether a shape stands for an update that was promised, and not for one that came. */
export const isPromise = (shape: Shape): boolean => shape === 'kept' || shape === 'missed' || shape === 'open';

/** Where each thing stands in the picture: `x` in percent of the width, `y` in pixels, so that it is as readable on a phone as on a desk. */
export type Picture = { height: number; axes: readonly number[]; marks: readonly Mark[] };
type Mark = { x: number; y: number; shape: Shape; text: string };

const versionsARow = 8;
const [left, right] = [5, 95];
/** Percent of a picture 288 pixels wide, in which a label is 30 pixels wide. */
const closest = 11;
const lane = 26;

/** @param happenings oldest first, at least one of them a version; long lives go on in a further row. */
export function pictureOf(happenings: readonly Happening[]): Picture {
  const versions = happenings.filter(({ shape }) => shape !== 'verdict' && !isPromise(shape));
  const lanes = [happenings.some(({ shape }) => shape === 'verdict'), happenings.some(({ shape }) => isPromise(shape))];
  const height = 44 + lanes.filter(Boolean).length * lane + 12;
  const count = Math.ceil(versions.length / versionsARow);
  const rows = Array.from({ length: count }, (_, index) => {
    const own = versions.slice(index * versionsARow, (index + 1) * versionsARow);
    const [from, until] = [index === 0 ? -Infinity : (own[0]?.at ?? 0), versions[(index + 1) * versionsARow]?.at ?? Infinity];
    const promises = happenings.filter(({ at, shape }) => isPromise(shape) && at >= from && at < until);
    return { y: index * height, own, promises };
  });
  const marks = rows.flatMap(({ y, own, promises }) => {
    const xs = places(own, promises);
    const at = new Map(own.map(({ version }, place) => [version, xs[place] ?? left]));
    const judged = own.flatMap(({ version }) => {
      const times = happenings.filter((one) => one.shape === 'verdict' && one.version === version).length;
      return times === 0 ? [] : [{ x: at.get(version) ?? left, y: y + 30 + lane, shape: 'verdict' as const, text: times > 1 ? String(times) : '' }];
    });
    const below = y + 30 + lane * (lanes[0] ? 2 : 1);
    const kept = spread(promises.map((one) => between(one.at, own, xs))).map((x, place) => ({
      x,
      y: below,
      shape: promises[place]?.shape ?? 'open',
      text: '',
    }));
    return [...own.map(({ version, shape }) => ({ x: at.get(version) ?? left, y: y + 30, shape, text: `v${version}` })), ...judged, ...kept];
  });
  return { height: height * count, axes: rows.map(({ y }) => y + 30), marks: marks.map((mark) => ({ ...mark, x: Math.round(mark.x * 10) / 10 })) };
}

/** Versions by their times, pushed apart until their labels fit. */
function places(own: readonly Happening[], promises: readonly Happening[]): readonly number[] {
  const times = own.map(({ at }) => at);
  const [start = 0, end] = [times[0], Math.max(...times, ...promises.map(({ at }) => at))];
  return spread(times.map((at) => left + ((at - start) / Math.max(1, end - start)) * (right - left)));
}

/** Pushes marks apart from left to right, then back from the right edge. */
function spread(xs: readonly number[]): number[] {
  const apart = Math.min(closest, (right - left) / Math.max(1, xs.length - 1));
  const out = [...xs];
  for (let index = 1; index < out.length; index += 1) out[index] = Math.max(out[index] ?? 0, (out[index - 1] ?? 0) + apart);
  let limit = right;
  for (let index = out.length - 1; index >= 0; index -= 1) {
    out[index] = Math.min(out[index] ?? 0, limit);
    limit = (out[index] ?? 0) - apart;
  }
  return out;
}

/** The place of a time between the two versions around it, so that order stays true after they were pushed apart. */
function between(at: number, own: readonly Happening[], xs: readonly number[]): number {
  const next = own.findIndex((one) => one.at > at);
  const place = next === -1 ? own.length : next;
  const [t0, x0] = place === 0 ? [own[0]?.at ?? at, left - 3] : [own[place - 1]?.at ?? at, xs[place - 1] ?? left];
  const [t1, x1] = next === -1 ? [Math.max(at, t0 + 1), right] : [own[next]?.at ?? at, xs[next] ?? right];
  const share = next === -1 ? Math.min(1, (at - t0) / Math.max(1, t1 - t0)) : Math.max(0, (at - t0) / Math.max(1, t1 - t0));
  return x0 + share * (x1 - x0);
}
