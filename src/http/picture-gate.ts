import type { Logger } from 'pino';
import { OnrecordError } from '../errors.ts';
import type { Drawing } from '../press/cards/drawing.ts';
import { openWorkerGate } from './worker-gate.ts';

export type PictureAnswer = { png: Uint8Array } | { failure: string };

/** Draws pictures away from the main thread. */
export type PictureGate = {
  /** A PNG: the same bytes for the same drawing. @throws OnrecordError `busy`, whatever the reason that there is none now */
  draw(drawing: Drawing): Promise<Buffer>;
  close(): Promise<void>;
};

const options = {
  script: new URL('./picture-worker.ts', import.meta.url),
  limits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  patienceMs: 2_000,
  longestQueue: 200,
  idleMs: 15_000,
};

/** Nobody waits for a picture, so a failure is told here: once, until one can be drawn again. */
export function openPictureGate(log: Pick<Logger, 'error'>): PictureGate {
  const gate = openWorkerGate<Drawing, PictureAnswer>(options);
  let [isBroken, isClosed] = [false, false];

  async function png(drawing: Drawing): Promise<Buffer> {
    const answer = await gate.ask(drawing, 'busy');
    if ('failure' in answer) throw new OnrecordError('busy', `a picture could not be drawn: ${answer.failure}`);
    return Buffer.from(answer.png);
  }

  return {
    async draw(drawing) {
      try {
        const drawn = await png(drawing);
        isBroken = false;
        return drawn;
      } catch (error) {
        if (!isBroken && !isClosed) log.error({ err: error }, 'social cards cannot be drawn; pages come out without them');
        isBroken = true;
        throw error;
      }
    },
    close: () => {
      isClosed = true;
      return gate.close();
    },
  };
}
