import { z } from 'zod';
import { readStatement } from '../../desk/statement.ts';
import { beginRecheck, confirmRecheck, disown, endorse, type WithdrawalRequest, withdraw } from '../../desk/withdraw.ts';
import type { Office } from '../../office.ts';
import { withdrawalCodes } from '../../statement/schema.ts';
import { owedDebts } from '../../statement/state.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import { parse, plainText } from '../zod.ts';
import { bodyOf, done, type Fields, idOf, keyOf, personOf, readerOf, reasonOf, text, versionOf } from './form.ts';

const Code = z.object({ code: z.enum(withdrawalCodes) });
const Next = z.object({ next: z.enum(['correction', 'withdrawal']) });
const Hash = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** Acts on what is already public: withdrawal, the second check owed, and the recheck. */
export const withdrawalRoutes: DeskRoutes = (app, { office }) => {
  for (const screen of ['withdrawal', 'endorsement', 'disavowal', 'recheck', 'recheck-end'] as const) {
    app.get(`/desk/statements/:id/${screen}`, async (request, reply) => {
      readerOf(request);
      const statement = await readStatement(office, idOf(request));
      const last = statement.versions.at(-1);
      if (last === undefined) return reply.redirect(`/desk/statements/${statement.id}`, 303);
      const text = await office.store.revision(last.text);
      return page(request, reply, `desk/${screen}`, {
        statement,
        last,
        text,
        owed: owedDebts(statement),
        codes: withdrawalCodes,
        key: office.random(16).toString('hex'),
      });
    });
  }

  app.post('/desk/statements/:id/withdrawal', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await withdraw(office, personOf(request), idOf(request), readWithdrawal(office, fields, versionOf(fields)), keyOf(request, fields));
    return done(request, reply, statement, 'withdrawn');
  });

  app.post('/desk/statements/:id/endorsement', async (request, reply) => {
    const fields = bodyOf(request);
    const { hash: seenHash } = parse(Hash, { hash: text(fields, 'hash') });
    const statement = await endorse(office, personOf(request), idOf(request), { version: versionOf(fields), seenHash }, keyOf(request, fields));
    return done(request, reply, statement, 'endorsed');
  });

  app.post('/desk/statements/:id/disavowal', async (request, reply) => {
    const fields = bodyOf(request);
    const { next } = parse(Next, { next: text(fields, 'next') });
    const newest = (await readStatement(office, idOf(request))).versions.length;
    const after = next === 'correction' ? { act: next } : { act: next, request: readWithdrawal(office, fields, newest) };
    const statement = await disown(
      office,
      personOf(request),
      idOf(request),
      { version: versionOf(fields), reason: reasonOf(fields), next: after },
      keyOf(request, fields),
    );
    return done(request, reply, statement, 'disowned');
  });

  app.post('/desk/statements/:id/recheck', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await beginRecheck(
      office,
      personOf(request),
      idOf(request),
      { version: versionOf(fields), reason: reasonOf(fields) },
      keyOf(request, fields),
    );
    return done(request, reply, statement, 'recheck');
  });

  app.post('/desk/statements/:id/recheck-end', async (request, reply) => {
    const fields = bodyOf(request);
    const statement = await confirmRecheck(
      office,
      personOf(request),
      idOf(request),
      { version: versionOf(fields), reason: reasonOf(fields) },
      keyOf(request, fields),
    );
    return done(request, reply, statement, 'recheck-ended');
  });
};

function readWithdrawal({ agency }: Office, fields: Fields, version: number): WithdrawalRequest {
  const { code } = parse(Code, { code: text(fields, 'code') });
  const names = agency.languages.map((language) => `reason.${language}`);
  const read = parse(
    z.object(Object.fromEntries(names.map((name) => [name, plainText(280)]))),
    Object.fromEntries(names.map((name) => [name, text(fields, name).trim()])),
  );
  const reason = Object.fromEntries(agency.languages.map((language) => [language, read[`reason.${language}`] ?? '']).filter(([, words]) => words !== ''));
  return { version, code, reason };
}
