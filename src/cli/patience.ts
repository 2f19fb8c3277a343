import { setTimeout as sleep } from 'node:timers/promises';
import { OnrecordError } from '../errors.ts';
import { complain } from './command.ts';

const patienceMs = 120_000;
const everyMs = 500;

/** A service may be started before its database, or while that is restarted: what finds it away is tried again for two minutes. */
export async function withPatience<Value>(work: () => Promise<Value>): Promise<Value> {
  const end = Date.now() + patienceMs;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof OnrecordError) || error.code !== 'store_unreachable' || Date.now() > end) throw error;
      if (isFirst) complain(`onrecord: waiting: ${error.message}`);
      await sleep(everyMs);
    }
  }
}
