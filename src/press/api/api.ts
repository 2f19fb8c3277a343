import type { ApiAddress } from '../address.ts';
import type { Pressroom } from '../pages/page.ts';
import type { ResourceDraft } from '../resource.ts';
import { entrySchema, registerSchema, versionSchema } from './json-schema.ts';
import { openApi } from './openapi.ts';
import { apiList, apiStatement } from './statements.ts';

/** What stands at an address of the read API (record.md §3); undefined where there is nothing public. */
export function apiFile(room: Pressroom, address: ApiAddress): ResourceDraft | undefined {
  switch (address.what) {
    case 'list':
      return listFile(room, address.before);
    case 'statement': {
      const statement = room.record.statement(address.reference);
      return statement && data(`${JSON.stringify(apiStatement(room, statement))}\n`);
    }
    case 'openapi':
      return description('application/json', openApi(room.agency, room.csaf !== null));
    case 'version-schema':
      return description('application/schema+json', versionSchema(room.agency.origin, address.edition));
    case 'register-schema':
      return description('application/schema+json', registerSchema(room.agency.origin));
    case 'entry-schema':
      return description('application/schema+json', entrySchema(room.agency.origin, address.edition));
  }
}

function listFile(room: Pressroom, before: number | null): ResourceDraft | undefined {
  const list = apiList(room, before);
  return list && { ...data(list.body), headers: list.next === null ? [] : ['link', `<${list.next}>; rel="next"`] };
}

function data(body: string | Buffer): ResourceDraft {
  return { type: 'application/json', body, cache: 'public, max-age=60', crossOrigin: true };
}

/** For people as well: one field a line. */
function description(type: string, body: object): ResourceDraft {
  return { type, body: `${JSON.stringify(body, null, 2)}\n`, cache: 'public, max-age=60', crossOrigin: true };
}
