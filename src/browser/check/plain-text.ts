import { describe } from './describe.ts';
import type { Checked, Session } from './session.ts';
import type { Tongue } from './tongue.ts';

/** Results as text for the clipboard: each says by itself what was checked, against which register, and when. */

export function textOfResult(result: Checked, session: Session, tongue: Tongue): string {
  return `${[...outcomeLines(result, session, tongue), '', ...footLines(result.at, session, tongue)].join('\n')}\n`;
}

/** All of them, the register named once. */
export function textOfAll(results: readonly Checked[], session: Session, tongue: Tongue): string {
  const last = results.at(-1);
  const each = results.flatMap((result) => [...outcomeLines(result, session, tongue), '']);
  return last === undefined ? '' : `${[...each, ...footLines(last.at, session, tongue)].join('\n')}\n`;
}

/** What was checked: the file's name, or that it was pasted, with the first digits of what was. */
export function nameOf({ subject, name }: Checked, { say }: Tongue): string {
  return subject === 'file' ? name : say(`check.subject.${subject}`, { digits: name });
}

/** At which levels it was compared. */
export function comparedBy({ subject, prints: { reading } }: Checked, { index: { levels } }: Session, { say }: Tongue): string {
  if (subject === 'text') return say('check.compared.words');
  if (subject === 'digest' || (!levels.text && !levels.sketch)) return say('check.compared.exact');
  return say(`check.compared.${reading}`);
}

function outcomeLines(result: Checked, session: Session, tongue: Tongue): readonly string[] {
  const { say, bytes, absent } = tongue;
  const { prints, matches } = result;
  const size = prints.size === null ? '' : ` (${bytes(prints.size)})`;
  const outcomes = matches.map((match) => {
    const { heading, warning, note, facts, link } = describe(match, tongue);
    const lines = facts.map((fact) => `${say('check.labelled', { label: fact.label, value: fact.lines.join(' ') })}`);
    return [heading, ...(warning ? [warning] : []), note, ...lines, link.url];
  });
  return [
    `${nameOf(result, tongue)}${size}`,
    ...(outcomes.length > 0 ? outcomes : [[`${say('check.absent.title')}. ${absent}`]]).flat(),
    comparedBy(result, session, tongue),
    ...(prints.exact === null ? [] : [say('check.labelled', { label: say('check.fact.fingerprint'), value: prints.exact })]),
  ];
}

function footLines(at: string, { index: { register }, sha256 }: Session, { say, agency }: Tongue): readonly string[] {
  const when = `${at.slice(0, 19)}Z`;
  if (register === null || sha256 === null) return [say('check.foot.none', { agency, when })];
  return [say('check.foot', { agency, when, version: register.register, at: register.at, sha256 })];
}
