import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openPublicCsaf } from './csaf.ts';
import { OnrecordError } from './errors.ts';
import { openMetrics } from './http/metrics.ts';
import { operationsSite } from './http/operations-site.ts';
import { publicDoor } from './http/public-door.ts';
import { openPublicKeeping } from './keeping.ts';
import { loadTrust } from './keys.ts';
import { addressOf, allow, closeListener, dnsPathHosts, hostsOf, listen, refuseTaken } from './listening.ts';
import { createLog } from './open-office.ts';
import { openShowing } from './showing.ts';
import { startTimer } from './timer.ts';

export type PublicServerOptions = { log?: Logger; ports?: { public: number; operations: number } };
export type RunningPublicServer = {
  publicUrl: string;
  opsUrl: string;
  /** Not ready for `notReadyMs`, then no new connection; what is left ten seconds after the beginning is closed. */
  close(notReadyMs?: number): Promise<void>;
};

const notReadyMs = 3_000;
const patienceMs = 10_000;

/**
 * A server that shows the public site and can do nothing else: no desk, no key, and a login of the database that reads what is public. What it
 * shows is what the keys of the trust note signed. @throws config_invalid, store_unreachable, store_corrupt
 */
export async function startPublicServer(config: Config, { log = createLog(config), ports }: PublicServerOptions = {}): Promise<RunningPublicServer> {
  const { agency, trustProxy } = config;
  const trust = await loadTrust(config);
  if (trust === null) throw new OnrecordError('config_invalid', 'a public server needs the trust note: whom else should it believe?');
  const keys = trust.logs.filter(({ name }) => name === config.logOrigin);
  const keeping = await openPublicKeeping(config, keys);
  const { store, now } = keeping;
  const showing = await openShowing(
    config,
    { ...keeping, trust, openCsaf: (words) => openPublicCsaf(config, words, { now, log, clearances: keeping.clearances }) },
    log,
  ).catch(async (error: unknown) => {
    await keeping.close();
    throw error;
  });
  const { press } = showing;
  let isEnding = false;
  const trouble = (): string | null => (isEnding ? 'ending' : (store.trouble() ?? press.trouble() ?? door.trouble()));
  const metrics = openMetrics({ onrecord_ready: { help: '1 while this process follows the record.', read: () => Number(trouble() === null) } });
  const door = publicDoor({ press, languages: agency.languages, workers: config.workers, behindProxy: trustProxy !== false, count: metrics.countAnswer, log });
  const hosts = new Set<string>();
  const health = async () => ({ ready: trouble() === null, reasons: [trouble()].filter((reason) => reason !== null), warnings: [] });
  const operations = operationsSite({ health, metrics: metrics.text, hosts });
  const timer = startTimer(() => press.tick(), log);

  const close = async (unreadyMs = notReadyMs): Promise<void> => {
    isEnding = true;
    const cut = setTimeout(() => operations.closeAllConnections(), patienceMs);
    if (unreadyMs > 0) await new Promise((resolve) => setTimeout(resolve, unreadyMs));
    await timer.stop();
    await door.close(patienceMs - unreadyMs);
    await closeListener(operations);
    clearTimeout(cut);
    await showing.close();
    await keeping.close();
  };

  try {
    const at = { operations: { ...config.operations }, public: { ...config.public } };
    if (ports) [at.operations.port, at.public.port] = [ports.operations, ports.public];
    await listen(operations, at.operations).catch(refuseTaken('ONRECORD_OPS_PORT', at.operations));
    const opsUrl = allow(hosts, operations, at.operations, null);
    const hostsAt = (port: number): readonly string[] => [...hostsOf({ ...at.public, port }, agency.publicUrl), ...dnsPathHosts(config)];
    const port = await door.listen(at.public, hostsAt).catch(refuseTaken('ONRECORD_PUBLIC_PORT', at.public));
    timer.start();
    return { publicUrl: addressOf({ ...at.public, port }), opsUrl, close };
  } catch (error) {
    await close(0);
    throw error;
  }
}
