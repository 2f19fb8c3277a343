import { sha256 } from '@noble/hashes/sha2.js';
import { toHex } from '../../leak/fingerprint/hex.ts';
import type { Register } from '../../leak/register.ts';
import { openFingerprinter } from '../fingerprint/fingerprinter.ts';
import { mount } from './mount.ts';
import { indexRegister } from './register-index.ts';
import { createSession } from './session.ts';
import { type CheckData, createTongue } from './tongue.ts';

/** Starts the check wherever the page has a place for it, over the register that the page carries. */
export function startCheck(workerUrl: string): void {
  const text = blockText('register');
  const register: Register | null = JSON.parse(text);
  const fingerprint = register === null ? null : toHex(sha256(new TextEncoder().encode(text)));
  const session = createSession({ fingerprinter: openFingerprinter(workerUrl), index: indexRegister(register), sha256: fingerprint, now: () => new Date() });
  for (const root of document.querySelectorAll<HTMLElement>('[data-check]')) {
    const data: CheckData = JSON.parse(blockText(root.dataset.check ?? ''));
    mount(root, session, createTongue(data));
  }
}

/** The text of a data block, exactly as the page has it. */
export function blockText(id: string): string {
  return document.getElementById(id)?.textContent ?? '';
}
