import { sha256 } from '@noble/hashes/sha2.js';
import { fingerprintOfDigest, readDigest } from '../../leak/fingerprint/exact.ts';
import type { Job, Levels, Order, Prints, Report } from './messages.ts';

/** Fingerprints files and texts on this device, away from the page's own thread. Nothing is sent or kept. */
export type Fingerprinter = {
  /** @throws FingerprintFailure where the file cannot be read, or the signal gave it up */
  file(file: File, options?: FileOptions): Promise<Prints>;
  /** The words of a pasted text; its `exact` is null. @throws FingerprintFailure */
  text(text: string, options?: Pick<FileOptions, 'levels' | 'signal'>): Promise<Prints>;
  close(): void;
};
export type FileOptions = { levels?: Levels; signal?: AbortSignal; onProgress?(done: number, total: number): void };

/** `unreadable`, `cancelled`, or `unavailable`: the browser let no worker run. */
export type FailureReason = 'unreadable' | 'cancelled' | 'unavailable';
export type FingerprintFailure = Error & { reason: FailureReason };

export function isFingerprintFailure(error: unknown): error is FingerprintFailure {
  return error instanceof Error && 'reason' in error;
}

type Waiting = { onProgress?(done: number, total: number): void; resolve(prints: Prints): void; reject(failure: FingerprintFailure): void };
const every: Levels = { text: true, sketch: true };

/** Starts the worker at once, so that nothing has to be fetched when a file comes. `url`: of fingerprint-worker.ts as it is served. */
export function openFingerprinter(url: string): Fingerprinter {
  const waiting = new Map<number, Waiting>();
  let [jobs, isBroken] = [0, false];
  const fail = (id: number, reason: FailureReason): void => {
    waiting.get(id)?.reject(failure(reason));
    waiting.delete(id);
  };
  const worker = startWorker(url);
  worker?.addEventListener('message', ({ data }: MessageEvent<Report>) => {
    if (data.state === 'progress') waiting.get(data.id)?.onProgress?.(data.done, data.total);
    else if (data.state === 'failed') fail(data.id, data.reason);
    else {
      waiting.get(data.id)?.resolve(data.prints);
      waiting.delete(data.id);
    }
  });
  worker?.addEventListener('error', () => {
    isBroken = true;
    for (const id of [...waiting.keys()]) fail(id, 'unavailable');
  });

  async function ask(job: Job, { signal, onProgress }: FileOptions): Promise<Prints> {
    if (worker === null || isBroken) throw failure('unavailable');
    if (signal?.aborted) throw failure('cancelled');
    const id = ++jobs;
    const send = (order: Order): void => worker.postMessage(order);
    const giveUp = (): void => {
      send({ id, cancel: true });
      fail(id, 'cancelled');
    };
    signal?.addEventListener('abort', giveUp);
    try {
      return await new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject, ...(onProgress && { onProgress }) });
        send({ id, job });
      });
    } finally {
      signal?.removeEventListener('abort', giveUp);
    }
  }

  return {
    file: (file, options = {}) => ask({ what: 'file', file, name: file.name, levels: options.levels ?? every }, options),
    text: (text, options = {}) => ask({ what: 'text', text, levels: options.levels ?? every }, options),
    close: () => worker?.terminate(),
  };
}

/** The fingerprint of the file whose plain SHA-256 was pasted; null for what is no SHA-256. */
export function fingerprintOfPasted(text: string): string | null {
  const digest = readDigest(text);
  return digest && fingerprintOfDigest(digest, sha256);
}

/** Null where the browser refuses: no workers, or none from here. */
function startWorker(url: string): Worker | null {
  try {
    return new Worker(trusted(url));
  } catch {
    return null;
  }
}

type Policy = { createScriptURL(url: string): string };
type PolicyMaker = { createPolicy(name: string, rules: Policy): Policy };
let policy: Policy | undefined;

/** Where the browser asks for it, the address goes through the one policy that the desk's headers allow; a policy is made once. */
function trusted(url: string): string {
  policy ??= policyMaker()?.createPolicy('onrecord', { createScriptURL: ourOwn });
  return policy?.createScriptURL(url) ?? url;
}

function ourOwn(url: string): string {
  if (!url.startsWith('/assets/') && !url.startsWith('blob:')) throw new TypeError('no worker of ours');
  return url;
}

function policyMaker(): PolicyMaker | undefined {
  const isMaker = (value: unknown): value is PolicyMaker => typeof value === 'object' && value !== null && 'createPolicy' in value;
  const maker: unknown = Reflect.get(globalThis, 'trustedTypes');
  return isMaker(maker) ? maker : undefined;
}

function failure(reason: FailureReason): FingerprintFailure {
  return Object.assign(new Error(reason), { reason });
}
