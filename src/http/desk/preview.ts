import { z } from 'zod';
import { preview } from '../../desk/preview.ts';
import { readStatement } from '../../desk/statement.ts';
import { languages } from '../../statement/schema.ts';
import { createTurnstile } from '../../turnstile.ts';
import { framedBySelf } from '../desk-headers.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import { parse } from '../zod.ts';
import { idOf, readerOf } from './form.ts';
import { namesOf } from './names.ts';

const Params = z.object({ id: z.string(), language: z.enum(languages) });

/** The draft as readers would see it: on a wide screen, on a phone, in the feed, and as others show a link to it. */
export const previewRoutes: DeskRoutes = (app, { office, previewLinks }) => {
  const pass = createTurnstile(2, 16);

  app.get('/desk/statements/:id/preview', { config: { canWait: true } }, async (request, reply) => {
    readerOf(request);
    const statement = await readStatement(office, idOf(request));
    if (statement.draft === null) return reply.redirect(`/desk/statements/${statement.id}`, 303);
    const entries = await Promise.all(
      office.agency.languages.map(async (language) => ({ language, entry: (await preview(office, statement, language)).entry })),
    );
    return page(request, reply, 'desk/preview', { statement, draft: statement.draft, entries, previewLinks, names: await namesOf(office) });
  });

  app.get('/desk/statements/:id/preview/:language', { helmet: framedBySelf, config: { canWait: true } }, async (request, reply) => {
    const { language } = parse(Params, request.params);
    readerOf(request);
    const statement = await readStatement(office, idOf(request));
    const shown = await pass(() => preview(office, statement, language));
    return reply.type('text/html; charset=utf-8').send(shown.page);
  });

  app.get('/desk/statements/:id/preview/:language/card', { config: { canWait: true } }, async (request, reply) => {
    const { language } = parse(Params, request.params);
    readerOf(request);
    const statement = await readStatement(office, idOf(request));
    return reply.type('image/png').send(await pass(async () => (await preview(office, statement, language)).card()));
  });
};
