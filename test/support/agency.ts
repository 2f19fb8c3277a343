import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Test } from 'tap';
import { type Config, type Environment, readConfig } from '../../src/config.ts';
import { openFirstDraft, openNextDraft, saveText, submit } from '../../src/desk/draft.ts';
import { publish } from '../../src/desk/publish.ts';
import { redact, requestRedaction } from '../../src/desk/redact.ts';
import { approve } from '../../src/desk/review.ts';
import { beginRecheck, withdraw } from '../../src/desk/withdraw.ts';
import { createSigner, newSigningKey } from '../../src/ledger/signer.ts';
import { signTrust } from '../../src/ledger/trust.ts';
import type { Office } from '../../src/office.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server.ts';
import type { Statement } from '../../src/statement/facts.ts';
import type { Actor } from '../../src/statement/guards.ts';
import type { Content, Kind } from '../../src/statement/schema.ts';
import { initialise, readInstallation } from '../../src/store/installation.ts';
import { type Clock, hire, standingClock } from './accounts.ts';
import { amina, claire, jonas } from './people.ts';
import { quickDirectory } from './quick-directory.ts';
import { consulted, draftOf, readyContent, seenOf, withText } from './statements.ts';

/** An agency whose data directory can be backed up, lost and restored; keys, anchor and trust note lie outside of it. */

export const identity = 'record.test';
const tomas: Actor = { id: 'tomas', roles: ['publisher'], recent: true };

export type Agency = {
  /** Holds everything else. */
  parent: string;
  directory: string;
  anchorFile: string;
  keyFile: string;
  rootPem: string;
  trustFile: string;
  clock: Clock;
  environment(changes?: Record<string, string>): Environment;
  config(changes?: Record<string, string>): Promise<Config>;
  start(changes?: Record<string, string>, options?: Partial<ServerOptions>): Promise<RunningServer>;
};

/** @param at its clock, which stands unless it is moved, and where it lies */
export async function foundAgency(t: Test, at: { clock?: Clock; parent?: string } = {}): Promise<Agency> {
  const parent = at.parent ?? (await quickDirectory('agency'));
  const [directory, anchorFile] = [join(parent, 'data'), join(parent, 'anchor')];
  const [keyFile, trustFile] = [join(parent, 'key.pem'), join(parent, 'trust.note')];
  const clock = at.clock ?? standingClock(Date.parse('2026-11-22T12:30:00.000Z'));
  const [keyPem, rootPem] = [newSigningKey(), newSigningKey()];
  const root = createSigner(rootPem, `${identity}/root`);
  const policy = { root, issuedAt: '2026-11-22T12:00:00.000Z', logs: [createSigner(keyPem, identity)], retired: [], witnesses: [], quorum: 0 };
  await writeFile(keyFile, keyPem);
  await writeFile(trustFile, signTrust(policy, root));
  await initialise(directory, { origin: identity, demonstration: true, now: clock.now, random: randomBytes });
  t.teardown(() => rm(parent, { recursive: true, force: true }));
  const environment = (changes: Record<string, string> = {}): Environment => ({
    ONRECORD_DATA_DIR: directory,
    ONRECORD_SIGNING_KEY_FILE: keyFile,
    ONRECORD_ANCHOR_FILE: anchorFile,
    ONRECORD_TRUST_FILE: trustFile,
    ONRECORD_LANGUAGES: 'en,fr',
    ONRECORD_LOG_LEVEL: 'silent',
    ONRECORD_ALLOW: 'name Theodora Quist',
    ...changes,
  });
  const config = async (changes: Record<string, string> = {}): Promise<Config> => {
    const from = environment(changes);
    return readConfig(await readInstallation(from.ONRECORD_DATA_DIR ?? directory), from);
  };
  const start = async (changes: Record<string, string> = {}, options: Partial<ServerOptions> = {}): Promise<RunningServer> => {
    const ports = { public: 0, desk: 0, operations: 0 };
    const server = await startServer(await config(changes), { now: clock.now, log: pino({ level: 'silent' }), ports, timer: false, ...options });
    t.teardown(() => server.close(0));
    if ((await server.office.people.list()).length === 0) {
      for (const { id, roles } of [amina, claire, jonas, tomas]) await hire(server.office, id, ...roles);
    }
    return server;
  };
  return { parent, directory, anchorFile, keyFile, rootPem, trustFile, clock, environment, config, start };
}

