import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Issue, OnrecordError, type RefusalCode } from '../errors.ts';
import type { Office } from '../office.ts';

/** One status for each refusal, here and nowhere else. */
export const statusOf: Readonly<Record<RefusalCode, number>> = {
  bad_request: 400,
  bad_text: 400,
  bad_time: 400,
  time_ambiguous: 400,
  too_long: 413,
  revision_missing: 428,
  revision_stale: 409,
  idempotency_reused: 422,
  csrf: 403,
  not_found: 404,
  not_signed_in: 401,
  step_up_needed: 403,
  sign_in_failed: 401,
  role_missing: 403,
  same_person: 403,
  not_contributor: 403,
  rate_limited: 429,
  person_unknown: 404,
  person_exists: 409,
  password_weak: 422,
  own_request: 403,
  request_gone: 409,
  account_state: 409,
  last_administrator: 409,
  statement_unknown: 404,
  wrong_state: 409,
  draft_open: 409,
  not_ready: 422,
  not_editorial: 422,
  translation_changes_original: 422,
  kind_not_allowed: 422,
  reason_missing: 422,
  hash_mismatch: 409,
  quorum_missing: 409,
  approval_old: 409,
  approver_inactive: 409,
  schedule_out_of_range: 422,
  flash_template: 422,
  flash_limit: 429,
  debt_missing: 409,
  version_unknown: 404,
  not_seen: 409,
  frozen: 409,
  comment_unknown: 404,
  comments_full: 409,
  link_limit: 409,
  store_write_failed: 503,
  store_poisoned: 503,
  store_unreachable: 503,
  store_locked: 503,
  store_not_initialised: 503,
  store_exists: 409,
  store_moved: 503,
  store_corrupt: 503,
  rollback_detected: 503,
  busy: 503,
  disk_full: 507,
  config_invalid: 503,
  key_invalid: 503,
};

export type Refused = { status: number; code: RefusalCode | 'internal'; issues: readonly Issue[] };

/** What a thrown thing becomes outside. Anything unknown says `internal` and nothing else. */
export function toRefused(error: Error & { code?: string; statusCode?: number }): Refused {
  if (error instanceof OnrecordError) return { status: statusOf[error.code], code: error.code, issues: error.issues };
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { status: 413, code: 'too_long', issues: [] };
  if (error.code === 'FST_ERR_HANDLER_TIMEOUT') return { status: 503, code: 'busy', issues: [] };
  if (error.code?.startsWith('FST_CSRF')) return { status: statusOf.csrf, code: 'csrf', issues: [] };
  const status = error.statusCode ?? 500;
  return status >= 400 && status < 500 ? { status, code: 'bad_request', issues: [] } : { status: 500, code: 'internal', issues: [] };
}

/** Counts every refusal; a signed-in person's goes to the log of refusals, apart from statements and ledger. */
export async function noteRefusal(office: Office, request: FastifyRequest, { status, code }: Refused, error: unknown): Promise<void> {
  office.count('onrecord_refusals_total', { code });
  if (status >= 500 && code === 'internal') office.log.error({ err: error, request: request.id }, 'a request failed');
  // A body that takes too long to arrive is the sender's doing: it is counted, and fills no log.
  else if (status >= 500 && !isLate(error)) office.log.error({ err: error, request: request.id, code }, 'a request was refused');
  if (request.person === null || code === 'step_up_needed') return;
  const act = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
  const refusal = { at: new Date(office.now()).toISOString(), by: request.person.id, act, statement: statementOf(request.params), code };
  await office.outbox.refused(refusal).catch((failure: unknown) => office.log.error({ err: failure }, 'a refusal could not be stored'));
}

const isLate = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'FST_ERR_HANDLER_TIMEOUT';

function statementOf(params: unknown): string | null {
  const id = typeof params === 'object' && params !== null && 'id' in params ? params.id : null;
  return typeof id === 'string' && /^[a-z0-9]{8,40}$/.test(id) ? id : null;
}

export function sendJsonRefusal(reply: FastifyReply, { status, code, issues }: Refused): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send({ code, issues });
}
