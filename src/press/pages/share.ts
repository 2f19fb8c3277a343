import type { PublicStatement } from '../../statement/facts.ts';
import { escapeXml } from '../feeds/xml.ts';
import { badgeSize } from './badge.ts';
import { hrefOf, type Reading, urlOf } from './page.ts';

/** What a newspaper copies into its page: HTML of the badge and of the summary in a frame. */
export type ShareModel = { badge: { href: string; width: number; height: number; code: string }; embed: string };

/** Null where no other site may frame a summary. */
export function shareOf(reading: Reading, { reference }: PublicStatement): ShareModel | null {
  const { speech, room } = reading;
  if (room.agency.embedOrigins.length === 0) return null;
  const title = speech.say('embed.title', { agency: speech.typeset(room.agency.name[speech.language]), reference });
  const [page, badge, embed] = (['statement', 'badge', 'embed'] as const).map((place) => urlOf(reading, { page: place, reference }));
  const { width, height } = badgeSize;
  return {
    badge: {
      href: hrefOf(reading, { page: 'badge', reference }),
      width,
      height,
      code: `<a href="${page}"><img src="${badge}" alt="${escapeXml(title)}" width="${width}" height="${height}"></a>`,
    },
    embed: `<iframe src="${embed}" title="${escapeXml(title)}" width="100%" height="480" loading="lazy" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`,
  };
}
