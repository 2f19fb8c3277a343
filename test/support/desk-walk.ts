import { type Newsroom, seen } from './newsroom.ts';
import { field } from './test-server.ts';

/** Short ways through the desk over HTTP, for tests about what comes after. */

export function texts(title: string): Record<string, string> {
  const words = {
    title,
    summary: `${title}. Nothing has been verified.`,
    known: '- It was reported to us.',
    unknown: '- The extent.',
    circulating: 'Files, not verified.',
    doing: 'We are looking.',
    advice: 'Do not relay.',
  };
  return Object.fromEntries(Object.entries(words).map(([name, text]) => [`texts.en.${name}`, text]));
}

const wall = (room: Newsroom, minutes: number): string => new Date(room.server.clock.now() + minutes * 60_000).toISOString().slice(0, 16);

export function readyForm(room: Newsroom, title: string): Record<string, string> {
  return {
    ...texts(title),
    'texts.en.changeNote': 'What changed.',
    'texts.en.wasWrong': 'That.',
    'texts.en.isRight': 'This.',
    'awareAt.at': wall(room, -60),
    'awareAt.zone': 'utc',
    'nextUpdate.type': 'by',
    'nextUpdate.at': wall(room, 110),
    'nextUpdate.zone': 'utc',
    'house.consulted': 'yes',
    'house.triage': 'Journalists ask.',
  };
}

/** A draft by Amina, approved by Claire: a new statement, or the next version of one. */
export async function approvedDraft(
  room: Newsroom,
  title: string,
  next?: { id: string; kind: string },
): Promise<{ id: string; seen: { revision: string; hash: string } }> {
  const created = next
    ? await room.post('amina', `/desk/statements/${next.id}/drafts`, { kind: next.kind })
    : await room.post('amina', '/desk/statements', { template: 'holding' });
  const id = /statements\/(\w+)\//.exec(created.headers.get('location') ?? '')?.[1] ?? '';
  const page = await room.get('amina', `/desk/statements/${id}/draft`);
  const saved = await room.post('amina', `/desk/statements/${id}/draft`, { revision: field(page, 'revision'), ...readyForm(room, title), after: 'submission' });
  if (saved.status !== 303) throw new Error(`${saved.status} ${[...saved.text.matchAll(/data-code="([^"]+)"/g)].map((match) => match[1])}`);
  const shown = await seen(room, 'claire', id);
  const approved = await room.post('claire', `/desk/statements/${id}/approval`, shown);
  if (approved.status !== 303) throw new Error(`approval ${approved.status}`);
  return { id, seen: shown };
}

export async function publicHolding(room: Newsroom, title: string): Promise<string> {
  const { id, seen: shown } = await approvedDraft(room, title);
  const published = await room.post('jonas', `/desk/statements/${id}/publication`, shown);
  if (published.status !== 303) throw new Error(`publication ${published.status}`);
  return id;
}
