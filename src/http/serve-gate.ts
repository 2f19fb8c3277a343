import { constants, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { GateAnswer, GateTask } from './worker-gate.ts';

/**
 * The worker's side of a gate: takes one task at a time and gives back what `answer` makes of it.
 * @param canWait on Linux its thread waits for a core that readers leave: for what nobody stands and waits for
 */
export function serveGate<Task, Answer>(answer: (task: Task) => Answer | Promise<Answer>, canWait: boolean): void {
  if (canWait && process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  parentPort?.on('message', async ({ id, task }: GateTask<Task>) => {
    parentPort?.postMessage({ id, answer: await answer(task) } satisfies GateAnswer<Answer>);
  });
  parentPort?.postMessage('up');
}
