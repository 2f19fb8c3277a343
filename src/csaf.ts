import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { OnrecordError, refuse } from './errors.ts';
import { type CsafGate, type OpenPgpKey, openCsafGate } from './http/csaf-gate.ts';
import type { GaugeSource } from './http/metrics.ts';
import type { NewFile } from './ledger/version-file.ts';
import { type CsafHouse, type CsafSubject, csafFilesOf } from './press/csaf/document.ts';
import type { CsafKeys, CsafParts } from './press/csaf/tree.ts';
import type { Press } from './press/press.ts';
import { type Clearances, openMemoryClearances } from './store/clearances.ts';
import type { Words } from './words.ts';

/** What makes, checks and signs CSAF documents. */
export type CsafWorks = {
  parts: CsafParts;
  /** The signed CSAF documents of a version, one a language. Pure. */
  filesOf(subject: CsafSubject): readonly NewFile[];
  check: CsafGate['check'];
  close(): Promise<void>;
};

type CsafOptions = { now(): number; log: Logger; clearances(): Promise<Clearances> };

/** Null while readers reach the site without TLS: a provider that is listed under http is an error everywhere (CSAF 2.0 §7.1.3). */
export async function openCsaf(config: Config, words: Words, { now, log, clearances: openClearances }: CsafOptions): Promise<CsafWorks | null> {
  if (!hasCsaf(config.agency)) return null;
  const house = houseOf(config, words);
  const gate = openCsafGate({ key: config.csaf.key, now });
  const keys = await describeKeys(gate, config.csaf, log);
  const clearances = await openClearances().catch(async (error: unknown) => {
    // A database that is away is waited for by whoever starts the house; a disk that takes nothing is not.
    if (error instanceof OnrecordError && error.code === 'store_unreachable') {
      await gate.close();
      throw error;
    }
    log.error({ err: error }, 'what CSAF documents went through cannot be kept: it is made again, and lasts as long as this process');
    return openMemoryClearances();
  });
  return {
    parts: { house, clear: gate.clear, clearances, keys, security: securityOf(config) },
    filesOf: (subject) => filesOf(house, subject, log),
    check: gate.check,
    close: async () => {
      await gate.close();
      await clearances.close();
    },
  };
}

/** For a server without a desk: it lists what others have cleared, and clears nothing. */
export async function openPublicCsaf(
  config: Config,
  words: Words,
  { now, log, clearances: open }: CsafOptions,
): Promise<Pick<CsafWorks, 'parts' | 'close'> | null> {
  if (!hasCsaf(config.agency)) return null;
  const gate = openCsafGate({ key: null, now });
  const { public: key, previous } = config.csaf;
  const keys = await describeKeys(gate, { key, previous }, log);
  await gate.close();
  const parts = {
    house: houseOf(config, words),
    clear: async () => refuse('busy', 'another server clears documents'),
    clearances: await open(),
    keys: { ...keys, trouble: null },
    security: securityOf(config),
  };
  return { parts, close: async () => {} };
}

function houseOf({ agency, csaf }: Config, words: Words): CsafHouse {
  return {
    publicUrl: agency.publicUrl,
    languages: agency.languages,
    name: agency.name,
    contact: [agency.pressContact, agency.peopleContact].join('\n'),
    category: csaf.category,
    words,
  };
}

function securityOf({ agency, csaf }: Config): CsafParts['security'] {
  return { contact: csaf.securityContact ?? `${agency.publicUrl}/press`, expiresAt: csaf.securityExpiresAt };
}

/** A key that cannot be used keeps nobody from publishing: what it should have signed stays owed, and is said to be. */
async function describeKeys(gate: CsafGate, { key, previous }: Pick<Config['csaf'], 'key' | 'previous'>, log: Logger): Promise<CsafKeys> {
  const describe = async (armored: string | null): Promise<OpenPgpKey | null> => {
    try {
      return armored === null ? null : await gate.describe(armored);
    } catch (error) {
      log.error({ err: error }, 'an OpenPGP key cannot be used');
      return null;
    }
  };
  const [signing, before] = [await describe(key), await describe(previous)];
  const trouble = key !== null && signing === null ? 'the OpenPGP key cannot be read' : (signing?.trouble ?? null);
  if (signing?.trouble) log.error(`the OpenPGP key cannot sign: ${signing.trouble}`);
  return { listed: [signing, before].filter((one) => one !== null), signing: signing?.fingerprint ?? null, trouble };
}

const hasCsaf = ({ publicUrl }: Config['agency']): boolean => publicUrl.startsWith('https:');

/** No publication waits for its CSAF document: one that cannot be made is left out, and operators are told. */
function filesOf(house: CsafHouse, subject: CsafSubject, log: Logger): readonly NewFile[] {
  try {
    return csafFilesOf(house, subject);
  } catch (error) {
    log.error({ err: error }, 'a CSAF document could not be made');
    return [];
  }
}

/** How many documents are listed, and how many wait to be; none where there is no CSAF. */
export function csafGauges({ agency }: Config, press: () => Pick<Press, 'csaf'>): Readonly<Record<string, GaugeSource>> {
  if (!hasCsaf(agency)) return {};
  return {
    onrecord_csaf_documents: { help: 'CSAF documents that are listed.', read: () => press().csaf()?.documents ?? 0 },
    onrecord_csaf_owed: { help: 'CSAF documents that are not listed yet, or signed with an older key.', read: () => press().csaf()?.owed ?? 0 },
  };
}
