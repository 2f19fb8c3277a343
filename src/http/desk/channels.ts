import type { Office } from '../../office.ts';
import { isExercise, pathOf } from '../../press/address.ts';
import type { Statement } from '../../statement/facts.ts';
import type { Language } from '../../statement/schema.ts';

/** Where the newest version stands, channel by channel, read from what readers get and not from what was meant. */
export type Channel = { channel: 'page' | 'feed' | 'corrections' | 'card'; language: Language; address: string; isPublic: boolean };

export function fetchChannels({ agency, press }: Office, { reference, versions }: Statement): readonly Channel[] {
  const last = versions.at(-1);
  if (reference === null || last === undefined) return [];
  const [first] = agency.languages;
  const shows = (path: string, mark: string): boolean => press.ready(path)?.bytes.includes(mark) ?? false;
  const isCorrection = (last.kind === 'correction' || last.kind === 'withdrawal') && !isExercise(reference);
  return agency.languages.flatMap((language): Channel[] => {
    const page = pathOf({ page: 'statement', reference }, language, first);
    const isPublic = shows(page, `/statements/${reference}/v/${last.version}`);
    const card = pathOf({ page: 'card', reference, version: last.version }, language, first);
    const own: Channel[] = [
      { channel: 'page', language, address: agency.publicUrl + page, isPublic },
      { channel: 'card', language, address: agency.publicUrl + card, isPublic: press.ready(card) !== undefined },
    ];
    if (!last.languages.includes(language)) return own;
    const feeds = [
      ['feed', isExercise(reference) ? 'exercise.atom' : 'updates.atom'] as const,
      ...(isCorrection ? [['corrections', 'corrections.atom'] as const] : []),
    ];
    return [
      ...own,
      ...feeds.map(([channel, feed]): Channel => {
        const path = pathOf({ page: 'feed', feed }, language, first);
        return { channel, language, address: agency.publicUrl + path, isPublic: shows(path, last.feedId) };
      }),
    ];
  });
}
