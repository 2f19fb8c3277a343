import { createPublicKey } from 'node:crypto';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Installation } from './config.ts';
import type { Keys } from './config-keys.ts';
import type { Issue } from './errors.ts';

export const isLoopback = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]', '::1'].includes(host);

const privateKeys = ['ONRECORD_SIGNING_KEY', 'ONRECORD_PREVIOUS_KEY', 'ONRECORD_WITNESS_KEY', 'ONRECORD_OPENPGP_KEY', 'ONRECORD_DATABASE_OWNER_URL'] as const;

/** What one variable alone cannot show. */
export function checkTogether(keys: Keys, installation: Installation | null): Issue[] {
  const issues: Issue[] = [];
  const demonstration = installation?.demonstration ?? false;
  const add = (field: keyof Keys, code: string): unknown => issues.push({ field, code });
  for (const field of ['ONRECORD_PUBLIC_URL', 'ONRECORD_DESK_URL'] as const) {
    const { protocol, hostname } = new URL(keys[field]);
    if (protocol !== 'https:' && !isLoopback(hostname) && !demonstration) add(field, 'https_required');
  }
  if (isOneSite(new URL(keys.ONRECORD_PUBLIC_URL), new URL(keys.ONRECORD_DESK_URL))) add('ONRECORD_DESK_URL', 'same_host_as_public');
  if (new URL(keys.ONRECORD_DESK_URL).protocol === 'https:' && keys.ONRECORD_TRUST_PROXY === false) add('ONRECORD_TRUST_PROXY', 'required_with_https');
  if (installation && keys.ONRECORD_ORIGIN && keys.ONRECORD_ORIGIN !== installation.origin) add('ONRECORD_ORIGIN', 'differs_from_installation');
  if (keys.ONRECORD_WITNESS_PORT !== undefined)
    for (const field of ['ONRECORD_WITNESS_KEY', 'ONRECORD_WITNESS_LOGS'] as const) if (keys[field] === undefined) add(field, 'missing');
  if (keys.ONRECORD_WITNESS_PORT !== undefined && !isLoopback(keys.ONRECORD_WITNESS_HOST) && !keys.ONRECORD_WITNESS_URL) add('ONRECORD_WITNESS_URL', 'missing');
  const witnessKey = keys.ONRECORD_WITNESS_KEY;
  if (witnessKey && [keys.ONRECORD_SIGNING_KEY, keys.ONRECORD_PREVIOUS_KEY].some((key) => key && isSameKey(key, witnessKey)))
    add('ONRECORD_WITNESS_KEY', 'same_as_signing_key');
  for (const field of ['ONRECORD_WITNESS_URL', 'ONRECORD_TIMESTAMP_URL'] as const) {
    const { protocol, hostname } = new URL(keys[field] ?? 'https://none.invalid');
    if (protocol !== 'https:' && !isLoopback(hostname)) add(field, 'https_required');
  }
  if (keys.ONRECORD_EMBED_ORIGINS.some((origin) => !origin.startsWith('https:') && !isLoopback(new URL(origin).hostname)))
    add('ONRECORD_EMBED_ORIGINS', 'https_required');
  const signing = keys.ONRECORD_ROLE === 'public' ? 'ONRECORD_OPENPGP_PUBLIC' : 'ONRECORD_OPENPGP_KEY';
  if (keys.ONRECORD_OPENPGP_PREVIOUS && !keys[signing]) add(signing, 'missing');
  if (keys.ONRECORD_ROLE === 'public') for (const field of privateKeys) if (keys[field]) add(field, 'not_on_a_public_server');
  if (keys.ONRECORD_CSAF_HOST && !keys.ONRECORD_PUBLIC_URL.startsWith('https:')) add('ONRECORD_CSAF_HOST', 'needs_https_public');
  const expires = keys.ONRECORD_SECURITY_EXPIRES;
  if (expires && Date.parse(expires) - Date.now() > 365 * 86_400_000) add('ONRECORD_SECURITY_EXPIRES', 'too_far');
  const anchor = keys.ONRECORD_ANCHOR_FILE;
  if (!demonstration && anchor && isInside(anchor, keys.ONRECORD_DATA_DIR)) add('ONRECORD_ANCHOR_FILE', 'inside_data_directory');
  return issues;
}

/** Cookies know no port: two addresses of one host are one site to a browser, which is borne on loopback alone. */
function isOneSite(left: URL, right: URL): boolean {
  return isLoopback(left.hostname) ? left.host === right.host : left.hostname === right.hostname;
}

/** A cosignature's message does not name its key, so one key must never have two trades. */
function isSameKey(pem: string, other: string): boolean {
  return createPublicKey(pem).equals(createPublicKey(other));
}

export function isInside(file: string, directory: string): boolean {
  const way = relative(resolve(directory), resolve(file));
  return !way.startsWith('..') && !isAbsolute(way);
}
