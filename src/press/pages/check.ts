import { formatVerifierKey } from '../../ledger/note.ts';
import { dataBlock } from '../data-block.ts';
import type { ResourceDraft } from '../resource.ts';
import { type CheckModel, checkModel } from './check-model.ts';
import { htmlPage, type Layout, layoutOf, type Reading } from './page.ts';

/**
 * The policy of `/check` and of its worker (leaks.md, `/check` 5): scripts of this site may run and compute, and nothing may connect,
 * be sent, or be embedded.
 */
export const checkPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

type Model = { layout: Layout; check: CheckModel; worker: string; register: string };

/** Compare a document without disclosing it: the same bytes for everybody, with the whole register inside. */
export function checkPage(reading: Reading): ResourceDraft {
  const { agency, assets, trust, registerHead } = reading.room;
  const { say } = reading.speech;
  const head = registerHead();
  const { stylesheet, script, worker } = assets.check;
  const layout = layoutOf(reading, { page: 'check' }, { title: say('check.title'), description: say('check.lead') });
  const model: Model = {
    layout: { ...layout, icon: null, more: { stylesheet, script } },
    check: checkModel({ agency, speech: reading.speech, head, root: trust && formatVerifierKey(trust.root), zone: agency.zone, isCopy: false }),
    worker: dataBlock(JSON.stringify(worker)),
    register: dataBlock(head?.bytes.toString() ?? 'null'),
  };
  return htmlPage(reading, 'public/check', model, { policy: checkPolicy });
}
