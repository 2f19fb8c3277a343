import type { Allow, Find, LintCode } from './issue.ts';

/** B1: whatever leads a reader to the material (leaks.md, "The linter"). Patterns run on folded text, each in linear time. */

const dot = String.raw`(?:\.|\s?[[({]\s?(?:\.|dot|point)\s?[\])}]\s?)`;
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;
const edge = String.raw`(?<![\p{L}\p{N}@._/-])`;
const path = String.raw`(?:\[\.\]|[^\s<>"'«»()[\]{}|\\^])`;

/** Endings after which a bare name counts as an address; those that are endings of files first of all (zip, sh, md, py) are left out. */
const endings =
  `com net org info biz io co eu fr uk us de ru su cn ch be lu es it nl pl pt ro ua by kz ir in br ca au jp kr se no dk fi at cz hu gr tr il za mx ar
  me to cc ws tv st is la ly gg gl vu pw nu ga tk ml cf gq im ai app xyz link site online top club shop dev pro live click space website store tech cloud page
  news press media world today life host fun icu vip lol wtf download stream gov edu int mil example test invalid`
    .split(/\s+/)
    .join('|');
const channels =
  /^(?:t|telegram)\.(?:me|dog)$|^discord\.(?:gg|com)$|^wa\.me$|^(?:chat|www)\.whatsapp\.com$|^signal\.(?:group|me)$|^matrix\.to$|^(?:www\.)?vk\.com$/;

const patterns: readonly { code: LintCode; pattern: RegExp }[] = [
  { code: 'locator_magnet', pattern: /\bmagnet\s?:\s?\??[^\s<>"'«»()]{4,500}/giu },
  { code: 'locator_onion', pattern: new RegExp(`(?:https?://)?${edge}[a-z0-9-]{2,80}${dot}(?:onion|i2p)(?![\\p{L}\\p{N}])(?:[:/]${path}{0,500})?`, 'giu') },
  { code: 'locator_ipfs', pattern: new RegExp(`\\bip[fn]s:?//?${path}{6,500}`, 'giu') },
  {
    code: 'locator_url',
    pattern: new RegExp(`\\b(?:h(?:tt|xx)ps?|s?ftps?|ed2k|tg|gemini|smb|ssh)\\s?(?:\\[:\\]|:)\\s?(?://|\\[//\\])${path}{1,500}`, 'giu'),
  },
  {
    code: 'locator_url',
    pattern: new RegExp(`${edge}(?:${label}${dot}){1,5}(?:${endings})(?![\\p{L}\\p{N}_@-]|\\.[\\p{L}\\p{N}])(?::\\d{1,5})?(?:/${path}{0,500})?`, 'giu'),
  },
  { code: 'locator_address', pattern: new RegExp(`(?<![\\d.\\p{L}-])(?:\\d{1,3}${dot}){3}\\d{1,3}(?![\\d-]|\\.\\d)(?::\\d{1,5})?(?:/${path}{0,500})?`, 'gu') },
  { code: 'locator_ipfs', pattern: /(?<![\p{L}\p{N}])(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{50,62})(?![\p{L}\p{N}])/gu },
  { code: 'locator_hash', pattern: /(?<![\p{L}\p{N}])(?:[0-9a-f]{128}|[0-9a-f]{96}|[0-9a-f]{64})(?![\p{L}\p{N}])/giu },
  {
    code: 'locator_hash',
    pattern: /(?<![\p{L}\p{N}])(?:[0-9a-f]{8}[ :-]){7}[0-9a-f]{8}(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])(?:[0-9a-f]{4}[ :-]){15}[0-9a-f]{4}(?![\p{L}\p{N}])/giu,
  },
  { code: 'locator_hash', pattern: /(?<=\bmd5\b[^\n]{1,20})(?<![\p{L}\p{N}])[0-9a-f]{32}(?![\p{L}\p{N}])/giu },
  { code: 'locator_infohash', pattern: /(?<![\p{L}\p{N}])[0-9a-f]{40}(?![\p{L}\p{N}])/giu },
  { code: 'locator_handle', pattern: /(?<![\p{L}\p{N}_.+@/-])@[A-Za-z0-9_][\w.]{1,31}(?:@[\w.-]{3,80}|:[\w.-]{3,80})?/gu },
];

/** Places in a folded text that lead to the material; what the allow-list covers is passed over. Code: `locator_*`, value `text`. */
export function findLocators(text: string, allow: Allow): readonly Find[] {
  const finds: Find[] = [];
  const taken: { start: number; end: number }[] = [];
  for (const { code, pattern } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const found = trimEnd(match[0]);
      const [start, end] = [match.index, match.index + found.length];
      if (taken.some((other) => other.start < end && start < other.end)) continue;
      if (!isLocator(code, found, text.slice(Math.max(0, start - 40), start))) continue;
      taken.push({ start, end });
      if (isAllowed(code, found, allow)) continue;
      finds.push({ rule: 'B1', code: nameOf(code, found), start, end, values: { text: clip(found) } });
    }
  }
  return finds;
}

