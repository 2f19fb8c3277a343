import { z } from 'zod';
import type { Agency } from '../../config.ts';
import { Register } from '../../leak/register.ts';
import { SignedVersion } from '../../statement/schema.ts';
import { type FeedPlace, feeds, fingerprinter, verifiers } from '../address.ts';
import { Contents } from '../contents.ts';
import { feedType } from '../pages/page.ts';
import { csafPaths } from './openapi-csaf.ts';
import { anything, csafParameters, get, headers, json, type Operation, type Part, parameters, ref, responses, text } from './openapi-parts.ts';
import { ApiLine, ApiList, ApiNotice, ApiStatement, ApiVersion } from './schemas.ts';

/** The OpenAPI 3.1 description of everything on the public site that machines read. */
export function openApi({ name, publicUrl, languages }: Agency, hasCsaf: boolean): object {
  return {
    openapi: '3.1.1',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: `Public record of ${name.en}`,
      version: '1.0.0',
      description: `Statements about breaches and leaked data: every published version, signed and logged. Everything answers GET and HEAD, without keys and without cookies. Pages and feeds of ${languages[0]} have no prefix; those of other languages begin with the language's code: ${languages.map((code, place) => (place === 0 ? '/' : `/${code}/`)).join(', ')}.`,
    },
    servers: [{ url: publicUrl }],
    tags: [
      { name: 'API' },
      { name: 'Versions' },
      { name: 'Register' },
      { name: 'Imported' },
      { name: 'Feeds' },
      { name: 'Log' },
      ...(hasCsaf ? [{ name: 'CSAF' }] : []),
    ],
    paths: {
      ...apiPaths(),
      ...versionPaths(),
      ...registerPaths(),
      ...importedPaths(),
      ...feedPaths(),
      ...logPaths(),
      ...(hasCsaf ? csafPaths(languages) : {}),
    },
    components: { schemas: schemas(), parameters: { ...parameters, ...(hasCsaf && csafParameters) }, headers, responses },
  };
}

