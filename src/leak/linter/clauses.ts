import { lowered, sentencesOf } from './fold.ts';
import { matchesOf } from './matches.ts';

/** `low`: the same in small letters. `start`: its place in the text. */
export type Clause = { text: string; low: string; start: number };

const turn =
  /[;:]\s|(?<!(?:any|no)thing|rien),?\s(?:mais|but|tandis que|whereas|while)\s|,\s(?:et|and|so|donc)\s|,\s(?=(?:it|they|this|these|those)\s(?:is|are|was|were)(?!\p{L})|(?:c'est|ce sont|(?:ils?|elles?)\s(?:est|sont|[ée]tai(?:t|ent)|a [ée]t[ée]|ont [ée]t[ée]))(?!\p{L}))|,\s(?=(?:please )?(?:tell (?:them|callers|people)|note that|be aware|remember|r[ée]pondez|dites|sachez)(?!\p{L}))/gu;
/** A sentence that opens with a condition or with somebody's name for what follows: its first comma ends no thought. */
const opener = /^(?:if|whether|when|unless|according|in the words|si|s'ils?|s'il|quand|lorsque|selon|d'apr[èe]s|pour|for)(?!\p{L})/u;

/** After a condition: what is said in any case. */
const saying = /^(?:please )?(?:tell|note|be aware|remember|r[ée]pondez|dites|sachez)(?!\p{L})/u;

/** Sentences cut where another thought begins, so that a doubt here excuses no verdict there. */
export function clausesOf(text: string): readonly Clause[] {
  return sentencesOf(text).flatMap((sentence) => {
    const low = lowered(sentence.text);
    const isOpened = opener.test(low);
    const cuts = matchesOf(turn, low)
      .filter(({ 0: cut, index }) => cut !== ', ' || !isOpened || saying.test(low.slice(index + 2, index + 20)))
      .map(({ index, 0: cut }) => index + cut.length);
    return [0, ...cuts].map((from, index) => ({
      text: sentence.text.slice(from, cuts[index]),
      low: low.slice(from, cuts[index]),
      start: sentence.start + from,
    }));
  });
}

/** Whether a word of doubt ends before a place of a clause. The clause is searched once for all places. */
export function hedgeIn(clause: string, hedge: RegExp): (place: number) => boolean {
  const first = hedge.exec(clause);
  const end = first === null ? Number.POSITIVE_INFINITY : first.index + first[0].length;
  return (place) => end <= place;
}
