import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkTogether } from './config-checks.ts';
import { withOwn } from './config-house.ts';
import { fileVariables, Keys, readKeys } from './config-keys.ts';
import { type Issue, OnrecordError } from './errors.ts';
import type { VerifierKey } from './ledger/note.ts';
import type { PublisherCategory } from './press/csaf/document.ts';
import type { Theme } from './press/press.ts';
import type { House } from './statement/house.ts';
import type { Language } from './statement/schema.ts';
import { houseTheme, readTheme } from './theme/theme.ts';

/** Who speaks, and where: the part of the configuration that texts and addresses are made of. */
export type Agency = {
  name: Record<Language, string>;
  languages: readonly [Language, ...Language[]];
  /** Scheme-less identity frozen at `init`, e.g. `record.agency.example`; in ids, schema addresses and the log's origin. */
  origin: string;
  /** Where readers reach the public site, no trailing slash, e.g. `https://record.agency.example`. */
  publicUrl: string;
  deskUrl: string;
  pressContact: string;
  peopleContact: string;
  /** IANA zone in which times are shown beside UTC, e.g. `Europe/Paris`. */
  zone: string;
  /** Whose pages may show `/embed/…` in a frame, e.g. `https://news.example`; none: nobody's. */
  embedOrigins: readonly string[];
  demonstration: boolean;
};

export type Listen = { host: string; port: number };

export type Config = Readonly<{
  agency: Agency;
  /** What the linter lets pass, and the windows of election silence. */
  house: Pick<House, 'allow' | 'silences'>;
  /** Absolute: everything, or what one host keeps beside a database. */
  dataDirectory: string;
  /** `postgres://…`; null: everything lies in the data directory. */
  database: string | null;
  /** `public`: no desk and no key; it shows what others publish into the database. */
  role: 'desk' | 'public';
  public: Listen;
  desk: Listen;
  operations: Listen;
  /** Processes that share the public port and answer readers; 0: the one that opens the store does. */
  workers: number;
  trustProxy: readonly string[] | false;
  /** PEM (PKCS 8) of the Ed25519 key that signs checkpoints; null only in a demonstration, whose key lies in the data directory. */
  signingKey: string | null;
  /** PEM of the key that signs beside it while a rotation runs. */
  previousKey: string | null;
  /** Absolute; the trust note that the root key signed. Null while there is none; a demonstration's lies in the data directory. */
  trustFile: string | null;
  /** Names the log and its keys; the identity, but for a log that began after an accepted rollback. */
  logOrigin: string;
  /** Absolute; null only in a demonstration, whose anchor lies in the data directory. */
  anchorFile: string | null;
  /** Null while this house witnesses nobody. `url`: where other logs reach the witness, null for this machine alone; `key`: PEM; `logs`: by origin. */
  witness: { listen: Listen; url: string | null; key: string; logs: ReadonlyMap<string, readonly VerifierKey[]> } | null;
  /** Where time-stamps are asked for (RFC 3161); null for none. */
  timeStampUrl: string | null;
  csaf: CsafConfig;
  /** Whether a draft may be shown to somebody without an account, by a link on the desk. */
  previewLinks: boolean;
  theme: Theme;
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}>;

/** What a CSAF provider says and signs with; there is none while the public address is not https. */
export type CsafConfig = {
  category: PublisherCategory;
  /** Armoured OpenPGP keys: the private one that signs; null: nothing is signed. The public one before it, while documents signed with it are left. */
  key: string | null;
  previous: string | null;
  /** Of a public server: the public part of the key that signs elsewhere. */
  public: string | null;
  /** A second name of the public site that answers `/` with the provider metadata, `csaf.data.security.DOMAIN`. */
  host: string | null;
  /** For security.txt: a URI, null for the page for the press; and until when it holds, null: moved on each quarter. */
  securityContact: string | null;
  securityExpiresAt: string | null;
};

export type Installation = { origin: string; demonstration: boolean; log?: string | undefined };
export type Environment = Readonly<Record<string, string | undefined>>;

/** The process's own environment; nothing else reads it. */
export const environment: Environment = process.env;

