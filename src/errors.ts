/** Every refusal has one code of this closed list; http/errors.ts gives each its status, content/words its sentence. */
export const refusalCodes = [
  // the request
  'bad_request',
  'bad_text',
  'bad_time',
  'time_ambiguous',
  'too_long',
  'revision_missing',
  'revision_stale',
  'idempotency_reused',
  'csrf',
  'not_found',
  // the person
  'not_signed_in',
  'step_up_needed',
  'sign_in_failed',
  'role_missing',
  'same_person',
  'not_contributor',
  'rate_limited',
  'person_unknown',
  'person_exists',
  'password_weak',
  'own_request',
  'request_gone',
  'account_state',
  'last_administrator',
  // the statement
  'statement_unknown',
  'wrong_state',
  'draft_open',
  'not_ready',
  'not_editorial',
  'translation_changes_original',
  'kind_not_allowed',
  'reason_missing',
  'hash_mismatch',
  'quorum_missing',
  'approval_old',
  'approver_inactive',
  'schedule_out_of_range',
  'flash_template',
  'flash_limit',
  'debt_missing',
  'version_unknown',
  'not_seen',
  'frozen',
  'comment_unknown',
  'comments_full',
  'link_limit',
  // the store
  'store_write_failed',
  'store_poisoned',
  'store_unreachable',
  'store_locked',
  'store_not_initialised',
  'store_exists',
  'store_moved',
  'store_corrupt',
  'rollback_detected',
  'busy',
  'disk_full',
  // the installation
  'config_invalid',
  'key_invalid',
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** One thing a person can mend: the field by its form name, the code of content/words, values for the sentence. */
export type Issue = { field: string; code: string; values?: Record<string, string | number> };

/** A refusal: `code` decides status and words, `message` is for logs and the command line, `issues` name fields. */
export class OnrecordError extends Error {
  readonly code: RefusalCode;
  readonly issues: readonly Issue[];

  constructor(code: RefusalCode, message: string, options: { cause?: unknown; issues?: readonly Issue[] } = {}) {
    super(message, { cause: options.cause });
    this.name = 'OnrecordError';
    this.code = code;
    this.issues = options.issues ?? [];
  }
}

export function refuse(code: RefusalCode, message: string, issues: readonly Issue[] = []): never {
  throw new OnrecordError(code, message, { issues });
}
