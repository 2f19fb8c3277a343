import { basename } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { askToImport, confirmImport, dropImport, importProgress, isConfirmed, openRequest, publishersNow } from '../../desk/importing.ts';
import { OnrecordError, refuse } from '../../errors.ts';
import type { Office } from '../../office.ts';
import { holds } from '../../statement/guards.ts';
import { withoutRefused } from '../../statement/text-gate.ts';
import { isOver, type StagedBatch } from '../../store/staged-imports.ts';
import type { DeskRoutes } from '../desk-site.ts';
import { page, wantsJson } from '../render.ts';
import type { SignedIn } from '../session.ts';
import { parse } from '../zod.ts';
import { bodyOf, personOf, readerOf, text } from './form.ts';
import { namesOf } from './names.ts';

const Batch = z.object({ batch: StagedBatchId() });
const Document = z.object({ batch: StagedBatchId(), place: z.coerce.number().int().nonnegative().max(1_000_000) });
const Digest = z.object({ digest: z.string().regex(/^[0-9a-f]{64}$/) });
const Page = z.object({ page: z.coerce.number().int().positive().max(100_000).catch(1) });
const shownAtOnce = 100;

function StagedBatchId(): z.ZodString {
  return z.string().regex(/^[0-9a-f]{16}$/);
}

/** Documents that an operator laid out: what they are, and the two publishers who bring them along. */
export const importRoutes: DeskRoutes = (app, { office }) => {
  app.get('/desk/imports', async (request, reply) => {
    const reader = readerOf(request);
    const batches = await office.staged.list();
    const models = await Promise.all(batches.toReversed().map((batch) => batchModel(office, reader, batch)));
    return page(request, reply, 'desk/imports', { batches: models, names: await namesOf(office) });
  });

  app.get('/desk/imports/:batch', async (request, reply) => {
    const reader = readerOf(request);
    const batch = await batchOf(office, request);
    const { page: part } = parse(Page, request.query);
    const shown = batch.documents.slice((part - 1) * shownAtOnce, part * shownAtOnce);
    const documents = shown.map((document, place) => ({
      ...{
        title: withoutRefused(document.title),
        publisher: withoutRefused(document.publisher),
        id: withoutRefused(document.id),
        file: withoutRefused(basename(document.path)),
      },
      ...{ host: document.host, version: document.version, changedAt: document.changedAt, sha256: document.sha256 },
      place: (part - 1) * shownAtOnce + place,
    }));
    const model = { ...(await batchModel(office, reader, batch)), documents, part, isLast: part * shownAtOnce >= batch.documents.length };
    return page(request, reply, 'desk/import', { batch: model, names: await namesOf(office) });
  });

  // The bytes as they would be published, to look at before.
  app.get('/desk/imports/:batch/:place', async (request, reply) => {
    readerOf(request);
    const batch = await batchOf(office, request);
    const { place } = parse(Document, request.params);
    if (batch.documents[place] === undefined || isOver(batch)) refuse('not_found', 'there is no such document');
    const body = await office.staged.body(batch.id, place);
    return reply.type('application/json').header('content-disposition', `attachment; filename="${place}.json"`).send(body);
  });

  app.post('/desk/imports/:batch/request', async (request, reply) =>
    done(request, reply, await askToImport(office, personOf(request), idIn(request), digestIn(request))),
  );

  app.post('/desk/imports/:batch/confirmation', async (request, reply) =>
    done(request, reply, await confirmImport(office, personOf(request), idIn(request), digestIn(request))),
  );

  app.post('/desk/imports/:batch/removal', async (request, reply) => done(request, reply, await dropImport(office, personOf(request), idIn(request))));
};

const idIn = (request: FastifyRequest): string => {
  const found = Batch.safeParse(request.params);
  return found.success ? found.data.batch : refuse('not_found', 'there is no such batch');
};

const digestIn = (request: FastifyRequest): string => parse(Digest, { digest: text(bodyOf(request), 'digest') }).digest;

async function batchOf(office: Office, request: FastifyRequest): Promise<StagedBatch> {
  const batch = await office.staged.read(idIn(request));
  if (batch === undefined) throw new OnrecordError('not_found', 'there is no such batch');
  return batch;
}

async function batchModel(office: Office, person: SignedIn, batch: StagedBatch): Promise<Record<string, unknown>> {
  const { id, at, documents, count, digest, acts } = batch;
  const asked = openRequest(batch, await publishersNow(office), office.now());
  const standing = isOver(batch) ? (acts.at(-1)?.act ?? 'done') : isConfirmed(batch) ? 'confirmed' : asked === null ? 'waiting' : 'asked';
  return {
    ...{ id, at, digest, acts, standing, asked, count },
    hosts: [...new Set(documents.map(({ host }) => host))],
    progress: importProgress(office, id),
    isMine: asked?.by === person.id,
    mayAct: holds(person, 'publisher'),
  };
}

function done(request: FastifyRequest, reply: FastifyReply, { id, acts }: StagedBatch): FastifyReply {
  return wantsJson(request) ? reply.send({ id, act: acts.at(-1)?.act ?? null }) : reply.redirect(`/desk/imports/${id}`, 303);
}
