import fc from 'fast-check';
import t from 'tap';
import { collectionRules } from '../../src/leak/collection.ts';
import { type Artefact, bases, type Collection, changeKinds, collectionFindings, confidences, type Findings, verdicts } from '../../src/leak/findings.ts';
import type { VersionKind } from '../../src/leak/grounds.ts';
import { artefactRules, everyRule, findingChanges, findingsIssues, type Rules } from '../../src/leak/verdict.ts';
import { altered, artefact, authentic, collection, dkim, fabricated, indeterminate, nothing, permission, said, withdrawn } from '../support/findings.ts';

const kinds: readonly VersionKind[] = ['update', 'update', 'update', 'correction', 'correction', 'editorial', 'translation', 'withdrawal'];
/** What may be proposed: often what the verdict needs, often anything. */
const some = <Value>(values: readonly Value[], maxLength = 3): fc.Arbitrary<Value[]> => fc.uniqueArray(fc.constantFrom(...values), { maxLength });
const confidence = fc.option(fc.constantFrom(...confidences), { nil: null });
const because = fc.constantFrom<Artefact['because']>({ fr: 'Comparé.' }, { fr: 'Comparé.' }, { fr: 'Comparé.' }, { en: 'Compared.' }, { fr: ' ' });
const grounded = fc.constantFrom(artefact({}), authentic, altered, fabricated, indeterminate, withdrawn);
const random = fc.record({
  verdict: fc.constantFrom(...verdicts),
  confidence,
  bases: some(bases),
  because,
  changes: some(changeKinds),
  permission: fc.constantFrom(null, permission),
  dkim: fc.constantFrom(null, dkim),
});
const proposal = fc.oneof(
  { weight: 6, arbitrary: grounded },
  { weight: 2, arbitrary: fc.tuple(grounded, confidence).map(([item, level]) => ({ ...item, confidence: level })) },
  { weight: 2, arbitrary: fc.tuple(grounded, some(bases), because).map(([item, given, why]) => ({ ...item, bases: given, because: why })) },
  { weight: 2, arbitrary: random.map(artefact) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(grounded, some(changeKinds, 2), random)
      .map(([item, changes, { permission: p, dkim: d }]) => ({ ...item, changes, permission: p, dkim: d })),
  },
);
const ids = ['A-1', 'A-2', 'A-3'] as const;
const randomCollection = fc
  .record({
    finding: fc.constantFrom(...collectionFindings),
    confidence,
    bases: fc.oneof(fc.constant(fabricated.bases), some(bases)),
    because,
    members: some([...ids, ...ids, 'A-9']),
  })
  .map(collection);
const groundedCollection = fc
  .tuple(
    fc.constantFrom(...collectionFindings),
    fc.constantFrom<string[]>([], ['A-1'], ['A-1', 'A-2'], [...ids]),
    fc.constantFrom<Collection['bases']>(fabricated.bases, fabricated.bases, ['origin_denies'], ['origin_copy_compared']),
  )
  .map(([finding, members, given]) => collection({ ...said, finding, members, bases: given, confidence: finding === 'unverified' ? null : 'moderate' }));
