import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { CsafWorks } from './csaf.ts';
import { followOthers } from './following.ts';
import { type Assets, loadAssets } from './http/assets.ts';
import { openMarkdownGate } from './http/markdown-gate.ts';
import { openPictureGate } from './http/picture-gate.ts';
import { createRenderHtml } from './http/render-html.ts';
import type { Others } from './keeping.ts';
import type { Trust } from './ledger/trust.ts';
import { loadPages } from './pages.ts';
import { openPress } from './press/open-press.ts';
import type { Press, PressOptions } from './press/press.ts';
import { readSignedFile, readVersionFiles } from './press/versions.ts';
import type { PublicStatement } from './statement/facts.ts';
import type { Store } from './store/store.ts';
import { loadVerifiers } from './verifiers.ts';
import { loadWords, type Words } from './words.ts';

/** All that shows the record to readers, with or without a desk beside it. */
export type Showing = { press: Press; words: Words; assets: Assets; render: PressOptions['render']; close(): Promise<void> };
/** What shows CSAF documents. */
type ShownCsaf = Pick<CsafWorks, 'parts' | 'close'>;

/** What is shown, and where it is read. */
export type Shown = {
  store: Pick<Store, 'ledger'>;
  /** Every public statement at the opening. */
  statements: readonly PublicStatement[];
  prints: PressOptions['prints'];
  timeStamps: PressOptions['timeStamps'];
  trust: Trust | null;
  others: Others | null;
  now(): number;
  openCsaf(words: Words): Promise<ShownCsaf | null>;
};

const root = join(import.meta.dirname, '..');

/** Whoever opens closes. */
export async function openShowing(config: Config, shown: Shown, log: Logger): Promise<Showing> {
  const { store, statements, prints, timeStamps, trust, others, now } = shown;
  const [words, assets] = [loadWords(join(root, 'content/words')), await loadAssets({ tokens: config.theme.tokens })];
  const render = createRenderHtml(join(root, 'views'));
  const [gate, pictures] = [openMarkdownGate({ isSteady: true }), openPictureGate(log)];
  const parts: { close(): Promise<void> }[] = [gate, pictures];
  try {
    const csaf = await shown.openCsaf(words);
    if (csaf) parts.push(csaf);
    const own = await openPress({
      agency: config.agency,
      words,
      render,
      markdown: gate.render,
      diff: gate.diff,
      pages: loadPages(join(root, 'content/pages')),
      statements,
      readVersion: (entry) => readVersionFiles(store, entry),
      readSigned: (entry, name) => readSignedFile(store, entry, name),
      readEntries: (after, limit) => store.ledger(after, limit, 'entries'),
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
    parts.unshift({ close: own.stop });
    const following = others && followOthers(own, others, log);
    if (following) parts.unshift({ close: following.stop });
    return { press: following?.press ?? own, words, assets, render, close: () => closeAll(parts) };
  } catch (error) {
    await closeAll(parts);
    throw error;
  }
}

async function closeAll(parts: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const part of parts) await part.close();
}
