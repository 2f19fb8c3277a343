import type { Office } from '../office.ts';

/** What staff have to know of the CSAF provider; codes of content/words, `csaf_duty.<code>`. Empty where there is none, or all is well. */
export type CsafDuty = { code: 'empty' | 'owed' | 'signing' | 'key_expires' | 'security_expires'; values: Readonly<Record<string, string | number>> };

const day = 86_400_000;
/** A signature has to hold for ninety days more (CSAF 2.0 §7.1.19): a month is left to make the next key. */
const keyPatience = 120 * day;
const securityPatience = 30 * day;

export function csafDuties({ press, now }: Pick<Office, 'press' | 'now'>): readonly CsafDuty[] {
  const standing = press.csaf();
  if (standing === null) return [];
  const { documents, owed, failure, keyExpiresAt, securityExpiresAt } = standing;
  const endsWithin = (at: string | null, patience: number): at is string => at !== null && Date.parse(at) - now() < patience;
  const waiting: CsafDuty = failure === null ? { code: 'signing', values: { count: owed } } : { code: 'owed', values: { count: owed, why: failure } };
  return [
    ...(documents + owed === 0 ? [{ code: 'empty', values: {} } as const] : []),
    ...(owed > 0 ? [waiting] : []),
    ...(endsWithin(keyExpiresAt, keyPatience) ? [{ code: 'key_expires', values: { at: keyExpiresAt } } as const] : []),
    ...(endsWithin(securityExpiresAt, securityPatience) ? [{ code: 'security_expires', values: { at: securityExpiresAt } } as const] : []),
  ];
}

/** The same for whoever watches the service: a line each. */
export function csafWarnings(office: Pick<Office, 'press' | 'now'>): readonly string[] {
  return csafDuties(office)
    .filter(({ code }) => code !== 'empty')
    .map(({ code, values }) => [`csaf ${code.replaceAll('_', ' ')}`, ...Object.values(values)].join(': '));
}
