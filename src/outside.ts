import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { GaugeSource } from './http/metrics.ts';
import { witnessSite } from './http/witness-site.ts';
import { loadCosigner } from './keys.ts';
import type { OpenOffice } from './open-office.ts';
import type { Store } from './store/store.ts';
import { startTimer } from './timer.ts';
import type { SignedCheckpoint } from './witness/ask-time-stamp.ts';
import { type Attestation, openAttestation } from './witness/attestation.ts';
import { openEmbeddedWitness } from './witness/embedded-witness.ts';

/** What goes between this house and others about logs: their word for ours, and ours for theirs. */
export type Outside = {
  /** Where others' logs hand in; null while this house witnesses nobody. */
  site: Server | null;
  /** From now on asks each second for whatever is not attested yet. */
  start(): void;
  /** Asks once, and resolves when everybody asked has answered or failed. */
  attest(): Promise<void>;
  stop(): Promise<void>;
  behind: Attestation['behind'];
  unstamped: Attestation['unstamped'];
};
export type OutsideOptions = { now(): number; log: Logger; hosts: ReadonlySet<string> };

export async function openOutside(config: Config, { office, trust, timeStamps }: OpenOffice, { now, log, hosts }: OutsideOptions): Promise<Outside> {
  const { press, store, random } = office;
  const attestation = openAttestation({
    press,
    witnesses: trust?.witnesses ?? [],
    timeStampUrl: config.timeStampUrl,
    timeStamps,
    newest: () => newestCheckpoint(store),
    now,
    random,
    log,
  });
  const timer = startTimer(async () => attestation.round(), log);
  return {
    site: await openSite(config, { now, log, hosts }),
    start: timer.start,
    attest: async () => {
      attestation.round();
      await attestation.settled();
    },
    stop: async () => {
      await timer.stop();
      await attestation.stop();
    },
    behind: attestation.behind,
    unstamped: attestation.unstamped,
  };
}

/** `outside` is asked at each scrape, when it is open. */
export function outsideGauges({ timeStampUrl }: Config, outside: () => Pick<Outside, 'behind' | 'unstamped'>): Record<string, GaugeSource> {
  const witnesses: GaugeSource = { help: 'Entries that a witness has not cosigned.', label: 'witness', readEach: () => outside().behind() };
  const stamps: GaugeSource = { help: 'Newest entries that no time-stamp covers.', read: () => outside().unstamped() };
  return { onrecord_witness_behind_entries: witnesses, ...(timeStampUrl !== null && { onrecord_timestamp_behind_entries: stamps }) };
}

async function openSite(config: Config, { now, log, hosts }: OutsideOptions): Promise<Server | null> {
  const cosigner = loadCosigner(config);
  if (config.witness === null || cosigner === null) return null;
  const directory = join(config.dataDirectory, 'witness');
  const witness = await openEmbeddedWitness({ directory, logs: config.witness.logs, cosigner, now, log });
  return witnessSite({ witness, hosts, behindProxy: config.trustProxy !== false, log });
}

async function newestCheckpoint(store: Store): Promise<SignedCheckpoint | null> {
  const { closed, checkpoint } = await store.ledger(-1, 0, 'entries');
  return checkpoint === null ? null : { log: closed.length + 1, size: Number(checkpoint.split('\n', 2)[1]), note: checkpoint };
}
