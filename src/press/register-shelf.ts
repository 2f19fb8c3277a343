import { sha256Hex } from '../ledger/hash.ts';
import { parseRegister, registerNumber } from '../ledger/register-file.ts';
import type { Pressroom } from './pages/page.ts';
import type { PublicRecord } from './record.ts';
import type { RegisterHead } from './register-head.ts';

/** Keeps the newest state of the register in memory: the one that the record's last entry with a state lists. */
export function createRegisterShelf(record: PublicRecord, readSigned: Pressroom['readSigned']): Pick<Pressroom, 'registerHead' | 'catchUpRegister'> {
  let known: { entry: number; head: RegisterHead } | null = null;
  return {
    registerHead: () => known?.head ?? null,
    catchUpRegister: async () => {
      const newest = record.registers().at(-1);
      const file = newest?.files.find(({ name }) => registerNumber(name) !== null);
      if (newest === undefined || file === undefined || newest.entry === known?.entry) return;
      const bytes = await readSigned(newest.entry, file.name);
      known = { entry: newest.entry, head: { register: parseRegister(bytes), bytes, sha256: sha256Hex(bytes) } };
    },
  };
}