/** Schemas by name; where one holds another, it refers to it. */
function schemas(): Part {
  const named = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries({ ApiList, ApiLine, ApiStatement, ApiVersion, ApiNotice, Contents, SignedVersion, Register }))
    named.add(schema, { id });
  const made = z.toJSONSchema(named, { target: 'draft-2020-12', io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(Object.entries(made.schemas).map(([id, { $schema: _dialect, $id: _address, ...schema }]) => [id, schema]));
}

function apiPaths(): Part {
  const api = (id: string, summary: string, schema: Part, of: Operation['of'] = [], type = json): Part => get({ id, tag: 'API', summary, of, type, schema });
  const list = ref('schemas', 'ApiList');
  return {
    '/api/v1/statements': api('listStatements', 'Statements, newest change first', list),
    '/api/v1/statements/before/{entry}': api('listEarlierStatements', 'The statements whose last change came before a log entry', list, ['entry']),
    '/api/v1/statements/{reference}': api('readStatement', 'A statement with all its versions and notices', ref('schemas', 'ApiStatement'), ['reference']),
    '/openapi.json': api('describeApi', 'This description', anything),
    '/contents.json': api('readContents', 'What the site holds, for whoever keeps a whole copy of it', ref('schemas', 'Contents')),
    '/robots.txt': api('readRobots', 'What crawlers are asked to leave alone', { type: 'string' }, [], text),
    '/schema/version/v1': api('describeVersion', 'JSON Schema of the signed file', anything, [], 'application/schema+json'),
    '/schema/version/v2': api('describeVersionTwo', 'JSON Schema of a signed file whose findings say more', anything, [], 'application/schema+json'),
    '/schema/register/v1': api('describeRegister', 'JSON Schema of a signed state of the register', anything, [], 'application/schema+json'),
    '/vocab/log-entry/v1': api('describeEntry', 'JSON Schema of a log entry', anything, [], 'application/schema+json'),
    '/vocab/log-entry/v2': api('describeEntryAgain', 'The same, with documents that were brought along', anything, [], 'application/schema+json'),
  };
}

function versionPaths(): Part {
  const of = ['reference', 'version'] as const;
  const operation = (id: string, summary: string, type: string, more: Partial<Operation>): Part => get({ id, tag: 'Versions', summary, of, type, ...more });
  const link = { Link: ref('headers', 'link') };
  const gate = {
    '302': { description: 'The page of the version that stood at the time asked for.', headers: { Location: { schema: { type: 'string' } }, ...link } },
    '400': { description: 'Accept-Datetime is no time of the form that RFC 7089 asks for.' },
  };
  const removed = { '451': ref('responses', 'removed') };
  const file = '/statements/{reference}/v/{version}';
  return {
    '/statements/{reference}': operation('showStatement', 'The current version; TimeGate', 'text/html', {
      of: ['reference', 'acceptDatetime'],
      more: gate,
      sends: link,
    }),
    '/statements/{reference}/timemap': operation('listMementos', 'TimeMap: every version with its time', 'application/link-format', { of: ['reference'] }),
    [file]: operation('showVersion', 'The page of a version', 'text/html', {
      more: removed,
      sends: { ...link, 'Memento-Datetime': ref('headers', 'mementoDatetime') },
    }),
    [`${file}.json`]: operation('readVersion', 'The signed file of a version', json, { schema: ref('schemas', 'SignedVersion'), more: removed }),
    [`${file}.txt`]: operation('quoteVersion', 'The signed text of a version, for quoting', text, { more: removed }),
    [`${file}.tlog-proof`]: operation('proveVersion', 'Proof that the version is in the log (c2sp.org/tlog-proof)', text, {}),
    '/statements/{reference}/diff/{from}..{to}': operation('compareVersions', 'What changed between two versions', 'text/html', {
      of: ['reference', 'from', 'to'],
      more: removed,
    }),
  };
}

function registerPaths(): Part {
  const operation = (id: string, summary: string, type: string, more: Partial<Operation> = {}): Part => get({ id, tag: 'Register', summary, type, ...more });
  const [register, state] = [ref('schemas', 'Register'), ['state'] as const];
  return {
    '/register.json': operation('readRegister', 'The newest signed state of the register; 404 before its first item', json, { schema: register }),
    '/register.txt': operation('searchRegister', 'The newest state, one line a fingerprint', text),
    '/register/{state}.json': operation('readRegisterState', 'The signed file of a state', json, { schema: register, of: state }),
    '/register/{state}.html': operation('downloadChecker', 'The page that compares files with this state and works offline', 'text/html', { of: state }),
    '/register/{state}.tlog-proof': operation('proveRegister', 'Proof that this state is in the log', text, { of: state }),
    '/vocab/{family}.jsonld': operation('readVocabulary', 'A family of codes as a SKOS concept scheme', 'application/ld+json', {
      schema: anything,
      of: ['family'],
    }),
    '/vocab/{family}/{code}.jsonld': operation('readTerm', 'A code as a DefinedTerm of schema.org, in every language', 'application/ld+json', {
      schema: anything,
      of: ['family', 'code'],
    }),
  };
}

function importedPaths(): Part {
  const operation = (id: string, summary: string, type: string, more: Partial<Operation> = {}): Part => get({ id, tag: 'Imported', summary, type, ...more });
  const document = '/imported/{host}/{slug}';
  const [newest, original] = [['host', 'slug'] as const, ['host', 'slug', 'original'] as const];
  return {
    '/imported': operation('listImported', 'Documents that the agency brought along, with the history that they claim', 'text/html'),
    [document]: operation('showImported', 'A document that was brought along', 'text/html', { of: newest }),
    [`${document}.json`]: operation('readImported', 'Its newest original, byte for byte', json, { schema: anything, of: newest }),
    [`${document}/{original}.json`]: operation('readOriginal', 'Its n-th original, byte for byte', json, { schema: anything, of: original }),
    [`${document}/{original}.tlog-proof`]: operation('proveOriginal', 'Proof that this original is in the log', text, { of: original }),
  };
}

function feedPaths(): Part {
  const operation = (id: string, summary: string, place: FeedPlace, of: Operation['of'] = []): Part => {
    const type = feedType(place);
    return get({ id, tag: 'Feeds', summary, of, type, schema: type.endsWith('json') ? anything : { type: 'string' } });
  };
  const named = feeds.map((feed) => {
    const id = `read${feed.replaceAll(/(^|\.)([a-z])/g, (_all, _dot, letter: string) => letter.toUpperCase())}`;
    return [`/feeds/${feed}`, operation(id, `The feed ${feed}`, { page: 'feed', feed })] as const;
  });
  const block = (form: 'atom' | 'json') => ({ page: 'feedArchive', block: 1, form }) as const;
  return {
    ...Object.fromEntries(named),
    '/feeds/updates/archive/{block}.atom': operation('readUpdatesArchiveAtom', 'A closed block of 50 versions (RFC 5005)', block('atom'), ['block']),
    '/feeds/updates/archive/{block}.json': operation('readUpdatesArchiveJson', 'The same as JSON Feed', block('json'), ['block']),
    '/statements/{reference}/feed.atom': operation('readStatementAtom', 'The versions of a statement', { page: 'statementFeed', reference: '' }, ['reference']),
  };
}

function logPaths(): Part {
  const operation = (id: string, summary: string, of: Operation['of'] = []): Part => get({ id, tag: 'Log', summary, of, type: text });
  const programs = verifiers.map((name) => {
    const id = `download${name.endsWith('.py') ? 'Python' : 'Shell'}Verifier`;
    return [`/verify/${name}`, operation(id, "A program that checks a version on the reader's own machine")] as const;
  });
  return {
    ...treePaths(),
    '/log/inclusion/{index}..{size}': operation('proveInclusion', 'Hashes that prove an entry in the log of a size, base64, one a line', ['index', 'size']),
    '/log/consistency/{from}..{to}': operation('proveConsistency', 'Hashes that prove a log the beginning of a longer one', ['from', 'to']),
    '/log/trust.note': operation('readTrust', 'The keys that a reader may believe (c2sp.org/tlog-policy), signed by the offline root key'),
    ...Object.fromEntries(programs),
    [`/check/${fingerprinter}`]: operation(
      'downloadFingerprinter',
      "A program that fingerprints files as the register lists them, on the reader's own machine",
    ),
    ...treePaths('closed'),
  };
}

/** What each log serves of itself, the current one and those that were closed. */
function treePaths(which?: 'closed'): Part {
  const root = which ? '/log/{closed}' : '/log';
  const operation = (name: string, summary: string, of: NonNullable<Operation['of']> = [], type = text): Part =>
    get({
      id: `read${which ? 'Closed' : ''}${name}`,
      tag: 'Log',
      summary: which ? `Of a closed log: ${summary}` : summary,
      of: which ? [which, ...of] : of,
      type,
    });
  const bytes = 'application/octet-stream';
  return {
    [`${root}/checkpoint`]: operation('Checkpoint', 'Signed head of the log (c2sp.org/tlog-checkpoint)'),
    [`${root}/timestamp/{size}.tsr`]: operation('TimeStamp', 'Time-stamp of a checkpoint (RFC 3161)', ['size'], 'application/timestamp-reply'),
    [`${root}/timestamp/{size}.checkpoint`]: operation('TimeStamped', 'The very bytes that were stamped', ['size']),
    [`${root}/tile/{level}/{tile}`]: operation('Tile', '256 hashes (c2sp.org/tlog-tiles)', ['level', 'tile'], bytes),
    [`${root}/tile/{level}/{tile}.p/{width}`]: operation('PartialTile', 'The first hashes of a tile', ['level', 'tile', 'width'], bytes),
    [`${root}/tile/entries/{tile}`]: operation('Entries', '256 entries, each behind its length', ['tile'], bytes),
    [`${root}/tile/entries/{tile}.p/{width}`]: operation('FirstEntries', 'The first entries of a tile', ['tile', 'width'], bytes),
  };
}
