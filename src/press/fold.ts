/** How texts are compared with what people type in a hurry: lower case, without accents (NFKD, marks dropped). */
export function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
