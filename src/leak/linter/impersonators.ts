import { clausesOf } from './clauses.ts';
import type { Find, LintInput } from './issue.ts';

/** Where somebody poses as the agency, to name the false address is the point of the statement (docs/decisions/0009). */

const falseCue =
  /(?<!\p{L})(?:usurp\p{L}*|imit\p{L}+|contref\p{L}+|frauduleu\p{L}+|faux|fausses?|factices?|mensong\p{L}+|se fai(?:t|sant|saient) passer|se pr[ée]sent\p{L}+ comme|n'(?:est|a|appartient)\p{L}*\s(?:pas|aucun\p{L}*|rien)|pas (?:le|la|un|une) n[ôo]tres?|impersonat\p{L}*|imposters?|impostors?|spoof\p{L}*|fakes?|faked|false|fraudulent|bogus|counterfeit|imitat\p{L}+|pos(?:es|ed|ing) as|pretend\p{L}*|not (?:ours|our|belong\p{L}*|run by|the agency|operated)|does not belong|passes itself off)(?!\p{L})/iu;
const bareHost = /^[^\s/:@?#]+(?:\s?[[({]\s?(?:\.|dot|point)\s?[\])}]\s?[^\s/:@?#]+)*$/iu;

/** A bare domain, without scheme, port or path, in a clause that calls it false: W1 `trace_domain` in place of B1. Channels stay what they are. */
export function asWarning(finds: readonly Find[], text: string, { situation }: Pick<LintInput, 'situation'>): readonly Find[] {
  if (situation !== 'impersonation' || !finds.some(({ code }) => code === 'locator_url')) return finds;
  const places = clausesOf(text)
    .filter((clause) => falseCue.test(clause.text))
    .map((clause) => ({ start: clause.start, end: clause.start + clause.text.length }));
  let at = 0;
  return finds.map((find): Find => {
    if (find.code !== 'locator_url' || !bareHost.test(text.slice(find.start, find.end))) return find;
    // Both lists are in the order of the text.
    while (at < places.length && (places[at]?.end ?? 0) <= find.start) at += 1;
    const place = places[at];
    return place !== undefined && place.start <= find.start && find.end <= place.end ? { ...find, rule: 'W1', code: 'trace_domain' } : find;
  });
}
