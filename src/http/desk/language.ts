import { z } from 'zod';
import { languages } from '../../statement/schema.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { languageCookie } from '../render.ts';
import { parse } from '../zod.ts';
import { nextPath } from './carried.ts';

const Form = z.object({ language: z.enum(languages), next: z.string().max(500).optional() });

/** The language of the desk is a person's own, in a cookie; it changes no text of a statement. */
export const languageRoutes: DeskRoutes = (app, { secure }) => {
  app.post('/desk/language', { config: { open: true } }, async (request, reply) => {
    const { language, next } = parse(Form, request.body);
    reply.setCookie(languageCookie(secure), language, { path: '/', sameSite: 'strict', httpOnly: true, secure, maxAge: 31_536_000 });
    return reply.redirect(nextPath(next), 303);
  });
};
