import type { Logger } from 'pino';
import { splitNote } from '../ledger/note.ts';
import type { Trust } from '../ledger/trust.ts';
import type { Press } from '../press/press.ts';
import type { TimeStamps } from '../store/time-stamps.ts';
import { askTimeStamp, type SignedCheckpoint } from './ask-time-stamp.ts';
import { askWitness } from './ask-witness.ts';
import { createErrand, type Errand } from './errand.ts';

/** Others' word for our newest checkpoint: cosignatures of witnesses, a time-stamp. No publication ever waits for any of them. */
export type Attestation = {
  /** Asks everybody who has not attested the newest checkpoint and is not being asked. Returns at once. */
  round(): void;
  /** Resolves when nobody is being asked. */
  settled(): Promise<void>;
  /** By witness name: how many entries it has not cosigned, as far as it told this process. */
  behind(): ReadonlyMap<string, number>;
  /** How many of the newest entries no time-stamp covers, as far as this process knows; 0 when none is asked for. */
  unstamped(): number;
  stop(): Promise<void>;
};

export type AttestationOptions = {
  press: Pick<Press, 'logHead' | 'cosigned'>;
  witnesses: Trust['witnesses'];
  timeStampUrl: string | null;
  timeStamps: TimeStamps;
  newest(): Promise<SignedCheckpoint | null>;
  now(): number;
  random(n: number): Buffer;
  log: Pick<Logger, 'warn'>;
};
type Surroundings = Pick<AttestationOptions, 'press' | 'now' | 'random' | 'log'> & { signal: AbortSignal };

export function openAttestation({ witnesses, timeStampUrl, timeStamps, newest, ...options }: AttestationOptions): Attestation {
  const stopping = new AbortController();
  const outside: Surroundings = { ...options, signal: stopping.signal };
  const asked = witnesses.flatMap(({ key, url }) => (url === null ? [] : [witnessErrand(outside, key, url)]));
  const stamp = timeStampUrl === null ? null : stampErrand(outside, timeStampUrl, timeStamps, newest);
  const errands: readonly Errand[] = [...asked.map(({ errand }) => errand), ...(stamp ? [stamp.errand] : [])];
  const size = (): number => options.press.logHead()?.size ?? 0;
  const settled = async (): Promise<void> => {
    for (const errand of errands) await errand.settled();
  };
  return {
    round: () => {
      if (!stopping.signal.aborted) for (const errand of errands) errand.goIfDue();
    },
    settled,
    behind: () => new Map(asked.map(({ name, cosigned }) => [name, Math.max(0, size() - cosigned())])),
    unstamped: () => (stamp === null ? 0 : Math.max(0, size() - stamp.covered())),
    stop: async () => {
      stopping.abort();
      await settled();
    },
  };
}

function witnessErrand({ press, signal, ...rest }: Surroundings, key: Trust['witnesses'][number]['key'], url: string) {
  // A witness's memory is its own: what it cosigned last is a guess at where to begin, and a conflict corrects it.
  let cosigned = 0;
  const errand = createErrand({
    ...rest,
    to: key.name,
    isDue: () => (press.logHead()?.size ?? 0) > cosigned,
    run: async () => {
      const head = press.logHead();
      if (head === null) return;
      const line = await askWitness(url, key, head, cosigned, signal);
      await press.cosigned(`${splitNote(head.checkpoint).text}\n${line}`);
      cosigned = head.size;
    },
  });
  return { name: key.name, errand, cosigned: () => cosigned };
}

function stampErrand({ press, signal, ...rest }: Surroundings, url: string, timeStamps: TimeStamps, newest: AttestationOptions['newest']) {
  let covered = 0;
  const errand = createErrand({
    ...rest,
    to: new URL(url).host,
    isDue: () => (press.logHead()?.size ?? 0) > covered,
    run: async () => {
      const checkpoint = await newest();
      if (checkpoint === null) return;
      await askTimeStamp(url, checkpoint, timeStamps, rest.random, signal);
      covered = checkpoint.size;
    },
  });
  return { errand, covered: () => covered };
}
