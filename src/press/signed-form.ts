import type { Language } from '../statement/schema.ts';

/** The signed files of a version; a CSAF document in the first language has no code, one in another has. */
export type SignedForm = 'json' | 'txt' | 'csaf.json' | `csaf.${Language}.json`;

/** What the ending of an address names; undefined for none of them. */
export function readSignedForm(form: string | undefined, [, ...others]: readonly [Language, ...Language[]]): SignedForm | undefined {
  if (form === 'json' || form === 'txt' || form === 'csaf.json') return form;
  const language = others.find((code) => form === `csaf.${code}.json`);
  return language && `csaf.${language}.json`;
}
