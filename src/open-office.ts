import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';
import { type CsafWorks, openCsaf } from './csaf.ts';
import { followOthers } from './following.ts';
import { freeRatio } from './health.ts';
import { type Assets, loadAssets } from './http/assets.ts';
import { openMarkdownGate } from './http/markdown-gate.ts';
import { openPictureGate } from './http/picture-gate.ts';
import { createRenderHtml } from './http/render-html.ts';
import { openKeeping } from './keeping.ts';
import { loadSigners, loadTrust } from './keys.ts';
import { formatVerifierKey } from './ledger/note.ts';
import type { Trust } from './ledger/trust.ts';
import type { Office } from './office.ts';
import { loadOpenings, wordLimitsOf } from './openings.ts';
import { loadPages } from './pages.ts';
import { type OfflineParts, offlineChecker } from './press/offline-checker.ts';
import { openPress } from './press/open-press.ts';
import type { PressOptions } from './press/press.ts';
import { readSignedFile, readVersionFiles } from './press/versions.ts';
import type { PublicStatement, Statement } from './statement/facts.ts';
import { publicStatement, withoutRedacted } from './statement/state.ts';
import type { Store } from './store/store.ts';
import type { TimeStamps } from './store/time-stamps.ts';
import { loadVerifiers } from './verifiers.ts';
import { loadWords, type Words } from './words.ts';

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

/** Opens the data directory and everything that acts work with. Whoever opens closes; `close` waits for writes that run. */
export async function openOffice(config: Config, options: OfficeOptions = {}): Promise<OpenOffice> {
  const { random = randomBytes, log = createLog(config), count = () => {} } = options;
  const { agency, dataDirectory: directory } = config;
  const [words, assets] = [loadWords(join(root, 'content/words')), await loadAssets({ tokens: config.theme.tokens })];
  const { signer, previous } = await loadSigners(config);
  const trust = await loadTrust(config);
  const render = createRenderHtml(join(root, 'views'));
  const facts = createPublicFacts();
  const tell = (line: string): void => log.error(line);
  const keeping = await openKeeping(config, { signer, previous, now: options.now, visit: facts.visit, tell });
  const { store, people, outbox, prints, staged, timeStamps, now } = keeping;
  // Two gates: what staff try out on the desk never holds up a publication.
  const [gate, publicGate, pictures] = [openMarkdownGate({ isSteady: false }), openMarkdownGate({ isSteady: true }), openPictureGate(log)];
  let csaf: CsafWorks | null = null;
  try {
    csaf = await openCsaf(config, words, { now, log, clearances: keeping.clearances });
    const own = await openPress({
      agency,
      words,
      render,
      markdown: publicGate.render,
      diff: publicGate.diff,
      pages: loadPages(join(root, 'content/pages')),
      statements: facts.of(store),
      ...readersOf(store),
      prints,
      trust,
      verifiers: loadVerifiers(join(root, 'content/verifiers')),
      timeStamps,
      csaf: csaf?.parts ?? null,
      now,
      assets,
      draw: pictures.draw,
      theme: config.theme,
    });
    const following = keeping.others && followOthers(own, keeping.others, log);
    const press = following?.press ?? own;
    const openings = loadOpenings(join(root, 'content/openings'));
    const office: Office = {
      store,
      people,
      outbox,
      staged,
      press,
      agency,
      openings,
      house: { first: agency.languages[0], ...config.house, wordLimits: wordLimitsOf(openings) },
      log,
      now,
      random,
      markdown: gate.render,
      freeDisk: () => freeRatio(directory),
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
    return {
      office,
      words,
      assets,
      trust,
      timeStamps: tellingPress,
      close: () => closeAll([...(following ? [{ close: following.stop }] : []), keeping, gate, publicGate, pictures, ...(csaf ? [csaf] : [])]),
    };
  } catch (error) {
    await closeAll([keeping, gate, publicGate, pictures, ...(csaf ? [csaf] : [])]);
    throw error;
  }
}

function readersOf(store: Store): Pick<PressOptions, 'readVersion' | 'readSigned' | 'readEntries'> {
  return {
    readVersion: (entry) => readVersionFiles(store, entry),
    readSigned: (entry, name) => readSignedFile(store, entry, name),
    readEntries: (after, limit) => store.ledger(after, limit, 'entries'),
  };
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
