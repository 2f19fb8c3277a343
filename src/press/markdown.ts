import { Marked, type Renderer, type Tokens } from 'marked';
import sanitizeHtml from 'sanitize-html';
import { refuse } from '../errors.ts';

const longest = 20_000;
const deepest = 8;

/**
 * Markdown of a statement as safe HTML: headings start at h3 without gaps, no raw HTML, no images, no character references, links only to
 * https, mailto and `#`. Two layers, each enough alone: the renderer writes only what is listed here, and the sanitiser passes only what is listed below.
 * @throws OnrecordError `too_long` above 20,000 characters, `bad_text` when nested more than 8 deep or not to be parsed
 */
export function renderMarkdown(text: string): string {
  if (text.length > longest) refuse('too_long', `a text of ${text.length} characters`);
  if (nesting(text) > deepest) refuse('bad_text', `nested more than ${deepest} deep`);
  return sanitizeHtml(parse(text), allowed);
}

function parse(text: string): string {
  try {
    const html = new Marked({ gfm: true, async: false, renderer: safeRenderer() }).parse(text);
    if (typeof html === 'string') return html;
  } catch {
    refuse('bad_text', 'a text that cannot be parsed');
  }
  return refuse('bad_text', 'a text that cannot be parsed');
}

/** How deep lists and quotes can nest at most, from the marks at the beginning of lines; it never reckons too little. */
export function nesting(text: string): number {
  let deepestSeen = 0;
  const lists: number[] = [];
  for (const line of text.split('\n')) {
    const { quotes, marks } = openers(line);
    for (const column of marks) {
      while (lists.length > 0 && (lists.at(-1) ?? 0) >= column) lists.pop();
      lists.push(column);
    }
    deepestSeen = Math.max(deepestSeen, quotes + (marks.length > 0 ? lists.length : 0));
  }
  return deepestSeen;
}

function openers(line: string): { quotes: number; marks: number[] } {
  const opener = /[ \t]*(>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/y;
  const marks: number[] = [];
  let quotes = 0;
  for (let match = opener.exec(line); match !== null; match = opener.exec(line)) {
    if (match[1] === '>') quotes += 1;
    else marks.push(match.index + match[0].length - (match[1]?.length ?? 0));
  }
  return { quotes, marks };
}

type Own = Pick<Renderer, 'html' | 'image' | 'link' | 'heading' | 'checkbox' | 'text'>;

function safeRenderer(): Own & ThisType<Renderer> {
  let level = 2;
  return {
    html: (token: Tokens.HTML | Tokens.Tag): string => (token.block ? `<p>${escapeHtml(token.text.trim())}</p>\n` : escapeHtml(token.text)),
    // `&#8238;` stands for itself: what is signed and what is read have the same characters, and hidden ones have no way in.
    text(token: Tokens.Text | Tokens.Escape): string {
      if ('tokens' in token && token.tokens) return this.parser.parseInline(token.tokens);
      return escapeHtml(token.type === 'escape' ? token.text : token.raw);
    },
    image: ({ text }: Tokens.Image): string => escapeHtml(text),
    checkbox: ({ checked }: Tokens.Checkbox): string => (checked ? '☑ ' : '☐ '),
    link({ href, tokens }: Tokens.Link): string {
      const inner = this.parser.parseInline(tokens);
      return isAllowedLink(href) ? `<a href="${escapeHtml(href)}" rel="noopener">${inner}</a>` : inner;
    },
    heading({ tokens, depth }: Tokens.Heading): string {
      level = Math.min(depth + 2, level + 1, 6);
      return `<h${level}>${this.parser.parseInline(tokens)}</h${level}>\n`;
    },
  };
}

function isAllowedLink(href: string): boolean {
  return /^(https:\/\/[^\s/]|mailto:[^\s]|#)/i.test(href);
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'hr', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'blockquote', 'pre', 'code'],
    ...['strong', 'em', 'del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'escape',
  nestingLimit: 24,
};
