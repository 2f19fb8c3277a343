import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Config, Listen } from './config.ts';
import { isLoopback } from './config-checks.ts';
import { OnrecordError } from './errors.ts';

/** How listeners come up and go, and by what names they may be called. */

/** A port that another program holds is a matter of configuration: the variable is named. */
export function refuseTaken(field: string, { port }: Listen): (error: unknown) => never {
  return (cause) => {
    const isTaken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    if (!isTaken) throw cause;
    throw new OnrecordError('config_invalid', `port ${port} is taken by another program`, { issues: [{ field, code: 'not_a_free_port' }], cause });
  };
}

export function listen(server: Server, { host, port }: Listen): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Allows the Host values of a listener's address; gives the address. */
export function allow(hosts: Set<string>, server: Server, { host, port }: Listen, configured: string | null): string {
  const address: string | AddressInfo | null = server.address();
  const bound = { host, port: typeof address === 'object' && address ? address.port : port };
  for (const name of hostsOf(bound, configured)) hosts.add(name);
  return addressOf(bound);
}

/** The Host values of the configured address and, on loopback, those of the bound port. */
export function hostsOf({ host, port }: Listen, configured: string | null): readonly string[] {
  const own = isLoopback(host) ? ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`) : [];
  return configured === null ? own : [new URL(configured).host, ...own];
}

/** The second name of the public site, on the port by which readers reach it. */
export function dnsPathHosts({ csaf, agency }: Config): readonly string[] {
  const { port } = new URL(agency.publicUrl);
  return csaf.host === null ? [] : [port === '' ? csaf.host : `${csaf.host}:${port}`];
}

export function addressOf({ host, port }: Listen): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

export function closeListener(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}
