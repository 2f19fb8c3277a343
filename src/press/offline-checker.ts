import { createHash } from 'node:crypto';
import type { Agency } from '../config.ts';
import { Register } from '../leak/register.ts';
import type { Words } from '../words.ts';
import { dataBlock } from './data-block.ts';
import { checkModel } from './pages/check-model.ts';
import { createSpeech } from './speech.ts';

/** The copy is read anywhere: its times are in UTC alone. */
const zone = 'UTC';

/** Bundled texts that the copy holds within itself. */
export type CheckerParts = { style: string; script: string; worker: string };
export type OfflineParts = CheckerParts & {
  agency: Pick<Agency, 'name' | 'languages' | 'publicUrl'>;
  words: Words;
  /** The agency's root key, for the lines that prove the copy; null while it has none. */
  root: string | null;
  /** Renders a view of views/ with its model. */
  render(view: string, model: object): string;
};

/**
 * The offline copy of `/check` over these exact bytes of the register: one HTML file in every language of the agency that asks nothing of
 * any network. It holds codes and our own words alone, so that nothing ever has to be taken out of it. The same parts and register give
 * the same bytes: it is signed as `/register/{k}.html`. Its policy names script and style by hash (CSP Level 3 §6.7.2); a page cannot
 * forbid by `meta` to be framed. @throws ZodError where the bytes are no register, RangeError where a part cannot be inlined
 */
export function offlineChecker({ agency, words, root, render, style, script, worker }: OfflineParts, register: Buffer): Buffer {
  const head = { register: Register.parse(JSON.parse(register.toString())), bytes: register, sha256: createHash('sha256').update(register).digest('hex') };
  const parts = agency.languages.map((language) => {
    const speech = createSpeech(language, words[language], zone);
    return { language, say: speech.say, agency: speech.typeset(agency.name[language]), check: checkModel({ agency, speech, head, root, zone, isCopy: true }) };
  });
  const [first] = parts;
  for (const text of [style, script]) demandWhole(text);
  const model = {
    languages: parts,
    title: `${first?.say('check.title')} · ${first?.agency}`,
    policy: policyOf(style, script),
    style,
    script,
    worker: dataBlock(JSON.stringify(worker)),
    register: dataBlock(register.toString()),
  };
  return Buffer.from(render('public/check-offline', model));
}

function policyOf(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const allowed = [`script-src ${hash(script)} 'wasm-unsafe-eval'`, 'worker-src blob:', `style-src ${hash(style)}`];
  return ["default-src 'none'", ...allowed, "connect-src 'none'", "form-action 'none'", "base-uri 'none'"].join('; ');
}

/** @throws RangeError where the text would end its element: bundles have that written otherwise (esbuild) */
function demandWhole(text: string): void {
  if (/<\/(script|style)|<!--/i.test(text)) throw new RangeError('a bundle cannot stand within a page');
}
