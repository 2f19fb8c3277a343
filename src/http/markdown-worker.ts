import { parentPort } from 'node:worker_threads';
import { OnrecordError } from '../errors.ts';
import { renderMarkdown } from '../press/markdown.ts';
import type { MarkdownAnswer, MarkdownTask } from './markdown-gate.ts';

/** Runs in a worker thread of its own: takes one text at a time from the gate and gives back HTML or the code of a refusal. */
parentPort?.on('message', ({ id, text }: MarkdownTask) => parentPort?.postMessage(answer(id, text)));
parentPort?.postMessage('up');

function answer(id: number, text: string): MarkdownAnswer {
  try {
    return { id, html: renderMarkdown(text) };
  } catch (error) {
    return { id, refusal: error instanceof OnrecordError && error.code === 'too_long' ? 'too_long' : 'bad_text' };
  }
}
