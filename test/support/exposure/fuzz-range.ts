import type { Office } from '../../../src/office.ts';
import type { RunningServer } from '../../../src/server.ts';
import type { Statement } from '../../../src/statement/facts.ts';
import { hire } from '../accounts.ts';
import { type Asker, openAsker, type Question, type Reply } from './asking.ts';
import { openSession, type Subject, sessionHashOf } from './desk-cast.ts';
import { makeStatement, type State, states } from './desk-scenes.ts';
import { deskTable, isAct, type Row } from './desk-table.ts';
import { bodyOf, mark, percent, type Shot } from './fuzz-shots.ts';

/** Turns a shot into a request to one of the sites, with a true form, a session and a statement under it. */

export type Range = {
  /** What the shot asks, where, and the word that it brings. */
  aim(shot: Shot): Promise<{ site: 'public' | 'desk' | 'operations'; question: Question; word: string; row: Row | null }>;
  ask(site: 'public' | 'desk' | 'operations', question: Question): Promise<Reply>;
  /** Statements in every state again, accounts as they were, and no freeze. */
  restock(): Promise<void>;
  close(): void;
};

/** Mostly somebody who may do everything, so that a form gets as far as it can. */
const askers: readonly Subject[] = [
  ...Array.from({ length: 6 }, (): Subject => ({ id: 'eva', roles: [] })),
  ...['amina', 'tomas', 'ines', 'jonas'].map((id): Subject => ({ id, roles: [] })),
  { id: 'nobody', roles: [], session: 'none' },
];
const operations = ['/livez', '/readyz', '/metrics', '/', '/toString'];
const drafts = states.slice(0, 8);

export function openRange(server: RunningServer, paths: readonly string[]): Range {
  const { office } = server;
  const stock = new Map<State, string>();
  const tickets = new Map<string, { cookie: string; token: string }>();
  const sites: Readonly<Record<'public' | 'desk' | 'operations', Asker>> = {
    public: openAsker(server.publicUrl, new URL(server.publicUrl).host, 8),
    desk: openAsker(server.deskUrl, new URL(server.deskUrl).host, 8),
    operations: openAsker(server.opsUrl, new URL(server.opsUrl).host, 4),
  };
  let [shots, restocked] = [0, 0];

  async function ticketOf(subject: Subject): Promise<{ cookie: string; token: string }> {
    const known = tickets.get(subject.id);
    if (known && (subject.session === 'none' || (await office.people.session(sessionHashOf(known.cookie))))) return known;
    const cookie = await openSession(office, subject);
    const { text } = await sites.desk.ask({ method: 'GET', path: '/desk/session', headers: { cookie, accept: 'application/json' } });
    const ticket = { cookie, token: /"csrf":"([^"]+)"/.exec(text)?.[1] ?? 'none' };
    tickets.set(subject.id, ticket);
    return ticket;
  }

  async function aimAtDesk(shot: Shot, word: string): Promise<Question & { row: Row }> {
    const row = deskTable[shot.at % deskTable.length] ?? fail();
    const subject = askers[shot.subject % askers.length] ?? { id: 'nobody', roles: [] };
    const { cookie, token } = await ticketOf(subject);
    const state = states[shot.state % states.length] ?? 'draft';
    const statement = await statementOf(office, stock.get(state));
    const params: Readonly<Record<string, string>> = {
      id: statement?.id ?? 'x',
      person: 'target',
      item: 'A-1',
      comment: '1',
      language: 'en',
      link: 'a'.repeat(24),
    };
    const [method = 'GET', route = ''] = row.route.split(' ');
    const value = word.padEnd(24, '0').replaceAll(/[^0-9a-f]/g, '0');
    const path = route.replaceAll(/:(\w+)/g, (_, name: string) =>
      shot.param === null ? (params[name] ?? '0'.repeat(24)) : percent(shot.param).slice(0, 3_000),
    );
    const fields = isAct(row) ? Object.entries(row.body?.({ statement, now: office.now(), value }) ?? {}) : [];
    const { type, body, coding } = bodyOf([['_csrf', token], ...fields], shot);
    const asksJson: Record<string, string> = shot.state % 3 === 0 ? { accept: 'application/json' } : {};
    const sent = { ...(type !== null && { 'content-type': type }), ...(coding && { 'content-encoding': coding }), origin: server.deskUrl };
    return { row, method: shot.method ?? method, path, headers: { cookie, ...asksJson, ...(isAct(row) && sent) }, ...(isAct(row) && { body }) };
  }

  return {
    async aim(shot) {
      shots += 1;
      const word = `zq${shots.toString(36)}zq`;
      const fill = (text: string): string => text.replaceAll(mark, word).replaceAll(percent(mark), word);
      const site = (['desk', 'public', 'desk', 'public', 'desk', 'desk', 'public', 'desk', 'operations', 'desk'] as const)[shot.subject % 10] ?? 'desk';
      const aimed =
        site === 'desk'
          ? await aimAtDesk(shot, word)
          : { row: null, method: 'GET', path: (site === 'public' ? paths : operations)[shot.at % (site === 'public' ? paths : operations).length] ?? '/' };
      const asked = shot.query.map(([name, text]) => `${percent(name)}=${percent(text)}`).join('&');
      const path = `${aimed.path}${shot.tail}${asked === '' ? '' : `${aimed.path.includes('?') ? '&' : '?'}${asked}`}`.slice(0, 7_000);
      const { 'cookie-more': more, ...headers } = shot.headers;
      const own = 'headers' in aimed ? (aimed.headers ?? {}) : {};
      const all = { ...own, ...headers, ...(more !== undefined && { cookie: `${own.cookie ?? ''}; desk-language=${more}; ${more}` }) };
      const filled = Object.fromEntries(Object.entries(all).map(([name, text]) => [name, fill(text)]));
      const method = shot.method ?? aimed.method;
      const body = 'body' in aimed && method !== 'GET' && method !== 'HEAD' && aimed.body !== undefined ? { body: fill(aimed.body) } : {};
      return { site, question: { method, path: fill(path), headers: filled, ...body }, word, row: aimed.row };
    },
    ask: (site, question) => sites[site].ask(question),
    async restock() {
      const { open } = await office.people.freezing();
      if (open !== null) await office.people.editFreezing((current) => ({ ...current, open: null }));
      if ((await office.people.find('target')) === undefined) await hire(office, 'target', 'author');
      for (const id of ['target', 'eva', 'tomas']) await office.people.edit(id, (person) => ({ ...(person ?? fail()), disabledAt: null }));
      for (const state of restocked % 6 === 0 ? states : drafts) stock.set(state, (await makeStatement(office, state)).id);
      restocked += 1;
    },
    close: () => Object.values(sites).forEach((site) => void site.close()),
  };
}

async function statementOf(office: Office, id: string | undefined): Promise<Statement | null> {
  return (id === undefined ? undefined : await office.store.read(id)) ?? null;
}

const fail = (): never => {
  throw new Error('nobody, and nothing');
};
