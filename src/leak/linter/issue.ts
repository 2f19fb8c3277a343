/**
 * What the linter takes and gives (leaks.md, "The linter"). B rules block a publication, W rules warn. One run reads the public texts of
 * one language; the same run serves the desk's live list and the submission.
 */

export const blockingRules = ['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8'] as const;
export const warningRules = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7'] as const;
export type LintRule = (typeof blockingRules)[number] | (typeof warningRules)[number];

/** Words: `issue.<code>` says what is wrong, `way_out.<code>` what to do, `rule.<rule>` what the rule is for. */
export const lintCodes = [
  'locator_url',
  'locator_channel',
  'locator_onion',
  'locator_magnet',
  'locator_ipfs',
  'locator_address',
  'locator_infohash',
  'locator_hash',
  'locator_handle',
  'personal_email',
  'personal_phone',
  'personal_iban',
  'personal_number',
  'personal_birth_date',
  'personal_name',
  'name_unknown',
  'unknowns_missing',
  'next_update_missing',
  'next_update_needs_time',
  'verdict_without_basis',
  'verdict_without_confidence',
  'verdict_without_because',
  'verdict_without_reviewers',
  'falsified_in_text',
  'authentic_without_permission',
  'authentic_in_text',
  'claim_in_title',
  'attribution_without_authority',
  'attribution_in_text',
  'entity_not_consulted',
  'trace_hashtag',
  'trace_persona',
  'trace_file_title',
  'trace_domain',
  'absolute',
  'likelihood_with_confidence',
  'election_silence',
  'drift_number',
  'drift_date',
  'drift_verdict',
  'drift_unknowns',
  'triage_missing',
  'passive_claim',
  'sentence_long',
] as const;
export type LintCode = (typeof lintCodes)[number];

export type LintLanguage = 'fr' | 'en';

/** Configured once for the house. Entries are compared after folding; see each rule for what an entry covers. */
export type Allow = {
  /** `https://agency.example`, `agency.example/press`, `*.gouv.fr`: that host, and below that path. */
  urls: readonly string[];
  /** `press@agency.example`, or `*@agency.example` for a whole domain. */
  emails: readonly string[];
  /** In any spelling; digits decide. */
  phones: readonly string[];
  /** With or without `@`. */
  handles: readonly string[];
  /** Hex of hashes that may be said, such as the signing key's. */
  hashes: readonly string[];
  /** Names of people who speak for the house, of organisations, products and places that look like a person's. */
  names: readonly string[];
};

/** One artefact or collection whose verdict or finding is not `unverified`. `reviewers`: null where nobody has been asked yet. */
export type JudgedItem = {
  id: string;
  verdict: string;
  confidence: 'low' | 'moderate' | 'high' | null;
  bases: number;
  hasBecause: boolean;
  hasPermission: boolean;
  reviewers: number | null;
};

export type LintInput = {
  language: LintLanguage;
  /** Public texts in page order, by form name: `title`, `slug`, `feedTitle`, `summary`, `known`, … ; at most 20,000 characters each. */
  fields: Readonly<Record<string, string>>;
  situation: 'breach' | 'leak' | 'leak-falsified' | 'impersonation';
  phase: 'holding' | 'update' | 'interim' | 'final' | 'withdrawn';
  /** How many things the text says are not known. */
  unknowns: number;
  nextUpdate: 'by' | 'until_event' | 'none' | null;
  findings: readonly JudgedItem[];
  /** Null: not assessed. */
  attribution: { authority: string; url: string } | null;
  entity: { consulted: boolean; waiver: string };
  /** The claims that circulate, in the words in which they do. */
  claims: readonly string[];
  /** Names under which spreaders act, and the titles they give to files. */
  personas: readonly string[];
  fileTitles: readonly string[];
  hasTriage: boolean;
  inElectionSilence: boolean;
  /** The text in the other language, where there is one. */
  other: { language: LintLanguage; fields: Readonly<Record<string, string>>; unknowns: number } | null;
  allow: Allow;
};

/** `start` and `end`: UTF-16 offsets in the field's text as given; both 0 where the issue is about something that is missing. */
export type LintIssue = {
  rule: LintRule;
  field: string;
  start: number;
  end: number;
  code: LintCode;
  values: Readonly<Record<string, string | number>>;
};

/** A find in one folded text, before its place in the field is known. */
export type Find = { rule: LintRule; code: LintCode; start: number; end: number; values?: LintIssue['values'] };

export function isBlocking(issue: Pick<LintIssue, 'rule'>): boolean {
  return issue.rule.startsWith('B');
}

/** Something that is missing: no place in a text. */
export function missing(rule: LintRule, field: string, code: LintCode, values: LintIssue['values'] = {}): LintIssue {
  return { rule, field, start: 0, end: 0, code, values };
}
