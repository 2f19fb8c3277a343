import type { PublicStatement } from '../../statement/facts.ts';
import type { Reading } from './page.ts';

/** The picture of a statement's life: versions on a line of time, with the promised updates under it. Its text twin is the list of versions. */
export type TimelineModel = {
  label: string;
  width: number;
  marks: readonly { x: number; code: string; text: string; title: string }[];
  promises: readonly { x: number; state: 'kept' | 'missed' | 'open'; title: string }[];
};

const width = 640;
const margin = 24;
const closest = 26;
const most = 12;

/** Null where there is nothing to compare: a single version. The newest 12 versions, in order, no two closer than their labels are wide. */
export function timelineOf({ speech, instant }: Reading, { versions }: PublicStatement): TimelineModel | null {
  const shown = versions.slice(-most);
  if (shown.length < 2) return null;
  const times = shown.map(({ at }) => Date.parse(at));
  const promised = shown.flatMap(({ nextUpdate }, index) =>
    nextUpdate?.type === 'by' ? [{ at: Date.parse(nextUpdate.at), time: speech.time(nextUpdate.at).text, answered: times[index + 1] }] : [],
  );
  const [start, end] = [times[0] ?? 0, Math.max(...times, ...promised.map(({ at }) => at))];
  const scale = (at: number): number => margin + ((at - start) / Math.max(1, end - start)) * (width - 2 * margin);
  const xs = spread(times.map(scale));
  return {
    label: speech.say('public.timeline.label', { count: shown.length }),
    width,
    marks: shown.map((version, index) => ({
      x: Math.round(xs[index] ?? 0),
      code: version.kind,
      text: `v${version.version}`,
      title: `v${version.version}, ${speech.say(`public.kind.${version.kind}`)}, ${speech.time(version.at).text}`,
    })),
    promises: promised.map(({ at, time, answered }) => ({
      x: Math.round(between(at, times, xs) ?? Math.max(scale(at), xs.at(-1) ?? 0)),
      state: answered !== undefined && answered <= at ? 'kept' : answered !== undefined || instant.isPast(at) ? 'missed' : 'open',
      title: speech.say('public.timeline.promised', { time }),
    })),
  };
}

/** Pushes marks apart from left to right, then back from the right edge. */
function spread(xs: readonly number[]): number[] {
  const out = [...xs];
  for (let index = 1; index < out.length; index += 1) out[index] = Math.max(out[index] ?? 0, (out[index - 1] ?? 0) + closest);
  let limit = width - margin;
  for (let index = out.length - 1; index >= 0; index -= 1) {
    out[index] = Math.min(out[index] ?? 0, limit);
    limit = (out[index] ?? 0) - closest;
  }
  return out;
}

/** The place of an instant between the two marks around it, so that order stays true after spreading; undefined after the last mark. */
function between(at: number, times: readonly number[], xs: readonly number[]): number | undefined {
  const next = times.findIndex((time) => time > at);
  if (next < 1) return undefined;
  const [t0, t1, x0, x1] = [times[next - 1] ?? 0, times[next] ?? 0, xs[next - 1] ?? 0, xs[next] ?? 0];
  return x0 + ((at - t0) / Math.max(1, t1 - t0)) * (x1 - x0);
}
