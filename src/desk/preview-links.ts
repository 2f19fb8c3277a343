import { refuse } from '../errors.ts';
import { sha256Hex } from '../ledger/hash.ts';
import type { Office } from '../office.ts';
import type { Draft, Statement } from '../statement/facts.ts';
import { type Actor, holds, type Seen } from '../statement/guards.ts';
import { deathOf, makePreview, type PreviewRequest, previewRoles, revokePreview, shownBy } from '../statement/previewing.ts';
import type { Language } from '../statement/schema.ts';
import type { Opening, PreviewLink } from '../store/outbox.ts';
import type { Person } from '../store/people.ts';
import { rolesHeldNow } from './person.ts';
import { preview } from './preview.ts';
import { editStatement, instant, readStatement } from './statement.ts';

const mostLive = 5;
/** More openings of one link than people make; beyond them it waits. */
const openingLimit = { most: 60, withinMs: 10 * 60_000 };

/**
 * A link to the draft as it stands. Gives the secret of its address, which nothing else ever holds. The timeline is written first: should
 * the link then not be kept, it tells of one that never opened.
 * @param linkId from the form, so that a form sent twice makes one link
 * @throws whatever makePreview refuses; link_limit
 */
export async function makeLink(office: Office, actor: Actor, id: string, linkId: string, seen: Seen, request: PreviewRequest): Promise<string> {
  const before = await linksOf(office, await readStatement(office, id));
  if (before.some(({ link }) => link.id === linkId)) refuse('wrong_state', 'this form has made its link already');
  if (before.filter(({ death }) => death === null).length >= mostLive) refuse('link_limit', `${mostLive} links of this draft can be opened`);
  const secret = office.random(32).toString('base64url');
  const at = instant(office);
  const statement = await editStatement(office, id, (current) => makePreview(current, actor, seen, request, at));
  const { recipient, reason, hours } = request;
  const shown = shownBy(statement, seen, hours, at);
  const made = { at, by: actor.id };
  await office.outbox.keepLink({ id: linkId, key: sha256Hex(secret), statement: id, ...shown, recipient, reason, made, opened: 0, openings: [] });
  return secret;
}

/** Stops the link first, then says so. @throws not_found, role_missing */
export async function revokeLink(office: Office, actor: Actor, id: string, linkId: string): Promise<void> {
  const statement = await readStatement(office, id);
  const link = (await office.outbox.links(id)).find((item) => item.id === linkId) ?? refuse('not_found', `the statement has no link ${linkId}`);
  if (link.revoked !== null) return;
  revokePreview(statement, actor, link, instant(office));
  await office.outbox.revokeLink(linkId, { at: instant(office), by: actor.id });
  await editStatement(office, id, (current, at) => revokePreview(current, actor, link, at));
}

export type LinkState = { link: PreviewLink; death: ReturnType<typeof deathOf> | 'maker' | 'restored' };

/** The links of a statement, newest first, each with what ended it. */
export async function linksOf(office: Office, statement: Statement): Promise<readonly LinkState[]> {
  const links = await office.outbox.links(statement.id);
  return Promise.all(links.map(async (link) => ({ link, death: await deathNow(office, link, statement) })));
}

/**
 * The page behind a secret, its opening noted; null where there is none, whatever the reason. The statement itself is never written, for
 * whoever asks has no account.
 * @throws rate_limited, and what the store throws where an opening cannot be noted: then nothing is shown
 */
export async function openLink(office: Office, secret: string, asked: Language | undefined, agent: Opening['agent']): Promise<string | null> {
  const key = sha256Hex(secret);
  const found = await liveLink(office, key);
  if (found === null) return null;
  const { link, statement } = found;
  const at = instant(office);
  const since = new Date(office.now() - openingLimit.withinMs).toISOString();
  const language = asked ?? found.draft.content.languages[0] ?? office.agency.languages[0];
  const { recipient, revision, expiresAt } = link;
  await office.outbox.noteOpening(link.id, { at, agent, language }, { most: openingLimit.most, since });
  const { page } = await preview(office, statement, language, { recipient, revision, expiresAt });
  // What happened while the page was made counts.
  return (await liveLink(office, key)) === null ? null : page;
}

async function liveLink(office: Office, key: string): Promise<{ link: PreviewLink; statement: Statement; draft: Draft } | null> {
  const link = await office.outbox.linkOf(key);
  const statement = link && (await office.store.read(link.statement));
  if (!link || !statement?.draft || (await deathNow(office, link, statement)) !== null) return null;
  return { link, statement, draft: statement.draft };
}

/** Acts on an account after which nothing that it handed out before is believed. */
const stops: readonly Person['acts'][number]['act'][] = ['disabled', 'quarantined', 'taken', 'roles-set', 'reset'];

/** A link dies with the right of whoever made it, and for ever with an act that stopped their account or took a role from it. */
async function deathNow(office: Office, link: PreviewLink, statement: Statement): Promise<LinkState['death']> {
  if (link.key === null) return 'restored';
  const maker = await office.people.find(link.made.by);
  const held = maker && maker.disabledAt === null ? rolesHeldNow(maker, office.now()) : [];
  const wasStopped = maker?.acts.some(({ at, act }) => at >= link.made.at && stops.includes(act)) ?? true;
  if (wasStopped || !holds({ roles: held }, ...previewRoles)) return 'maker';
  return deathOf(link, statement, instant(office));
}
