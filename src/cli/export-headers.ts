import { type MirroredHouse, mirrorHeaders, mirrorTypes, ruledValue } from '../http/mirror-headers.ts';
import { isMissingPath } from './export-names.ts';
import type { SiteAnswer } from './export-site.ts';

/** Who may frame this page, as the site says; undefined for a path that is no embed. */
export function embedOriginsIn(path: string, { headers }: SiteAnswer): readonly string[] | undefined {
  if (!/^(?:\/[a-z]{2})?\/embed\//.test(path)) return undefined;
  const ancestors = /frame-ancestors ([^;]*)/.exec(headers['content-security-policy'] ?? '')?.[1] ?? "'none'";
  return ancestors === "'none'" ? [] : ancestors.split(' ');
}

/** The path, with the header, where the site says something else than a server of files would under the printed rules; null for none. */
export function misfitOf(path: string, { status, headers }: SiteAnswer, house: MirroredHouse): string | null {
  const place = status === 451 && !isMissingPath(path) ? `/.gone${path}` : path;
  const wrong = [mirrorTypes, ...mirrorHeaders(house)].find((header) => ruledValue(header, place) !== (headers[header.name.toLowerCase()] ?? ''));
  return wrong === undefined ? null : `${path} (${wrong.name})`;
}
