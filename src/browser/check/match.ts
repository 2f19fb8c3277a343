import { overlapOf, parseSketch, shownFrom } from '../../leak/fingerprint/sketch.ts';
import type { Prints } from '../fingerprint/messages.ts';
import type { Known, RegisterIndex } from './register-index.ts';

/** One item that what was checked answers to: the same bytes, the same words, or `overlap` percent of its text. */
export type Match = { known: Known } & ({ how: 'exact' | 'text' } | { how: 'overlap'; percent: number });

/** All items that answer, each once at its highest level: same bytes before same words before overlaps, the largest of those first. */
export function matchesOf(index: RegisterIndex, { exact, text, sketch }: Pick<Prints, 'exact' | 'text' | 'sketch'>): readonly Match[] {
  const found = new Set<Known>();
  const isNew = ({ known }: Match): boolean => !found.has(known) && found.add(known).has(known);
  const same = (how: 'exact' | 'text', print: string | null): readonly Match[] =>
    (print === null ? [] : (index[how].get(print) ?? [])).map((known) => ({ known, how }));
  return [...same('exact', exact), ...same('text', text), ...overlapsWith(index, sketch)].filter(isNew);
}

function overlapsWith(index: RegisterIndex, sketch: string | null): readonly Match[] {
  const own = sketch === null ? null : parseSketch(sketch);
  if (own === null) return [];
  return index.sketches
    .map(({ sketch: other, known }) => ({ known, how: 'overlap', percent: overlapOf(own, other) }) as const)
    .filter(({ percent }) => percent >= shownFrom)
    .sort((one, other) => other.percent - one.percent);
}
