import { parentPort } from 'node:worker_threads';
import type { GateAnswer, GateTask } from './worker-gate.ts';

/** The worker's side of a gate: takes one task at a time and gives back what `answer` makes of it. */
export function serveGate<Task, Answer>(answer: (task: Task) => Answer): void {
  parentPort?.on('message', ({ id, task }: GateTask<Task>) => parentPort?.postMessage({ id, answer: answer(task) } satisfies GateAnswer<Answer>));
  parentPort?.postMessage('up');
}
