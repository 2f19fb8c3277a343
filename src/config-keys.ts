import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { readAllow, readSilences } from './config-house.ts';
import type { Issue } from './errors.ts';
import { parseVerifierKey, type VerifierKey } from './ledger/note.ts';
import { publisherCategories } from './press/csaf/document.ts';
import { type Language, languages } from './statement/schema.ts';

/** Every variable, its check and its default. What each one means stands in .env.example; a test holds both lists together. */

const port = z.coerce.number({ error: 'not_a_port' }).int('not_a_port').min(0, 'not_a_port').max(65_535, 'not_a_port');
const host = z.string().regex(/^[\w.:-]{1,253}$/, 'not_a_host');
const text = (max: number): z.ZodString => z.string().trim().min(1, 'missing').max(max, 'too_long');
const site = z
  .url({ protocol: /^https?$/, error: 'not_a_url' })
  .transform((url) => url.replace(/\/$/, ''))
  .refine((url) => new URL(url).origin === url, 'not_an_origin');

const LanguageList = z
  .string()
  .transform((list) => list.split(',').map((item) => item.trim()))
  .pipe(z.array(z.enum(languages, 'unknown_language')).min(1, 'missing'))
  .refine((list) => new Set(list).size === list.length, 'repeated')
  .transform((list): [Language, ...Language[]] => {
    const [first = 'fr', ...rest] = list;
    return [first, ...rest];
  });

/** They stand in a policy, where `*` and `;` mean something: plain host names alone, written as a browser writes an origin. */
const isPlainOrigin = (origin: string): boolean =>
  /^https?:\/\/[a-z0-9.-]+(?::[0-9]+)?$/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin;
const Origins = z
  .string()
  .transform((list) => [...new Set(list.split(',').map((item) => item.trim()))])
  .pipe(z.array(z.string().refine(isPlainOrigin, 'not_a_list_of_origins')).max(100, 'too_long'));

const Proxies = z
  .string()
  .transform((list) => (list === 'false' ? [] : list.split(',').map((item) => item.trim())))
  .pipe(z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], 'not_an_address')))
  .transform((list): readonly string[] | false => (list.length > 0 ? list : false));

const DatabaseUrl = z
  .string()
  .trim()
  .refine((url) => URL.canParse(url) && /^postgres(?:ql)?:$/.test(new URL(url).protocol), 'not_a_database');

export const Keys = z.object({
  ONRECORD_DATA_DIR: text(500).default('./data'),
  ONRECORD_DATABASE_URL: DatabaseUrl.optional(),
  ONRECORD_DATABASE_OWNER_URL: DatabaseUrl.optional(),
  ONRECORD_ROLE: z.enum(['desk', 'public'], 'not_a_role').default('desk'),
  ONRECORD_PUBLIC_HOST: host.default('127.0.0.1'),
  ONRECORD_PUBLIC_PORT: port.default(8080),
  ONRECORD_PUBLIC_URL: site,
  ONRECORD_DESK_HOST: host.default('127.0.0.1'),
  ONRECORD_DESK_PORT: port.default(8081),
  ONRECORD_DESK_URL: site,
  ONRECORD_OPS_HOST: host.default('127.0.0.1'),
  ONRECORD_OPS_PORT: port.default(8082),
  ONRECORD_WORKERS: z.coerce.number({ error: 'not_a_count' }).int('not_a_count').min(0, 'not_a_count').max(64, 'not_a_count').default(0),
  ONRECORD_TRUST_PROXY: Proxies.default(false),
  ONRECORD_ORIGIN: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.:-]{0,200}(?:\/[a-z0-9._-]{1,40}){0,3}$/, 'not_an_identity')
    .optional(),
  ONRECORD_AGENCY_NAME: text(120).optional(),
  ONRECORD_AGENCY_NAME_FR: text(120).optional(),
  ONRECORD_AGENCY_NAME_EN: text(120).optional(),
  ONRECORD_LANGUAGES: LanguageList.default(['fr', 'en']),
  ONRECORD_PRESS_CONTACT: text(300),
  ONRECORD_PEOPLE_CONTACT: text(300),
  ONRECORD_TIME_ZONE: z.string().refine(isZone, 'not_a_zone').default('Europe/Paris'),
  ONRECORD_EMBED_ORIGINS: Origins.default([]),
  ONRECORD_SIGNING_KEY: z.string().refine(isEd25519, 'not_an_ed25519_key').optional(),
  ONRECORD_PREVIOUS_KEY: z.string().refine(isEd25519, 'not_an_ed25519_key').optional(),
  ONRECORD_ANCHOR_FILE: text(500).optional(),
  ONRECORD_TRUST_FILE: text(500).optional(),
  ONRECORD_WITNESS_HOST: host.default('127.0.0.1'),
  ONRECORD_WITNESS_PORT: port.optional(),
  ONRECORD_WITNESS_URL: site.optional(),
  ONRECORD_WITNESS_KEY: z.string().refine(isEd25519, 'not_an_ed25519_key').optional(),
  ONRECORD_WITNESS_LOGS: z.string().transform(readWitnessedLogs).optional(),
  ONRECORD_TIMESTAMP_URL: z
    .url({ protocol: /^https?$/, error: 'not_a_url' })
    .max(500, 'too_long')
    .optional(),
  ONRECORD_OPENPGP_KEY: z.string().refine(isOpenPgpPrivate, 'not_an_openpgp_key').optional(),
  ONRECORD_OPENPGP_PREVIOUS: z.string().refine(isOpenPgpPublic, 'not_an_openpgp_key').optional(),
  ONRECORD_OPENPGP_PUBLIC: z.string().refine(isOpenPgpPublic, 'not_an_openpgp_key').optional(),
  ONRECORD_CSAF_CATEGORY: z.enum(publisherCategories, 'not_a_category').default('coordinator'),
  ONRECORD_CSAF_HOST: z
    .string()
    .regex(/^csaf\.data\.security\.[a-z0-9.-]{1,200}$/, 'not_a_csaf_host')
    .optional(),
  ONRECORD_SECURITY_CONTACT: z
    .url({ protocol: /^(?:https|mailto|tel)$/, error: 'not_a_url' })
    .max(300, 'too_long')
    .optional(),
  ONRECORD_SECURITY_EXPIRES: z.iso
    .date('not_a_date')
    .transform((day) => `${day}T00:00:00.000Z`)
    .optional(),
  ONRECORD_ALLOW: z.string().transform(readAllow).optional(),
  ONRECORD_SILENCE: z.string().transform(readSilences).optional(),
  ONRECORD_PREVIEW_LINKS: z
    .enum(['yes', 'no'], 'not_yes_or_no')
    .default('no')
    .transform((answer) => answer === 'yes'),
  ONRECORD_THEME_DIR: z.string().optional(),
  ONRECORD_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'not_a_level').default('info'),
});

