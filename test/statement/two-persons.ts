import fc from 'fast-check';
import t from 'tap';
import { nextContent } from '../../src/desk/draft.ts';
import { OnrecordError } from '../../src/errors.ts';
import { revisionHash, signedContent } from '../../src/ledger/revision.ts';
import { disownVersion, endorseVersion, endRecheck, openCorrection, openRecheck } from '../../src/statement/afterwards.ts';
import { discardDraft, hasOpenDraft, openDraft, openStatement, recallDraft, saveDraft, submitDraft } from '../../src/statement/drafting.ts';
import type { Statement } from '../../src/statement/facts.ts';
import type { Actor } from '../../src/statement/guards.ts';
import {
  failRelease,
  flashDraft,
  publishDraft,
  releaseDue,
  releaseNow,
  scheduleDraft,
  unscheduleDraft,
  withdrawStatement,
} from '../../src/statement/publishing.ts';
import { quarantineStatement } from '../../src/statement/quarantine.ts';
import { quorumOf } from '../../src/statement/quorum.ts';
import { approveDraft, type Holders, sendBack } from '../../src/statement/reviewing.ts';
import type { Content, Kind, Role } from '../../src/statement/schema.ts';
import { debtState } from '../../src/statement/state.ts';
import { commit, house, minute, origin, readyContent, textOf, withText } from '../support/statements.ts';

/** Four people who each hold several roles, and may lose them on the way. */
const rolesOf: Record<string, readonly Role[]> = {
  amina: ['author', 'reviewer'],
  jonas: ['author', 'reviewer', 'publisher'],
  claire: ['reviewer', 'publisher'],
  marek: ['author', 'reviewer', 'publisher', 'duty'],
};
const people = Object.keys(rolesOf);

type Step = { who: string; act: string; n: number; stale: boolean; note: boolean };
type World = { statement: Statement | null; clock: number; active: Set<string>; published: Map<string, Content>; isFrozen: boolean };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    who: fc.constantFrom(...people),
    act: fc.constantFrom(
      'save',
      'save',
      'submit',
      'submit',
      'approve',
      'approve',
      'approve',
      'publish',
      'publish',
      'return',
      'recall',
      'discard',
      'open',
      'open',
      'schedule',
      'unschedule',
      'release',
      'due',
      'flash',
      'endorse',
      'disown',
      'recheck',
      'recheck-end',
      'withdraw',
      'disable',
      'enable',
      'freeze',
      'unfreeze',
      'unfreeze',
      'quarantine',
      'wait',
    ),
    n: fc.nat(9),
    stale: fc.boolean().map((value) => value),
    note: fc.boolean(),
  }),
  { minLength: 12, maxLength: 40 },
);

function holdersOf(world: World): Holders {
  return new Map(people.map((id) => [id, world.active.has(id) ? (rolesOf[id] ?? []) : []]));
}

function contentFor(content: Content, { n, note }: Step): Content {
  const named = n === 3 ? { namesPerson: true } : n === 4 ? { namesPerson: false } : {};
  const words = withText(content, {
    summary: `It has been seen ${n} times and ${note ? 'is' : 'was'} not verified.`,
    changeNote: 'what changed',
    wasWrong: 'x',
    isRight: 'y',
    nextUpdateReason: 'when we know',
  });
  return { ...words, ...named, nextUpdate: { type: 'by', at: minute(60) } };
}

function apply(world: World, step: Step): Statement | null {
  const roles = holdersOf(world).get(step.who) ?? [];
  const actor: Actor = { id: step.who, roles, recent: true };
  const at = minute(world.clock / 60);
  const { statement } = world;
  const guard = { holders: holdersOf(world), frozen: world.isFrozen, house };
  if (statement === null) {
    const template = step.act === 'flash' ? 'flash' : 'holding';
    return openStatement('abcdef012345', actor, template, textOf('first', readyContent({ nextUpdate: { type: 'by', at: minute(60) } })), at);
  }
  const { draft } = statement;
  const seen = { revision: (draft?.revision ?? 0) - (step.stale && step.n === 0 ? 1 : 0), hash: draft?.hash ?? '' };
  const last = statement.versions.at(-1);
  const base = last ? (world.published.get(last.text) ?? readyContent()) : readyContent();
  const logged = { at, entry: Math.max(-1, ...[...statement.versions, ...statement.notices].map((fact) => fact.entry)) + 1, key: null };
  const publish = (publication: Parameters<typeof commit>[1]): Statement => {
    world.published.set(publication.text, publication.content);
    return commit(statement, publication, at);
  };
  const withdrawal = (): Statement => {
    const content: Content = { ...base, phase: 'withdrawn', nextUpdate: null };
    const reason = { code: 'other' as const, reason: { en: 'an error' } };
    const text = { ...textOf('withdrawal', content), hash: revisionHash(signedContent('withdrawal', content, origin, reason)) };
    return publish(withdrawStatement(statement, actor, { version: statement.versions.length, withdrawal: reason, house }, text, at));
  };
  const kind: Kind = step.n % 3 === 0 ? 'correction' : step.n % 3 === 1 ? 'editorial' : 'update';
  const acts: Record<string, () => Statement> = {
    save: () => saveDraft(statement, actor, seen.revision, textOf(draft?.kind ?? 'first', contentFor(draft?.content ?? base, step)), at),
    submit: () => submitDraft(statement, actor, seen, house, at),
    approve: () => approveDraft(statement, actor, seen, at),
    publish: () => publish(publishDraft(statement, actor, seen, guard, at)),
    return: () => sendBack(statement, actor, seen, 'reason', at),
    recall: () => recallDraft(statement, actor, seen, at),
    discard: () => discardDraft(statement, actor, seen, 'reason', at),
    open: () => openDraft(statement, actor, textOf(kind, nextContent(statement, base, kind)), base, at),
    schedule: () => scheduleDraft(statement, actor, seen, { releaseAt: minute(world.clock / 60 + 5), key: 'k' }, guard, at),
    unschedule: () => unscheduleDraft(statement, actor, seen, at),
    release: () => publish(releaseNow(statement, actor, seen, 'embargo broken', guard, at)),
    due: () => (step.n === 9 ? failRelease(statement, 'approver_inactive', at) : publish(releaseDue(statement, guard, at))),
    flash: () => publish(flashDraft(statement, actor, seen, 'urgent', { flashesLastHour: 0, frozen: world.isFrozen, house }, at)),
    endorse: () => endorseVersion(statement, actor, { version: Math.max(1, statement.versions.length), seenHash: last?.hash ?? '' }, logged),
    disown: () => {
      const disowned = disownVersion(statement, actor, { version: Math.max(1, statement.versions.length), reason: 'wrong' }, logged);
      return openCorrection(disowned, actor, textOf('correction', nextContent(statement, base, 'correction')), base, at);
    },
    recheck: () => openRecheck(statement, actor, { version: statement.versions.length, reason: 'a doubt' }, logged),
    'recheck-end': () => endRecheck(statement, actor, { version: statement.versions.length, reason: 'confirmed' }, logged),
    withdraw: withdrawal,
    quarantine: () => quarantineStatement(statement, { id: 'tomas', roles: ['administrator'], recent: true }, step.who, 'in doubt', at),
  };
  return acts[step.act]?.() ?? statement;
}

