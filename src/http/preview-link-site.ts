import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { openLink } from '../desk/preview-links.ts';
import { OnrecordError, refuse } from '../errors.ts';
import type { Office } from '../office.ts';
import { languages } from '../statement/schema.ts';
import type { Opening } from '../store/outbox.ts';
import { createTurnstile } from '../turnstile.ts';
import type { Failures } from './failure-limit.ts';

/** A draft for one reader without an account: the only page of a draft that asks for no session. It has none, and sets no cookie. */

const Secret = z.object({ secret: z.string().regex(/^[\w-]{43}$/) });
const Query = z.object({ language: z.enum(languages).optional().catch(undefined) });

/** A page for reading: it sends nothing, leads nowhere with a referrer, and stands in no frame. */
const readOnly: FastifyHelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'"],
      'form-action': ["'none'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
};

/** Refusals take the same time whatever was behind the address. */
const answerAfterMs = 100;

export function previewLinkSite(site: FastifyInstance, office: Office, failures: Failures): void {
  const address = '/desk/preview-links/:secret';
  const pass = createTurnstile(2, 16);

  site.get(address, { helmet: readOnly, exposeHeadRoute: false }, async (request, reply) => {
    const since = performance.now();
    closeToRobots(reply);
    const secret = Secret.safeParse(request.params);
    const { language } = Query.parse(request.query);
    const agent = agentOf(request.headers['user-agent']);
    const shown = secret.success ? await pass(() => openLink(office, secret.data.secret, language, agent)) : null;
    if (shown !== null) return reply.type('text/html; charset=utf-8').send(shown);
    if (await failures.areTooMany(request)) refuse('rate_limited', 'too many links that lead nowhere');
    await failures.count(request);
    return refuseAfter(office, reply, since);
  });

  // A look without opening would tell whether a draft still stands, and leave no trace.
  site.head(address, { helmet: readOnly }, async (_request, reply) => closeToRobots(reply).code(405).header('allow', 'GET').send());

  site.setErrorHandler<Error>(async (error, _request, reply) => {
    const code = error instanceof OnrecordError ? error.code : 'internal';
    const isLimit = code === 'rate_limited';
    office.count('onrecord_refusals_total', { code });
    if (!isLimit && code !== 'busy') office.log.error({ err: error }, 'a preview link could not be opened');
    return plain(closeToRobots(reply), isLimit ? 429 : 503, reply.locals.say(`refusal.${isLimit ? code : 'busy'}`)).header('retry-after', '60');
  });
}

async function refuseAfter(office: Office, reply: FastifyReply, since: number): Promise<FastifyReply> {
  office.count('onrecord_refusals_total', { code: 'not_found' });
  const passed = performance.now() - since;
  await sleep(Math.ceil((passed + 1) / answerAfterMs) * answerAfterMs - passed);
  const html: unknown = await reply.viewAsync('desk/preview-gone', {});
  return reply.code(404).type('text/html; charset=utf-8').send(html);
}

function plain(reply: FastifyReply, status: number, words: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${words}\n`);
}

function closeToRobots(reply: FastifyReply): FastifyReply {
  return reply.header('x-robots-tag', 'noindex, nofollow, noarchive');
}

/** The family of a browser by what it calls itself; programs and mail scanners mostly say so. */
export function agentOf(name = ''): Opening['agent'] {
  if (!name.startsWith('Mozilla/') || /bot|scan|crawl|spider|preview|headless/i.test(name)) return 'program';
  const families = [
    ['Firefox/', 'firefox'],
    ['Edg/', 'edge'],
    ['Chrome/', 'chrome'],
    ['Safari/', 'safari'],
  ] as const;
  return families.find(([token]) => name.includes(token))?.[1] ?? 'other';
}
