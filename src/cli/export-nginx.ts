import { type MirroredHouse, type MirrorHeader, mirrorHeaders, mirrorTypes } from '../http/mirror-headers.ts';

export type ServedMirror = MirroredHouse & {
  directory: string;
  /** Who answers what files cannot; null for nobody. */
  application: string | null;
};

/** A configuration of nginx that answers from a mirror as the site would, save for what docs/mirror.md lists. */
export function nginxConfig({ directory, application, ...house }: ServedMirror): string {
  const headers = mirrorHeaders(house);
  const [, ...others] = house.languages;
  return `# A mirror of the public site. Printed by: onrecord export ${directory} --print nginx
# Set listen, server_name and certificates. Load brotli_static where your nginx has it (Debian: libnginx-mod-http-brotli-static).
# No open_file_cache: a page that had to be removed would go on being served.
${headers.map(mapOf).join('')}
# Searches, questions and past times cannot be answered by files.
map $uri:$arg_q $onrecord_asks {
    "~^(?:/[a-z][a-z])?/(?:search|verify):." 1;
}
map "$uri $http_accept_datetime" $onrecord_asks_past {
    "~^(?:/[a-z][a-z])?/statements/[^/ ]+ ." 1;
}
map $uri $onrecord_missing {
${others.map((code) => `    "~^/${code}(?:/|$)" /.missing/${code};\n`).join('')}    default /.missing/${house.languages[0]};
}

server {
    listen 80;
    server_name _;
    root ${directory}/current;
    server_tokens off;
    merge_slashes off;
    absolute_redirect off;
    max_ranges 0;
    gzip off;
    gzip_static on;
    brotli_static on;
    types {}
    # The path that was asked for: $uri becomes that of the file.
    set $onrecord_path $uri;
    default_type "${mirrorTypes.otherwise}";

${headers.map((header) => `    add_header ${header.name} ${shownValue(header)} always;\n`).join('')}    # nginx makes its tags of time and size; the site sends no time of its own.
    add_header Last-Modified "";

    error_page 404 $onrecord_missing;
    error_page 451 /.gone$uri;
    error_page 418 = @application;
    recursive_error_pages on;
    if ($onrecord_asks) { return 418; }
    if ($onrecord_asks_past) { return 418; }
${redirects(others)}
    location ^~ /.missing/ { internal; try_files $uri.html =404; }
    location ~ ${quoted('^/\\.gone/.*\\.(?:json|txt|png)$')} { internal; default_type "text/plain; charset=utf-8"; try_files $uri =404; }
    location ~ ${quoted('^/\\.gone/')} { internal; try_files $uri.html =404; }
    location ~ ${quoted('^/register/[0-9]+\\.html$')} { try_files $uri @gone; }
    location ~ ${quoted('\\.(?:html|gz|br)$|/index$|/index\\.json$|/\\.[^w]')} { return 404; }
${mirrorTypes.rules.slice(2).map(locationOf).join('')}    location ~ "^(/.+)/$" {
        if (-f $document_root$1.html) { return 308 $1; }
        try_files \${uri}index.html @gone;
    }
    location / { try_files $uri.html \${uri}index.html @gone; }

    location @gone {
        if (-f $document_root/.gone$uri.html) { return 451; }
        if (-f $document_root/.gone$uri) { return 451; }
        return 404;
    }
    location @application {
${applicationOf(application)}    }
}`;
}

function locationOf([pattern, type]: MirrorHeader['rules'][number]): string {
  return `    location ~ ${quoted(pattern)} { default_type "${type}"; try_files $uri $uri/index.json @gone; }\n`;
}

/** The addresses that the site redirects for ever. */
function redirects(others: readonly string[]): string {
  const languages = others.map((code) => `    location = /${code} { return 308 /${code}/; }\n`).join('');
  const claims = ['', ...others.map((code) => `/${code}`)].map((base) => `    location = ${base}/claims { return 308 ${base}/register; }\n`).join('');
  return languages + claims;
}

function applicationOf(application: string | null): string {
  const none =
    '        add_header Cache-Control no-store always;\n        default_type text/plain;\n        return 503 "This copy of the site cannot answer questions.\\n";\n';
  if (application === null) return none;
  return `        # Its answers have all their headers already.
        add_header Last-Modified "";
        proxy_pass ${application};
        proxy_http_version 1.1;
        proxy_set_header Host $host;
        proxy_set_header Connection "";
        proxy_connect_timeout 2s;
        proxy_read_timeout 10s;
        error_page 502 504 = @silent;
    }
    location @silent {
${none}`;
}

function mapOf(header: MirrorHeader): string {
  const lines = header.rules.map(([pattern, value]) => `    ${quoted(`~${pattern}`)} ${quoted(value)};\n`).join('');
  return header.rules.length === 0 ? '' : `map $onrecord_path $${variable(header.name)} {\n${lines}    default ${quoted(header.otherwise)};\n}\n`;
}

function shownValue({ name, rules, otherwise }: MirrorHeader): string {
  return rules.length === 0 ? quoted(otherwise) : `$${variable(name)}`;
}

function variable(name: string): string {
  return `onrecord_${name.toLowerCase().replaceAll('-', '_')}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