/** What must hold of every version, whatever happened: it carries debt, or enough people who wrote nothing of it approved exactly its text. */
function violations(statement: Statement, published: Map<string, Content>, before: readonly string[]): string[] {
  const found: string[] = [];
  statement.versions.forEach((version, index) => {
    const content = published.get(version.text);
    if (content === undefined) found.push(`v${version.version}: no text`);
    else if (version.debt === null) {
      const previous = statement.versions[index - 1];
      const quorum = quorumOf(content, previous ? (published.get(previous.text) ?? null) : null);
      const approvers = new Set(
        version.approvals.filter((approval) => approval.hash === version.hash && !version.contributors.includes(approval.by)).map((approval) => approval.by),
      );
      if (approvers.size < quorum) found.push(`v${version.version}: ${approvers.size} of ${quorum} approvals`);
      if (revisionHash(signedContent(version.kind, content, origin)) !== version.hash) found.push(`v${version.version}: another text than approved`);
    }
    if (version.version !== index + 1) found.push('a number was skipped');
    if (before[index] !== undefined && before[index] !== frozen(version)) found.push(`v${version.version} changed`);
    if (version.debt && debtState(version.debt) === 'none') found.push('a debt is gone');
  });
  return found;
}

const frozen = ({ debt: _debt, ...version }: Statement['versions'][number]): string => JSON.stringify(version);

t.test('no version is published whose hash lacks its quorum unless it carries debt', async (t) => {
  const counts: Record<string, number> = {};
  let refusedActs = 0;
  fc.assert(
    fc.property(steps, (sequence) => {
      const world: World = { statement: null, clock: 0, active: new Set(people), published: new Map(), isFrozen: false };
      for (const step of sequence) {
        world.clock += step.act === 'wait' ? 400 * step.n : 20;
        if (step.act === 'disable') world.active.delete(step.who);
        if (step.act === 'enable') world.active.add(step.who);
        if (step.act === 'freeze' || step.act === 'unfreeze') world.isFrozen = step.act === 'freeze';
        const versions = world.statement?.versions.length ?? 0;
        const before = world.statement?.versions.map(frozen) ?? [];
        try {
          const next = apply(world, step);
          if (next !== world.statement) counts[step.act] = (counts[step.act] ?? 0) + 1;
          world.statement = next;
        } catch (error) {
          if (!(error instanceof OnrecordError)) throw error;
          refusedActs += 1;
        }
        if (world.statement) {
          const found = violations(world.statement, world.published, before);
          const added = world.statement.versions.slice(versions);
          if (world.isFrozen && added.some(({ kind }) => kind !== 'withdrawal')) found.push('a version came out under a freeze');
          if (step.act === 'quarantine' && hasOpenDraft(world.statement) && world.statement.draft?.approvals.some(({ by }) => by === step.who))
            found.push('an approval outlived its quarantine');
          if (found.length > 0) throw new Error(found.join('; '));
        }
      }
    }),
    { numRuns: 5_000 },
  );
  t.ok((counts.publish ?? 0) > 300, `the runs published often enough to mean something: ${JSON.stringify(counts)}, ${refusedActs} refusals`);
  t.ok((counts.flash ?? 0) > 20 && (counts.withdraw ?? 0) > 50 && (counts.release ?? 0) + (counts.due ?? 0) > 5, 'flash, withdrawal and release happened');
  t.ok((counts.quarantine ?? 0) > 20 && (counts.freeze ?? 0) > 20, 'drafts were held back, and publishing was frozen');
});

t.test('negative control: the checker sees a version that only its author approved', async (t) => {
  const content = readyContent();
  const opened = openStatement('abcdef012345', { id: 'amina', roles: ['author'], recent: true }, 'holding', textOf('first', content), minute(0));
  const text = textOf('first', content);
  const publication = {
    ...text,
    withdrawal: null,
    by: 'amina',
    contributors: ['amina'],
    approvals: [{ at: minute(1), by: 'amina', revision: 1, hash: text.hash }],
    debt: null,
    act: 'published' as const,
    note: '',
  };
  const statement = commit(opened, publication, minute(2));
  t.strictSame(violations(statement, new Map([[text.text, content]]), []), ['v1: 0 of 1 approvals']);
});
