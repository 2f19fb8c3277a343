import type { Allow, Find, LintCode } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip, takenPlaces } from './places.ts';
import { findSpokenNumbers } from './spoken.ts';

/** B2 but for names: e-mail addresses, telephone numbers, bank and national numbers, dates of birth. Patterns run on folded text. */

const dot = String.raw`(?:\.|\s?[[({]\s?(?:\.|dot|point)\s?[\])}]\s?)`;
const at = String.raw`(?:@|\s?[[({]\s?(?:at|arobase|chez|@)\s?[\])}]\s?)`;
const email = new RegExp(`(?<![\\p{L}\\p{N}._%+@-])[\\p{L}\\p{N}._%+'-]{1,64}${at}(?:[\\p{L}\\p{N}-]{1,63}${dot}){1,4}\\p{L}{2,24}(?![\\p{L}\\p{N}])`, 'giu');
/** Of a network without a domain: `jean.dupont@intranet`. */
const localEmail = /(?<![\p{L}\p{N}._%+@-])\p{L}[\p{L}\p{N}._%+-]{1,63}@\p{L}[\p{L}\p{N}-]{1,62}(?![\p{L}\p{N}@-]|\.[\p{L}\p{N}])/gu;

const before = String.raw`(?<![\p{L}\p{N}.,/+#-]|\d[ \u2009])`;
const phones: readonly RegExp[] = [
  // With a country's prefix.
  /(?<![\p{L}\p{N}])(?:\+|00)[1-9](?:[ .\-/()]{0,3}\d){6,14}(?!\d)/gu,
  // France: 01 23 45 67 89, 0 800 123 456.
  new RegExp(`${before}0\\s?[1-9](?:[ .\\-/]?\\d{2}){4}(?![\\d]|[.,]\\d)`, 'gu'),
  new RegExp(`${before}0 ?8\\d{2}(?:[ .-]\\d{3}){2}(?![\\d]|[.,]\\d)`, 'gu'),
  // United Kingdom and North America.
  new RegExp(`${before}(?:\\(?0\\d{2,4}\\)?|\\(0\\) ?\\d{2,4})[ -]\\d{3,4}[ -]?\\d{3,4}(?!\\d)`, 'gu'),
  new RegExp(`${before}(?:1[ -.])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[.-])\\d{3}[.-]\\d{4}(?!\\d)`, 'gu'),
];
const numberCue = /(?:dossier|r[ée]f(?:[ée]rence)?|ticket|case|incident|plainte|n°|num[ée]ro|no\.?)\s*[:n°#]*\s*$/iu;

const iban = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/giu;
const nir =
  /(?<![\p{L}\p{N}])[1-478][ .-]?\d{2}[ .-]?(?:0[1-9]|1[0-2]|[2-4]\d|50|[6-9]\d)[ .-]?(?:2[AB]|\d{2})[ .-]?\d{3}[ .-]?\d{3}(?:[ .-]{0,3}\d{2})?(?![\p{L}\p{N}])/giu;
const nino = /(?<![\p{L}\p{N}])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/gu;

const months =
  'janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
const date = String.raw`(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}|(?:\d{1,2}(?:er|st|nd|rd|th)?\s(?:of\s)?)?(?:${months})\.?,?\s\d{4}|(?:${months})\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s\d{4})`;
const link = String.raw`(?:\s|[:(,=–-]|\ble\b|\ben\b|\best\b|\bon\b|\bis\b|\bin\b|\bthe\b|\bwas\b|\bau\b){1,8}`;
const birthCue = String.raw`(?:(?<!\p{L})(?:n[ée]{1,2}(?:[·.(]?e\)?)?[·.]?s?|born|d\.?o\.?b\.?|ddn)|date de naissance|dates of birth|date of birth|birth ?dates?|birthday|anniversaire)`;
const births: readonly RegExp[] = [
  new RegExp(`${birthCue}${link}${date}(?!\\d)`, 'giu'),
  new RegExp(`(?<![\\p{L}\\p{N}])${date}\\s?[(,:]\\s?(?:sa |his |her |their )?(?:date de naissance|date of birth|birth ?date|dob|ddn)(?!\\p{L})`, 'giu'),
];

/** Personal data in a folded text, but for names; what the allow-list covers is passed over. Codes: `personal_*`, value `text`. */
export function findPersonalData(text: string, allow: Allow): readonly Find[] {
  const finds: Find[] = [];
  for (const { start, end } of findSpokenNumbers(text))
    finds.push({ rule: 'B2', code: 'personal_phone', start, end, values: { text: clip(text.slice(start, end)) } });
  if (!/[\d@]|arobase|[[({]\s?(?:at|chez)\s?[\])}]/i.test(text)) return finds;
  const taken = takenPlaces(text.length);
  const add = (code: LintCode, patterns: readonly RegExp[], isReal: (found: string, index: number) => boolean): void => {
    for (const match of patterns.flatMap((pattern) => matchesOf(pattern, text))) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (!taken.isFree(start, end) || !isReal(match[0], start)) continue;
      taken.take(start, end);
      finds.push({ rule: 'B2', code, start, end, values: { text: clip(match[0]) } });
    }
  };
  add('personal_email', [email, localEmail], (found) => !isAllowedEmail(found, allow));
  if (!/\d/.test(text)) return finds;
  add('personal_iban', [iban], isIban);
  add('personal_number', [nir], (found, index) => isNir(found, text.slice(Math.max(0, index - 60), index)));
  add('personal_number', [nino], () => true);
  add('personal_birth_date', births, () => true);
  const allowed = allow.phones.map(digitsOf);
  add('personal_phone', phones, (found, index) => isPhone(found, text.slice(Math.max(0, index - 20), index)) && !allowed.includes(digitsOf(found)));
  return finds;
}

