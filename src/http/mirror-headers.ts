import { iconPolicy } from '../press/cards/card.ts';
import { badgePolicy } from '../press/pages/badge.ts';
import { checkPolicy } from '../press/pages/check.ts';
import { embedPolicy } from '../press/pages/embed.ts';
import { offlinePolicy } from '../press/pages/register-files.ts';
import type { Language } from '../statement/schema.ts';
import { policy, secure } from './public-headers.ts';

/**
 * The headers of the public site for a server of files, which knows a path and nothing else. In each header the first pattern that the path
 * matches says the value, `$1` in it is the pattern's first group, and an empty value leaves the header out. Patterns are read alike by
 * JavaScript, PCRE and RE2. Paths of texts that are gone begin with `/.gone`, those of the pages for what is missing with `/.missing/`.
 */
export type MirrorHeader = { name: string; rules: readonly (readonly [pattern: string, value: string])[]; otherwise: string };

const statement = '(?:EX-)?[0-9]{4}-[0-9]{4,9}';
const prefix = '^(?:/[a-z]{2})?';
/** Addresses that lead to others, and are no resource: `/en`, `/en/claims`, `/claims`, a page's own with a slash. */
const elsewhere = '^/[a-z]{2}$|^(?:/[a-z]{2})?/claims$|^/[^.].{2,}/$';
const goneFile = '^/\\.gone/.*\\.(?:json|txt|png)$';
/** What no search engine may take for a statement about something that happened. */
const exercise =
  '^(?:/[a-z]{2})?/statements/EX-[^/]+(?:/v/[0-9]+(?:/card\\.png)?|/feed\\.atom|/badge\\.svg)?$|^/\\.gone(?:/[a-z]{2})?/statements/EX-[^/]+/(?:v/[0-9]+|diff/[^/]+)$';
const html = 'text/html; charset=utf-8';
const text = 'text/plain; charset=utf-8';

export const mirrorTypes: MirrorHeader = {
  name: 'Content-Type',
  rules: [
    [goneFile, text],
    ['^/\\.(?:gone|missing)/', html],
    [`${prefix}/statements/[^/]+/timemap$`, 'application/link-format'],
    ['^/(?:schema/|vocab/log-entry/)', 'application/schema+json'],
    [`${prefix}/feeds/.*\\.json$`, 'application/feed+json; charset=utf-8'],
    ['^/api/|\\.json$', 'application/json'],
    ['\\.jsonld$', 'application/ld+json'],
    ['\\.atom$', 'application/atom+xml; charset=utf-8'],
    ['\\.rss$', 'application/rss+xml; charset=utf-8'],
    ['\\.xml$', 'application/xml; charset=utf-8'],
    ['^/log/(?:[0-9]+/)?tile/', 'application/octet-stream'],
    ['\\.tsr$', 'application/timestamp-reply'],
    ['^/log/|\\.(?:txt|tlog-proof|sh|py)$', text],
    ['^/\\.well-known/csaf/openpgp/', 'application/pgp-keys'],
    ['\\.(?:asc|sha256|sha512)$', text],
    ['\\.csv$', 'text/csv; charset=utf-8'],
    ['\\.png$', 'image/png'],
    ['\\.svg$', 'image/svg+xml'],
    ['\\.ico$', 'image/x-icon'],
    ['\\.css$', 'text/css; charset=utf-8'],
    ['\\.js$', 'text/javascript; charset=utf-8'],
  ],
  otherwise: html,
};

const cache: MirrorHeader = {
  name: 'Cache-Control',
  rules: [
    [`^/\\.missing/|${elsewhere}`, 'no-store'],
    ['^/\\.gone/', 'public, max-age=60'],
    ['^/(?:assets|log/(?:[0-9]+/)?(?:tile|timestamp))/', 'public, max-age=31536000, immutable'],
    ['^/log/(?:[0-9]+/)?checkpoint$|^/contents\\.json$', 'public, max-age=5'],
    [`^(?:/[a-z]{2})?/$|${prefix}/statements/${statement}$`, 'public, max-age=30'],
    ['^/favicon\\.', 'public, max-age=86400'],
    [`${prefix}/feeds/updates/archive/`, 'public, max-age=3600'],
    [`${prefix}/statements/[^/]+/diff/|^/sitemap`, 'public, max-age=300'],
    ['^/register\\.(?:json|txt)$', 'public, max-age=60, no-transform'],
    [
      '^/(?:statements/[^/]+/v|register)/[0-9]+\\.(?:csaf\\.(?:[a-z]{2}\\.)?)?(?:json|txt|html)$|^/(?:verify|check)/|^/imported/.*\\.json$',
      'public, max-age=300, no-transform',
    ],
  ],
  otherwise: 'public, max-age=60',
};