const someCollection = fc.oneof({ weight: 1, arbitrary: randomCollection }, { weight: 2, arbitrary: groundedCollection });
const act = fc.record({
  kind: fc.constantFrom(...kinds),
  id: fc.constantFrom(...ids),
  item: proposal,
  group: fc.option(someCollection, { nil: null, freq: 2 }),
  drop: fc.nat(19).map((roll) => roll === 0),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;
const sequence = fc.array(act, { minLength: 4, maxLength: 10 });

function propose(now: Findings, { id, item, group, drop }: Act): Findings {
  const others = now.artefacts.filter((one) => one.id !== id);
  return { artefacts: drop ? others : [...others, { ...item, id }], collections: group ? [group] : drop ? [] : now.collections };
}

/** The model again, in other words than the code's: what an accepted item, collection or step may never be. */
function overclaims(item: Artefact): string[] {
  const has = (...wanted: Artefact['bases']): boolean => wanted.some((basis) => item.bases.includes(basis));
  const why = (item.because.fr ?? '').trim() !== '';
  const sure = why && (item.confidence === 'moderate' || item.confidence === 'high');
  const proof = has('origin_copy_compared', 'pdf_or_code_signature') || has('dkim_valid');
  const real = (item.changes ?? []).filter((change) => change !== 'metadata' && change !== 'reencoding');
  const signedFacts = !has('dkim_valid') || item.dkim?.selector !== undefined;
  const onlyDenied = item.bases.join() === 'origin_denies';
  const standing: Record<Artefact['verdict'], boolean> = {
    unverified: item.confidence === null,
    withdrawn: why && item.confidence === null,
    authentic: sure && proof && signedFacts && Boolean(item.permission) && real.length === 0 && !has('origin_denies'),
    altered: sure && signedFacts && has('origin_copy_compared', 'earlier_public_version') && real.length > 0,
    fabricated:
      sure &&
      has('origin_denies') &&
      has('metadata_inconsistent', 'internal_contradiction', 'earlier_public_version', 'forensic_report', 'third_party_report') &&
      !has('dkim_valid', 'pdf_or_code_signature', 'origin_confirms'),
    indeterminate: sure && signedFacts && item.bases.length > 0 && !onlyDenied,
  };
  return standing[item.verdict] ? [] : [`${item.id} is ${item.verdict} without its least basis`];
}

function overclaimsTogether(group: Collection, artefacts: readonly Artefact[]): string[] {
  if (group.members.some((member) => artefacts.every(({ id }) => id !== member))) return ['a member that is not listed'];
  if (group.finding === 'unverified') return group.confidence === null ? [] : ['confidence in nothing'];
  const count = (...wanted: string[]): number => artefacts.filter(({ id, verdict }) => group.members.includes(id) && wanted.includes(verdict)).length;
  const [true_, altered_, false_] = [count('authentic'), count('altered'), count('fabricated')];
  const items: Record<string, boolean> = {
    may_contain_falsified: true,
    mixed: true_ > 0 && altered_ + false_ > 0,
    authentic_sample: true_ > 0 && altered_ + false_ === 0,
    fabricated: false_ > 0 && true_ + altered_ === 0 && group.bases.includes('origin_denies'),
  };
  const grounds = group.bases.filter((basis) => basis !== 'origin_denies').length > 0;
  const outsider = group.finding !== 'fabricated' || group.bases.some((basis) => !/^origin_|^dkim|^pdf/.test(basis));
  const sure = (group.confidence === 'moderate' || group.confidence === 'high') && Boolean(group.because.fr?.trim());
  return items[group.finding] && grounds && outsider && sure ? [] : [`${group.id} is ${group.finding} without what it rests on`];
}

function movedQuietly(before: Findings, after: Findings, kind: VersionKind): string[] {
  const firm = ['authentic', 'altered', 'fabricated'];
  const loud = kind === 'correction';
  return [
    ...before.artefacts.flatMap((old) => {
      const now = after.artefacts.find(({ id }) => id === old.id);
      if (now === undefined) return [`${old.id} is gone`];
      if (old.verdict !== 'unverified' && now.verdict === 'unverified') return [`${old.id} forgot its verdict`];
      const lost = firm.includes(old.verdict) && old.verdict !== now.verdict;
      const retired = old.verdict === 'indeterminate' && now.verdict === 'withdrawn';
      const less =
        old.verdict === now.verdict && old.bases.some((basis) => !now.bases.includes(basis)) && old.verdict !== 'unverified' && old.verdict !== 'withdrawn';
      return (lost || retired || less) && !loud ? [`${old.id} lost ground in ${kind}`] : [];
    }),
    ...after.artefacts.flatMap((now) => {
      const old = before.artefacts.find(({ id }) => id === now.id)?.verdict ?? 'unverified';
      if (now.verdict === 'withdrawn' && old === 'unverified') return ['withdrew what was never said'];
      return ['editorial', 'translation', 'withdrawal'].includes(kind) && old !== now.verdict ? [`${now.id} moved in ${kind}`] : [];
    }),
    ...before.collections.flatMap((old) => {
      const now = after.collections.find(({ id }) => id === old.id);
      if (now === undefined) return [`${old.id} is gone`];
      if (old.members.some((member) => !now.members.includes(member))) return [`${old.id} lost a member`];
      if (old.finding !== 'unverified' && now.finding === 'unverified' && !now.because.fr?.trim()) return [`${old.id} fell silent`];
      const grew =
        old.finding === 'unverified' || (old.finding === 'may_contain_falsified' && now.finding !== 'unverified' && now.finding !== 'authentic_sample');
      return old.finding !== now.finding && !grew && !loud ? [`${old.id} turned in ${kind}`] : [];
    }),
    ...after.collections.flatMap((now) => {
      const old = before.collections.find(({ id }) => id === now.id)?.finding ?? 'unverified';
      return ['editorial', 'translation', 'withdrawal'].includes(kind) && old !== now.finding ? [`${now.id} moved in ${kind}`] : [];
    }),
  ];
}

const seen = { accepted: 0, refused: 0, moves: new Set<string>() };

/** Walks one sequence as an agency would, taking every step that the rules accept; the first thing wrong in what was accepted. */
function walk(acts: readonly Act[], rules: Rules): string | undefined {
  let now = nothing;
  for (const step of acts) {
    const next = propose(now, step);
    if (findingsIssues(now, next, { kind: step.kind, first: 'fr' }, rules).length > 0) {
      seen.refused += 1;
      continue;
    }
    const wrong = [
      ...next.artefacts.flatMap(overclaims),
      ...next.collections.flatMap((group) => overclaimsTogether(group, next.artefacts)),
      ...movedQuietly(now, next, step.kind),
    ];
    if (wrong.length > 0) return wrong[0];
    seen.accepted += 1;
    for (const { transition, to } of findingChanges(now, next)) seen.moves.add(`${transition} ${to}`);
    now = next;
  }
  return undefined;
}

t.test('over 20,000 histories no verdict lacks its least basis, none is turned without a correction, and nothing is deleted', async (t) => {
  fc.assert(
    fc.property(sequence, (acts) => {
      const wrong = walk(acts, everyRule);
      if (wrong !== undefined) throw new Error(wrong);
    }),
    { numRuns: 20_000 },
  );
  t.ok(seen.accepted > 20_000 && seen.refused > 20_000, `${seen.accepted} steps accepted, ${seen.refused} refused`);
  for (const move of [
    'first authentic',
    'reversed altered',
    'reversed fabricated',
    'weakened indeterminate',
    'withdrawn withdrawn',
    'first mixed',
    'withdrawn unverified',
  ])
    t.ok(seen.moves.has(move), `the histories hold: ${move}`);
});

t.test('with any one rule switched off, the same histories find something wrong', async (t) => {
  const fails = (rules: Rules): boolean =>
    fc.check(
      fc.property(sequence, (acts) => walk(acts, rules) === undefined),
      { numRuns: 40_000, endOnFailure: true },
    ).failed;
  for (const rule of artefactRules) t.ok(fails({ ...everyRule, artefacts: artefactRules.filter((one) => one !== rule) }), `artefact: ${rule.code}`);
  for (const rule of collectionRules) t.ok(fails({ ...everyRule, collections: collectionRules.filter((one) => one !== rule) }), `collection: ${rule.code}`);
  t.ok(fails({ ...everyRule, keepsAll: false }), 'deletion');
});
