import { type MirrorHeader, mirrorHeaders, mirrorTypes } from '../http/mirror-headers.ts';
import type { ServedMirror } from './export-nginx.ts';

/** A configuration of Caddy 2 that answers from a mirror as the site would, save for what docs/mirror.md lists. */
export function caddyConfig({ directory, application, ...house }: ServedMirror): string {
  const headers = [mirrorTypes, ...mirrorHeaders(house)];
  const [first, ...others] = house.languages;
  const files = '{path} {path}.html {path}index.html {path}/index.json';
  return `# A mirror of the public site. Printed by: onrecord export ${directory} --print caddy
# Put the name of the site in place of :80, and Caddy sees to the certificate.
{
	servers {
		protocols h1 h2
	}
}
:80 {
	root * ${directory}/current
${headers.map(mapOf).join('')}	route {
${others.map((code) => `		redir /${code} /${code}/ 308\n`).join('')}${['', ...others.map((code) => `/${code}`)].map((base) => `		redir ${base}/claims ${base}/register 308\n`).join('')}		@slash path_regexp slash ^(/.+)/$
		route @slash {
			@page file {re.slash.1}.html
			redir @page {re.slash.1} 308
		}

		# Searches, questions and past times cannot be answered by files.
		@asks {
			path_regexp ^(?:/[a-z]{2})?/(?:search|verify)$
			query q=*
		}
		@asks_past {
			path_regexp ^(?:/[a-z]{2})?/statements/[^/]+$
			header Accept-Datetime *
		}
${answerTo('@asks', application)}${answerTo('@asks_past', application)}
		@hidden {
			path_regexp \\.(?:html|gz|br)$|/index$|/index\\.json$|/\\.[^w]
			not path_regexp ^/register/[0-9]+\\.html$
		}
		rewrite @hidden /.hidden
		@gone file /.gone{path}.html /.gone{path}
		rewrite @gone /.gone{path}
${others.map((code) => `		@missing_${code} {\n			not path /.gone/*\n			not file ${files}\n			path /${code} /${code}/*\n		}\n		rewrite @missing_${code} /.missing/${code}\n`).join('')}		@lost {
			not path /.gone/* /.missing/*
			not file ${files}
		}
		rewrite @lost /.missing/${first}

${headers.map(headerOf).join('')}		header {
			Vary {vars.onrecord_vary}
			-Last-Modified
			-Accept-Ranges
			-Server
			defer
		}
		@is_gone path /.gone/*
		@is_missing path /.missing/*
		try_files ${files}
		file_server @is_gone {
			status 451
			precompressed br gzip
			disable_canonical_uris
		}
		file_server @is_missing {
			status 404
			precompressed br gzip
			disable_canonical_uris
		}
		file_server {
			precompressed br gzip
			disable_canonical_uris
		}
	}
	handle_errors {
		header Cache-Control no-store
		@unanswered expression {err.status_code} in [502, 503, 504]
		respond @unanswered "This copy of the site cannot answer questions." 503
		respond "" {err.status_code}
	}
}`;
}

function answerTo(matcher: string, application: string | null): string {
  if (application !== null) return `		reverse_proxy ${matcher} ${application}\n`;
  return `		error ${matcher} 503\n`;
}

function mapOf(header: MirrorHeader): string {
  const lines = header.rules.map(([pattern, value]) => `		${quoted(`~${pattern}`)} ${quoted(value.replace('$1', `\${1}`))}\n`).join('');
  return `	map {path} {${variable(header.name)}} {\n${lines}		default ${quoted(header.otherwise)}\n	}\n`;
}

/** An empty value leaves the header out. Whatever the files' server sets as well is kept until the end. */
function headerOf({ name, rules, otherwise }: MirrorHeader): string {
  const value = `{${variable(name)}}`;
  if (name === 'Vary') return `		vars onrecord_vary ${value}\n`;
  if (otherwise !== '' && rules.every(([, one]) => one !== '')) return `		header ${name} ${value}\n`;
  return `		@has_${variable(name)} expression \`${value} != ""\`\n		header @has_${variable(name)} ${name} ${value}\n`;
}

function variable(name: string): string {
  return `onrecord_${name.toLowerCase().replaceAll('-', '_')}`;
}

function quoted(text: string): string {
  return text.includes('"') ? `\`${text}\`` : `"${text}"`;
}
