import { z } from 'zod';
import { redact, refuseRedaction, requestRedaction } from '../../desk/redact.ts';
import { readStatement } from '../../desk/statement.ts';
import { Instant, redactionGrounds } from '../../statement/schema.ts';
import { redactionOf } from '../../statement/state.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import { parse } from '../zod.ts';
import { bodyOf, done, idOf, keyOf, personOf, readerOf, reasonOf, text, versionOf } from './form.ts';
import { namesOf } from './names.ts';

const AskedAt = z.object({ askedAt: Instant });
const Ground = z.object({ ground: z.enum(redactionGrounds, { error: 'missing' }) });

/** Taking the text of a version away, by law or for safety: one publisher asks, another agrees or refuses. */
export const redactionRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/statements/:id/redaction', async (request, reply) => {
    const reader = readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const whole = statement.versions.filter(({ version }) => redactionOf(statement.notices, version) === null);
    const asked = statement.redaction;
    const version = asked && statement.versions[asked.version - 1];
    return page(request, reply, 'desk/redaction', {
      statement,
      asked,
      isMine: asked?.by === reader.id,
      text: version ? await office.store.revision(version.text) : undefined,
      whole,
      grounds: redactionGrounds,
      names: await namesOf(office),
      key: office.random(16).toString('hex'),
    });
  });

  app.post('/desk/statements/:id/redaction', async (request, reply) => {
    const fields = bodyOf(request);
    const { ground } = parse(Ground, { ground: text(fields, 'ground') });
    const asked = { version: versionOf(fields), ground, reason: reasonOf(fields) };
    return done(request, reply, await requestRedaction(office, personOf(request), idOf(request), asked), 'redaction-asked');
  });

  app.post('/desk/statements/:id/redaction-refusal', async (request, reply) => {
    bodyOf(request);
    return done(request, reply, await refuseRedaction(office, personOf(request), idOf(request)), 'redaction-dropped');
  });

  app.post('/desk/statements/:id/redaction-approval', async (request, reply) => {
    const fields = bodyOf(request);
    const { askedAt } = parse(AskedAt, { askedAt: text(fields, 'askedAt') });
    const statement = await redact(office, personOf(request), idOf(request), { version: versionOf(fields), askedAt }, keyOf(request, fields));
    return done(request, reply, statement, 'redacted');
  });
};
