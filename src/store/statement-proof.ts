import { refuse } from '../errors.ts';
import { isVersionFile, type Statement } from '../statement/facts.ts';
import { SignedVersion } from '../statement/schema.ts';
import { checkSigned } from './fact-check.ts';
import { neededTexts } from './statement-document.ts';
import type { Edit, Store } from './store.ts';

/** A statement with every working text that it still needs. */
export type WholeStatement = { statement: Statement; texts: NonNullable<Edit['texts']> };

/** What readers are shown of it follows from what was signed, and each of its working texts is there. @throws store_corrupt */
export async function readWhole(store: Pick<Store, 'read' | 'ledger' | 'revision'>, id: string): Promise<WholeStatement> {
  const statement = (await store.read(id)) ?? refuse('store_corrupt', `statement ${id} is missing`);
  for (const version of statement.versions) {
    const { entries } = await store.ledger(version.entry - 1, 1, isVersionFile);
    for (const { body } of entries.flatMap(({ files }) => files)) checkSigned(version, SignedVersion.parse(JSON.parse(body.toString())));
  }
  const texts: WholeStatement['texts'][number][] = [];
  for (const text of neededTexts(statement)) {
    const body = (await store.revision(text)) ?? refuse('store_corrupt', `a text of statement ${id} is missing`);
    texts.push({ text, body });
  }
  return { statement, texts };
}
