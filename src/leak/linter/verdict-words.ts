import { compact } from './compact.ts';

/** What makes a word say something of the material: how it has to stand to a word for it. */
export type Stand =
  /** Before such a word, after one, or after "is" whose subject is one: "a forged letter", "the letter is forged", "forged the letter". */
  | 'said'
  /** After "is", whatever the subject, unless it is plainly another: "a forgery". */
  | 'plain'
  /** Only after "is", whose subject is a paper: "real", "true". */
  | 'told'
  /** A word for material stands before it in the clause, or a pronoun for one. */
  | 'of'
  /** The same, and the words say that it is the material that circulates. */
  | 'shown'
  /** A word for material stands before or after, and what was done was done by a stranger's hand or behind the author's back. */
  | 'done'
  /** The same of a part of the material: to take out a line is to alter it, to delete a file is not. */
  | 'cut'
  /** It names the material itself. */
  | 'whole';

/** `denied`: a denial that governs the words turns the verdict round, is needed for one, or leaves none. */
export type Sign = { verdict: 'false' | 'true'; words: RegExp; stand: Stand; denied: 'turns' | 'needed' | 'none' };

/**
 * Words by which a language calls material false or authentic, and what takes a verdict back. All run on one clause of a folded text in
 * small letters (`lowered`), or on the words before and after a sign.
 */
export type VerdictWords = {
  signs: readonly Sign[];
  /** Words for material and for what is none; groups `aside` (after a preposition), `thing`, `detail`, `other`. */
  heads: RegExp;
  /** Before a word for material: "this", "these". */
  pointed: RegExp;
  /** Before a sign: a word that stands for what was named earlier. */
  pronoun: RegExp;
  /** After a sign: the material that it is said of. */
  object: RegExp;
  /** After a sign: nothing else that it is said of. */
  goesOn: RegExp;
  /** Before a sign: it follows at once on the material, or on "is" with a few words between. */
  adjacent: RegExp;
  link: RegExp;
  /** Before a sign: nothing, so that it is said of what the sentence before named. */
  bare: RegExp;
  /** Between subject and sign, or before the subject ("none of"): what denies the verdict. */
  denial: RegExp;
  none: RegExp;
  /** Before a subject: what denies something else ("nothing shows that"). */
  negation: RegExp;
  /** The material circulates. */
  shown: RegExp;
  /** A stranger did it, or it was done behind the author's back; and what our own people did. */
  hand: RegExp;
  ownHand: RegExp;
  /** Before a sign with an object: there is such a thing. */
  definite: RegExp;
  /** Anywhere before: doubt, condition, ignorance; the words of others, exercises. */
  doubt: RegExp;
  theirs: RegExp;
  /** In the clause: that it holds of a part, which is not named. */
  partial: RegExp;
  /** After: whose words they were, or that they are not ours. */
  disowned: RegExp;
  /** Just before: advice about a kind. */
  advice: RegExp;
  /** Signs that may be said of a swindler's message, and what tells that it is one. */
  swindler: RegExp;
  swindle: RegExp;
  /** Holds a word of doubt and doubts nothing: "il ne fait aucun doute que". */
  sure: RegExp;
  /** What makes an item that may exist of one that does. */
  later: RegExp;
  /** After "genuine messages" and "a genuine message": what any of its kind does, said of none. */
  usual: RegExp;
  generic: RegExp;
};

/** Signs of one kind, from the turns that make them: one pattern, so that a text is searched once. */
export function signsOf(verdict: Sign['verdict'], stand: Stand, denied: Sign['denied'], turns: readonly string[]): Sign {
  return { verdict, stand, denied, words: compact(turns.join('|'), 'gu') };
}

/** The words of a language as they run: each pattern compact. */
export function verdictWords(words: VerdictWords): VerdictWords {
  const read = (value: VerdictWords[keyof VerdictWords]): unknown => (value instanceof RegExp ? compact(value.source, value.flags) : value);
  return Object.fromEntries(Object.entries(words).map(([name, value]) => [name, read(value)])) as VerdictWords;
}
