import { OnrecordError } from '../errors.ts';
import { renderMarkdown } from '../press/markdown.ts';
import { diffVersions } from '../statement/diff.ts';
import type { MarkdownAnswer, MarkdownTask } from './markdown-gate.ts';
import { serveGate } from './serve-gate.ts';

/** Runs in a worker thread of its own: gives HTML, a difference or the code of a refusal. */
serveGate(answer, false);

function answer(task: MarkdownTask): MarkdownAnswer {
  try {
    return 'text' in task ? { html: renderMarkdown(task.text) } : { diff: diffVersions(task.before, task.after, task.language) };
  } catch (error) {
    return { refusal: error instanceof OnrecordError && error.code === 'too_long' ? 'too_long' : 'bad_text' };
  }
}