/** Feeds, files for machines and pictures may be read by scripts of other sites. */
const isOpen = [
  goneFile,
  '^/\\.well-known/',
  '\\.(?:json|jsonld|txt|atom|rss|tlog-proof|png|html)$|/timemap$',
  '^/(?:api|log|schema|verify|check)/|^/vocab/log-entry/|^/assets/public\\.[0-9a-f]+\\.css$',
  `${prefix}/statements/[^/]+/badge\\.svg$`,
];
const isClosed = '^/robots\\.txt$|^/\\.missing/';

const wordless =
  '^/\\.well-known/|^/(?:api|log|schema|vocab/log-entry)/|/timemap$|\\.(?:json|jsonld|txt|atom|rss|xml|tlog-proof|png|ico|css|js|sh|py|html)$|^/favicon\\.svg$';

/** What the house has configured: who may frame `/embed/…`, and its languages, the one without a prefix first. */
export type MirroredHouse = { embedOrigins: readonly string[]; languages: readonly [Language, ...Language[]] };

export function mirrorHeaders({ embedOrigins, languages: [first, ...others] }: MirroredHouse): readonly MirrorHeader[] {
  const open = [...isOpen, ...(embedOrigins.length > 0 ? [`${prefix}/embed/`] : [])];
  const whereOpen = (yes: string, no: string): MirrorHeader['rules'] => [[isClosed, no], ...open.map((pattern) => [pattern, yes] as const)];
  return [
    cache,
    { name: 'Vary', rules: [[`${prefix}/statements/${statement}$`, 'Accept-Encoding, Accept-Datetime']], otherwise: 'Accept-Encoding' },
    {
      name: 'Content-Security-Policy',
      rules: [
        [`${prefix}/check$|^/assets/fingerprint-worker\\.`, checkPolicy],
        [`${prefix}/embed/`, embedPolicy(embedOrigins)],
        ['/badge\\.svg$', badgePolicy],
        ['^/register/[0-9]+\\.html$', offlinePolicy],
        ['^/favicon\\.svg$', iconPolicy],
      ],
      otherwise: policy,
    },
    ...pairs(secure).map(([name, value]) => ({ name, rules: [], otherwise: value })),
    { name: 'Cross-Origin-Resource-Policy', rules: whereOpen('cross-origin', 'same-origin'), otherwise: 'same-origin' },
    { name: 'Access-Control-Allow-Origin', rules: whereOpen('*', ''), otherwise: '' },
    {
      name: 'Content-Language',
      rules: [[`${wordless}|${elsewhere}`, ''], ...others.map((code) => [`^(?:/\\.gone)?/${code}/|^/\\.missing/${code}$`, code] as const)],
      otherwise: first,
    },
    {
      name: 'Content-Disposition',
      rules: [
        ['^/register/([0-9]+)\\.html$', 'attachment; filename="register-$1.html"'],
        ['^/(?:verify|check)/(.+)$', 'attachment; filename="$1"'],
      ],
      otherwise: '',
    },
    { name: 'X-Robots-Tag', rules: [[`${prefix}/embed/|${exercise}`, 'noindex']], otherwise: '' },
  ];
}

/** What a server of files says of a path under these rules. */
export function ruledValue({ rules, otherwise }: MirrorHeader, path: string): string {
  for (const [pattern, value] of rules) {
    const found = new RegExp(pattern).exec(path);
    if (found) return value.replace('$1', found[1] ?? '');
  }
  return otherwise;
}

function pairs(flat: readonly string[]): readonly (readonly [string, string])[] {
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? ''] as const] : []));
}
