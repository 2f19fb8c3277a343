import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askUnfreeze, confirmUnfreeze, dropUnfreeze, freeze, liftOf, mayFreeze } from '../../desk/freeze.ts';
import { activeAdministrators } from '../../desk/granting.ts';
import { instant } from '../../desk/statement.ts';
import type { Office } from '../../office.ts';
import { holds, readers } from '../../statement/guards.ts';
import { Instant } from '../../statement/schema.ts';
import type { Freezing } from '../../store/people.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page, wantsJson } from '../render.ts';
import type { SignedIn } from '../session.ts';
import { parse } from '../zod.ts';
import { bodyOf, personOf, reasonOf, text } from './form.ts';
import { namesOf } from './names.ts';

const AskedAt = z.object({ askedAt: Instant });

/** One screen, one button: all publishing stands still. Two administrators end it. */
export const freezeRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/freeze', async (request, reply) => page(request, reply, 'desk/freeze', await freezeModel(office, personOf(request))));

  app.post('/desk/freeze', async (request, reply) => done(request, reply, await freeze(office, personOf(request), reasonOf(bodyOf(request)))));

  app.post('/desk/freeze/lifting', async (request, reply) => done(request, reply, await askUnfreeze(office, personOf(request), reasonOf(bodyOf(request)))));

  app.post('/desk/freeze/lifting-confirmation', async (request, reply) =>
    done(request, reply, await confirmUnfreeze(office, personOf(request), askedAtOf(request))),
  );

  app.post('/desk/freeze/lifting-refusal', async (request, reply) => done(request, reply, await dropUnfreeze(office, personOf(request), askedAtOf(request))));
};

const askedAtOf = (request: FastifyRequest): string => parse(AskedAt, { askedAt: text(bodyOf(request), 'askedAt') }).askedAt;

async function freezeModel(office: Office, person: SignedIn): Promise<object> {
  const [freezing, everybody, now] = [await office.people.freezing(), await office.people.list(), office.now()];
  const isReader = holds(person, ...readers);
  const due = (await office.store.list()).filter(({ releaseAt }) => releaseAt !== null && releaseAt <= instant(office));
  const lift = liftOf(freezing, { everybody, now });
  return {
    open: freezing.open,
    lift,
    isMine: lift?.by === person.id,
    mayFreeze: mayFreeze(person),
    mayLift: holds(person, 'administrator'),
    isReader,
    administrators: activeAdministrators(everybody, now).length,
    due: due.map((line) => (isReader ? line : { ...line, title: '' })),
    ended: freezing.acts.findLast(({ act }) => act === 'unfrozen') ?? null,
    names: await namesOf(office),
  };
}

function done(request: FastifyRequest, reply: FastifyReply, { open }: Freezing): FastifyReply {
  return wantsJson(request) ? reply.send({ frozen: open }) : reply.redirect('/desk/freeze', 303);
}
