import { createHash } from 'node:crypto';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { createMessage, readKey, readSignature, verify } from 'openpgp';
import { z } from 'zod';
import { categorySchema, providerSchema, rolieSchema, serviceSchema } from './csaf-schemas.ts';

/**
 * Whether a site is a CSAF trusted provider, by the numbers of CSAF 2.0 §7.1: asked as a stranger does, over the wire. Gives objections by
 * number; none of a number: it holds.
 */

export type Fetched = { status: number; headers: Readonly<Record<string, string | string[] | undefined>>; body: Buffer };
/** Asks an address, `https://…`; follows no redirect. */
export type Ask = (url: string, method?: 'GET' | 'HEAD') => Promise<Fetched>;
export type Objection = { number: number; what: string };
export type CheckerOptions = {
  origin: string;
  ask: Ask;
  /** Asks the host `csaf.data.security.DOMAIN`. */
  askByName: (path: string) => Promise<Fetched>;
  validate(document: Buffer): Promise<readonly { path: string; message: string }[]>;
  now(): number;
};

const Metadata = z.object({
  canonical_url: z.string(),
  last_updated: z.string(),
  role: z.string(),
  distributions: z.array(
    z.object({
      directory_url: z.string().optional(),
      rolie: z.object({ feeds: z.array(z.object({ url: z.string() })), services: z.array(z.string()), categories: z.array(z.string()) }).optional(),
    }),
  ),
  public_openpgp_keys: z.array(z.object({ fingerprint: z.string(), url: z.string() })),
});
const Rolie = z.object({
  feed: z.object({
    entry: z.array(
      z.object({ id: z.string(), updated: z.string(), link: z.array(z.object({ rel: z.string(), href: z.string() })), content: z.object({ src: z.string() }) }),
    ),
  }),
});
const Tracking = z.object({ id: z.string(), initial_release_date: z.string(), current_release_date: z.string() });
const Document = z.object({ document: z.object({ tracking: Tracking, distribution: z.object({ tlp: z.object({ label: z.string() }) }) }) });

const ajv = new Ajv2020({ allErrors: true, strict: false });
formats.default(ajv);

export async function checkProvider({ origin, ask, askByName, validate, now }: CheckerOptions): Promise<readonly Objection[]> {
  const found: Objection[] = [];
  const object = (number: number, what: string): unknown => found.push({ number, what });
  const asked = new Set<string>();
  const known = new Map<string, Promise<Fetched>>();
  const get = (url: string): Promise<Fetched> => {
    asked.add(url);
    const made = known.get(url) ?? ask(url);
    known.set(url, made);
    return made;
  };
  const text = async (url: string): Promise<string> => (await get(url)).body.toString();
  const fits = (number: number, schema: AnySchema, value: unknown): void => {
    if (!ajv.validate(schema, value)) object(number, ajv.errorsText());
  };
  const json = async (number: number, url: string, schema: AnySchema): Promise<unknown> => {
    const { headers, body } = await get(url);
    if (headers['content-type'] !== 'application/json') object(number, `${url} is ${headers['content-type']}`);
    const value: unknown = JSON.parse(body.toString());
    fits(number, schema, value);
    return value;
  };

  const metadataUrl = `${origin}/.well-known/csaf/provider-metadata.json`;
  const metadata = Metadata.parse(await json(7, metadataUrl, providerSchema));
  if (metadata.canonical_url !== metadataUrl) object(9, `the metadata name themselves ${metadata.canonical_url}`);
  await checkSecurity(await text(`${origin}/.well-known/security.txt`), metadataUrl, now(), (what) => object(8, what));
  if (!(await askByName('/')).body.equals((await get(metadataUrl)).body)) object(10, 'the DNS path gives other bytes');

  const directory = metadata.distributions.flatMap(({ directory_url: url }) => url ?? [])[0] ?? '';
  const rolie = metadata.distributions.flatMap((one) => one.rolie ?? [])[0] ?? { feeds: [], services: [], categories: [] };
  const index = lines(await text(`${directory}index.txt`));
  const changes = lines(await text(`${directory}changes.csv`)).map((line) => /^"([^"]+)","([^"]+)"$/.exec(line) ?? []);
  const feed = Rolie.parse(await json(15, rolie.feeds[0]?.url ?? '', rolieSchema)).feed;
  for (const url of rolie.services) await json(16, url, serviceSchema);
  for (const url of rolie.categories) await json(17, url, categorySchema);
  if (rolie.services.length === 0) object(16, 'no service document');
  if (rolie.categories.length === 0) object(17, 'no category document');

  const paths = new Set([...index, ...changes.map(([, path = '']) => path), ...feed.entry.map(({ content }) => content.src.slice(directory.length))]);
  if (paths.size === 0) object(1, 'there is no document');
  const keys = await keysOf(metadata, text, (what) => object(20, what));
  let newest = '';
  for (const path of paths) {
    const url = directory + path;
    const { body, headers } = await get(url);
    if (headers['content-type'] !== 'application/json') object(1, `${path} is ${headers['content-type']}`);
    for (const { path: place, message } of await validate(body)) object(1, `${path}${place}: ${message}`);
    const { tracking, distribution } = Document.parse(JSON.parse(body.toString())).document;
    newest = [newest, tracking.current_release_date].sort().at(-1) ?? '';
    const name = `${tracking.id.toLowerCase().replaceAll(/[^+\-a-z0-9]+/g, '_')}.json`;
    if (path.split('/').at(-1) !== name) object(2, `${tracking.id} is ${path}`);
    if (distribution.tlp.label !== 'WHITE') object(4, `${path} is ${distribution.tlp.label}`);
    if (path.split('/')[0] !== new Date(tracking.initial_release_date).toISOString().slice(0, 4)) object(11, `${path} is of ${tracking.initial_release_date}`);
    if (!index.includes(path)) object(12, `${path} is not in the index`);
    const [, , changedAt] = changes.find(([, changed]) => changed === path) ?? [];
    if (changedAt !== tracking.current_release_date) object(13, `${path} changed at ${changedAt}`);
    const entry = feed.entry.find(({ content }) => content.src === url);
    if (entry?.id !== tracking.id || entry.updated !== tracking.current_release_date) object(15, `${path} is not in the feed as it is`);
    const linked = (rel: string): readonly string[] => entry?.link.filter((link) => link.rel === rel).map(({ href }) => href) ?? [];
    for (const form of ['sha256', 'sha512'] as const) {
      const wanted = `${createHash(form).update(body).digest('hex')}  ${name}\n`;
      if ((await text(`${url}.${form}`)) !== wanted || !linked('hash').includes(`${url}.${form}`)) object(18, `${path}.${form}`);
    }
    if (!linked('signature').includes(`${url}.asc`) || !(await isSigned(body, await text(`${url}.asc`), keys, now()))) object(19, `${path}.asc`);
  }
  if (metadata.last_updated < newest || Date.parse(metadata.last_updated) > now()) object(7, `last updated ${metadata.last_updated}`);
  if (changes.some(([, , at = ''], place) => place > 0 && at > (changes[place - 1]?.[2] ?? ''))) object(13, 'not the newest first');
  await checkListings(directory, paths, text, (what) => object(14, what));
  if (metadata.role !== 'csaf_trusted_provider') object(20, `the role is ${metadata.role}`);
  await checkWire([...asked], ask, object);
  return found;
}

