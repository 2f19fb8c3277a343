import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { Test } from 'tap';
import { writeDemonstrationKeys } from '../../../src/cli/demonstration-keys.ts';
import { readConfig } from '../../../src/config.ts';
import { ask as askFor } from '../../../src/desk/accounts.ts';
import { askToImport, goOnWithImports } from '../../../src/desk/importing.ts';
import { makeLink } from '../../../src/desk/preview-links.ts';
import { deskSite } from '../../../src/http/desk-site.ts';
import { sha256Hex } from '../../../src/ledger/hash.ts';
import type { Office } from '../../../src/office.ts';
import { openOffice } from '../../../src/open-office.ts';
import type { Statement } from '../../../src/statement/facts.ts';
import { initialise } from '../../../src/store/installation.ts';
import { digestOf, type StagedBatch } from '../../../src/store/staged-imports.ts';
import { hire, standingClock } from '../accounts.ts';
import { archivedBytes } from '../csaf-archive.ts';
import { quickDirectory } from '../quick-directory.ts';
import { seenOf } from '../statements.ts';
import { hireCast, isIn, openSession, type Subject, sessionHashOf } from './desk-cast.ts';
import { makeStatement, type State } from './desk-scenes.ts';
import { type Cell, isAct, type Row, reasonsAgainst } from './desk-table.ts';

/** The desk with its people, its statements in every state, and what asks it one cell of the table. */

export type Desk = { office: Office; app: FastifyInstance; directory: string /** As fastify was told them. */; routes: readonly string[] };

export async function openDesk(t: Test, plant: (app: FastifyInstance, office: Office) => void = () => {}): Promise<Desk> {
  const clock = standingClock(Date.parse('2026-11-22T12:30:00.000Z'));
  const parent = await quickDirectory('roles');
  const directory = join(parent, 'data');
  const begin = { origin: 'record.test', demonstration: true };
  await initialise(directory, { ...begin, now: clock.now, random: randomBytes });
  await writeDemonstrationKeys(directory, begin.origin, new Date(clock.now()).toISOString());
  const from = { ONRECORD_DATA_DIR: directory, ONRECORD_LANGUAGES: 'en,fr', ONRECORD_LOG_LEVEL: 'silent' };
  const { office, words, assets, close } = await openOffice(readConfig(begin, from), { now: clock.now, log: pino({ level: 'silent' }) });
  const limits = { perAddress: 1_000_000, overall: 1_000_000 };
  const app = deskSite(office, { words, assets, hosts: new Set(['localhost:8081']), trustProxy: false, previewLinks: true, limits });
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((one) => `${one} ${url}`));
  });
  plant(app, office);
  await app.ready();
  await hireCast(office);
  t.teardown(async () => {
    await app.close();
    await close();
    await rm(parent, { recursive: true });
  });
  return { office, app, directory, routes };
}

export type Trial = {
  /** Puts the statement there that refused requests of this state are tried on. */
  stage(row: Row, state: State | null): Promise<void>;
  /** Asks one cell; null where the desk did as the table says. */
  hold(row: Row, cell: Cell): Promise<string | null>;
  /** Of every file that holds statements or the log. */
  digest(): string;
};

type Made = { params: Readonly<Record<string, string>>; statement: Statement | null; value: string };

