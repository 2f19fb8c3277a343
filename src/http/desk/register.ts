import { z } from 'zod';
import { listRegister } from '../../desk/register.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page } from '../render.ts';
import { parse } from '../zod.ts';
import { readerOf } from './form.ts';

const Part = z.object({ part: z.coerce.number().int().min(1).max(10_000).catch(1).default(1) });

/** Every public item of the house with its verdict, and what open drafts are about to change. */
export const registerRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/register', { config: { canWait: true } }, async (request, reply) => {
    readerOf(request);
    const { part } = parse(Part, request.query);
    return page(request, reply, 'desk/register', await listRegister(office, part));
  });
};
