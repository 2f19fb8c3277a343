import type { Office } from '../../office.ts';
import type { Statement } from '../../statement/facts.ts';

/** Where the newest version stands, channel by channel, read from what readers get and not from what was meant. */
export type Channel = { channel: 'page' | 'feed'; address: string; isPublic: boolean };

export function fetchChannels(office: Office, { reference, versions }: Statement): readonly Channel[] {
  const last = versions.at(-1);
  if (reference === null || last === undefined) return [];
  const { publicUrl, languages } = office.agency;
  const isExercise = reference.startsWith('EX-');
  const page = `/statements/${reference}`;
  const prefix = last.languages.includes(languages[0]) ? '' : `/${last.languages[0]}`;
  const feed = isExercise ? '/feeds/exercise.atom' : `${prefix}/feeds/updates.atom`;
  const shows = (path: string, mark: string): boolean => office.press.ready(path)?.bytes.includes(mark) ?? false;
  return [
    { channel: 'page', address: publicUrl + page, isPublic: shows(page, `/statements/${reference}/v/${last.version}`) },
    { channel: 'feed', address: publicUrl + feed, isPublic: shows(feed, last.feedId) },
  ];
}
