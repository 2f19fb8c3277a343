import type { PublicRedaction, PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';
import { isExercise } from '../address.ts';
import type { Pressroom } from '../pages/page.ts';
import { categoriesOf, itemFrame } from './entry.ts';
import type { NewItem } from './item.ts';
import { escapeXml } from './xml.ts';

/**
 * What stays in the feeds of a version whose text is gone (record.md, "Redaction"): id, dates, links and facts, and why there is no
 * text. Made of public facts alone, for its signed file cannot be read any more.
 */
export function tombstoneItem(room: Pressroom, statement: PublicStatement, version: PublicVersion, redacted: PublicRedaction, language: Language): NewItem {
  const { say, date } = room.speeches[language];
  const title = say('public.feed.tombstone.title', { reference: statement.reference, version: version.version });
  const text = say(`public.feed.tombstone.${redacted.ground}`, { date: date(redacted.at.slice(0, 10)) });
  return {
    ...itemFrame(room, statement, version, language),
    title: isExercise(statement.reference) ? say('public.feed.title.exercise', { title }) : title,
    summary: text,
    html: `<p>${escapeXml(text)}</p>\n`,
    textLanguage: language,
    categories: categoriesOf(room, version, null, language),
    changes: [],
    redacted: { at: redacted.at, entry: room.log.indexOf(redacted.entry), ground: redacted.ground },
  };
}