export function openTrial({ office, app, directory }: Desk): Trial {
  const [standing, tickets] = [new Map<State, string>(), new Map<string, { cookie: string; token: string }>()];
  const kept = new Map<Row['on'], Made>();
  let targets = 0;

  /** An account that nothing was done on, or one that has a request. */
  async function makeTarget(on: Row['on'], none: Made): Promise<Made> {
    targets += 1;
    const person = `target-${targets}`;
    await hire(office, person, 'author');
    const params = { ...none.params, person };
    if (on === 'account') return { ...none, params };
    const { requests } = await askFor(office, { id: 'oona', roles: ['administrator'], recent: true }, person, { ask: 'role', role: 'reviewer' });
    return { ...none, params, value: requests[0]?.id ?? '' };
  }

  async function makeLinked(none: Made): Promise<Made> {
    const statement = await statementIn('draft', true);
    const link = none.value.slice(0, 24);
    const publisher = { id: 'jonas', roles: ['publisher'], recent: true } as const;
    await makeLink(office, publisher, statement.id, link, seenOf(statement), { recipient: 'A reader', reason: 'To see.', hours: 24 });
    return { ...none, params: { ...none.params, id: statement.id, link }, statement };
  }

  /** A document that an operator laid out, or that one publisher has asked for. */
  async function makeBatch(on: Row['on'], none: Made): Promise<Made> {
    const id = none.value.slice(0, 16);
    const batch = batchOf(id, new Date(office.now()).toISOString());
    await office.staged.stage(batch, bodiesOf(archivedBytes()));
    if (on === 'batch-request') {
      if ((await office.people.find('first-asker')) === undefined) await hire(office, 'first-asker', 'publisher');
      await askToImport(office, { id: 'first-asker', roles: ['publisher'], recent: true }, id, batch.digest);
    }
    return { ...none, params: { ...none.params, batch: id }, value: batch.digest };
  }

  /** Afresh for whoever may; one for all who may not. */
  async function madeOnce(on: Row['on'], isFresh: boolean, makeOne: () => Promise<Made>): Promise<Made> {
    const made = (isFresh ? undefined : kept.get(on)) ?? (await makeOne());
    if (!isFresh) kept.set(on, made);
    return made;
  }

  async function statementIn(state: State, isFresh: boolean): Promise<Statement> {
    const known = isFresh ? undefined : standing.get(state);
    if (known === undefined) await setHouse('open');
    const id = known ?? (await makeStatement(office, state)).id;
    if (!isFresh) standing.set(state, id);
    const statement = await office.store.read(id);
    if (statement === undefined) throw new Error(`no ${state}`);
    return statement;
  }

  /** A freeze as it stands before the cell; nothing is written where it stands so already. */
  async function setHouse(want: 'open' | 'frozen' | 'asked'): Promise<string> {
    const at = new Date(office.now()).toISOString();
    const lift = want === 'asked' ? { at, by: 'oona', reason: 'It was found.' } : null;
    const { open } = await office.people.freezing();
    const isSo = want === 'open' ? open === null : open !== null && (want === 'asked' ? open.lift?.by === 'oona' : open.lift === null);
    if (!isSo) {
      await office.people.editFreezing((current) => ({ ...current, open: want === 'open' ? null : { at, by: 'jonas', reason: 'A doubt.', lift } }));
    }
    return at;
  }

  async function make(row: Row, { state, frozen }: Cell, isFresh: boolean): Promise<Made> {
    const params = { item: 'A-1', comment: '1', place: '0', language: 'en', notice: '0'.repeat(24), secret: 's'.repeat(43) };
    const none = { params, statement: null, value: randomBytes(16).toString('hex') };
    const statement = state === null ? null : await statementIn(state, isFresh);
    const value = await setHouse(row.on === 'lift' ? 'asked' : frozen ? 'frozen' : 'open');
    if (row.on === 'lift') return { ...none, value };
    const { on } = row;
    if (on === 'account' || on === 'request') return madeOnce(on, isFresh, () => makeTarget(on, none));
    if (on === 'batch' || on === 'batch-request') return madeOnce(on, isFresh, () => makeBatch(on, none));
    if (on === 'link') return madeOnce(on, isFresh, () => makeLinked(none));
    return statement === null ? none : { ...none, params: { ...params, id: statement.id }, statement };
  }

  async function ticketOf(subject: Subject): Promise<{ cookie: string; token: string }> {
    const known = tickets.get(subject.id);
    if (known && isIn(subject) && (await office.people.session(sessionHashOf(known.cookie)))) return known;
    const cookie = await openSession(office, subject);
    const asked = isIn(subject) ? await app.inject({ method: 'GET', url: '/desk/session', headers: { ...asker, cookie } }) : null;
    const ticket = { cookie, token: asked === null ? 'none' : String(JSON.parse(asked.payload).csrf) };
    tickets.set(subject.id, ticket);
    return ticket;
  }

  /** What nobody may have changed who was refused. */
  async function scene({ statement, params }: Made, keeps = false): Promise<string> {
    const { size, checkpoint } = await office.store.ledger(-1, 0);
    const standing = statement && (await office.store.read(statement.id));
    const facts = [keeps ? withoutLate(standing) : standing, size, checkpoint, params.person && (await office.people.find(params.person))];
    return JSON.stringify([...facts, await office.people.freezing()]);
  }

  async function hold(row: Row, cell: Cell): Promise<string | null> {
    const reasons = reasonsAgainst(row, cell);
    const made = await make(row, cell, isAct(row) && reasons.length === 0);
    const { cookie, token } = await ticketOf(cell.subject);
    const [method, path = ''] = row.route.split(' ');
    const url = path.replaceAll(/:(\w+)/g, (_, name: string) => made.params[name] ?? name);
    const form = isAct(row) ? new URLSearchParams({ ...row.body?.({ statement: made.statement, now: office.now(), value: made.value }), _csrf: token }) : null;
    const before = reasons.length > 0 ? await scene(made, row.keeps) : '';
    const answer = await app.inject({
      ...{ method: method === 'POST' ? 'POST' : 'GET', url },
      headers: { ...asker, cookie, ...(form && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(form && { payload: form.toString() }),
    });
    // What was confirmed is put on record beside everything else.
    if (row.on === 'batch-request') await goOnWithImports(office);
    const got = outcomeOf(answer.statusCode, String(answer.headers.location ?? ''), answer.payload, isAct(row));
    const wanted = reasons.length > 0 ? reasons : [row.gives ?? (isAct(row) ? 'done' : 'shown')];
    const said = `${row.route} by ${cell.subject.id}, ${cell.state ?? row.on}${cell.frozen ? ', frozen' : ''}: ${got}, not ${wanted.join(' or ')}`;
    if (!wanted.includes(got) && !(got === 'done' && wanted.includes('unchanged'))) return said;
    return before !== '' && before !== (await scene(made, row.keeps)) && !wanted.includes('unchanged') ? `${said}, and it changed something` : null;
  }

  return {
    stage: async (row, state) => {
      if (state !== null) await statementIn(state, false);
      else await make(row, { subject: nobody, state, frozen: false }, false);
    },
    hold,
    digest: () => digestOfFiles(directory),
  };
}

function batchOf(id: string, at: string): StagedBatch {
  const body = archivedBytes();
  const claimed = { id: 'OLD-2019-007', version: '1', issuedAt: '2019-05-07T10:00:00.000Z', changedAt: '2019-05-07T10:00:00.000Z' };
  const place = { path: 'old.json', title: 'Open mail servers at Lumen', publisher: 'Old Agency', host: 'www.agency.example', slug: 'old-2019-007' };
  const documents = [{ ...place, ...claimed, sha256: sha256Hex(body) }];
  return { id, at, count: documents.length, documents, digest: digestOf(documents), acts: [] };
}

async function* bodiesOf(...bodies: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* bodies;
}

/** A text that came too late is kept (workflow.md, transition 2): one line of the timeline that names it, and no other change. */
function withoutLate(statement: Statement | null | undefined): object | null | undefined {
  return statement && { ...statement, generation: 0, timeline: statement.timeline.filter(({ act }) => act !== 'conflicted') };
}

const nobody: Subject = { id: 'nobody', roles: [], account: 'none' };
const asker = { host: 'localhost:8081', origin: 'http://localhost:8081', accept: 'application/json' };

function outcomeOf(status: number, location: string, payload: string, isPost: boolean): string {
  if (status === 303 && location.startsWith('/desk/sign-in') && !isPost) return 'not_signed_in';
  if (status >= 400) return /"code":"([a-z_]+)"/.exec(payload)?.[1] ?? (status === 404 ? 'not_found' : `${status}`);
  if (isPost) return 'done';
  return status === 303 ? 'moved' : status === 200 ? 'shown' : `${status}`;
}

function digestOfFiles(directory: string): string {
  const hash = createHash('sha256');
  for (const part of ['statements', 'record', 'ledger', 'texts']) {
    const entries = readdirSync(join(directory, part), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    for (const file of files.sort()) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}
