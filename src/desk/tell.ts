import { sha256Hex } from '../ledger/hash.ts';
import type { Office } from '../office.ts';
import type { Statement } from '../statement/facts.ts';
import type { Role } from '../statement/schema.ts';
import type { NoticeCode } from '../store/outbox.ts';
import { holders, instant } from './statement.ts';

/** Everything that a notice is about, where several servers would tell the same at the same time: it is told once. */
export type Once = { once?: string };

/** Tells people on their desk, in the log and by a metric; mail and webhooks are further channels of the same notices. */
export async function tell(
  office: Office,
  to: readonly string[],
  code: NoticeCode,
  statement: Statement,
  values: Record<string, string> = {},
  { once }: Once = {},
): Promise<void> {
  if (to.length === 0) return;
  const notice = {
    id: once === undefined ? office.random(12).toString('hex') : sha256Hex(Buffer.from(`${code} ${statement.id} ${once}`)).slice(0, 24),
    at: instant(office),
    to: [...new Set(to)],
    code,
    statement: statement.id,
    reference: statement.reference,
    values,
  };
  if (!(await office.outbox.tell([notice]))) return;
  office.count('onrecord_notices_total', { code });
  office.log.warn({ notice: code, statement: statement.id, reference: statement.reference, to: notice.to }, 'people told');
}

/** Everybody who holds one of these roles now. */
export async function everyone(office: Office, ...roles: readonly Role[]): Promise<readonly string[]> {
  const held = await holders(office);
  return [...held].filter(([, has]) => roles.some((role) => has.includes(role))).map(([id]) => id);
}
