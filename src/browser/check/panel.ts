import { type Description, describe } from './describe.ts';
import { make } from './elements.ts';
import { comparedBy, nameOf, textOfResult } from './plain-text.ts';
import type { Checked, Session } from './session.ts';
import type { Tongue } from './tongue.ts';

/** Results as elements of the page. */

/** Beyond these, further overlaps fold away: one file may overlap every letter made from its template. */
const shownAtOnce = 3;

/** Something that is in the register: a panel for each item that answers. */
export function foundPanel(result: Checked, session: Session, tongue: Tongue): HTMLElement {
  const { say, bytes } = tongue;
  const { prints, matches } = result;
  const size = prints.size === null ? [] : [make('small', {}, bytes(prints.size))];
  const items = matches.map((match) => matchPanel(describe(match, tongue), tongue));
  const more = items.slice(shownAtOnce);
  return make(
    'li',
    { class: 'panel' },
    make('h3', {}, make('span', { class: 'file' }, nameOf(result, tongue)), ' ', ...size),
    ...items.slice(0, shownAtOnce),
    ...(more.length > 0 ? [make('details', {}, make('summary', {}, say('check.more', { count: more.length })), ...more)] : []),
    make('p', { class: 'fine' }, comparedBy(result, session, tongue)),
    ...(prints.exact === null ? [] : [make('p', { class: 'fine' }, `${say('check.fact.fingerprint')} `, make('code', {}, prints.exact))]),
    ...copyButton(say('check.copy'), () => textOfResult(result, session, tongue), tongue),
  );
}

function matchPanel({ heading, tags, warning, note, facts, link }: Description, { say }: Tongue): HTMLElement {
  const rows = facts.map(({ label, lines }) => make('div', {}, make('dt', {}, label), make('dd', {}, ...lines.map((line) => make('p', {}, line)))));
  return make(
    'section',
    { class: 'match' },
    make('h4', {}, ...unbroken(heading)),
    make('p', { class: 'eyebrow' }, ...tags.map(({ text, code }) => make('span', { class: `tag ${code}`.trim() }, text))),
    ...(warning ? [make('p', { class: 'banner danger' }, warning)] : []),
    make('p', {}, note),
    make('dl', { class: 'facts' }, ...rows),
    make('p', {}, make('a', { href: link.href, target: '_blank', rel: 'noopener noreferrer' }, link.text), ' ', make('small', {}, say('check.linkNote'))),
  );
}

/** References stay on one line. */
function unbroken(text: string): readonly (Node | string)[] {
  return text.split(/(\d{4}-\d{4,9})/).map((piece, place) => (place % 2 === 1 ? make('span', { class: 'whole' }, piece) : piece));
}

/** Something that is not: one line. */
export function absentLine(result: Checked, session: Session, tongue: Tongue): HTMLElement {
  const { say, bytes } = tongue;
  const { size } = result.prints;
  const name = nameOf(result, tongue);
  const about = [...(size === null ? [] : [bytes(size)]), comparedBy(result, session, tongue)].join(' · ');
  return make(
    'li',
    {},
    make('span', { class: 'file' }, name),
    ' ',
    make('small', {}, about),
    ' ',
    ...copyButton(say('check.copy'), () => textOfResult(result, session, tongue), tongue, name),
  );
}

/** A button that copies; where the browser has no clipboard, the text appears selected. `about` names the button's object to who cannot see it. */
export function copyButton(label: string, text: () => string, { say }: Tongue, about = ''): readonly HTMLElement[] {
  const button = make('button', { type: 'button', class: 'copy' }, label, ...(about === '' ? [] : [make('span', { class: 'hidden' }, ` ${about}`)]));
  const status = make('span', { role: 'status' });
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text());
      status.textContent = say('check.copied');
    } catch {
      const area = make('textarea', { readonly: '', rows: '8', 'aria-label': say('check.copyByHand') }, text());
      status.replaceChildren(say('check.copyByHand'));
      status.after(area);
      area.select();
    }
  });
  return [button, status];
}
