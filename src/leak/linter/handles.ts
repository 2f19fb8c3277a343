import { matchesOf } from './matches.ts';
import { takenPlaces } from './places.ts';

/** Names of accounts and channels: with their `@`, or after the word that says what they are. */

const written = /(?<![\p{L}\p{N}_.+@/-])@[A-Za-z0-9_][\w.]{1,31}(?:@[\w.-]{3,80}|:[\w.-]{3,80})?/gu;
const platforms =
  '(?:telegram|discord|whatsapp|signal|matrix|mastodon|bluesky|twitter|threads|tiktok|instagram|facebook|vkontakte|reddit|youtube|tox|session|wire|snapchat|viber|wechat)';
const places =
  '(?:cha[iî]ne|canal|compte|groupe|fil|profil|bot|salon|serveur|forum|pseudo(?:nyme)?|channel|account|group|handle|feed|profile|server|user(?:name)?|nickname)';
const name = String.raw`(?<name>[A-Za-z][\w.]{3,31})(?![\p{L}\p{N}])`;
const between = String.raw`\s?[:=]?\s?["«“‹(]?\s?`;
/** What one types to find the material. */
const looking =
  '(?:(?:re)?cherch(?:ant|ez|er|e|ent)(?: sur \\p{L}+)?|tapant|tapez|taper|tapent|tape|mot-cl[ée]|nom de code|sous le (?:nom|titre|pseudo)|search(?:ing|es|ed)?(?: (?:on )?\\p{L}+)? for|search(?:ing|ed)?|typ(?:e|ing)|keyword|under the (?:name|title|handle))';
const onPlatform = new RegExp(`(?<!\\p{L})${platforms}(?:\\s(?:nomm[ée]e?|appel[ée]e?|intitul[ée]e?|called|named))?(?:\\s${places})?${between}${name}`, 'giu');
const inPlace = new RegExp(`(?<!\\p{L})${places}(?![\\p{L}\\p{N}_])(?:\\s(?:nomm[ée]e?|appel[ée]e?|intitul[ée]e?|called|named))?${between}${name}`, 'giu');
const beforePlatform = new RegExp(
  `(?<![\\p{L}\\p{N}_.@/-])(?<name>[A-Za-z]\\w{3,31})(?=\\s?["»”›)]?,?\\s?(?:sur|on|via|dans|in)\\s(?:la |le |the )?(?:(?:${places})\\s)?${platforms}(?!\\p{L}))`,
  'giu',
);
const looked = new RegExp(`(?<!\\p{L})${looking}${between}${name}`, 'giu');
/** In quotes, and typed into a platform's search: whatever it looks like. */
const quoted = new RegExp(`(?<!\\p{L})${looking}\\s?["«“]\\s?(?<name>[A-Za-z]\\w{4,31})\\s?["»”](?=[^.!?\\n]{0,40}(?<!\\p{L})${platforms}(?!\\p{L}))`, 'giu');
const products =
  /^(?:iOS|iPadOS|macOS|iCloud|iPhone|WhatsApp|YouTube|GitHub|GitLab|LinkedIn|PayPal|OneDrive|SharePoint|PowerPoint|FranceConnect|TikTok|WeChat|DeepL|JavaScript|OpenAI|ChatGPT|WordPress|eBay|MacBook|HarmonyOS|VMware|Office365|Microsoft365|BlueSky|DuckDuckGo)$/i;

/** Words that are some account's name: the digits, the underscore or the capital inside tell them from a sentence's. */
export function findHandles(text: string): readonly { start: number; end: number }[] {
  const taken = takenPlaces(text.length);
  const finds: { start: number; end: number }[] = [];
  const add = (start: number, end: number): void => {
    if (!taken.isFree(start, end)) return;
    taken.take(start, end);
    finds.push({ start, end });
  };
  if (text.includes('@')) for (const { 0: found, index } of matchesOf(written, text)) add(index, index + found.replace(/[.:]+$/, '').length);
  for (const [pattern, isName] of [
    [onPlatform, isHandle],
    [inPlace, isPlainHandle],
    [beforePlatform, isHandle],
    [looked, isPlainHandle],
    [quoted, isTyped],
  ] as const)
    for (const match of matchesOf(pattern, text)) {
      const found = (match.groups?.name ?? '').replace(/\.+$/, '');
      const start = match.index + match[0].lastIndexOf(match.groups?.name ?? '');
      if (isName(found)) add(start, start + found.length);
    }
  return finds;
}

function isHandle(found: string): boolean {
  return found.length > 4 && !products.test(found) && (/[a-z]_|_[a-z]|[a-z]\d/i.test(found) || /[a-z][A-Z]/.test(found));
}

function isTyped(found: string): boolean {
  return !products.test(found);
}

/** Where no platform is named, "the account LockBit" may be anything: more has to be said for it. */
function isPlainHandle(found: string): boolean {
  return isHandle(found) && (found.includes('_') || (/[a-z][A-Z]/.test(found) && /\d/.test(found)));
}
