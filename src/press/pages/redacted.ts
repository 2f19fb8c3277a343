import { versionHash } from '../../ledger/version-file.ts';
import type { PublicStatement, PublicVersion } from '../../statement/facts.ts';
import type { Place } from '../address.ts';
import { isExercise } from '../address.ts';
import type { PublicLog } from '../public-log.ts';
import type { ResourceDraft } from '../resource.ts';
import { type Banner, topBanners } from './banners.ts';
import { htmlPage, type Layout, type LinkModel, layoutOf, type Reading, type TimeModel } from './page.ts';
import { shortCode } from './statement.ts';
import { type VersionLine, versionLines } from './version-lines.ts';

export type RedactedModel = {
  layout: Layout;
  reference: string;
  version: number;
  top: readonly Banner[];
  lead: string;
  ground: string;
  at: TimeModel;
  published: TimeModel;
  kind: string;
  entry: number;
  code: string;
  sha256: string;
  proof: LinkModel;
  versions: readonly VersionLine[];
};

/**
 * The page in place of a version whose text is gone: 451 at the version's own address and at a comparison with it, 200 at the
 * statement's. It says when, on what ground, and what of the version still stands in the log.
 */
export async function redactedPage(reading: Reading, statement: PublicStatement, version: PublicVersion, place: Place): Promise<ResourceDraft | undefined> {
  const { speech, room } = reading;
  const { redacted } = version;
  if (redacted === null) return undefined;
  const { reference } = statement;
  const sha256 = versionHash(version.files);
  const title = speech.say('public.redacted.title', { reference, version: version.version });
  const model: RedactedModel = {
    layout: layoutOf(reading, place, { title, description: speech.say('public.redacted.lead') }),
    reference,
    version: version.version,
    top: await topBanners(reading, statement, version),
    lead: speech.say('public.redacted.lead'),
    ground: speech.say(`public.redacted.ground.${redacted.ground}`),
    at: speech.time(redacted.at),
    published: speech.time(version.at),
    kind: speech.say(`public.kind.${version.kind}`),
    entry: room.log.indexOf(version.entry),
    code: shortCode(sha256),
    sha256,
    proof: { href: `/statements/${reference}/v/${version.version}.tlog-proof`, text: speech.say('public.redacted.proof') },
    versions: versionLines(reading, statement, version.version),
  };
  const headers = isExercise(reference) ? ['x-robots-tag', 'noindex'] : [];
  return htmlPage(reading, 'public/redacted', model, place.page === 'statement' ? { headers, cache: 'public, max-age=30' } : { headers, status: 451 });
}

/** The answer at the address of a signed file that a redaction took: which version, when, and on what ground. */
export function redactedFile(log: PublicLog, reference: string, { version, redacted }: PublicVersion): ResourceDraft | undefined {
  if (redacted === null) return undefined;
  const body = `Unavailable for legal reasons\n${reference} v${version} redacted ${redacted.at} ground ${redacted.ground} log-entry ${log.indexOf(redacted.entry)}\n`;
  return { status: 451, type: 'text/plain; charset=utf-8', body, cache: 'public, max-age=60', crossOrigin: true };
}
