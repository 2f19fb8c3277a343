import { nextRegister, type Register } from '../leak/register.ts';
import { checkerFile, registerFile } from '../ledger/register-file.ts';
import type { NewFile } from '../ledger/version-file.ts';
import type { Content, Kind } from '../statement/schema.ts';

/** The signed files of the register's next state, where this publication changes it; none for an exercise, which never enters it. */
export function registerFiles(
  { origin, offlineCheck }: { origin: string; offlineCheck(register: Buffer): Buffer | null },
  before: Register | null,
  content: Pick<Content, 'findings' | 'exercise'>,
  kind: Kind,
  { reference, version, at }: { reference: string; version: number; at: string },
): readonly NewFile[] {
  if (content.exercise) return [];
  const change = { statement: reference, version, at, findings: content.findings, isWithdrawal: kind === 'withdrawal' };
  const next = nextRegister(before, change, origin);
  if (next === null || next === before) return [];
  const file = registerFile(next);
  const checker = offlineCheck(file.body);
  return checker === null ? [file] : [file, checkerFile(next, checker)];
}
