import { z } from 'zod';
import { decodeUtf8 } from '../ledger/utf8.ts';
import { Instant } from '../statement/schema.ts';

/** A CSAF 2.0 document that an agency brings along, as far as it is shown (csaf.md, "Import"). Everything in it is what its publisher claims. */

/** What is larger is refused unread: every copy of the public site has to hold it. */
export const largestDocument = 4 * 1024 * 1024;

/** RFC 3339 in any offset and precision becomes an instant of the house: milliseconds, UTC. */
const When = z.iso
  .datetime({ offset: true })
  .transform((text) => {
    const at = new Date(text);
    return Number.isNaN(at.getTime()) ? '' : at.toISOString();
  })
  .pipe(Instant);
const Text = z.string().min(1);
/** An integer, or a semantic version (CSAF 2.0 §3.1.11). */
const Version = Text.max(100).regex(/^(?:0|[1-9]\d*)$|^(?:(?:0|[1-9]\d*)\.){2}(?:0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/);

export const ImportedDocument = z.object({
  document: z.object({
    category: Text,
    csaf_version: z.literal('2.0'),
    title: Text,
    lang: z.string().optional(),
    distribution: z.object({ text: z.string().optional(), tlp: z.object({ label: z.string() }).optional() }).optional(),
    publisher: z.object({ category: Text, name: Text, namespace: z.url(), contact_details: z.string().optional(), issuing_authority: z.string().optional() }),
    notes: z.array(z.object({ category: Text, text: z.string(), title: z.string().optional() })).default([]),
    references: z.array(z.object({ category: z.string().optional(), summary: z.string(), url: z.string() })).default([]),
    tracking: z.object({
      id: Text.max(200).refine((id) => id.isWellFormed(), 'is no text'),
      version: Version,
      status: z.enum(['draft', 'final', 'interim']),
      initial_release_date: When,
      current_release_date: When,
      revision_history: z.array(z.object({ date: When, number: z.string(), summary: z.string() })).min(1),
    }),
  }),
  vulnerabilities: z.array(z.object({ cve: z.string().optional(), title: z.string().optional() })).default([]),
});
export type ImportedDocument = z.infer<typeof ImportedDocument>;

/** What speaks against a document: a JSON pointer to the place, empty for the whole, and the reason in English for whoever imports. */
export type Objection = { path: string; reason: string };

/** Where a document has its place for good: the host of its publisher, and its tracking id as an address can hold it. */
export type Shelfmark = { host: string; slug: string };

export type Reading = { document: ImportedDocument; mark: Shelfmark } | { objections: readonly Objection[] };

/** Reads the bytes of a file. Whether the document is valid CSAF is the validator's to say; here stands what the house itself needs. */
export function readImported(bytes: Uint8Array): Reading {
  if (bytes.length > largestDocument) return refused('', `is larger than ${largestDocument / 1024 / 1024} MiB`);
  const text = decodeUtf8(bytes);
  if (text === undefined) return refused('', 'is not UTF-8');
  if (text.startsWith('\ufeff')) return refused('', 'begins with a byte order mark');
  const parsed = parseJson(text);
  if ('reason' in parsed) return refused('', parsed.reason);
  const read = ImportedDocument.safeParse(parsed.value);
  if (!read.success) return { objections: read.error.issues.map(({ path, message }) => ({ path: pointer(path), reason: message })) };
  const { publisher, tracking } = read.data.document;
  const [host, slug] = [hostOf(publisher.namespace), slugOf(tracking.id)];
  const objections = [
    ...standingObjections(read.data),
    ...(host === null ? [{ path: '/document/publisher/namespace', reason: 'has no public host name' }] : []),
    ...(slug === null ? [{ path: '/document/tracking/id', reason: 'gives no address: up to 80 characters, one of them a letter or a digit' }] : []),
  ];
  return host === null || slug === null || objections.length > 0 ? { objections } : { document: read.data, mark: { host, slug } };
}

/** The name of the k-th original of a document, from 1, as the log lists it and readers reach it. */
export function originalName({ host, slug }: Shelfmark, k: number): string {
  return `/imported/${host}/${slug}/${k}.json`;
}

/** Whether parsed JSON is one of the lists that stand beside documents in a provider's folder (CSAF 2.0 §7.1): no document, and no error. */
export function isProviderList(bytes: Uint8Array): boolean {
  const parsed = parseJson(decodeUtf8(bytes) ?? '');
  if ('reason' in parsed || typeof parsed.value !== 'object' || parsed.value === null || 'document' in parsed.value) return false;
  const value = parsed.value;
  return ['feed', 'service', 'categories', 'canonical_url', 'aggregator'].some((name) => name in value);
}

/** What is not for everybody has no place on a public record. */
function standingObjections({ document: { distribution, tracking } }: ImportedDocument): readonly Objection[] {
  const label = distribution?.tlp?.label ?? 'WHITE';
  return [
    ...(label === 'WHITE' ? [] : [{ path: '/document/distribution/tlp/label', reason: `is ${label}: only TLP:WHITE may be shown to everybody` }]),
    ...(tracking.status === 'draft' ? [{ path: '/document/tracking/status', reason: 'is a draft, which was never published' }] : []),
  ];
}

/** The host of an `https:` or `http:` namespace, in lower case; null for an address by number, a port, or a name without a dot. */
function hostOf(namespace: string): string | null {
  if (!URL.canParse(namespace)) return null;
  const { protocol, host } = new URL(namespace);
  return /^https?:$/.test(protocol) && /^(?=.{4,80}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/.test(host) ? host : null;
}

/** Lower case, whatever is no letter or digit of ASCII or a hyphen one `_`; null where nothing is left, or too much. */
function slugOf(id: string): string | null {
  const slug = id
    .toLowerCase()
    .replaceAll(/[^-a-z0-9]+/g, '_')
    .replace(/^[-_]+/, '');
  return slug === '' || slug.length > 80 ? null : slug;
}

function parseJson(text: string): { value: unknown } | { reason: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { reason: `is not JSON: ${error instanceof Error ? error.message : error}` };
  }
}

/** RFC 6901. */
function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function refused(path: string, reason: string): Reading {
  return { objections: [{ path, reason }] };
}