export type Keys = z.output<typeof Keys>;

/** Each gives the content of a file as the variable without `_FILE`. */
export const fileVariables: ReadonlySet<string> = new Set([
  'ONRECORD_DATABASE_URL_FILE',
  'ONRECORD_DATABASE_OWNER_URL_FILE',
  'ONRECORD_SIGNING_KEY_FILE',
  'ONRECORD_PREVIOUS_KEY_FILE',
  'ONRECORD_WITNESS_KEY_FILE',
  'ONRECORD_WITNESS_LOGS_FILE',
  'ONRECORD_OPENPGP_KEY_FILE',
  'ONRECORD_OPENPGP_PREVIOUS_FILE',
  'ONRECORD_OPENPGP_PUBLIC_FILE',
  'ONRECORD_ALLOW_FILE',
]);

/** Parses the `ONRECORD_*` variables; an empty one counts as absent. `keys` is null when any is wrong by itself. */
export function readKeys(
  from: Readonly<Record<string, string | undefined>>,
  defaults: Partial<Keys>,
  required: readonly (keyof Keys)[],
): { keys: Keys | null; issues: Issue[] } {
  const given = Object.fromEntries(Object.entries(from).filter(([name, value]) => name.startsWith('ONRECORD_') && value));
  const addresses = {
    ONRECORD_PUBLIC_URL: `http://localhost:${given.ONRECORD_PUBLIC_PORT ?? 8080}`,
    ONRECORD_DESK_URL: `http://localhost:${given.ONRECORD_DESK_PORT ?? 8081}`,
  };
  const inOneName = given.ONRECORD_AGENCY_NAME ? { ONRECORD_AGENCY_NAME_FR: undefined, ONRECORD_AGENCY_NAME_EN: undefined } : {};
  const all: Readonly<Record<string, unknown>> = { ...addresses, ...defaults, ...inOneName, ...given };
  const isNamed = all.ONRECORD_AGENCY_NAME || (all.ONRECORD_AGENCY_NAME_FR && all.ONRECORD_AGENCY_NAME_EN);
  const missing = [...required.filter((name) => !all[name]), ...(isNamed ? [] : ['ONRECORD_AGENCY_NAME'])];
  const result = Keys.safeParse(all);
  const wrong = result.success ? [] : result.error.issues.map((issue) => ({ field: issue.path[0]?.toString() ?? '', code: issueCode(issue) }));
  const unknown = Object.keys(given).filter((name) => !(name in Keys.shape));
  return {
    keys: result.success ? result.data : null,
    issues: [
      ...unknown.map((field) => ({ field, code: unknownCode(field) })),
      ...missing.map((field) => ({ field, code: 'missing' })),
      ...wrong.filter((item, at) => wrong.findIndex(({ field }) => field === item.field) === at),
    ],
  };
}

function unknownCode(name: string): string {
  return fileVariables.has(name) ? 'not_readable' : 'unknown_variable';
}

function issueCode(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && issue.message.includes('undefined') ? 'missing' : issue.message;
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Keys by origin, from lines `log <key> [<url>]` as a trust note has them; empty lines and those that begin with # say nothing. */
function readWitnessedLogs(text: string, context: z.RefinementCtx): ReadonlyMap<string, readonly VerifierKey[]> {
  const logs = new Map<string, readonly VerifierKey[]>();
  try {
    for (const line of text.split('\n').map((each) => each.trim())) {
      if (line === '' || line.startsWith('#')) continue;
      const key = parseVerifierKey(/^log[ \t]+(\S+)(?:[ \t]+\S+)?$/.exec(line)?.[1] ?? '');
      logs.set(key.name, [...(logs.get(key.name) ?? []), key]);
    }
  } catch {
    context.addIssue('not_a_list_of_logs');
  }
  return logs;
}

/** Only its armour: the library that reads it takes a second to load, and does so where documents are signed. */
function isOpenPgpPrivate(text: string): boolean {
  return /^-----BEGIN PGP PRIVATE KEY BLOCK-----[\s\S]+-----END PGP PRIVATE KEY BLOCK-----\s*$/.test(text);
}

function isOpenPgpPublic(text: string): boolean {
  return /^-----BEGIN PGP PUBLIC KEY BLOCK-----[\s\S]+-----END PGP PUBLIC KEY BLOCK-----\s*$/.test(text);
}

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}
