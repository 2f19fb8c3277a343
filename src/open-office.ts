import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { type CsafWorks, openCsaf } from './csaf.ts';
import { freeRatio } from './health.ts';
import type { Assets } from './http/assets.ts';
import { openMarkdownGate } from './http/markdown-gate.ts';
import { openKeeping } from './keeping.ts';
import { loadSigners, loadTrust } from './keys.ts';
import { formatVerifierKey } from './ledger/note.ts';
import type { Trust } from './ledger/trust.ts';
import type { Office } from './office.ts';
import { loadOpenings, wordLimitsOf } from './openings.ts';
import { type OfflineParts, offlineChecker } from './press/offline-checker.ts';
import { openShowing } from './showing.ts';
import type { PublicStatement, Statement } from './statement/facts.ts';
import { publicStatement, withoutRedacted } from './statement/state.ts';
import type { Store } from './store/store.ts';
import type { TimeStamps } from './store/time-stamps.ts';
import type { Words } from './words.ts';

export type OfficeOptions = {
  now?: () => number;
  random?: (n: number) => Buffer;
  log?: Logger;
  count?: Office['count'];
};

export type OpenOffice = {
  office: Office;
  words: Words;
  assets: Assets;
  trust: Trust | null;
  timeStamps: TimeStamps;
  close(): Promise<void>;
};

const root = join(import.meta.dirname, '..');

/** Opens what the house keeps and everything that acts work with. Whoever opens closes; `close` waits for writes that run. */
export async function openOffice(config: Config, options: OfficeOptions = {}): Promise<OpenOffice> {
  const { random = randomBytes, log = createLog(config), count = () => {} } = options;
  const { agency } = config;
  const { signer, previous } = await loadSigners(config);
  const trust = await loadTrust(config);
  const facts = createPublicFacts();
  const tell = (line: string): void => log.error(line);
  const keeping = await openKeeping(config, { signer, previous, now: options.now, visit: facts.visit, tell });
  const { store, people, outbox, prints, staged, tallies, timeStamps, others, now } = keeping;
  // A gate of its own: what staff try out on the desk never holds up a publication.
  const gate = openMarkdownGate({ isSteady: false });
  try {
    const shown = { store, statements: facts.of(store), prints, timeStamps, trust, others, now };
    let csaf: CsafWorks | null = null;
    const openWorks = async (words: Words): Promise<CsafWorks | null> => {
      csaf = await openCsaf(config, words, { now, log, clearances: keeping.clearances });
      return csaf;
    };
    const showing = await openShowing(config, { ...shown, openCsaf: openWorks }, log);
    const { press, words, assets, render } = showing;
    const openings = loadOpenings(join(root, 'content/openings'));
    const office: Office = {
      store,
      people,
      outbox,
      staged,
      tallies,
      press,
      agency,
      openings,
      house: { first: agency.languages[0], ...config.house, wordLimits: wordLimitsOf(openings) },
      log,
      now,
      random,
      markdown: gate.render,
      freeDisk: () => freeRatio(config.dataDirectory),
      csaf,
      offlineCheck: offlineCheckOf({ agency, words, root: trust && formatVerifierKey(trust.root), render, ...assets.offline }, log),
      count,
    };
    const tellingPress: TimeStamps = {
      ...timeStamps,
      keep: async (...stamp) => {
        await timeStamps.keep(...stamp);
        await press.timeStamped();
      },
    };
    return { office, words, assets, trust, timeStamps: tellingPress, close: () => closeAll([showing, keeping, gate]) };
  } catch (error) {
    await closeAll([keeping, gate]);
    throw error;
  }
}

/** No publication waits for its offline copy: one that cannot be made is left out, and operators are told. */
function offlineCheckOf(parts: OfflineParts, log: Logger): Office['offlineCheck'] {
  return (register) => {
    try {
      return offlineChecker(parts, register);
    } catch (error) {
      log.error({ err: error }, 'no offline copy of the check could be made');
      return null;
    }
  };
}

async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close();
}

/** What is public of each statement, as the opening of the store reads them. */
function createPublicFacts(): { visit(statement: Statement): void; of(store: Store): readonly PublicStatement[] } {
  const shown = new Map<string, PublicStatement>();
  return {
    visit: (statement) => {
      const facts = publicStatement(statement);
      if (facts) shown.set(statement.id, facts);
    },
    of: (store) => {
      const lost = store.lostRedactions();
      return [...shown.values()].map((facts) =>
        withoutRedacted(
          facts,
          lost.filter((known) => known.statement === facts.reference),
        ),
      );
    },
  };
}

/** Logs go to standard error: no bodies, and no addresses but those of sign-ins. */
export function createLog({ logLevel }: Config): Logger {
  return pino({ level: logLevel, base: null }, pino.destination(2));
}
