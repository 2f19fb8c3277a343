import type { Register } from '../leak/register.ts';

/** The newest state of the register as it was signed: parsed, its exact bytes, and their SHA-256 (hex), which a check's result quotes. */
export type RegisterHead = { register: Register; bytes: Buffer; sha256: string };
