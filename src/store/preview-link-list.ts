import { OnrecordError } from '../errors.ts';
import { type Opening, type Outbox, openingsKept, type PreviewLink, type PreviewLinkFact } from './outbox.ts';

/** What happens to preview links, wherever they are kept. */

const mostLinks = 500;

/** Which link has to go for this one; undefined where there is room. @throws link_limit where all could still be opened, or this one is there */
export function roomFor(link: PreviewLink, all: readonly PreviewLink[]): string | undefined {
  const oldest = all.length < mostLinks ? undefined : oldestDead(all, link.made.at);
  if (all.some(({ id }) => id === link.id) || (all.length >= mostLinks && oldest === undefined))
    throw new OnrecordError('link_limit', `${all.length} preview links are kept`);
  return oldest;
}

/** The first revocation stays. */
export function withRevocation(link: PreviewLink, revoked: PreviewLinkFact): PreviewLink {
  return link.revoked === null ? { ...link, revoked } : link;
}

/** @throws rate_limited where it was opened `most` times after `since` */
export function withOpening(link: PreviewLink, opening: Opening, { most, since }: Parameters<Outbox['noteOpening']>[2]): PreviewLink {
  const recent = link.openings.filter(({ at }) => at > since).length;
  if (recent >= most) throw new OnrecordError('rate_limited', 'this link was opened too often');
  return { ...link, opened: link.opened + 1, openings: [...link.openings.slice(1 - openingsKept), opening] };
}

export function newestLinkFirst(left: PreviewLink, right: PreviewLink): number {
  return left.made.at < right.made.at ? 1 : left.made.at > right.made.at ? -1 : 0;
}

/** A link that was revoked or has expired makes room for a new one. */
function oldestDead(all: readonly PreviewLink[], at: string): string | undefined {
  const dead = all.filter((link) => link.revoked !== null || link.expiresAt <= at || link.key === null);
  return dead.toSorted(newestLinkFirst).at(-1)?.id;
}
