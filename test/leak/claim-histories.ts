import fc from 'fast-check';
import t from 'tap';
import { claimRules } from '../../src/leak/claim.ts';
import { bases, type Claim, claimFindings, confidences, type Findings } from '../../src/leak/findings.ts';
import type { VersionKind } from '../../src/leak/grounds.ts';
import { everyRule, findingChanges, findingsIssues, type Rules } from '../../src/leak/verdict.ts';
import { artefact } from '../support/findings.ts';

/** Claims over random histories: no finding without its grounds, none turned quietly, none deleted. */

const kinds: readonly VersionKind[] = ['update', 'update', 'correction', 'correction', 'editorial', 'translation', 'withdrawal'];
const texts = fc.constantFrom({ fr: 'L’agence a truqué le vote' }, { fr: 'L’agence a truqué le vote' }, { fr: 'L’agence n’a rien truqué' });
const grounded: fc.Arbitrary<Claim> = fc.tuple(fc.constantFrom(...claimFindings), texts).map(([finding, text]) => ({
  id: 'K-1',
  text,
  about: [],
  finding,
  confidence: finding === 'unverified' || finding === 'withdrawn' ? null : 'moderate',
  bases: finding === 'unverified' ? [] : ['forensic_report'],
  because: finding === 'unverified' ? {} : { fr: 'Les registres ont été comparés.' },
}));
const random: fc.Arbitrary<Claim> = fc.record({
  id: fc.constant('K-1'),
  text: fc.constantFrom({ fr: 'L’agence a truqué le vote' }, { fr: ' ' }, { en: 'They did it' }),
  about: fc.uniqueArray(fc.constantFrom('A-1', 'A-7'), { maxLength: 2 }),
  finding: fc.constantFrom(...claimFindings),
  confidence: fc.option(fc.constantFrom(...confidences), { nil: null }),
  bases: fc.uniqueArray(fc.constantFrom(...bases), { maxLength: 2 }),
  because: fc.constantFrom({ fr: 'Comparé.' }, {}),
});
const step = fc.record({
  kind: fc.constantFrom(...kinds),
  claim: fc.oneof({ weight: 3, arbitrary: grounded }, { weight: 2, arbitrary: random }, { weight: 1, arbitrary: fc.tuple(grounded, random).map(mix) }),
  drop: fc.nat(15).map((roll) => roll === 0),
});
const sequence = fc.array(step, { minLength: 4, maxLength: 9 });

function mix([good, odd]: [Claim, Claim]): Claim {
  return { ...good, confidence: odd.confidence, bases: odd.bases };
}

/** The rules again in other words than the code's. */
function wrongWith(before: Claim | undefined, now: Claim, kind: VersionKind): string | undefined {
  const isFound = !['unverified', 'withdrawn'].includes(now.finding);
  const why = Boolean(now.because.fr?.trim());
  const onlyDenied = now.bases.length > 0 && now.bases.every((basis) => basis === 'origin_denies');
  const sure = now.confidence === 'moderate' || now.confidence === 'high';
  if (!now.text.fr?.trim() || now.about.includes('A-7')) return 'a claim without words, or about nothing listed';
  if (isFound && !(sure && why && now.bases.length > 0 && !onlyDenied)) return `${now.finding} without grounds`;
  if (!isFound && now.confidence !== null) return 'confidence in nothing';
  if (now.finding === 'withdrawn' && (!why || before === undefined || before.finding === 'unverified')) return 'a withdrawal of nothing, or without a reason';
  const old = before?.finding ?? 'unverified';
  if (old !== 'unverified' && now.finding === 'unverified') return 'a finding was forgotten';
  if (['editorial', 'translation', 'withdrawal'].includes(kind) && old !== now.finding) return `moved in ${kind}`;
  const firm = ['true', 'partly_true', 'false'];
  const turned = firm.includes(old) && old !== now.finding;
  const retired = old === 'indeterminate' && now.finding === 'withdrawn';
  const less = old === now.finding && isFound && before?.bases.some((basis) => !now.bases.includes(basis));
  if (before !== undefined && old !== 'unverified' && before.text.fr !== now.text.fr && kind !== 'correction') return `rewritten in ${kind}`;
  return (turned || retired || less) && kind !== 'correction' ? `lost ground in ${kind}` : undefined;
}

const seen = { accepted: 0, moves: new Set<string>() };

function walk(steps: readonly { kind: VersionKind; claim: Claim; drop: boolean }[], rules: Rules): string | undefined {
  const withClaims = (claims: Claim[]): Findings => ({ artefacts: [artefact({})], collections: [], claims });
  let now = withClaims([]);
  for (const { kind, claim, drop } of steps) {
    const next = withClaims(drop ? [] : [claim]);
    if (findingsIssues(now, next, { kind, first: 'fr' }, rules).length > 0) continue;
    const [before] = now.claims ?? [];
    if (drop && before !== undefined) return 'a claim was deleted';
    const wrong = drop ? undefined : wrongWith(before, claim, kind);
    if (wrong !== undefined) return wrong;
    seen.accepted += 1;
    for (const { transition, to } of findingChanges(now, next)) seen.moves.add(`${transition} ${to}`);
    now = next;
  }
  return undefined;
}

t.test('over 10,000 histories no claim is judged without grounds, turned without a correction, or deleted', async (t) => {
  fc.assert(
    fc.property(sequence, (steps) => {
      const wrong = walk(steps, everyRule);
      if (wrong !== undefined) throw new Error(wrong);
    }),
    { numRuns: 10_000 },
  );
  t.ok(seen.accepted > 5_000, `${seen.accepted} steps accepted`);
  for (const move of ['first false', 'reversed true', 'weakened indeterminate', 'withdrawn withdrawn']) t.ok(seen.moves.has(move), move);
});

t.test('with any one rule switched off, the same histories find something wrong', async (t) => {
  for (const rule of claimRules) {
    const rules = { ...everyRule, claims: claimRules.filter((one) => one !== rule) };
    const check = fc.check(
      fc.property(sequence, (steps) => walk(steps, rules) === undefined),
      { numRuns: 40_000, endOnFailure: true },
    );
    t.ok(check.failed, rule.code);
  }
});