const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

async function checkSecurity(text: string, metadataUrl: string, now: number, object: (what: string) => void): Promise<void> {
  const values = (name: string): readonly string[] => lines(text).flatMap((line) => (line.startsWith(`${name}: `) ? [line.slice(name.length + 2)] : []));
  if (!values('CSAF').includes(metadataUrl)) object('no line leads to the metadata');
  if (values('Contact').length === 0) object('no contact');
  const [expires, ...more] = values('Expires');
  const left = Date.parse(expires ?? '') - now;
  if (more.length > 0 || !(left > 0 && left < 366 * 86_400_000)) object(`expires ${expires}`);
}

async function keysOf({ public_openpgp_keys: listed }: z.infer<typeof Metadata>, text: (url: string) => Promise<string>, object: (what: string) => void) {
  if (listed.length === 0) object('no key is listed');
  return Promise.all(
    listed.map(async ({ fingerprint, url }) => {
      const key = await readKey({ armoredKey: await text(url) });
      if (key.getFingerprint().toUpperCase() !== fingerprint) object(`${url} is another key`);
      return key;
    }),
  );
}

/** Signed by a listed key that stays valid for ninety days. */
async function isSigned(body: Buffer, armored: string, keys: Awaited<ReturnType<typeof keysOf>>, now: number): Promise<boolean> {
  try {
    const { signatures } = await verify({
      message: await createMessage({ binary: body }),
      signature: await readSignature({ armoredSignature: armored }),
      verificationKeys: keys,
      date: new Date(now),
      expectSigned: true,
    });
    const expiries = await Promise.all(keys.map((key) => key.getExpirationTime()));
    const isLasting = expiries.some((at) => at === Number.POSITIVE_INFINITY || (at instanceof Date && at.getTime() > now + 90 * 86_400_000));
    return isLasting && (await Promise.all(signatures.map(({ verified }) => verified))).every((holds) => holds);
  } catch {
    return false;
  }
}

async function checkListings(
  directory: string,
  paths: Iterable<string>,
  text: (url: string) => Promise<string>,
  object: (what: string) => void,
): Promise<void> {
  const linksOf = async (url: string): Promise<readonly string[]> =>
    [...(await text(url)).matchAll(/<a href="([^"]+)"/g)].map(([, href = '']) => new URL(href, url).href);
  const years = await linksOf(directory);
  for (const path of paths) {
    const folder = `${directory}${path.split('/')[0]}/`;
    if (!years.includes(folder)) object(`${folder} is not listed`);
    if (!(await linksOf(folder)).includes(directory + path)) object(`${path} is not listed`);
  }
}

/** Every address that was needed: over TLS, for everybody, by itself, and to HEAD as to GET. */
async function checkWire(urls: readonly string[], ask: Ask, object: (number: number, what: string) => unknown): Promise<void> {
  for (const url of urls) {
    if (!url.startsWith('https://')) object(3, url);
    const [got, head] = [await ask(url), await ask(url, 'HEAD')];
    if (got.status >= 300 && got.status < 400) object(6, `${url} answers ${got.status}`);
    else if (got.status !== 200 || got.headers['set-cookie'] !== undefined || got.headers['access-control-allow-origin'] !== '*')
      object(4, `${url} answers ${got.status}`);
    if (head.status !== got.status || head.headers['content-length'] !== got.headers['content-length']) object(6, `HEAD of ${url} answers ${head.status}`);
  }
}
