import { z } from 'zod';
import { FindingsV1 } from '../../leak/findings.ts';
import { Register } from '../../leak/register.ts';
import { Entry, entryEvents, entryType, noticeEvents } from '../../ledger/entry.ts';
import { kinds, SignedVersion } from '../../statement/schema.ts';

/** JSON Schemas (draft 2020-12) of what is signed and logged, at the addresses that the files themselves name. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const target = 'draft-2020-12';

/**
 * Of a version's signed `.json` file. `origin` is the scheme-less identity that its `schema` begins with. Edition 2 has the register's
 * fields in its findings; a file names the oldest edition that has a place for what it says.
 */
export function versionSchema(origin: string, edition: 1 | 2): JsonSchema {
  const shape = edition === 1 ? SignedVersion.extend({ findings: FindingsV1 }) : SignedVersion;
  return described(`https://${origin}/schema/version/v${edition}`, 'A published version of a statement', z.toJSONSchema(shape, { target }));
}

/** Of a state of the register, `/register/{k}.json`. */
export function registerSchema(origin: string): JsonSchema {
  return described(`https://${origin}/schema/register/v1`, 'The register of leaked material', z.toJSONSchema(Register, { target }));
}

/** Of a log entry. Which fields an event has, and that it has no others, is said in `oneOf`. Edition 2 has documents that were brought along. */
export function entrySchema(origin: string, edition: 1 | 2): JsonSchema {
  const later = edition === 1 ? ['imported'] : [];
  const fields = Object.keys(Entry.shape).filter((name) => !['type', 'event', 'at', ...later].includes(name));
  const rule = (events: readonly string[], own: readonly string[]): JsonSchema => ({
    properties: { event: { enum: events }, ...Object.fromEntries(fields.filter((name) => !own.includes(name)).map((name) => [name, false])) },
    required: own,
  });
  const bare = noticeEvents.filter((event) => event !== 'redacted');
  const rules = [
    rule(kinds, ['statement', 'prev', 'version', 'files']),
    rule(bare, ['statement', 'prev']),
    rule(['redacted'], ['statement', 'prev', 'redacts']),
    ...(edition === 1 ? [] : [rule(['imported'], ['imported', 'files'])]),
    rule(['key'], ['key']),
    rule(['restored'], ['restored']),
  ];
  const { properties = {}, ...whole } = z.toJSONSchema(Entry, { target });
  const known = Object.fromEntries(Object.entries(properties).filter(([name]) => !later.includes(name)));
  const event = { type: 'string', enum: entryEvents.filter((name) => !later.includes(name)) };
  return { ...described(entryType(origin, edition), 'An entry of the log', { ...whole, properties: { ...known, event } }), oneOf: rules };
}

function described(id: string, title: string, { $schema, ...schema }: JsonSchema): JsonSchema {
  return { $schema, $id: id, title, ...schema };
}
