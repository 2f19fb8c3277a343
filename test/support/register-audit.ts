import { nextRegister, type Register } from '../../src/leak/register.ts';
import { parseRegister, registerFile, registerNumber } from '../../src/ledger/register-file.ts';
import { SignedVersion } from '../../src/statement/schema.ts';
import type { LoggedEntry } from '../../src/store/store.ts';

/**
 * Everything that is wrong with the register of a log, made again from the versions' signed files: each state is the next one after the
 * state before, byte for byte, and no version changed it without signing it. Where a redaction took a version's file, its state is believed.
 */
export function auditRegister(entries: readonly LoggedEntry[], origin: string): readonly string[] {
  const wrong: string[] = [];
  let before: Register | null = null;
  for (const { index, entry, files } of entries) {
    if (entry.version === undefined || entry.statement === undefined) continue;
    const state = files.find(({ name }) => registerNumber(name) !== null);
    if (state && registerNumber(state.name) !== (before?.register ?? 0) + 1) wrong.push(`entry ${index}: ${state.name} leaves a gap`);
    const signed = files.find(({ name }) => name.startsWith('/statements/') && name.endsWith('.json'));
    const version = signed && SignedVersion.parse(JSON.parse(signed.body.toString()));
    const next: Register | null = version ? madeAgain(before, version, origin) : state ? parseRegister(state.body) : before;
    const isChanged = next !== null && next !== before;
    if (isChanged !== (state !== undefined))
      wrong.push(`entry ${index}: the register ${isChanged ? 'changed and was not signed' : 'was signed and did not change'}`);
    if (isChanged && state && !registerFile(next).body.equals(state.body)) wrong.push(`entry ${index}: ${state.name} is another register`);
    before = next;
  }
  return wrong;
}

function madeAgain(before: Register | null, { reference, version, publishedAt, findings, kind, exercise }: SignedVersion, origin: string): Register | null {
  if (exercise) return before;
  return nextRegister(before, { statement: reference, version, at: publishedAt, findings, isWithdrawal: kind === 'withdrawal' }, origin);
}
