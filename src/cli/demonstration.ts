import type { Config } from '../config.ts';
import { openFirstDraft, openNextDraft, saveText, submit } from '../desk/draft.ts';
import type { ScryptCost } from '../desk/password.ts';
import { addPerson, grantDuty, operator } from '../desk/person.ts';
import { publish } from '../desk/publish.ts';
import { approve } from '../desk/review.ts';
import { firstContent } from '../desk/template.ts';
import { withdraw } from '../desk/withdraw.ts';
import type { Office } from '../office.ts';
import { openOffice } from '../open-office.ts';
import type { Draft, Statement } from '../statement/facts.ts';
import type { Actor, Seen } from '../statement/guards.ts';
import type { Content, Role } from '../statement/schema.ts';
import { findingChapter } from './demonstration-finding.ts';
import { leakStory, mistake, storyLength } from './demonstration-story.ts';

/** Invented people of the demonstration; their passwords are printed at every start. */
export const demonstrationPeople: readonly { id: string; name: string; password: string; roles: readonly Role[]; isOnDuty?: true }[] = [
  { id: 'amina', name: 'Amina Belkacem', password: 'lantern orchard seventeen', roles: ['author'] },
  { id: 'jonas', name: 'Jonas Weber', password: 'harbour velvet thirty-one', roles: ['reviewer', 'publisher'] },
  { id: 'claire', name: 'Claire Morvan', password: 'granite swallow forty-six', roles: ['reviewer'] },
  { id: 'marek', name: 'Marek Dvořák', password: 'copper meadow fifty-three', roles: ['author'], isOnDuty: true },
  { id: 'ines', name: 'Inês Carvalho', password: 'juniper anchor sixty-two', roles: ['auditor'] },
  { id: 'tomas', name: 'Tomas Lindqvist', password: 'saffron bridge ninety-four', roles: ['administrator'] },
  { id: 'oona', name: 'Oona Virtanen', password: 'thimble glacier eighty-one', roles: ['administrator'] },
];

const week = 7 * 86_400_000;

/** Fills a new installation by the desk's own acts, on a clock that walks through the story and ends a few hours ago. @param cost of its passwords; the house's own where left out */
export async function createDemonstration(config: Config, tell: (line: string) => void, cost?: ScryptCost): Promise<void> {
  const realNow = Date.now();
  const begin = Math.floor((realNow - storyLength - 2 * 3_600_000) / 60_000) * 60_000;
  let clock = begin;
  const { office, close } = await openOffice(config, { now: () => clock });
  const scene: Scene = {
    office,
    at: (minute) => new Date(begin + minute * 60_000).toISOString(),
    go: (minute) => {
      clock = begin + minute * 60_000;
    },
  };
  try {
    for (const { isOnDuty: _isOnDuty, ...person } of demonstrationPeople) await addPerson(office, { ...person, ...(cost && { cost }) });
    await tellLeak(scene);
    await tellMistake(scene);
    clock = realNow;
    await leaveWork(scene);
    for (const { id } of demonstrationPeople.filter((person) => person.isOnDuty)) await grantDuty(office, id, clock + week - 60_000, operator);
    tell('onrecord: two statements with their versions, a draft, seven people');
  } finally {
    await close();
  }
}

type Scene = { office: Office; at(minute: number): string; go(minute: number): void };

const amina: Actor = { id: 'amina', roles: ['author'], recent: true };
const jonas: Actor = { id: 'jonas', roles: ['reviewer', 'publisher'], recent: true };
const reviewer = (id: string): Actor => ({ id, roles: ['reviewer'], recent: true });

async function tellLeak({ office, at, go }: Scene): Promise<void> {
  const id = office.random(10).toString('hex');
  for (const { at: minute, kind, change, approvers } of [...leakStory, findingChapter]) {
    go(minute - 10);
    const opened =
      kind === 'first'
        ? await openFirstDraft(office, amina, id, 'holding', firstContent(office, 'holding', { exercise: false }))
        : await openNextDraft(office, amina, id, kind);
    const draft = draftOf(opened);
    await carry(office, await saveText(office, amina, id, draft.revision, kind, change(draft.content, at)), approvers, () => go(minute));
  }
}

async function tellMistake({ office, at, go }: Scene): Promise<void> {
  go(mistake.publishedAt - 20);
  const opened = await openFirstDraft(office, amina, office.random(10).toString('hex'), 'breach', firstContent(office, 'breach', { exercise: false }));
  const { revision, content } = draftOf(opened);
  const saved = await saveText(office, amina, opened.id, revision, 'first', mistake.change(content, at));
  await carry(office, saved, ['claire'], () => go(mistake.publishedAt));
  go(mistake.withdrawnAt);
  const reason = {
    fr: 'Cette déclaration appartenait à un exercice et n’aurait pas dû paraître. Aucun incident n’a eu lieu.',
    en: 'This statement belonged to an exercise and should not have been published. No incident took place.',
  };
  await withdraw(office, jonas, saved.id, { version: 1, code: 'exercise_not_marked', reason }, null);
}

/** One draft just opened, so that whoever tries the desk finds work on it. */
async function leaveWork({ office }: Scene): Promise<void> {
  await openFirstDraft(office, amina, office.random(10).toString('hex'), 'impersonation', firstContent(office, 'impersonation', { exercise: false }));
}

async function carry(office: Office, saved: Statement, approvers: readonly string[], wait: () => void): Promise<void> {
  const seen = seenOf(saved);
  await submit(office, amina, saved.id, seen);
  for (const id of approvers) await approve(office, reviewer(id), saved.id, seen);
  wait();
  await publish(office, jonas, saved.id, seen, null);
}

function draftOf({ draft }: Statement): Draft & { content: Content } {
  if (draft === null) throw new Error('the demonstration has no open draft');
  return draft;
}

function seenOf(statement: Statement): Seen {
  const { revision, hash } = draftOf(statement);
  return { revision, hash };
}
