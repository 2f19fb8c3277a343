import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Present } from '../../desk/presence.ts';
import { readStatement } from '../../desk/statement.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { parse } from '../zod.ts';
import { bodyOf, idOf, readerOf, text } from './form.ts';

const Doing = z.object({ doing: z.enum(['editing', 'reading']) });

/** Who else has the draft open: asked for, or asked for while saying that one has. The page's own script asks; without it the page tells once. */
export const presenceRoutes: DeskRoutes = (app, { office, presence }) => {
  app.get('/desk/statements/:id/presence', { config: { canWait: true } }, async (request, reply) => {
    const reader = readerOf(request);
    return send(reply, presence.others((await readStatement(office, idOf(request))).id, reader.id));
  });

  app.post('/desk/statements/:id/presence', { config: { canWait: true } }, async (request, reply) => {
    const reader = readerOf(request);
    const { doing } = parse(Doing, { doing: text(bodyOf(request), 'doing') });
    const { id } = await readStatement(office, idOf(request));
    presence.see(id, reader, doing);
    return send(reply, presence.others(id, reader.id));
  });
};

function send(reply: FastifyReply, present: readonly Present[]): FastifyReply {
  const lines = present.map(({ name, doing, at }) => ({ name, doing, at: new Date(at).toISOString(), words: presenceWords(reply, { name, doing, at }) }));
  return reply.send({ present: lines });
}

function presenceWords({ locals }: FastifyReply, { name, doing, at }: Pick<Present, 'name' | 'doing' | 'at'>): string {
  return locals.say(`presence.${doing}`, { name, time: locals.formatClock(new Date(at).toISOString()) });
}
