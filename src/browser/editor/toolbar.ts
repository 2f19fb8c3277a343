import '@github/markdown-toolbar-element';

const tools = [
  ['md-bold', 'B'],
  ['md-italic', 'I'],
  ['md-unordered-list', '•'],
  ['md-ordered-list', '1.'],
  ['md-quote', '❝'],
] as const;
const chords: Record<string, string> = { b: 'md-bold', i: 'md-italic' };

/** A toolbar over each Markdown field; its words come with the page. Tab passes it in one step and always leaves the text. */
export function addToolbars(): void {
  const words = document.querySelector<HTMLElement>('[data-tools]')?.dataset;
  if (!words) return;
  for (const field of document.querySelectorAll<HTMLTextAreaElement>('textarea[data-markdown]')) {
    const bar = document.createElement('markdown-toolbar');
    bar.setAttribute('for', field.id);
    bar.setAttribute('aria-label', `${words.tools} : ${field.labels?.[0]?.textContent ?? ''}`);
    for (const [name, sign] of tools) {
      const tool = document.createElement(name);
      tool.textContent = sign;
      tool.setAttribute('aria-label', words[name.replace(/^md-(\w+)(?:-list)?$/, '$1')] ?? name);
      tool.title = tool.getAttribute('aria-label') ?? '';
      bar.append(tool);
    }
    field.before(bar);
    field.addEventListener('keydown', (event) => {
      const name = chords[event.key];
      if (!name || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      event.preventDefault();
      bar.querySelector<HTMLElement>(name)?.click();
    });
  }
}
