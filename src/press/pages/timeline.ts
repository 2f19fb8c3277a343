import type { PublicStatement } from '../../statement/facts.ts';
import { codeOf, linesOf, type Said, saidUpTo } from '../item-history.ts';
import { findingWord } from './findings.ts';
import { hrefOf, type LinkModel, type Reading, type TimeModel } from './page.ts';
import { type Happening, isPromise, type Picture, pictureOf, type Shape, shapes } from './timeline-picture.ts';

/** A statement's life as a picture and as a list; each of the two says all that the other says. */
export type TimelineModel = {
  label: string;
  picture: Picture;
  /** What the shapes of the picture mean: those that are in it. */
  legend: readonly { shape: Shape; text: string }[];
  /** Where the picture begins and ends. */
  ends: readonly { text: string; at: TimeModel }[];
  events: readonly (LinkModel & { at: TimeModel; shape: Shape })[];
};

const minor: ReadonlySet<string> = new Set(['editorial', 'translation']);
const isLane = (shape: Shape): boolean => shape === 'verdict' || isPromise(shape);

/**
 * The newest `most` versions with what they said of items for the first time or otherwise than before, and with the updates that they
 * promised. Null where there is one version and nothing else to show.
 */
export async function timelineOf(reading: Reading, statement: PublicStatement, most: number): Promise<TimelineModel | null> {
  const { say, time } = reading.speech;
  const shown = statement.versions.slice(-most);
  const [first, last] = [shown.at(0), shown.at(-1)];
  if (first === undefined || last === undefined) return null;
  const history = await saidUpTo(reading.room.texts, statement, last.version);
  const all = [...published(reading, statement), ...judged(reading, history), ...promised(reading, statement)];
  const happenings = all.filter(({ version }) => version >= first.version).sort((a, b) => a.at - b.at || Number(isLane(a.shape)) - Number(isLane(b.shape)));
  if (happenings.length < 2) return null;
  return {
    label: say('public.timeline.label', { from: first.version, to: last.version }),
    picture: pictureOf(happenings),
    legend: shapes.filter((shape) => happenings.some((one) => one.shape === shape)).map((shape) => ({ shape, text: say(`public.timeline.${shape}`) })),
    ends: shown.length === 1 ? [] : [first, last].map(({ version, at }) => ({ text: `v${version}`, at: time(at) })),
    events: happenings.map(({ at, shape, version, text }) => ({
      at: time(new Date(at).toISOString()),
      shape,
      text,
      href: hrefOf(reading, { page: 'version', reference: statement.reference, version }),
    })),
  };
}

function published({ speech: { say } }: Reading, { versions }: PublicStatement): readonly Happening[] {
  return versions.map(({ at, kind, version }) => ({
    at: Date.parse(at),
    shape: kind === 'correction' || kind === 'withdrawal' ? kind : minor.has(kind) ? 'minor' : 'version',
    version,
    text: say('public.timeline.published', { version, kind: say(`public.kind.${kind}`) }),
  }));
}

/** Findings other than `unverified` when they are first given, and every change of one. */
function judged(reading: Reading, history: readonly Said[]): readonly Happening[] {
  const { say } = reading.speech;
  const ids = [...new Set(history.flatMap(({ items }) => [...items.keys()]))];
  return ids.flatMap((id) =>
    linesOf(history, id).flatMap(({ value, version }, place, lines): Happening[] => {
      const before = lines[place - 1]?.value;
      if (before === undefined ? codeOf(value) === 'unverified' : codeOf(before) === codeOf(value)) return [];
      const values = { id, verdict: findingWord(reading, value).verdict, before: before ? findingWord(reading, before).verdict : '' };
      const text = say(before ? 'public.timeline.changed' : 'public.timeline.given', { ...values, version: version.version });
      return [{ at: Date.parse(version.at), shape: 'verdict', version: version.version, text }];
    }),
  );
}

/** Each promised update at its time; it is kept where the next version came by then. */
function promised({ speech: { say }, instant }: Reading, { versions }: PublicStatement): readonly Happening[] {
  return versions.flatMap(({ nextUpdate, version }, place): Happening[] => {
    if (nextUpdate?.type !== 'by') return [];
    const at = Date.parse(nextUpdate.at);
    const next = versions[place + 1];
    const isKept = next !== undefined && Date.parse(next.at) <= at;
    const shape = isKept ? 'kept' : next !== undefined || instant.isPast(at) ? 'missed' : 'open';
    const key = shape === 'missed' && next === undefined ? 'missedYet' : `${shape}By`;
    return [{ at, shape, version, text: say(`public.timeline.${key}`, { version, next: next?.version ?? '' }) }];
  });
}
