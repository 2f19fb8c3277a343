import { en } from './assertion-frames-en.ts';
import { fr } from './assertion-frames-fr.ts';
import type { LintLanguage } from './issue.ts';

/**
 * How a language says that an item is false, or authentic, and how it doubts; all run on one clause of a folded text in small letters
 * (`lowered`). In `falsified` and `authentic` a doubt before the words or among them takes them back. In `falsifiedByDenial` and
 * `authenticByDenial` the denial is the assertion ("ne sont pas d'origine", "no longer in doubt"): only a doubt before counts.
 */
export type Frames = {
  /** One word of them stands in every text that asserts something. */
  hint: RegExp;
  falsified: readonly RegExp[];
  falsifiedByDenial: readonly RegExp[];
  authentic: readonly RegExp[];
  authenticByDenial: readonly RegExp[];
  hedge: RegExp;
  /** Holds a word of doubt and doubts nothing: "il ne fait aucun doute que". */
  sure: RegExp;
  /** What makes an item that may exist of one that does. */
  later: RegExp;
  /** After "a genuine message": what any of its kind does, said of none. */
  generic: RegExp;
};

export const frames: Readonly<Record<LintLanguage, Frames>> = { fr, en };
