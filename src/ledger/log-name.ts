/** Names of the logs of one house: the identity, then `<identity>/2` and so on after accepted rollbacks (record.md, "Rollback"). */

const later = /^(?:[2-9]|[1-9][0-9]{1,2})$/;

/** The number of a log of this house, from 1 to 999; null for a log that is not of it. */
export function logNumber(name: string, identity: string): number | null {
  if (name === identity) return 1;
  const digits = name.startsWith(`${identity}/`) ? name.slice(identity.length + 1) : '';
  return later.test(digits) ? Number(digits) : null;
}

/** Where a site serves the tiles of its n-th log: for good, so that an address never stands for two logs. */
export function logPrefix(number: number): string {
  return number === 1 ? '/log/' : `/log/${number}/`;
}

/** The name of the n-th log, from 1. */
export function logName(identity: string, number: number): string {
  return number === 1 ? identity : `${identity}/${number}`;
}
