export type Part = Readonly<Record<string, unknown>>;

/** What operations share: named once in the description, referred to everywhere. */
export const parameters = {
  reference: parameter('reference', 'Of a statement: `2026-0042`, or `EX-2026-0001` for an exercise.', '^(EX-)?[0-9]{4}-[0-9]{4,9}$'),
  version: parameter('version', 'Number of a version, from 1.'),
  from: parameter('from', 'The smaller number.', '^[0-9]+$'),
  to: parameter('to', 'The greater number.'),
  state: parameter('state', 'Number of a state of the register, from 1.'),
  code: parameter('code', 'A code of the family, as in `altered`.', '^[a-z][a-z_-]{0,39}$'),
  family: parameter('family', 'A family of codes, as in `verdict` or `likelihood`.', '^[a-z][a-z-]{0,39}$'),
  host: parameter('host', 'Of a publisher, as in `www.cisa.gov`.', '^[a-z0-9][a-z0-9.-]+$'),
  slug: parameter('slug', 'A `tracking.id` in small letters.', '^[a-z0-9][a-z0-9_-]{0,79}$'),
  original: parameter('original', 'Number of an original of a document, from 1.'),
  block: parameter('block', 'Number of a closed block, from 1.'),
  entry: parameter('entry', 'Number of a log entry, as `changedEntry` says it.'),
  closed: parameter(
    'closed',
    'Number of a log that was closed after a loss of data, from 1; the log that goes on has none in its addresses.',
    '^[1-9][0-9]{0,2}$',
  ),
  index: parameter('index', 'Number of an entry in its log, from 0.', '^[0-9]+$'),
  size: parameter('size', 'Size of the log.'),
  level: parameter('level', 'Level of a tile.', '^[0-9]+$'),
  tile: parameter('tile', 'Number of a tile, three digits; from 1000 on in groups, each but the last after an x: `x001/234`.', '^[0-9]{3}$'),
  width: parameter('width', 'How many hashes or entries a partial tile has, 1 to 255.'),
  acceptDatetime: {
    name: 'Accept-Datetime',
    in: 'header',
    description: 'The past time that is asked for (RFC 7089), as in `Sun, 22 Nov 2026 09:00:00 GMT`.',
    schema: { type: 'string' },
  },
} as const;

/** Those of the CSAF tree alone. */
export const csafParameters = {
  year: parameter('year', 'Of the first version of a statement, UTC.', '^[0-9]{4}$'),
  file: parameter('file', 'Name of a CSAF document: its `tracking.id` in small letters.', '^[a-z0-9][-+_a-z0-9]*$'),
  fingerprint: parameter('fingerprint', 'Of an OpenPGP key, in capital hex.', '^[0-9A-F]{40}$'),
} as const;

export const headers = {
  etag: {
    description: 'Strong, of these bytes in this coding. Ask again with If-None-Match: unchanged bytes are answered with 304.',
    schema: { type: 'string' },
  },
  link: { description: 'Relations of RFC 7089 and RFC 5829.', schema: { type: 'string' } },
  mementoDatetime: { description: "The version's time (RFC 7089).", schema: { type: 'string' } },
};

export const responses = {
  notModified: { description: 'The bytes are those that If-None-Match names.' },
  missing: { description: 'Nothing public is here.' },
  removed: { description: 'The text of this version had to be removed; its hash, log entry and proof stay.' },
};

function parameter(name: string, description: string, pattern = '^[1-9][0-9]*$'): Part {
  return { name, in: 'path', required: true, description, schema: { type: 'string', pattern } };
}

export type Operation = {
  id: string;
  tag: string;
  summary: string;
  of?: readonly (keyof typeof parameters | keyof typeof csafParameters)[];
  type: string;
  schema?: Part;
  more?: Part;
  sends?: Part;
};

/** A path with its one operation. `of`: its parameters; `more`: answers beside 200, 304 and 404; `sends`: headers of 200. */
export function get({ id, tag, summary, of = [], type, schema = { type: 'string' }, more = {}, sends = {} }: Operation): { get: Part } {
  return {
    get: {
      operationId: id,
      tags: [tag],
      summary,
      ...(of.length > 0 && { parameters: of.map((name) => ref('parameters', name)) }),
      responses: {
        '200': { description: 'OK', headers: { ETag: ref('headers', 'etag'), ...sends }, content: { [type]: { schema } } },
        '304': ref('responses', 'notModified'),
        '404': ref('responses', 'missing'),
        ...more,
      },
    },
  };
}

export function ref(section: string, name: string): Part {
  return { $ref: `#/components/${section}/${name}` };
}

export const json = 'application/json';
export const text = 'text/plain';
export const anything = { type: 'object' };