function isAllowedEmail(found: string, { emails }: Allow): boolean {
  const plain = found
    .replaceAll(/\s?[[({]\s?(?:\.|dot|point)\s?[\])}]\s?/gi, '.')
    .replace(/\s?[[({]\s?(?:at|arobase|chez|@)\s?[\])}]\s?/i, '@')
    .toLowerCase();
  const domain = plain.slice(plain.lastIndexOf('@'));
  return emails.some((entry) => (entry.startsWith('*@') ? entry.slice(1).toLowerCase() === domain : entry.toLowerCase() === plain));
}

/** ISO 7064 mod 97-10 over the rearranged number; an unsound one counts too when it has a French number's length and capitals. */
function isIban(found: string): boolean {
  const plain = found.replaceAll(/[ -]/g, '').toUpperCase();
  if (plain.length < 15 || plain.length > 34) return false;
  const digits = [...(plain.slice(4) + plain.slice(0, 4))].map((character) => Number.parseInt(character, 36)).join('');
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1 || (/^FR\d{2}/.test(found) && plain.length === 27);
}

/** A French national number: key right, or in its usual spacing, or called by its name. */
function isNir(found: string, lead: string): boolean {
  const plain = found.replaceAll(/[ .-]/g, '').toUpperCase();
  const spaced = /^\d[ .-]\d{2}[ .-]\d{2}[ .-](?:2[AB]|\d{2})[ .-]\d{3}[ .-]\d{3}/i.test(found);
  if (spaced || /(?:\bNIR\b|s[ée]curit[ée] sociale|social security|national (?:insurance|number))[^.]{0,40}$/iu.test(lead)) return true;
  if (plain.length !== 15) return false;
  const number = BigInt(plain.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97n - (number % 97n) === BigInt(plain.slice(13));
}

function isPhone(found: string, lead: string): boolean {
  const digits = digitsOf(found);
  if (/^\+/.test(found)) return digits.length >= 8 && digits.length <= 15 && !/ 000$/.test(found);
  // A file number is as long, and has no spaces.
  return digits.length >= 9 && !(/^\d+$/.test(found) && numberCue.test(lead));
}

function digitsOf(phone: string): string {
  return phone
    .replaceAll(/\D/g, '')
    .replace(/^00/, '')
    .replace(/^33(?=[1-9]\d{8}$)/, '0');
}
