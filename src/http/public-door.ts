import type { Logger } from 'pino';
import type { Press } from '../press/press.ts';
import type { Language } from '../statement/schema.ts';
import { createAnswerPublic } from './answer-public.ts';
import { createListener } from './listener.ts';
import { publicSite } from './public-site.ts';
import { claimPort, type Readers, startReaders } from './readers.ts';

export type PublicDoorOptions = {
  press: Press;
  languages: readonly [Language, ...Language[]];
  /** How many processes answer readers; 0: this one does. */
  workers: number;
  behindProxy: boolean;
  count(status: number, count?: number): void;
  log: Logger;
};

/** Where readers come in: this process, or several that share the port. */
export type PublicDoor = {
  /** Opens it; `hostsAt` names the Host values that are ours once the port is known. Gives the port. */
  listen(at: { host: string; port: number }, hostsAt: (port: number) => readonly string[]): Promise<number>;
  /** No new connection; what is left after `patienceMs` is cut. */
  close(patienceMs: number): Promise<void>;
  /** Why readers find nobody; null where somebody answers. */
  trouble(): string | null;
};

export function publicDoor(options: PublicDoorOptions): PublicDoor {
  return options.workers === 0 ? ownDoor(options) : sharedDoor(options);
}

function ownDoor({ press, behindProxy, count, log }: PublicDoorOptions): PublicDoor {
  const hosts = new Set<string>();
  const answer = createAnswerPublic({ press, hosts, count });
  const site = publicSite({ press, answer, count, log, listen: (handler) => createListener(handler, { behindProxy }) });
  return {
    async listen(at, hostsAt) {
      await site.listen(at);
      const bound = site.server.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : at.port;
      for (const host of hostsAt(port)) hosts.add(host);
      return port;
    },
    async close(patienceMs) {
      const cut = setTimeout(() => site.server.closeAllConnections(), patienceMs);
      await site.close();
      clearTimeout(cut);
    },
    trouble: () => null,
  };
}

function sharedDoor({ press, languages, workers, behindProxy, count, log }: PublicDoorOptions): PublicDoor {
  let readers: Readers | null = null;
  return {
    async listen({ host, port: wanted }, hostsAt) {
      const port = await claimPort({ host, port: wanted });
      const site = { languages, listen: { host, port }, hosts: hostsAt(port), behindProxy };
      readers = await startReaders(workers, { press, site, count, log });
      return port;
    },
    async close(patienceMs) {
      await readers?.close(patienceMs);
    },
    trouble: () => ((readers?.up() ?? 0) === 0 ? 'no process answers readers' : null),
  };
}
