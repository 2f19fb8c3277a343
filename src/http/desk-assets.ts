import type { FastifyInstance } from 'fastify';
import type { Resource } from '../press/resource.ts';
import { acceptedCodings, chooseCoding } from './negotiate.ts';

/** The desk's stylesheet and scripts, under names that change with their content: ready bytes, kept by browsers for ever. */
export function serveDeskFiles(site: FastifyInstance, files: ReadonlyMap<string, Resource>): void {
  for (const [path, resource] of files) {
    site.get(path, { config: { open: true, isFile: true } }, async (request, reply) => {
      const coding = chooseCoding(resource, acceptedCodings(request.headers['accept-encoding']));
      reply.header('cache-control', resource.cache).header('vary', 'Accept-Encoding').type(resource.type);
      if (resource.policy !== undefined) reply.header('content-security-policy', resource.policy);
      if (coding !== 'identity') reply.header('content-encoding', coding);
      return reply.send(bytesIn(resource, coding));
    });
  }
}

function bytesIn({ bytes, gzip, brotli }: Resource, coding: 'identity' | 'gzip' | 'br'): Buffer {
  if (coding === 'br') return brotli ?? bytes;
  return coding === 'gzip' ? (gzip ?? bytes) : bytes;
}
