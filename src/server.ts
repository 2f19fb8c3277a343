import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { openOperatorSocket } from './cli/operator-socket.ts';
import type { Config } from './config.ts';
import { csafGauges } from './csaf.ts';
import { csafWarnings } from './desk/csaf-duties.ts';
import { goOnWithImports } from './desk/importing.ts';
import { minutesLate } from './desk/lateness.ts';
import type { ScryptCost } from './desk/password.ts';
import { newSweepMemory, sweep } from './desk/sweep.ts';
import { watchHealth } from './health.ts';
import { deskSite } from './http/desk-site.ts';
import type { FailureLimits } from './http/failure-limit.ts';
import { announceEnd } from './http/listener.ts';
import { openMetrics } from './http/metrics.ts';
import { operationsSite } from './http/operations-site.ts';
import { publicDoor } from './http/public-door.ts';
import { addressOf, allow, closeListener, dnsPathHosts, hostsOf, listen, refuseTaken } from './listening.ts';
import type { Office } from './office.ts';
import { createLog, openOffice } from './open-office.ts';
import { type Outside, openOutside, outsideGauges } from './outside.ts';
import { startTimer } from './timer.ts';

export type ServerOptions = {
  now?: () => number;
  random?: (n: number) => Buffer;
  log?: Logger;
  /** Instead of the configured ports; 0 takes a free one. */
  ports?: { public: number; desk: number; operations: number };
  passwordCost?: ScryptCost;
  limits?: FailureLimits;
  /** False in tests, which call `tick` themselves. */
  timer?: boolean;
};

export type RunningServer = {
  office: Office;
  /** Where the listeners are: `http://127.0.0.1:8080`. */
  publicUrl: string;
  deskUrl: string;
  opsUrl: string;
  /** Null while this house witnesses nobody. */
  witnessUrl: string | null;
  /** What the timer does each second: release what is due, ring alarms, render what the clock changed. */
  tick(): Promise<void>;
  /** What the other timer does: asks witnesses and the time-stamp authority for their word; resolves when all have answered or failed. */
  attest(): Promise<void>;
  /** Not ready for `notReadyMs`, then no new connection; what is left ten seconds after the beginning is closed. Publications are awaited. */
  close(notReadyMs?: number): Promise<void>;
};

const notReadyMs = 3_000;
const patienceMs = 10_000;

/** Opens everything in order, so that nothing listens before the record is whole; what fails on the way is closed again. */
export async function startServer(config: Config, options: ServerOptions = {}): Promise<RunningServer> {
  const { log = createLog(config), passwordCost, limits } = options;
  const metrics = openMetrics({
    onrecord_ready: { help: '1 while this process can publish.', read: async () => Number((await watch.health()).ready) },
    onrecord_disk_free_ratio: { help: 'Free share of the disk of the data directory.', read: () => office.freeDisk() },
    onrecord_next_update_late_minutes: {
      help: 'Minutes by which the latest promised next update is overdue.',
      read: async () => (await minutesLate(office)).nextUpdate,
    },
    ...csafGauges(config, () => office.press),
    ...outsideGauges(config, () => outside),
    onrecord_debt_late_minutes: { help: 'Minutes by which the latest second check is overdue.', read: async () => (await minutesLate(office)).debt },
  });
  const opened = await openOffice(config, { ...options, log, count: metrics.count });
  const { office } = opened;
  const { tallies } = office;
  const watch = watchHealth(
    config.dataDirectory,
    () => office.store.trouble() ?? office.press.trouble() ?? door.trouble(),
    () => csafWarnings(office),
    // A transaction that commits, as a publication does: a replica that must answer and does not holds it up.
    tallies && (() => tallies.add('readyz', 60_000)),
  );
  const hosts = { desk: new Set<string>(), operations: new Set<string>(), witness: new Set<string>() };
  const { trustProxy } = config;
  const { press, agency } = office;
  const { languages } = agency;
  const door = publicDoor({ press, languages, workers: config.workers, behindProxy: trustProxy !== false, count: metrics.countAnswer, log });
  const desk = deskSite(office, {
    words: opened.words,
    assets: opened.assets,
    hosts: hosts.desk,
    trustProxy,
    previewLinks: config.previewLinks,
    ...(passwordCost && { passwordCost }),
    ...(limits && { limits }),
  });
  const operations = operationsSite({ health: watch.health, metrics: metrics.text, hosts: hosts.operations });
  const socket = await openOrClose(opened.close, () => openOperatorSocket(config.dataDirectory, office, log));
  const closeBoth = async (): Promise<void> => {
    await socket.close();
    await opened.close();
  };
  const outside = await openOrClose(closeBoth, () => openOutside(config, opened, { now: office.now, log, hosts: hosts.witness }));
  const memory = newSweepMemory();
  const timer = startTimer(async () => {
    await sweep(office, memory);
    await office.press.tick();
    void goOnWithImports(office);
  }, log);

  const close = async (unreadyMs = notReadyMs): Promise<void> => {
    watch.stopBeingReady();
    announceEnd(desk.server);
    // From the signal, not from the close: the rest of the fifteen seconds is for a machine that is busy.
    const cut = setTimeout(() => {
      for (const server of [desk.server, operations, outside.site]) server?.closeAllConnections();
    }, patienceMs);
    if (unreadyMs > 0) await sleep(unreadyMs);
    await timer.stop();
    await outside.stop();
    await Promise.all([door.close(patienceMs - unreadyMs), desk.close(), socket.close()]);
    await closeListener(operations);
    if (outside.site) await closeListener(outside.site);
    clearTimeout(cut);
    await opened.close();
  };

  try {
    const ports = options.ports ?? { public: config.public.port, desk: config.desk.port, operations: config.operations.port };
    const at = {
      operations: { ...config.operations, port: ports.operations },
      desk: { ...config.desk, port: ports.desk },
      public: { ...config.public, port: ports.public },
    };
    await listen(operations, at.operations).catch(refuseTaken('ONRECORD_OPS_PORT', at.operations));
    const opsUrl = allow(hosts.operations, operations, at.operations, null);
    await desk.listen(at.desk).catch(refuseTaken('ONRECORD_DESK_PORT', at.desk));
    const deskUrl = allow(hosts.desk, desk.server, at.desk, agency.deskUrl);
    const hostsAt = (port: number): readonly string[] => [...hostsOf({ ...at.public, port }, agency.publicUrl), ...dnsPathHosts(config)];
    const port = await door.listen(at.public, hostsAt).catch(refuseTaken('ONRECORD_PUBLIC_PORT', at.public));
    const publicUrl = addressOf({ ...at.public, port });
    const witnessUrl = await listenAsWitness(config, outside, hosts.witness);
    if (options.timer !== false) {
      timer.start();
      outside.start();
    }
    return { office, publicUrl, deskUrl, opsUrl, witnessUrl, tick: timer.runNow, attest: outside.attest, close };
  } catch (error) {
    await close(0);
    throw error;
  }
}

/** What `open` gives; where that fails, what was opened before is closed. */
async function openOrClose<T>(close: () => Promise<void>, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenAsWitness({ witness }: Config, { site }: Outside, hosts: Set<string>): Promise<string | null> {
  if (witness === null || site === null) return null;
  await listen(site, witness.listen);
  return allow(hosts, site, witness.listen, witness.url);
}
