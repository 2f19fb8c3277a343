import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Test } from 'tap';
import { nextCode } from '../../src/desk/second-factor.ts';
import type { Signer } from '../../src/ledger/note.ts';
import { createSigner } from '../../src/ledger/signer.ts';
import { openEmbeddedStore } from '../../src/store/embedded.ts';
import type { Store } from '../../src/store/store.ts';
import { passwordOf } from './accounts.ts';
import { type Agency, identity } from './agency.ts';
import { openPlace, type Running, until } from './place.ts';
import { auditStore } from './store-audit.ts';
import { memoryDirectory } from './store-fixtures.ts';
import { compiled } from './store-processes.ts';
import { type Browser, field, openBrowser } from './test-server.ts';

/** A copy of an agency's data, served by `onrecord serve` in a process of its own, that can be ended and started again. */

/** A person at the desk, signed in, with the token that each form carries. */
export type AtDesk = { id: string; browser: Browser; token: string };
export type Served = {
  deskUrl: string;
  publicUrl: string;
  start(): Promise<Running>;
  signIn(id: string): Promise<AtDesk>;
  checkpointSize(): Promise<number>;
  /** While nobody serves: what `look` sees in the store, and everything that is wrong with its record. */
  inspect<T>(look: (store: Store) => Promise<T>): Promise<{ seen: T; wrong: readonly string[] }>;
};

type Totp = Parameters<typeof nextCode>[0];

/** `onrecord serve` in a process of its own at a place, and people who sign in there. */
export function serveAt(
  t: Pick<Test, 'teardown'>,
  place: Awaited<ReturnType<typeof openPlace>>,
  environment: Readonly<Record<string, string>>,
  totpOf: (id: string) => Promise<Totp>,
): Pick<Served, 'deskUrl' | 'publicUrl' | 'start' | 'signIn'> {
  const running = new Set<Running>();
  t.teardown(() => {
    for (const { child } of running) child.kill('SIGKILL');
  });
  return {
    deskUrl: place.deskUrl,
    publicUrl: place.publicUrl,
    start: async () => {
      const server = place.start(['serve'], { ...environment, ...compiled });
      running.add(server);
      const ended = server.ended.then(() => {
        running.delete(server);
        throw new Error(`it does not serve: ${server.said()}`);
      });
      await Promise.race([until(place.isReady), ended]);
      ended.catch(() => {});
      return server;
    },
    signIn: async (id) => {
      const browser = openBrowser(place);
      const code = nextCode(await totpOf(id), Date.now()) ?? 'none';
      const { status } = await browser.post('/desk/sign-in', { name: id, password: passwordOf(id), code });
      if (status !== 303) throw new Error(`${id} could not sign in: ${status}`);
      return { id, browser, token: field(await browser.get('/desk'), '_csrf') };
    },
  };
}

/** What `look` sees in a store that nobody serves, and everything that is wrong with its record; closes it. */
export async function inspected<T>(store: Store, signer: Signer, look: (store: Store) => Promise<T>): Promise<{ seen: T; wrong: readonly string[] }> {
  try {
    return { seen: await look(store), wrong: [...(await auditStore(store, signer)), ...(store.trouble() === null ? [] : [`${store.trouble()}`])] };
  } finally {
    await store.close();
  }
}

export async function serveCopyOf(t: Test, agency: Agency): Promise<Served> {
  const place = await openPlace(t);
  const parent = await memoryDirectory(t);
  const [directory, anchorFile] = [join(parent, 'data'), join(parent, 'anchor')];
  await cp(agency.directory, directory, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  await cp(agency.anchorFile, anchorFile);
  const changes = { ONRECORD_DATA_DIR: directory, ONRECORD_ANCHOR_FILE: anchorFile };
  const own = Object.fromEntries(Object.entries(agency.environment(changes)).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const signer = createSigner(await readFile(agency.keyFile, 'utf8'), identity);
  const totpOf = async (id: string): Promise<Totp> => JSON.parse(await readFile(join(directory, 'people', `${id}.json`), 'utf8')).totp;
  return {
    ...serveAt(t, place, own, totpOf),
    checkpointSize: async () => Number((await readFile(join(directory, 'ledger/checkpoint'), 'utf8')).split('\n')[1]),
    inspect: async (look) => inspected(await openEmbeddedStore({ directory, signer, anchorFile, now: Date.now }), signer, look),
  };
}
