import { pino } from 'pino';
import { createAnswerPublic } from './answer-public.ts';
import { createListener } from './listener.ts';
import { publicSite } from './public-site.ts';
import type { Found, FromReader, ReaderSite, ToReader } from './reader-messages.ts';
import { createReaderPress, type ReaderPress } from './reader-press.ts';

/** A process that answers readers and does nothing else: it has no key, no store and no configuration but what the writer sends. */

const log = pino({ level: 'error', base: null }, pino.destination(2));
const tell = (message: FromReader): void => {
  process.send?.(message);
};
const everyMs = 1_000;
const waiting = new Map<number, (found: Found) => void>();
const counts = new Map<number, number>();
let asked = 0;
let press: ReaderPress | null = null;
let close: (patienceMs: number) => void = () => process.exit(0);

const find = (path: string, query: string): Promise<Found> => {
  asked += 1;
  const id = asked;
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    tell({ type: 'find', id, path, query });
  });
};

async function open({ hot, counts: known, missing, site }: Extract<ToReader, { type: 'open' }>): Promise<void> {
  press = createReaderPress({ languages: site.languages, missing: new Map(missing), find, now: Date.now });
  press.swap(hot, [], known);
  await serve(press, site).then(
    () => tell({ type: 'listening' }),
    (error: Error & { code?: string }) => tell({ type: 'failed', code: error.code ?? 'unknown' }),
  );
}

async function serve(readerPress: ReaderPress, { listen, hosts, behindProxy }: ReaderSite): Promise<void> {
  const count = (status: number): void => {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  };
  const answer = createAnswerPublic({ press: readerPress, hosts: new Set(hosts), count });
  const site = publicSite({ press: readerPress, answer, count, log, listen: (handler) => createListener(handler, { behindProxy }) });
  close = (patienceMs) => {
    const cut = setTimeout(() => site.server.closeAllConnections(), patienceMs);
    void site.close().finally(() => {
      clearTimeout(cut);
      sendCounts();
      process.disconnect();
    });
  };
  await site.ready();
  await new Promise<void>((resolve, reject) => {
    site.server.once('error', reject);
    // The kernel shares the connections out among all who listen so.
    site.server.listen({ ...listen, reusePort: true }, resolve);
  });
}

function sendCounts(): void {
  if (counts.size > 0) tell({ type: 'answered', counts: [...counts] });
  counts.clear();
}

process.on('message', (message: ToReader) => {
  switch (message.type) {
    case 'open':
      void open(message);
      break;
    case 'swap':
      press?.swap(message.hot, message.gone, message.counts);
      tell({ type: 'shown', id: message.id });
      break;
    case 'packed':
      press?.packed(message.path, message.resource);
      break;
    case 'found':
      waiting.get(message.id)?.(message.found);
      waiting.delete(message.id);
      break;
    default:
      close(message.patienceMs);
  }
});
// Ctrl-C of a terminal reaches every process of the group: the writer says when to end. Without a writer nothing is true for long.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
setInterval(sendCounts, everyMs).unref();
