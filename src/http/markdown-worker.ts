import { parentPort } from 'node:worker_threads';
import { OnrecordError } from '../errors.ts';
import { renderMarkdown } from '../press/markdown.ts';
import { diffVersions } from '../statement/diff.ts';
import type { MarkdownAnswer, MarkdownTask } from './markdown-gate.ts';

/** Runs in a worker thread of its own: takes one task at a time from the gate and gives back HTML, a difference or the code of a refusal. */
parentPort?.on('message', (task: MarkdownTask) => parentPort?.postMessage(answer(task)));
parentPort?.postMessage('up');

function answer(task: MarkdownTask): MarkdownAnswer {
  const { id } = task;
  try {
    return 'text' in task ? { id, html: renderMarkdown(task.text) } : { id, diff: diffVersions(task.before, task.after, task.language) };
  } catch (error) {
    return { id, refusal: error instanceof OnrecordError && error.code === 'too_long' ? 'too_long' : 'bad_text' };
  }
}
