import type { PublicStatement } from '../statement/facts.ts';
import type { Language } from '../statement/schema.ts';
import { versionCard } from './cards/card.ts';
import { feedItem } from './feeds/entry.ts';
import { pageInstant } from './instant.ts';
import type { Mark, Pressroom, Reading } from './pages/page.ts';
import { statementPage } from './pages/statement.ts';

/** A version as readers would get it, made by what makes the real ones; kept nowhere. */
export type Preview = { page: string; entry: { title: string; summary: string; id: string }; card(): Promise<Buffer> };

/**
 * The page, the feed entry and the social card (PNG, drawn when asked for) of a statement whose newest version is not public. `room` holds that statement alone.
 * @param now milliseconds UTC
 * @param mark whom the page is shown to, said on it; none for the desk itself
 */
export async function previewNewest(room: Pressroom, statement: PublicStatement, language: Language, now: number, mark?: Mark): Promise<Preview | undefined> {
  const newest = statement.versions.at(-1);
  if (newest === undefined) return undefined;
  const reading: Reading = { room, speech: room.speeches[language], instant: pageInstant(now), isDraft: true, ...(mark && { mark }) };
  const { body } = await statementPage(reading, statement, newest, 'statement');
  const { title, summary, id } = await feedItem(room, statement, newest, language);
  const card = async (): Promise<Buffer> => {
    const made = await versionCard(reading, statement, { page: 'card', reference: statement.reference, version: newest.version, language });
    return Buffer.from(made?.body ?? '');
  };
  return { page: body.toString(), entry: { title, summary, id }, card };
}
