import { refuse } from '../errors.ts';
import type { Allow } from '../leak/linter/issue.ts';
import type { Language } from './schema.ts';

/** What one house has decided for all of its statements; read once, at start. */
export type House = {
  /** The agency's first language, in which every text is owed. */
  first: Language;
  /** What public texts may say although a rule of the linter would stop it. */
  allow: Allow;
  /** Windows of election silence, instants, the end excluded: a publication in one needs one more approval. */
  silences: readonly Silence[];
  /** Most words of a text in one language, by the name of the template it was opened with. */
  wordLimits: ReadonlyMap<string, number>;
};
export type Silence = { from: string; to: string };

/** The window that this instant lies in. */
export function silenceAt({ silences }: Pick<House, 'silences'>, at: string): Silence | null {
  return silences.find(({ from, to }) => from <= at && at < to) ?? null;
}

/** One approval more than the quorum while a window of silence lasts. */
export function moreInSilence(house: Pick<House, 'silences'>, at: string): 0 | 1 {
  return silenceAt(house, at) === null ? 0 : 1;
}

/** All publishing stands still (transition 25); taking back and doubting what is public goes on. @throws frozen */
export function requireUnfrozen({ frozen }: { frozen: boolean }): void {
  if (frozen) refuse('frozen', 'publishing is frozen');
}
