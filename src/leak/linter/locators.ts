import { cargoOf, coversAddress, hostOf, readAddress } from './addresses.ts';
import { bareEndings, isFileEnding, isPlausibleZone } from './endings.ts';
import { findHandles } from './handles.ts';
import { findHashes } from './hashes.ts';
import type { Allow, Find, LintCode } from './issue.ts';
import { matchesOf } from './matches.ts';
import { clip, takenPlaces } from './places.ts';
import { findSpokenAddresses } from './spoken.ts';

/** B1: whatever leads a reader to the material (leaks.md, "The linter"). Patterns run on folded text, each in linear time. */

const dot = String.raw`(?:\.|\s?[[({]\s?(?:\.|dot|point)\s?[\])}]\s?)`;
const label = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}])?`;
const edge = String.raw`(?<![\p{L}\p{N}@._/-])`;
const path = String.raw`(?:\[\.\]|[^\s<>"'«»()[\]{}|^])`;
const after = String.raw`(?![\p{L}\p{N}_@-]|\.[\p{L}\p{N}])`;
const port = String.raw`(?::\d{1,5})?`;

const channels =
  /^(?:(?:www\.)?(?:t|telegram)\.(?:me|dog)|telegram\.org|web\.telegram\.org|discord\.(?:gg|com)|discordapp\.com|wa\.me|(?:chat|www)\.whatsapp\.com|signal\.(?:group|me)|matrix\.to|(?:www\.)?vk\.com|join\.skype\.com|session\.org|getsession\.org|simplex\.chat)$/;

type Kind = { code: LintCode; hint: RegExp; pattern: RegExp; is: (found: string, lead: string) => boolean };
const always = (): boolean => true;

const kinds: readonly Kind[] = [
  { code: 'locator_magnet', hint: /magnet/i, pattern: /\bmagnet\s?:\s?\??[^\s<>"'«»()]{4,500}/giu, is: always },
  {
    code: 'locator_onion',
    hint: /onion|i2p/i,
    pattern: new RegExp(`(?:https?://|${edge})[a-z0-9-]{2,80}(?:\\.[a-z0-9-]{2,80}){0,3}${dot}(?:onion|i2p)(?![\\p{L}\\p{N}])(?:[:/]${path}{0,500})?`, 'giu'),
    is: always,
  },
  { code: 'locator_onion', hint: /[a-z2-7]{55}/i, pattern: /(?<![\p{L}\p{N}])[a-z2-7]{55}d(?![\p{L}\p{N}])/gu, is: always },
  { code: 'locator_ipfs', hint: /ip[fn]s/i, pattern: new RegExp(`\\bip[fn]s:?//?${path}{6,500}`, 'giu'), is: always },
  {
    code: 'locator_url',
    hint: /:|\[:\]/,
    pattern: new RegExp(
      `\\b(?:h(?:tt|xx)ps?|s?ftps?|wss?|ed2k|tg|gemini|smb|ssh|git|data|irc|xmpp)\\s?(?:\\[:\\]|:)\\s?(?://|\\[//\\])(?:\\[[0-9a-f:.]{2,45}\\])?${path}{1,500}`,
      'giu',
    ),
    is: always,
  },
  {
    code: 'locator_address',
    hint: /[0-9a-f]:[:0-9a-f]/i,
    pattern: new RegExp(`(?<![\\p{L}\\p{N}:.])\\[?(?:[0-9a-f]{1,4}:){1,7}(?::?[0-9a-f]{1,4}){0,7}(?![\\p{L}\\p{N}:])\\]?${port}(?:/${path}{0,500})?`, 'giu'),
    is: isIpv6,
  },
  {
    code: 'locator_url',
    hint: /\/\//,
    pattern: new RegExp(`(?<![\\p{L}\\p{N}:/\\]])//(?:${label}${dot}){1,5}\\p{L}{2,24}(?![\\p{L}\\p{N}])${port}(?:/${path}{0,500})?`, 'giu'),
    is: always,
  },
  {
    code: 'locator_url',
    hint: /[\p{L}\p{N}]\.|[\p{L}\p{N}\])}]\s?[/:]|www/u,
    pattern: new RegExp(
      `${edge}(?:(?:${label}${dot}){1,5}\\p{L}{2,24}${port}/${path}{0,500}|www${dot}(?:${label}${dot}){1,4}\\p{L}{2,24}${after}${port})`,
      'giu',
    ),
    is: isHostWithPath,
  },
  {
    code: 'locator_url',
    hint: /[\p{L}\p{N}]\s?[.[({]/u,
    pattern: new RegExp(`${edge}(?:${label}${dot}){1,5}(?:${bareEndings.join('|')}|xn--[a-z0-9-]{2,40})${after}${port}`, 'giu'),
    is: isBareHost,
  },
  {
    code: 'locator_address',
    hint: /\d/,
    pattern: new RegExp(`(?<![\\d.\\p{L}-])(?:\\d{1,3}${dot}){3}\\d{1,3}(?![\\d-]|\\.\\d)${port}(?:/${path}{0,500})?`, 'gu'),
    is: isIpv4,
  },
  { code: 'locator_ipfs', hint: /Qm|baf/, pattern: /(?<![\p{L}\p{N}])(?:Qm[1-9A-HJ-NP-Za-km-z]{44}|baf[a-z2-7]{50,62})(?![\p{L}\p{N}])/gu, is: always },
];

/** Places in a folded text that lead to the material; what the allow-list covers is passed over. Code: `locator_*`, value `text`. */
export function findLocators(text: string, allow: Allow): readonly Find[] {
  return findIn(text, allow, 1);
}

function findIn(text: string, allow: Allow, depth: number): readonly Find[] {
  const finds: Find[] = [];
  const taken = takenPlaces(text.length);
  const add = (code: LintCode, start: number, found: string, isAllowed: boolean): void => {
    taken.take(start, start + found.length);
    if (!isAllowed) finds.push({ rule: 'B1', code, start, end: start + found.length, values: { text: clip(found) } });
  };
  for (const { code, hint, pattern, is } of kinds) {
    if (!hint.test(text)) continue;
    for (const match of matchesOf(pattern, text)) {
      const [found, start] = [trimEnd(match[0]), match.index];
      if (!taken.isFree(start, start + found.length) || !is(found, text.slice(Math.max(0, start - 40), start))) continue;
      const isAllowed = (code === 'locator_url' || code === 'locator_address') && coversAddress(allow.urls, found) && !carriesLocator(found, allow, depth);
      add(code === 'locator_url' ? nameOf(found) : code, start, found, isAllowed);
    }
  }
  for (const { start, end } of findSpokenAddresses(text)) {
    const found = text.slice(start, end);
    const plain = asWritten(found);
    if (taken.isFree(start, end)) add(nameOf(plain), start, found, coversAddress(allow.urls, plain));
  }
  const hashes = allow.hashes.map((hash) => hash.toLowerCase());
  for (const { code, start, end } of findHashes(text)) {
    const plain = text
      .slice(start, end)
      .replaceAll(/[^0-9a-f]/gi, '')
      .toLowerCase();
    if (taken.isFree(start, end)) add(code, start, text.slice(start, end), hashes.includes(plain));
  }
  const handles = allow.handles.map((handle) => handle.replace(/^@/, '').toLowerCase());
  for (const { start, end } of findHandles(text)) {
    const found = text.slice(start, end);
    if (taken.isFree(start, end)) add('locator_handle', start, found, handles.includes(found.replace(/^@/, '').toLowerCase()));
  }
  return finds;
}

/** An allowed host that forwards to another place: an address in its query, or in its path. */
function carriesLocator(found: string, allow: Allow, depth: number): boolean {
  if (depth > 3) return true;
  const { path: way, rest } = cargoOf(found);
  const isHash = ({ code }: Find): boolean => code === 'locator_hash' || code === 'locator_infohash' || code === 'locator_handle';
  return findIn(rest, allow, depth + 1).length > 0 || (/:\/|\.|[0-9a-z]{46}/i.test(way) && findIn(way, allow, depth + 1).some((find) => !isHash(find)));
}

/** What an address leads to: a channel, a hidden site, IPFS, a bare machine, or just a place on the web. */
export function nameOf(found: string): LintCode {
  const host = hostOf(found);
  if (/^tg\b/i.test(found) || channels.test(host)) return 'locator_channel';
  if (/\.(?:onion|i2p)$/.test(host)) return 'locator_onion';
  if (/\/ip[fn]s\/|\.ip[fn]s\.|^ip[fn]s\./i.test(found)) return 'locator_ipfs';
  return /^(?:\[|[\d.]+$)/.test(host) ? 'locator_address' : 'locator_url';
}

function isHostWithPath(found: string): boolean {
  const [, name = '', way = ''] = /^([^/]*?)(?::\d{1,5})?(\/.*)?$/su.exec(found) ?? [];
  const ending = /\p{L}+$/u.exec(name)?.[0] ?? '';
  // "script.sh/lire.md", "doc.zip/rar": two files. "fin.Les/La": a full stop without its blank. "n.c./s.o.": no labels.
  if (isFileEnding(ending) && (isFileEnding(way.slice(1)) || way.length < 3)) return false;
  if (/^\p{Lu}\p{Ll}+$/u.test(ending) && !/^www/i.test(found)) return false;
  return isPlausibleZone(ending);
}

function isBareHost(found: string): boolean {
  if (/[/:]/.test(found)) return true;
  const ending = /[\p{L}]+$/u.exec(found)?.[0] ?? '';
  // "in progress.It was": a full stop without its space. "ASP.NET": a product. "9.30.pm": an hour.
  return (
    !/^\p{Lu}\p{Ll}+$/u.test(ending) && !/^(?:(?:asp|vb|ado)\.net|[\d.]+(?:am|pm|kg|mg|km|cm|mm|ms))$/i.test(found) && !/^(?:\p{L}\.)+\p{L}{1,2}$/u.test(found)
  );
}

function isIpv4(found: string, lead: string): boolean {
  const octets = found.split(/[^\d]+/, 4).map(Number);
  return (
    octets.every((octet) => octet <= 255) &&
    !/(?:(?:release|build|logiciel|section|chapitre|article|\bv)\s*\.?\s*|(?:version|firmware|micrologiciel)(?:(?!adresse|serveur|address|server|\bip\b|h[ôo]te|host).){0,30})$/i.test(
      lead,
    )
  );
}

/** Eight groups, or fewer around a `::` and one with a figure: no time of day, no name in a program. */
function isIpv6(found: string): boolean {
  const [plain = ''] = /[0-9a-f:]+/i.exec(found) ?? [];
  return (plain.includes('::') || plain.split(':').length >= 8) && /\d/.test(plain) && readAddress(`[${plain.replace(/(?<!:):$/, '')}]`) !== null;
}

/** "mega dot nz slash x" as it would be typed. */
function asWritten(found: string): string {
  return found
    .replaceAll(/\s(?:dot|point)\s|\s?\.\s?/giu, '.')
    .replaceAll(/\s(?:slash|barre oblique|barre)\s/giu, '/')
    .replaceAll(/\s/g, '');
}

/** The full stop after an address is the sentence's. */
function trimEnd(found: string): string {
  return found.replace(/[.,;:!?…]{1,8}$/u, '');
}
