import { OnrecordError } from '../errors.ts';

const patience = 15_000;
/** Nothing public is larger. */
export const largestPublic = 32 * 1024 * 1024;

/** The bytes at a public address; `not_found`, with the address and the reason, when there are none. `error`: a redirect counts as none. */
export async function fetchPublic(url: URL, redirect: 'follow' | 'error' = 'follow'): Promise<Buffer> {
  const response = await fetch(url, { redirect, signal: AbortSignal.timeout(patience) }).catch((cause: unknown) => refuseFetch(url, reasonOf(cause), cause));
  if (response.status !== 200) return refuseFetch(url, `the answer is ${response.status}`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > largestPublic) return refuseFetch(url, 'the answer is too long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

function refuseFetch(url: URL, why: string, cause?: unknown): never {
  throw new OnrecordError('not_found', `${url.href}: ${why}`, { cause });
}