async function goThrough(office: Office, drafted: Statement): Promise<Statement> {
  const { id } = drafted;
  const submitted = await submit(office, amina, id, seenOf(drafted));
  const approved = await approve(office, claire, id, seenOf(submitted));
  return publish(office, jonas, id, seenOf(approved), null);
}

/** A new statement, written, approved and published by three people. */
export async function say(office: Office, title: string, changes: Partial<Content> = {}): Promise<Statement> {
  const content = withText(readyContent(changes), { title, summary: `${title}. It has not been verified.` });
  return goThrough(office, await openFirstDraft(office, amina, office.random(10).toString('hex'), 'holding', content));
}

/** Its next version. */
export async function sayMore(office: Office, id: string, kind: Kind, title: string, changes: Partial<Content> = {}): Promise<Statement> {
  const { revision, content } = draftOf(await openNextDraft(office, amina, id, kind));
  const words = { title, changeNote: 'What has changed.', ...(kind === 'correction' && { wasWrong: 'That.', isRight: 'This.' }) };
  const next = withText({ ...content, house: consulted, nextUpdate: readyContent().nextUpdate, ...changes }, words);
  return goThrough(office, await saveText(office, amina, id, revision, kind, next));
}

export function takeBack(office: Office, { id, versions }: Statement): Promise<Statement> {
  return withdraw(office, jonas, id, { version: versions.length, code: 'facts_wrong', reason: { en: 'It was wrong.' } }, null);
}

export function doubt(office: Office, { id, versions }: Statement): Promise<Statement> {
  return beginRecheck(office, jonas, id, { version: versions.length, reason: 'A source called.' }, null);
}

export async function removeText(office: Office, id: string, version: number): Promise<Statement> {
  const { redaction } = await requestRedaction(office, jonas, id, { version, ground: 'personal_data', reason: 'A name.' });
  return redact(office, tomas, id, { version, askedAt: redaction?.at ?? '' }, null);
}

/** Thirty statements: some corrected, one withdrawn, one in doubt, one exercise, one version without its text. */
export async function sayThirty({ office }: RunningServer, clock: Clock): Promise<readonly Statement[]> {
  const said: Statement[] = [];
  for (let number = 1; number <= 29; number += 1) {
    clock.forward(1_000);
    said.push(await say(office, `Statement number ${number}`));
  }
  said.push(await say(office, 'An exercise', { exercise: true }));
  const at = (place: number): Statement => {
    const statement = said[place];
    if (statement === undefined) throw new Error(`nothing was said at ${place}`);
    return statement;
  };
  for (const place of [1, 4, 7]) await sayMore(office, at(place).id, 'correction', `Statement number ${place + 1}, corrected`);
  clock.forward(1_000);
  await takeBack(office, at(10));
  await doubt(office, at(13));
  await sayMore(office, at(16).id, 'update', 'Statement number 17, later');
  clock.forward(1_000);
  await removeText(office, at(16).id, 1);
  return said;
}

/** Every public path that a statement, a feed or the log has, with its bytes. */
export async function publicTree({ office, publicUrl }: RunningServer): Promise<ReadonlyMap<string, string>> {
  const { size } = await office.store.ledger(-1, 0);
  const paths = [
    '/',
    '/fr/',
    '/corrections',
    '/archive',
    '/verify',
    '/feeds/updates.atom',
    '/feeds/statements.atom',
    '/feeds/updates.json',
    '/feeds/updates.rss',
  ];
  paths.push(
    '/register',
    '/register.json',
    '/register.txt',
    '/feeds/corrections.atom',
    '/feeds/exercise.atom',
    '/log/checkpoint',
    '/log/trust.note',
    '/api/v1/statements',
  );
  paths.push(`/log/tile/entries/000.p/${size}`, `/log/tile/0/000.p/${size}`, `/log/consistency/1..${size}`);
  for (const { reference, version } of await office.store.list({ public: true })) {
    const base = `/statements/${reference}`;
    paths.push(base, `/fr${base}`, `${base}/versions`, `${base}/timemap`, `${base}/feed.atom`, `/api/v1${base}`);
    for (let n = 1; n <= version; n += 1) for (const form of ['', '.json', '.txt', '.tlog-proof']) paths.push(`${base}/v/${n}${form}`);
    if (version > 1) paths.push(`${base}/diff/1..2`);
  }
  const tree = new Map<string, string>();
  for (const path of paths) {
    const response = await fetch(`${publicUrl}${path}`);
    tree.set(path, `${response.status} ${(await response.text()).replaceAll(publicUrl, '')}`);
  }
  return tree;
}
