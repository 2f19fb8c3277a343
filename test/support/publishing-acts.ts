import { openFirstDraft, submit } from '../../src/desk/draft.ts';
import { flash } from '../../src/desk/flash.ts';
import { grantDuty } from '../../src/desk/person.ts';
import { schedule } from '../../src/desk/publish.ts';
import { requestRedaction } from '../../src/desk/redact.ts';
import { approve } from '../../src/desk/review.ts';
import { flashContent } from '../../src/desk/template.ts';
import type { Office } from '../../src/office.ts';
import type { Statement } from '../../src/statement/facts.ts';
import type { Actor } from '../../src/statement/guards.ts';
import type { Content } from '../../src/statement/schema.ts';
import type { Store } from '../../src/store/store.ts';
import { hire } from './accounts.ts';
import { doubt, say, takeBack } from './agency.ts';
import { amina, claire, jonas } from './people.ts';
import { readyContent, seenOf, withText } from './statements.ts';

/** Every act of the desk that publishes, each ready to be asked for once: somebody only has to press the button. */

export type Act = {
  name: string;
  person: string;
  path: string;
  form: Readonly<Record<string, string>>;
  /** How often it is on record. */
  countIn(store: Store): Promise<number>;
};

/** For making ready alone: what is made ready is drawn when it is served. */
export function undrawn(office: Office): Office {
  return { ...office, press: { ...office.press, advance: async () => {} }, markdown: async () => '' };
}

const minute = 60_000;
const inMinutes = (office: Office, n: number): string => new Date(office.now() + n * minute).toISOString();
const timely = (office: Office): Partial<Content> => ({ awareAt: inMinutes(office, -60), nextUpdate: { type: 'by', at: inMinutes(office, 110) } });

export async function approvedText(office: Office, title: string): Promise<Statement> {
  const content = withText(readyContent(timely(office)), { title, summary: `${title}. It has not been verified.` });
  const drafted = await openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', content);
  const submitted = await submit(office, amina, drafted.id, seenOf(drafted));
  return approve(office, claire, drafted.id, seenOf(submitted));
}

export const liveText = (office: Office, title: string): Promise<Statement> => say(office, title, timely(office));

/** What was published about the statement since it was made ready. */
function more({ id, versions, notices }: Statement): Act['countIn'] {
  return async (store) => {
    const now = await store.read(id);
    return (now?.versions.length ?? 0) + (now?.notices.length ?? 0) - versions.length - notices.length;
  };
}

const seenFields = (statement: Statement): Record<string, string> => {
  const { revision, hash } = seenOf(statement);
  return { revision: `${revision}`, hash };
};
const at = ({ id }: Statement, act: string): string => `/desk/statements/${id}/${act}`;

/** One of each; a fresh officer has the flashes, since nobody has more than three an hour. */
export async function readyActs(office: Office, number: number): Promise<readonly Act[]> {
  const officer: Actor = { id: `duty${number}`, roles: ['author', 'duty'], recent: true };
  await hire(office, officer.id, 'author');
  await grantDuty(office, officer.id, office.now() + 8 * 60 * minute, 'operator');
  return [...(await draftActs(office, number)), ...(await liveActs(office, number)), ...(await flashActs(office, number, officer))];
}

async function draftActs(office: Office, number: number): Promise<readonly Act[]> {
  const approved = await approvedText(office, `Approved ${number}`);
  const planned = await approvedText(office, `Planned ${number}`);
  const scheduled = await schedule(office, jonas, planned.id, seenOf(planned), inMinutes(office, 240));
  return [
    { name: 'publication', person: 'jonas', path: at(approved, 'publication'), form: seenFields(approved), countIn: more(approved) },
    { name: 'release', person: 'jonas', path: at(scheduled, 'release'), form: { ...seenFields(scheduled), reason: 'Broken.' }, countIn: more(scheduled) },
  ];
}

async function liveActs(office: Office, number: number): Promise<readonly Act[]> {
  const live = await liveText(office, `Live ${number}`);
  const sound = await liveText(office, `Sound ${number}`);
  const doubted = await doubt(office, await liveText(office, `Doubted ${number}`));
  const gone = await takeBack(office, await liveText(office, `Gone ${number}`));
  const named = await liveText(office, `Named ${number}`);
  const asked = await requestRedaction(office, jonas, named.id, { version: 1, ground: 'personal_data', reason: 'A name.' });
  const owed = { version: '2', hash: gone.versions[1]?.hash ?? '' };
  const withdrawal = { version: '1', code: 'facts_wrong', 'reason.en': 'It was wrong.' };
  return [
    { name: 'withdrawal', person: 'jonas', path: at(live, 'withdrawal'), form: withdrawal, countIn: more(live) },
    { name: 'endorsement', person: 'claire', path: at(gone, 'endorsement'), form: owed, countIn: more(gone) },
    { name: 'recheck', person: 'jonas', path: at(sound, 'recheck'), form: { version: '1', reason: 'A source called.' }, countIn: more(sound) },
    { name: 'recheck-end', person: 'jonas', path: at(doubted, 'recheck-end'), form: { version: '1', reason: 'It holds.' }, countIn: more(doubted) },
    {
      name: 'redaction-approval',
      person: 'tomas',
      path: at(asked, 'redaction-approval'),
      form: { version: '1', askedAt: asked.redaction?.at ?? '' },
      countIn: more(asked),
    },
  ];
}

async function flashActs(office: Office, number: number, officer: Actor): Promise<readonly Act[]> {
  const reason = `It is on the air ${number}.`;
  const slots = { organisation: `the port of Orval ${number}`, fact: 'The port reported an intrusion.', circulation: 'An archive, not verified.' };
  const content = flashContent(office, {
    ...{ situation: 'leak', exercise: false, reason, slots: { en: slots } },
    awareAt: inMinutes(office, -10),
    nextUpdateAt: inMinutes(office, 110),
  });
  const open = (): Promise<Statement> => openFirstDraft(office, officer, office.random(10).toString('hex'), 'flash', content);
  const drafted = await open();
  const owing = await open();
  const flashed = await flash(office, officer, owing.id, seenOf(owing), reason, null);
  const asked = `${reason} Again.`;
  const form = {
    ...{ situation: 'leak', reason: asked, 'awareAt.zone': 'utc', 'nextUpdate.zone': 'utc' },
    ...Object.fromEntries(Object.entries(slots).map(([name, words]) => [`slots.en.${name}`, words])),
    'awareAt.at': inMinutes(office, -10).slice(0, 16),
    'nextUpdate.at': inMinutes(office, 110).slice(0, 16),
  };
  return [
    { name: 'flash', person: officer.id, path: '/desk/flash', form, countIn: (store) => countFlashes(store, asked) },
    { name: 'flash of a draft', person: officer.id, path: at(drafted, 'flash'), form: { ...seenFields(drafted), reason }, countIn: more(drafted) },
    {
      name: 'disavowal',
      person: 'claire',
      path: at(flashed, 'disavowal'),
      form: { version: '1', reason: 'It is not so.', next: 'correction' },
      countIn: more(flashed),
    },
  ];
}

async function countFlashes(store: Store, reason: string): Promise<number> {
  const statements = await Promise.all((await store.list({ public: true })).map(({ id }) => store.read(id)));
  return statements.filter((statement) => statement?.timeline.some(({ act, note }) => act === 'flashed' && note === reason)).length;
}
