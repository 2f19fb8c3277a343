import { OnrecordError, type RefusalCode } from '../errors.ts';
import type { VersionDiff } from '../statement/diff.ts';
import type { Language, SignedVersion } from '../statement/schema.ts';
import { openWorkerGate } from './worker-gate.ts';

export type MarkdownTask = { text: string } | { before: SignedVersion; after: SignedVersion; language: Language };
export type MarkdownAnswer = { html: string } | { diff: VersionDiff } | { refusal: 'too_long' | 'bad_text' };

/** Renders Markdown and compares texts away from the main thread, one after the other; what takes a second is refused and its worker is gone. */
export type MarkdownGate = {
  /** Safe HTML. @throws OnrecordError `too_long`, `bad_text`, `busy` */
  render(text: string): Promise<string>;
  /** The difference of two versions in one language. @throws OnrecordError `busy`, also when it takes too long */
  diff(before: SignedVersion, after: SignedVersion, language: Language): Promise<VersionDiff>;
  close(): Promise<void>;
};

const options = {
  script: new URL('./markdown-worker.ts', import.meta.url),
  limits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
  patienceMs: 1_000,
  longestQueue: 5_000,
};
const deskIdleMs = 60_000;

/** @param isSteady whether its worker stays while nobody asks: a publication does not wait for one to start */
export function openMarkdownGate({ isSteady = true }: { isSteady?: boolean } = {}): MarkdownGate {
  const gate = openWorkerGate<MarkdownTask, MarkdownAnswer>({ ...options, idleMs: isSteady ? null : deskIdleMs });

  async function ask<Value>(task: MarkdownTask, late: RefusalCode, read: (answer: MarkdownAnswer) => Value | undefined): Promise<Value> {
    const answer = await gate.ask(task, late);
    if ('refusal' in answer) throw new OnrecordError(answer.refusal, 'a text was refused');
    const value = read(answer);
    if (value === undefined) throw new OnrecordError(late, 'the Markdown worker answered something else');
    return value;
  }

  return {
    render: (text) => ask({ text }, 'bad_text', (answer) => ('html' in answer ? answer.html : undefined)),
    diff: (before, after, language) => ask({ before, after, language }, 'busy', (answer) => ('diff' in answer ? answer.diff : undefined)),
    close: gate.close,
  };
}
