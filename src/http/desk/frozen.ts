import type { Office } from '../../office.ts';
import type { Frozen } from '../render.ts';
import { namesOf } from './names.ts';

/** The freeze in force, with the name of who began it, for the banner of every page. */
export async function frozenNow(office: Office): Promise<Frozen | null> {
  const { open } = await office.people.freezing();
  return open && { at: open.at, by: (await namesOf(office))(open.by), reason: open.reason };
}
