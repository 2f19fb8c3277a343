import { OnrecordError, refuse } from '../errors.ts';
import type { Clearance } from '../store/clearances.ts';
import { openWorkerGate } from './worker-gate.ts';

/** A document is validated and, with a key, signed: armoured OpenPGP private key, and the instant of the signature in milliseconds. */
export type CsafTask = { document: Uint8Array; tests: CsafTests; sign: Signing | null } | { describe: string; at: number };
/** Everything that is published here passes all; of what others made, and of what is older than this record, the schema and the mandatory tests are asked. */
export type CsafTests = 'all' | 'mandatory';
export type Signing = { key: string; at: number };
/** Fingerprint in capital hex, the public key armoured, when it expires (null: never), and why a private one cannot sign (null: it can). */
export type OpenPgpKey = { fingerprint: string; armored: string; expiresAt: string | null; trouble: string | null };
/** `path`: JSON pointer. */
export type CsafObjection = { path: string; message: string };
export type CsafAnswer =
  | { sha512: string; signature: Clearance['signature'] }
  | { key: OpenPgpKey }
  | { objections: readonly CsafObjection[] }
  | { failure: string };

/** The CSAF validator and OpenPGP, away from the main thread: loading them takes seconds, and the service runs without either. */
export type CsafGate = {
  /** What the validator's extended set says against a document (schema, mandatory tests, optional tests). @throws OnrecordError `busy` */
  check(document: Uint8Array): Promise<readonly CsafObjection[]>;
  /** What the schema and the mandatory tests say against a document of somebody else, its own warnings left aside. @throws OnrecordError `busy` */
  examine(document: Uint8Array): Promise<readonly CsafObjection[]>;
  /** @throws OnrecordError `not_ready` with the objections as issues, `key_invalid`, `busy` */
  clear(document: Uint8Array, isBrought: boolean): Promise<Pick<Clearance, 'sha512' | 'signature'>>;
  /** What an armoured key is, a private one without what is private. @throws OnrecordError `key_invalid` for one that cannot be read, `busy` */
  describe(key: string): Promise<OpenPgpKey>;
  close(): Promise<void>;
};

const options = {
  script: new URL('./csaf-worker.ts', import.meta.url),
  limits: { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  // The first task waits until the validator is loaded, which takes seconds on a busy machine.
  patienceMs: 30_000,
  longestQueue: 500,
  idleMs: null,
};

/** @param key the armoured private key that signs; null: nothing is signed */
export function openCsafGate({ key, now }: { key: string | null; now(): number }): CsafGate {
  const gate = openWorkerGate<CsafTask, CsafAnswer>(options);
  return {
    check: async (document) => objectionsIn(await gate.ask({ document, tests: 'all', sign: null }, 'busy')),
    examine: async (document) => objectionsIn(await gate.ask({ document, tests: 'mandatory', sign: null }, 'busy')),
    async clear(document, isBrought) {
      const answer = await gate.ask({ document, tests: isBrought ? 'mandatory' : 'all', sign: key === null ? null : { key, at: now() } }, 'busy');
      if ('failure' in answer) throw new OnrecordError('key_invalid', answer.failure);
      if ('objections' in answer) throw refused(answer.objections);
      return 'key' in answer ? refuse('busy', 'the CSAF worker answered something else') : answer;
    },
    async describe(armored) {
      const answer = await gate.ask({ describe: armored, at: now() }, 'busy');
      if ('failure' in answer) throw new OnrecordError('key_invalid', `an OpenPGP key cannot be used: ${answer.failure}`);
      return 'key' in answer ? answer.key : refuse('busy', 'the CSAF worker answered something else');
    },
    close: gate.close,
  };
}

function objectionsIn(answer: CsafAnswer): readonly CsafObjection[] {
  if ('failure' in answer) throw new OnrecordError('busy', answer.failure);
  return 'objections' in answer ? answer.objections : [];
}

function refused(objections: readonly CsafObjection[]): OnrecordError {
  const said = objections.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new OnrecordError('not_ready', `the CSAF document is not valid: ${said}`, {
    issues: objections.map(({ path }) => ({ field: path, code: 'csaf_invalid' })),
  });
}
