import { readAddress } from './address.ts';
import { mayBeInTree } from './csaf/resources.ts';
import type { Pressroom } from './pages/page.ts';

/** Whether there can be anything at a path, known without making it: who asks for what is not there takes no place in a queue. */
export function mayExist({ agency, record, imported, csaf }: Pressroom, path: string): boolean {
  const address = readAddress(path, agency.languages);
  if (address === undefined) return false;
  if (address.page === 'importedDocument' || address.page === 'importedFile') return imported.at(address) !== undefined;
  if (address.page === 'csaf') return csaf !== null && mayBeInTree(csaf, address);
  return !('reference' in address) || record.statement(address.reference) !== undefined;
}
