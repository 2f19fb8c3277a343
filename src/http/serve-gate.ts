import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { GateAnswer, GateTask } from './worker-gate.ts';

/** The worker's side of a gate: takes one task at a time and gives back what `answer` makes of it. Readers go first: on Linux its thread waits for a core that they leave. */
export function serveGate<Task, Answer>(answer: (task: Task) => Answer): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
  parentPort?.on('message', ({ id, task }: GateTask<Task>) => parentPort?.postMessage({ id, answer: answer(task) } satisfies GateAnswer<Answer>));
  parentPort?.postMessage('up');
}
