import type { Language } from '../../statement/schema.ts';
import { csafRoot, csafWhite } from '../csaf/names.ts';
import { anything, get, json, type Operation, type Part, ref, text } from './openapi-parts.ts';

/** What a CSAF provider serves (CSAF 2.0 §7.1), where there is one. */
export function csafPaths([, ...others]: readonly Language[]): Part {
  const operation = (id: string, summary: string, type: string, more: Partial<Operation> = {}): Part => get({ id, tag: 'CSAF', summary, type, ...more });
  const file = `${csafWhite}/{year}/{file}.json`;
  const of = ['year', 'file'] as const;
  const version = (id: string, ending: string): Part => ({
    [`/statements/{reference}/v/{version}.csaf${ending}.json`]: operation(id, 'The signed CSAF document of a version', json, {
      schema: anything,
      of: ['reference', 'version'],
      more: { '451': ref('responses', 'removed') },
    }),
  });
  return {
    '/.well-known/security.txt': operation('readSecurity', 'Whom to tell of weaknesses, and where the CSAF provider is (RFC 9116)', text),
    [`${csafRoot}/provider-metadata.json`]: operation('readProvider', 'Provider metadata', json, { schema: anything }),
    [`${csafRoot}/service.json`]: operation('readCsafService', 'ROLIE service document (RFC 8322)', json, { schema: anything }),
    [`${csafRoot}/openpgp/{fingerprint}.asc`]: operation('readOpenPgpKey', 'A key that signs CSAF documents', 'application/pgp-keys', { of: ['fingerprint'] }),
    [`${csafWhite}/`]: operation('listCsafYears', 'The years there are', 'text/html'),
    [`${csafWhite}/{year}/`]: operation('listCsafYear', 'The files of a year', 'text/html', { of: ['year'] }),
    [`${csafWhite}/index.txt`]: operation('readCsafIndex', 'Path of every document, one a line', text),
    [`${csafWhite}/changes.csv`]: operation('readCsafChanges', 'Path and time of every document, newest change first', 'text/csv'),
    [`${csafWhite}/csaf-feed-tlp-white.json`]: operation('readCsafFeed', 'ROLIE feed of every document', json, { schema: anything }),
    [`${csafWhite}/category-white.json`]: operation('readCsafCategories', 'ROLIE category document', json, { schema: anything }),
    [file]: operation('readCsaf', 'A statement in one language as a CSAF 2.0 document', json, { schema: anything, of }),
    [`${file}.sha256`]: operation('hashCsaf', 'Its SHA-256, as sha256sum writes it', text, { of }),
    [`${file}.sha512`]: operation('hashCsafLonger', 'Its SHA-512', text, { of }),
    [`${file}.asc`]: operation('proveCsaf', 'Its OpenPGP signature, where the agency signs', text, { of }),
    ...version('readCsafVersion', ''),
    ...Object.assign({}, ...others.map((language) => version(`readCsafVersion${language.toUpperCase()}`, `.${language}`))),
  };
}
