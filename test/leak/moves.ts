import fc from 'fast-check';
import t from 'tap';
import { transitionOf } from '../../src/leak/artefact.ts';
import { collectionTransition } from '../../src/leak/collection.ts';
import { changeKinds, collectionFindings, confidences, verdicts } from '../../src/leak/findings.ts';
import { lossesIn, moveOfFindingLine, moveOfLine, turnsOf } from '../../src/leak/moves.ts';
import type { VerdictLine } from '../../src/leak/register.ts';
import { artefact, collection } from '../support/findings.ts';

/** What the register's lines say of a verdict is what the versions said. */

const at = '2026-09-01T09:00:00.000Z';
const line = (version: number, verdict: VerdictLine['verdict'], more: Partial<VerdictLine> = {}): VerdictLine => {
  return { version, at, verdict, confidence: null, changes: [], context: [], ...more };
};
const confidence = fc.option(fc.constantFrom(...confidences), { nil: null });
const state = fc.record({
  verdict: fc.constantFrom(...verdicts),
  confidence,
  changes: fc.uniqueArray(fc.constantFrom(...changeKinds), { maxLength: 3 }),
});
const finding = fc.record({ finding: fc.constantFrom(...collectionFindings), confidence });

t.test('two lines tell the same as two versions whose other grounds are equal', async (t) => {
  fc.assert(
    fc.property(state, state, (one, other) => {
      const [before, after] = [line(1, one.verdict, one), line(2, other.verdict, other)];
      t.equal(moveOfLine(before, after), transitionOf(artefact(one), artefact(other)));
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(finding, finding, (one, other) => {
      const [before, after] = [one, other].map((said, place) => ({ version: place + 1, at, ...said }));
      if (before && after) t.equal(moveOfFindingLine(before, after), collectionTransition(collection(one), collection(other)));
    }),
    { numRuns: 1_000 },
  );
});

t.test('a weakened, reversed or withdrawn verdict is a loss; a first, a stronger and an unchanged one are none', async (t) => {
  const versions = (...history: VerdictLine[]): readonly number[] => lossesIn(history, moveOfLine).map(({ version }) => version);
  const altered = line(2, 'altered', { confidence: 'moderate', changes: ['content'] });
  t.same(versions(line(1, 'unverified'), altered), []);
  t.same(versions(altered, { ...altered, version: 3, confidence: 'high' }), []);
  t.same(versions(altered, { ...altered, version: 3, context: ['satire'] }), [], 'another context takes no ground away');
  t.same(versions({ ...altered, confidence: 'high' }, { ...altered, version: 3 }), [3], 'less confidence');
  t.same(versions({ ...altered, changes: ['content', 'selection'] }, { ...altered, version: 3 }), [3], 'a kind of change is gone');
  t.same(versions(altered, line(4, 'authentic', { confidence: 'high' }), line(7, 'withdrawn')), [4, 7]);
  t.same(versions(altered, line(3, 'indeterminate', { confidence: 'moderate' })), [3]);
  t.same(versions(line(2, 'withdrawn'), { ...altered, version: 3 }), [], 'a verdict after a withdrawal begins anew');
});

t.test('a finding stands since its verdict and its confidence became what they are', async (t) => {
  const altered = { verdict: 'altered', confidence: 'moderate', changes: ['content'] } as const;
  const history = [
    line(1, 'unverified'),
    line(2, 'altered', { ...altered, changes: ['content'] }),
    line(3, 'altered', { ...altered, changes: ['content'], context: ['partial'] }),
    line(5, 'altered', { ...altered, confidence: 'high', changes: ['content'] }),
    line(6, 'altered', { ...altered, confidence: 'high', changes: ['content'], context: ['partial'] }),
  ];
  t.same(
    turnsOf(history).map(({ version }) => version),
    [1, 2, 5],
  );
});
