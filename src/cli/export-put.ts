import { packedOf } from '../press/packed.ts';
import { makeResource } from '../press/resource.ts';
import type { Staging } from './export-files.ts';
import type { Held } from './export-mirror.ts';
import { fileOf } from './export-names.ts';
import type { SiteAnswer } from './export-site.ts';

/** Puts an answer with its codings, packed as the press packs them; where the same is there already, nothing but its stamp changes. */
export async function putAnswer(
  staging: Staging,
  path: string,
  { status, headers, body }: SiteAnswer,
  { old, stamp, now }: { old: Held | undefined; stamp: string; now: number },
): Promise<Held> {
  const type = headers['content-type'] ?? '';
  const file = fileOf(path, status, type);
  const resource = await makeResource({ type, body, cache: '' });
  if (old?.etag === resource.etag && old.file === file && old.status === status) return { ...old, stamp };
  const brotli = await packedOf(resource, 'br');
  const mtime = Math.max(Math.floor(now / 1_000), (old?.mtime ?? 0) + 1);
  const forms = [['', resource.bytes] as const, ['.gz', resource.gzip] as const, ['.br', brotli] as const];
  for (const [ending, bytes] of forms) if (bytes !== null) staging.put(file + ending, bytes, mtime);
  return { stamp, etag: resource.etag, status, file, codings: [...(resource.gzip ? ['gz' as const] : []), ...(brotli ? ['br' as const] : [])], mtime };
}
