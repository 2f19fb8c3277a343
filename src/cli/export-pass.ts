import { refuse } from '../errors.ts';
import { allPaths, isLate } from '../press/all-paths.ts';
import type { Contents } from '../press/contents.ts';
import type { Language } from '../statement/schema.ts';
import { embedOriginsIn, misfitOf } from './export-headers.ts';
import type { Held, Mirror, Release } from './export-mirror.ts';
import { addressOf, isMissingPath, missingPath } from './export-names.ts';
import { putAnswer } from './export-put.ts';
import { atOnce, readContents, type Site } from './export-site.ts';

export type Exported = {
  /** The tag of what the site said it holds. */
  etag: string;
  paths: number;
  /** False where something came out while pictures and proofs were fetched: there is more to export already. */
  isWhole: boolean;
  /** Paths that the site should have and could not give: what was there before stays, and the next export asks again. */
  unread: readonly string[];
  /** A path that the printed configurations would answer with other headers than the site; null for none. */
  misfit: string | null;
};

type Goal = { contents: Contents; etag: string; wanted: ReadonlyMap<string, string> };
const mostRounds = 50;

/**
 * Brings a mirror to what the site holds now. Pages, feeds and signed files come out together; pictures and fresher proofs of what was there
 * already follow in a release of their own. `everything`: asks for what seems unchanged as well, as after a restart with another look.
 * @throws OnrecordError `not_found` when the site does not answer: the mirror is then as it was
 */
export async function exportSite(site: Site, mirror: Mirror, everything: boolean): Promise<Exported> {
  const copy = createCopy(site, mirror, everything);
  let goal = await readGoal(site);
  if (goal === null) return refuse('not_found', `${site.name} does not say what it holds`);
  for (let round = 0; round < mostRounds; round += 1) {
    await copy.fetch(goal, 'first');
    // Everything that was fetched belongs together when the site holds now what it held before.
    const moved = await readGoal(site, goal.etag);
    if (moved !== null) {
      goal = moved;
      continue;
    }
    await copy.publish(goal);
    await copy.fetch(goal, 'late');
    const isWhole = (await readGoal(site, goal.etag)) === null;
    if (isWhole) await copy.publish(goal);
    return { ...copy.report(), etag: goal.etag, isWhole };
  }
  return refuse('busy', `${site.name} changes faster than it can be copied`);
}

async function readGoal(site: Site, etag?: string): Promise<Goal | null> {
  const read = await readContents(site, etag);
  if (read === null) return null;
  const { language, others } = read.contents;
  const missing = [language, ...others].map((code) => [missingPath(code), ''] as const);
  return { ...read, wanted: new Map([...allPaths(read.contents), ...missing]) };
}

function createCopy(site: Site, mirror: Mirror, everything: boolean) {
  let before = mirror.current();
  let staging = mirror.begin();
  let embedOrigins: readonly string[] = before?.embedOrigins ?? [];
  let misfit: string | null = null;
  let isOtherLook = false;
  const held = new Map<string, Held>(before?.held);
  const [asked, unread] = [new Map<string, string>(), new Set<string>()];

  // Pictures are drawn again only where some page shows that the site looks otherwise: each takes the site a tenth of a second.
  const isDoubted = (path: string): boolean => everything && (isOtherLook || !path.endsWith('.png'));
  const isStale = (path: string, stamp: string): boolean => asked.get(path) !== stamp && (held.get(path)?.stamp !== stamp || isDoubted(path));
  const mayWait = (path: string): boolean => isLate(path) && before !== null && (path.endsWith('.png') || held.has(path));

  async function fetch({ wanted, contents }: Goal, which: 'first' | 'late'): Promise<void> {
    const queue = [...wanted].filter(([path, stamp]) => (which === 'late' || !mayWait(path)) && isStale(path, stamp));
    const fetchRest = async (): Promise<void> => {
      try {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) await fetchOne(next[0], next[1], contents);
      } finally {
        queue.length = 0;
      }
    };
    // Whoever hears of a failure finds nobody writing any more.
    const ends = await Promise.allSettled(Array.from({ length: atOnce }, fetchRest));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  async function fetchOne(path: string, stamp: string, { language, others }: Contents): Promise<void> {
    const old = held.get(path);
    const answer = await site.read(addressOf(path, language), old?.status === 200 ? old.etag : undefined);
    asked.set(path, stamp);
    unread.delete(path);
    if (answer.status === 304 && old) held.set(path, { ...old, stamp });
    else if (answer.status === 404 && !isMissingPath(path)) held.delete(path);
    else if (![200, 404, 451].includes(answer.status)) unread.add(path);
    else {
      const kept = await putAnswer(staging, path, answer, { old, stamp, now: Date.now() });
      if (old?.stamp === stamp && old.etag !== kept.etag) isOtherLook = true;
      held.set(path, kept);
      embedOrigins = embedOriginsIn(path, answer) ?? embedOrigins;
      misfit ??= misfitOf(path, answer, { embedOrigins, languages: [language, ...others] });
    }
  }

  async function publish({ contents, wanted }: Goal): Promise<void> {
    const { redactions } = contents;
    const languages: [Language, ...Language[]] = [contents.language, ...contents.others];
    const isRedacted = before !== null && redactions !== before.redactions;
    // What may still hold a text that is gone is left out until it is made again.
    const isSuspect = (path: string): boolean => isRedacted && held.get(path)?.stamp !== wanted.get(path) && !path.endsWith('.tlog-proof');
    for (const path of [...held.keys()]) if (!wanted.has(path) || isSuspect(path)) held.delete(path);
    const release: Release = { redactions, languages, embedOrigins: [...embedOrigins], held: new Map(held) };
    if (before !== null && isSame(before, release)) return;
    await mirror.publish(staging, release);
    before = release;
    staging = mirror.begin();
  }

  return { fetch, publish, report: () => ({ paths: held.size, unread: [...unread], misfit }) };
}

function isSame(one: Release, other: Release): boolean {
  const facts = ({ redactions, languages, embedOrigins, held }: Release): string => JSON.stringify([redactions, languages, embedOrigins, held.size]);
  return facts(one) === facts(other) && [...other.held].every(([path, { stamp, etag, file }]) => isHeld(one.held.get(path), stamp, etag, file));
}

function isHeld(held: Held | undefined, stamp: string, etag: string, file: string): boolean {
  return held?.stamp === stamp && held.etag === etag && held.file === file;
}