/** Where the data lies, known before the installation's marker is read. */
export function dataDirectory(from: Environment = environment): string {
  return resolve(from.ONRECORD_DATA_DIR || './data');
}

/** The database in which everything lies, known before the installation's marker is read; null for none. */
export function databaseUrl(from: Environment = environment): string | null {
  return withFiles(from).ONRECORD_DATABASE_URL?.trim() || null;
}

/** The same database for whoever owns its tables, for the command line alone; null for none. */
export function ownerUrl(from: Environment = environment): string | null {
  return withFiles(from).ONRECORD_DATABASE_OWNER_URL?.trim() || null;
}

const demonstrationKeys: Partial<Keys> = {
  ONRECORD_AGENCY_NAME_FR: 'Agence nationale de cybersécurité (démonstration)',
  ONRECORD_AGENCY_NAME_EN: 'National Cyber-Security Agency (demonstration)',
  ONRECORD_PRESS_CONTACT: 'presse@agence.example, +33 1 00 00 00 00',
  ONRECORD_PEOPLE_CONTACT: 'aide@agence.example',
  ONRECORD_LOG_LEVEL: 'warn',
};

/**
 * Reads the whole environment and freezes it. Throws `config_invalid` with every issue at once: `field` is the variable, `code`
 * says what is wrong. `installation` is what `init` froze; null before there is one.
 */
export function readConfig(installation: Installation | null, from: Environment = environment): Config {
  const demonstration = installation?.demonstration ?? false;
  const required = requiredFor(from.ONRECORD_ROLE === 'public', demonstration);
  const { keys, issues } = readKeys(withFiles(from), demonstration ? demonstrationKeys : {}, required);
  if (keys === null) throw invalid(issues);
  const look = keys.ONRECORD_THEME_DIR ? readTheme(resolve(keys.ONRECORD_THEME_DIR)) : { theme: houseTheme, issues: [] };
  const all = [...issues, ...checkTogether(keys, installation), ...look.issues];
  if (all.length > 0) throw invalid(all);
  return Object.freeze({
    agency: agencyOf(keys, installation),
    house: houseOf(keys),
    dataDirectory: resolve(keys.ONRECORD_DATA_DIR),
    database: keys.ONRECORD_DATABASE_URL ?? null,
    role: keys.ONRECORD_ROLE,
    public: { host: keys.ONRECORD_PUBLIC_HOST, port: keys.ONRECORD_PUBLIC_PORT },
    desk: { host: keys.ONRECORD_DESK_HOST, port: keys.ONRECORD_DESK_PORT },
    operations: { host: keys.ONRECORD_OPS_HOST, port: keys.ONRECORD_OPS_PORT },
    workers: keys.ONRECORD_WORKERS,
    trustProxy: keys.ONRECORD_TRUST_PROXY,
    signingKey: keys.ONRECORD_SIGNING_KEY ?? null,
    previousKey: keys.ONRECORD_PREVIOUS_KEY ?? null,
    trustFile: keys.ONRECORD_TRUST_FILE ? resolve(keys.ONRECORD_TRUST_FILE) : null,
    logOrigin: installation?.log ?? agencyOf(keys, installation).origin,
    anchorFile: keys.ONRECORD_ANCHOR_FILE ? resolve(keys.ONRECORD_ANCHOR_FILE) : null,
    witness: witnessOf(keys),
    timeStampUrl: keys.ONRECORD_TIMESTAMP_URL ?? null,
    csaf: {
      category: keys.ONRECORD_CSAF_CATEGORY,
      key: keys.ONRECORD_OPENPGP_KEY ?? null,
      previous: keys.ONRECORD_OPENPGP_PREVIOUS ?? null,
      public: keys.ONRECORD_OPENPGP_PUBLIC ?? null,
      host: keys.ONRECORD_CSAF_HOST ?? null,
      securityContact: keys.ONRECORD_SECURITY_CONTACT ?? null,
      securityExpiresAt: keys.ONRECORD_SECURITY_EXPIRES ?? null,
    },
    previewLinks: keys.ONRECORD_PREVIEW_LINKS,
    theme: look.theme,
    logLevel: keys.ONRECORD_LOG_LEVEL,
  });
}