function nameOf(code: LintCode, found: string): LintCode {
  return code === 'locator_url' && channels.test(readAddress(found).host) ? 'locator_channel' : code;
}

/** What the pattern alone cannot tell: `lead` is what stands before. */
function isLocator(code: LintCode, found: string, lead: string): boolean {
  if (code === 'locator_address') {
    const octets = found.split(/[^\d]+/, 4).map(Number);
    return (
      octets.every((octet) => octet <= 255) && !/(?:version|release|build|firmware|micrologiciel|logiciel|section|chapitre|article|\bv)\s*\.?\s*$/i.test(lead)
    );
  }
  // A commit or a PGP key's print has the length of an infohash.
  if (code === 'locator_infohash') return !/(?:commit|r[ée]vision|open-?pgp|pgp|gpg|cl[ée]|key)[\p{L}\s]{0,24}[^\p{L}\p{N}]{0,4}$/iu.test(lead);
  if (code === 'locator_url' && !/[/:]/.test(found)) {
    const ending = /[\p{L}]+$/u.exec(found)?.[0] ?? '';
    // "in progress.It was": a full stop without its space. "ASP.NET": a product.
    return !/^\p{Lu}\p{Ll}+$/u.test(ending) && !/^(?:asp|vb|ado)\.net$/i.test(found) && !/^(?:\p{L}\.)+\p{L}{1,2}$/u.test(found);
  }
  return true;
}

function isAllowed(code: LintCode, found: string, allow: Allow): boolean {
  if (code === 'locator_handle') return allow.handles.some((handle) => handle.replace(/^@/, '').toLowerCase() === found.slice(1).toLowerCase());
  if (code === 'locator_hash' || code === 'locator_infohash') {
    return allow.hashes.some((hash) => hash.toLowerCase() === found.replaceAll(/[^0-9a-f]/gi, '').toLowerCase());
  }
  return (code === 'locator_url' || code === 'locator_address') && allow.urls.some((entry) => covers(readAddress(entry), readAddress(found)));
}

type Address = { host: string; path: string };

/** Host and path of an address in any dress; what stands before an `@` names no host. */
function readAddress(found: string): Address {
  const plain = found
    .replaceAll(/\s?[[({]\s?(?:\.|dot|point)\s?[\])}]\s?/gi, '.')
    .replace(/^[a-z]+\s?(?:\[:\]|:)\s?(?:\/\/|\[\/\/\])/i, '')
    .toLowerCase();
  const [authority = '', ...rest] = plain.split(/(?=[/?#\\])/);
  return { host: authority.replace(/^.*@/, '').replace(/:\d*$/, '').replace(/\.$/, ''), path: rest.join('') };
}

function covers(entry: Address, address: Address): boolean {
  const below = entry.path.replace(/\/$/, '');
  const isBelow = below === '' || address.path === below || address.path.startsWith(`${below}/`) || address.path.startsWith(`${below}?`);
  if (!isBelow || /\/\.\.?(?:\/|$)/.test(address.path)) return false;
  return entry.host.startsWith('*.') ? address.host.endsWith(entry.host.slice(1)) || address.host === entry.host.slice(2) : address.host === entry.host;
}

/** The full stop after an address is the sentence's. */
function trimEnd(found: string): string {
  return found.replace(/[.,;:!?…]{1,8}$/u, '');
}

export function clip(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
