/** The list of what stands between a text and its review, drawn again after each save. */

export type Line = { field: string; where: string; words: string; wayOut: string; rule: string; start: number; end: number };

export function showIssues(place: HTMLElement, issues: readonly Line[], warnings: readonly Line[]): void {
  place.replaceChildren(
    ...(issues.length + warnings.length === 0 ? [note('p', 'ready', place.dataset.ready ?? '')] : [list(issues, ''), list(warnings, 'warnings')]),
  );
  const count = document.querySelector('[data-readiness-count]');
  if (count) count.textContent = issues.length === 0 ? '' : String(issues.length);
}

function list(items: readonly Line[], name: string): HTMLElement {
  const node = document.createElement('ul');
  node.className = name;
  node.hidden = items.length === 0;
  for (const { field, where, words, wayOut, rule, start, end } of items) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    link.href = `#${anchorOf(field)}`;
    link.textContent = where;
    if (end > 0) Object.assign(link.dataset, { start, end });
    item.append(link, ` — ${words}`);
    if (rule) item.append(' ', note('span', 'tag', rule));
    if (wayOut) item.append(' ', note('span', 'way-out', wayOut));
    node.append(item);
  }
  return node;
}

/** The id of the control of a field, as the server writes it. */
function anchorOf(field: string): string {
  const id = field
    .replace(/^findings\.(\w-\d+)\..*$/, 'findings-$1')
    .replace(/^item\./, '')
    .replaceAll('.', '-');
  return `f-${id}`;
}

function note(kind: 'p' | 'span', name: string, words: string): HTMLElement {
  const node = document.createElement(kind);
  node.className = name;
  node.textContent = words;
  return node;
}

/** A link to a place in a form opens what is folded around it; one to words in a text selects them, so that the eye lands on what is meant. */
export function followPlaces(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.editor a[href^="#"], .error-summary a[href^="#"]') : null;
    const place = link && document.getElementById(link.hash.slice(1));
    if (!link || !place) return;
    const folded = place.closest('details');
    if (folded) folded.open = true;
    const both = document.querySelector<HTMLInputElement>('#view-both');
    if (both && place.offsetParent === null) both.checked = true;
    if (!(place instanceof HTMLTextAreaElement || place instanceof HTMLInputElement)) return;
    event.preventDefault();
    place.focus();
    place.scrollIntoView({ block: 'center' });
    if (link.dataset.end) place.setSelectionRange(Number(link.dataset.start), Number(link.dataset.end));
  });
}