/** A public server signs nothing, and believes the trust note alone. */
function requiredFor(isPublic: boolean, demonstration: boolean): readonly (keyof Keys)[] {
  if (isPublic) return ['ONRECORD_DATABASE_URL', 'ONRECORD_TRUST_FILE'];
  return demonstration ? [] : ['ONRECORD_SIGNING_KEY', 'ONRECORD_ANCHOR_FILE'];
}

/** The identity that `init` freezes: named, or the host of the public address. */
export function readOrigin(from: Environment = environment): string {
  const origin = from.ONRECORD_ORIGIN || (URL.canParse(from.ONRECORD_PUBLIC_URL ?? '') ? new URL(from.ONRECORD_PUBLIC_URL ?? '').host : '');
  if (!origin) throw invalid([{ field: 'ONRECORD_PUBLIC_URL', code: 'missing' }]);
  if (!Keys.shape.ONRECORD_ORIGIN.safeParse(origin).success) throw invalid([{ field: 'ONRECORD_ORIGIN', code: 'not_an_identity' }]);
  return origin;
}

function agencyOf(keys: Keys, installation: Installation | null): Agency {
  const name = keys.ONRECORD_AGENCY_NAME ?? '';
  return {
    name: { fr: keys.ONRECORD_AGENCY_NAME_FR ?? name, en: keys.ONRECORD_AGENCY_NAME_EN ?? name },
    languages: keys.ONRECORD_LANGUAGES,
    origin: installation?.origin ?? keys.ONRECORD_ORIGIN ?? new URL(keys.ONRECORD_PUBLIC_URL).host,
    publicUrl: keys.ONRECORD_PUBLIC_URL,
    deskUrl: keys.ONRECORD_DESK_URL,
    pressContact: keys.ONRECORD_PRESS_CONTACT,
    peopleContact: keys.ONRECORD_PEOPLE_CONTACT,
    zone: keys.ONRECORD_TIME_ZONE,
    embedOrigins: keys.ONRECORD_EMBED_ORIGINS,
    demonstration: installation?.demonstration ?? false,
  };
}

function houseOf(keys: Keys): Config['house'] {
  const { ONRECORD_PUBLIC_URL: publicUrl, ONRECORD_PRESS_CONTACT: press, ONRECORD_PEOPLE_CONTACT: people } = keys;
  const nothing = { urls: [], emails: [], phones: [], handles: [], hashes: [], names: [] };
  return { allow: withOwn(keys.ONRECORD_ALLOW ?? nothing, { publicUrl, contacts: [press, people] }), silences: keys.ONRECORD_SILENCE ?? [] };
}

function witnessOf(keys: Keys): Config['witness'] {
  const { ONRECORD_WITNESS_PORT: port, ONRECORD_WITNESS_KEY: key, ONRECORD_WITNESS_LOGS: logs } = keys;
  if (port === undefined || key === undefined || logs === undefined) return null;
  return { listen: { host: keys.ONRECORD_WITNESS_HOST, port }, url: keys.ONRECORD_WITNESS_URL ?? null, key, logs };
}

/** `ONRECORD_X_FILE` gives the content of a file as `ONRECORD_X`; a file that cannot be read shows as an issue of its variable. */
function withFiles(from: Environment): Environment {
  const given = Object.entries(from).filter(([name]) => name.startsWith('ONRECORD_'));
  return Object.fromEntries(given.flatMap(([name, value]) => (fileVariables.has(name) && value ? [fromFile(name, value)] : [[name, value]])));
}

function fromFile(name: string, path: string): [string, string] {
  try {
    return [name.slice(0, -'_FILE'.length), readFileSync(path, 'utf8')];
  } catch {
    return [name, 'unreadable'];
  }
}

function invalid(issues: readonly Issue[]): OnrecordError {
  return new OnrecordError('config_invalid', `${issues.length} problem(s) in the configuration`, { issues });
}
