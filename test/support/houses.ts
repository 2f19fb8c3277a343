import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Test } from 'tap';
import { readConfig } from '../../src/config.ts';
import { createCosigner } from '../../src/ledger/cosignature.ts';
import { formatVerifierKey, type Signer, type VerifierKey } from '../../src/ledger/note.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { signTrust, type Trust } from '../../src/ledger/trust.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { publicStatement } from '../../src/statement/state.ts';
import { initialise } from '../../src/store/installation.ts';
import { type Clock, standingClock } from './accounts.ts';
import { freePort } from './free-port.ts';
import { quickDirectory } from './quick-directory.ts';
import { publishVersion } from './store-fixtures.ts';

/** Whole services of several agencies, each with its keys, its trust note and a witness; they can be ended and started again. */
export type House = {
  origin: string;
  directory: string;
  clock: Clock;
  signer: Signer;
  /** Its key as a witness of others, and where that listens. */
  witness: { key: VerifierKey; url: string };
  server(): RunningServer;
  /** Starts it, trusting these witnesses of its log and witnessing these logs of others. */
  open(witnesses: Trust['witnesses'], logs: readonly VerifierKey[], environment?: Record<string, string>): Promise<void>;
  close(): Promise<void>;
  /** A house with the same name and keys that begins its history anew: what must never be believed. */
  twin(t: Test): Promise<House>;
  /** Puts the next version of a statement on record and shows it, without a desk. */
  publish(id: string, title: string): Promise<void>;
  read(path: string): Promise<{ status: number; text: string; bytes: Buffer; headers: Headers }>;
};

type Keys = { log: string; witness: string; root: string };

export function foundHouse(t: Test, origin: string): Promise<House> {
  return settle(t, origin, { log: newSigningKey(), witness: newSigningKey(), root: newSigningKey() });
}

async function settle(t: Test, origin: string, keys: Keys): Promise<House> {
  const parent = await quickDirectory('house');
  const [directory, trustFile, anchor] = [join(parent, 'data'), join(parent, 'trust.note'), join(parent, 'anchor')];
  const [port, clock] = [await freePort(), standingClock()];
  const root = createSigner(keys.root, `${origin}/root`);
  const signer = createSigner(keys.log, origin);
  const begin = { origin, demonstration: true };
  await initialise(directory, { ...begin, now: clock.now, random: randomBytes });
  let running: RunningServer | null = null;
  const server = (): RunningServer => {
    if (running === null) throw new Error(`${origin} is closed`);
    return running;
  };
  const close = async (): Promise<void> => {
    await running?.close(0);
    running = null;
  };
  t.teardown(async () => {
    await close();
    await rm(parent, { recursive: true });
  });
  return {
    origin,
    directory,
    clock,
    signer,
    witness: { key: createCosigner(keys.witness, `${origin}/witness`), url: `http://127.0.0.1:${port}` },
    server,
    open: async (witnesses, logs, environment = {}) => {
      const policy = { root, issuedAt: new Date(clock.now()).toISOString(), logs: [signer], retired: [], witnesses, quorum: witnesses.length };
      await writeFile(trustFile, signTrust(policy, root));
      const witnessing = {
        ONRECORD_WITNESS_PORT: String(port),
        ONRECORD_WITNESS_KEY: keys.witness,
        ONRECORD_WITNESS_LOGS: logs.map((log) => `log ${formatVerifierKey(log)}\n`).join(''),
      };
      const config = readConfig(begin, {
        ONRECORD_DATA_DIR: directory,
        ONRECORD_SIGNING_KEY: keys.log,
        ONRECORD_ANCHOR_FILE: anchor,
        ONRECORD_TRUST_FILE: trustFile,
        ONRECORD_LOG_LEVEL: 'silent',
        ...(logs.length > 0 && witnessing),
        ...environment,
      });
      running = await startServer(config, { now: clock.now, log: pino({ level: 'silent' }), ports: { public: 0, desk: 0, operations: 0 }, timer: false });
    },
    close,
    twin: (test) => settle(test, origin, keys),
    publish: async (id, title) => {
      const { store, press } = server().office;
      const statement = publicStatement(await publishVersion(store, id, title, {}, origin));
      if (statement === null) throw new Error(`${id} is not public`);
      await press.advance(statement);
    },
    read: async (path) => {
      const response = await fetch(`${server().publicUrl}${path}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
    },
  };
}
