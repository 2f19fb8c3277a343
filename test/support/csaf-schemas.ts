/** JSON Schemas of what a CSAF provider serves beside its documents, by the fields and values that CSAF 2.0 (§7.1.7, §7.1.15 to 17) and RFC 8322 demand. */

const url = { type: 'string', format: 'uri', pattern: '^https://' };
const jsonUrl = { ...url, pattern: '^https://.+\\.json$' };
const instant = { type: 'string', format: 'date-time' };
const words = { type: 'string', minLength: 1 };
const list = (items: object): object => ({ type: 'array', minItems: 1, uniqueItems: true, items });
const object = (required: Readonly<Record<string, object>>, optional: Readonly<Record<string, object>> = {}): object => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});
const category = object({ scheme: { const: 'urn:ietf:params:rolie:category:information-type' }, term: { const: 'csaf' } });
const links = (of: object): object => ({
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  prefixItems: [object({ rel: { const: 'self' }, href: of })],
  items: object({ rel: words, href: url }),
});

export const providerSchema = object(
  {
    canonical_url: { ...url, pattern: '^https://.+/provider-metadata\\.json$' },
    last_updated: instant,
    list_on_CSAF_aggregators: { type: 'boolean' },
    mirror_on_CSAF_aggregators: { type: 'boolean' },
    metadata_version: { const: '2.0' },
    publisher: object(
      { category: { enum: ['coordinator', 'discoverer', 'other', 'translator', 'user', 'vendor'] }, name: words, namespace: url },
      { contact_details: words, issuing_authority: words },
    ),
    role: { enum: ['csaf_publisher', 'csaf_provider', 'csaf_trusted_provider'] },
  },
  {
    distributions: list({
      type: 'object',
      minProperties: 1,
      additionalProperties: false,
      properties: {
        directory_url: { ...url, pattern: '/$' },
        rolie: object(
          { feeds: list(object({ tlp_label: { enum: ['UNLABELED', 'WHITE', 'GREEN', 'AMBER', 'RED'] }, url: jsonUrl }, { summary: words })) },
          { categories: list(jsonUrl), services: list(jsonUrl) },
        ),
      },
    }),
    public_openpgp_keys: { type: 'array', uniqueItems: true, items: object({ url }, { fingerprint: { type: 'string', pattern: '^[0-9A-F]{40}$' } }) },
  },
);

export const rolieSchema = object({
  feed: object({
    id: { type: 'string', pattern: '^[a-zA-Z0-9+\\-_.]+$' },
    title: words,
    link: links(jsonUrl),
    category: list(category),
    updated: instant,
    entry: list(
      object(
        {
          id: { type: 'string', pattern: '^\\S(.*\\S)?$' },
          title: words,
          link: links(jsonUrl),
          published: instant,
          updated: instant,
          content: object({ type: { const: 'application/json' }, src: jsonUrl }),
          format: object({ schema: { const: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json' }, version: { const: '2.0' } }),
        },
        { summary: object({ content: words }) },
      ),
    ),
  }),
});

export const serviceSchema = object({
  service: object({
    workspace: list(object({ title: words, collection: list(object({ title: words, href: jsonUrl, categories: object({ category: list(category) }) })) })),
  }),
});

export const categorySchema = object({ categories: object({ category: list(object({ term: words })) }) });
