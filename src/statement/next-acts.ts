import { hasOpenDraft } from './drafting.ts';
import type { Statement } from './facts.ts';
import { type Actor, holds, writers } from './guards.ts';
import type { Role } from './schema.ts';
import { owedDebts, publicState, redactionOf, workState } from './state.ts';

/** An act a screen may offer. The guard of the act decides, not this list. */
export type NextAct =
  | 'edit'
  | 'submission'
  | 'review'
  | 'recall'
  | 'publication'
  | 'schedule'
  | 'schedule-cancellation'
  | 'release'
  | 'flash'
  | 'discard'
  | 'drafts'
  | 'endorsement'
  | 'disavowal'
  | 'withdrawal'
  | 'recheck'
  | 'recheck-end'
  | 'redaction';

/** What this person can do next with a statement, most likely first: those acts whose state and role fit. */
export function nextActs(statement: Statement, actor: Actor): readonly NextAct[] {
  return [...draftActs(statement, actor), ...publicActs(statement, actor)];
}

function draftActs(statement: Statement, actor: Actor): readonly NextAct[] {
  const { draft } = statement;
  const has = (...roles: readonly Role[]): boolean => holds(actor, ...roles);
  const wrote = draft?.contributors.includes(actor.id) ?? false;
  const state = workState(statement);
  const offer = (act: NextAct, isPossible: boolean): readonly NextAct[] => (isPossible ? [act] : []);
  const writes = has(...writers);
  const discard = offer('discard', has('publisher') || (has('author') && draft?.opened.by === actor.id));
  if (state === 'draft' || state === 'changes_requested') {
    return [...offer('flash', draft?.template === 'flash' && has('duty')), ...offer('edit', writes), ...offer('submission', writes && wrote), ...discard];
  }
  if (state === 'in_review' || state === 'approved') {
    return [
      ...offer('review', state === 'in_review' && has('reviewer') && !wrote),
      ...(state === 'approved'
        ? [...offer('publication', has('publisher')), ...offer('schedule', has('publisher')), ...offer('review', has('reviewer') && !wrote)]
        : []),
      ...offer('edit', has('author', 'reviewer', 'publisher')),
      ...offer('recall', (wrote && writes) || has('reviewer', 'publisher')),
      ...discard,
    ];
  }
  if (state === 'scheduled')
    return [...offer('release', has('publisher', 'duty')), ...offer('schedule-cancellation', has('publisher', 'reviewer', 'duty')), ...discard];
  if (state === 'publish_failed')
    return [
      ...offer('publication', has('publisher')),
      ...offer('schedule', has('publisher')),
      ...offer('schedule-cancellation', has('publisher', 'reviewer', 'duty')),
      ...discard,
    ];
  return [];
}

function publicActs(statement: Statement, actor: Actor): readonly NextAct[] {
  const state = publicState(statement);
  if (state === 'none') return [];
  const has = (...roles: readonly Role[]): boolean => holds(actor, ...roles);
  const stops = has('reviewer', 'publisher', 'duty');
  const owed = owedDebts(statement);
  return [
    ...(owed.some((version) => !version.contributors.includes(actor.id)) && has('reviewer') ? (['endorsement'] as const) : []),
    ...(owed.length > 0 && has('reviewer') ? (['disavowal'] as const) : []),
    ...(!hasOpenDraft(statement) && has(...writers) ? (['drafts'] as const) : []),
    ...(state === 'under_recheck' && stops ? (['recheck-end'] as const) : []),
    ...(state === 'live' && stops ? (['recheck'] as const) : []),
    ...((state === 'live' || state === 'under_recheck') && stops ? (['withdrawal'] as const) : []),
    ...(has('publisher') && statement.versions.some(({ version }) => redactionOf(statement.notices, version) === null) ? (['redaction'] as const) : []),
  ];
}
