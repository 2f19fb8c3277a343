import type { Browser } from 'playwright-core';

/** What a real browser makes of a text, beyond words: each thing that must not be in a page of ours. */

export type Paper = { name: string; kind: 'html' | 'feed' | 'svg'; text: string };
export type DomCheck = {
  objections(papers: readonly Paper[]): Promise<readonly string[]> /** Lets pages run as they are, without our policy. */;
  run(papers: readonly Paper[]): Promise<readonly string[]>;
};

const atOnce = 200;

export async function openDomCheck(browser: Browser): Promise<DomCheck> {
  const page = await browser.newPage();
  const fired: string[] = [];
  page.on('dialog', async (dialog) => {
    fired.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on('pageerror', (error) => fired.push(`an error: ${error.message}`));
  await page.route('**/*', (route) => {
    const { host } = new URL(route.request().url());
    if (host.endsWith('x.example')) fired.push(`a request to ${host}`);
    // No content: a page that wants to go elsewhere stays.
    return route.fulfill({ status: 204 });
  });
  return {
    objections: async (papers) => {
      const found: string[] = [];
      // All at once are more than a browser takes in one message on a busy machine.
      for (let from = 0; from < papers.length; from += atOnce) found.push(...(await page.evaluate(inspect, papers.slice(from, from + atOnce))));
      return found;
    },
    run: async (papers) => {
      for (const { text } of papers) {
        await page.setContent(text, { waitUntil: 'domcontentloaded' });
        await page.evaluate(touchAll).catch(async () => {
          fired.push('the page went elsewhere');
          await page.goto('about:blank').catch(() => undefined);
        });
      }
      return fired;
    },
  };
}

/** Runs in the browser: whatever waits for a pointer or the focus gets both. */
function touchAll(): void {
  for (const element of document.querySelectorAll('main *')) for (const type of ['mouseover', 'focus', 'toggle']) element.dispatchEvent(new Event(type));
}

/** Runs in the browser. */
function inspect(papers: readonly Paper[]): string[] {
  const found: string[] = [];
  const foreign =
    'iframe,frame,frameset,object,embed,applet,base,math,template,portal,fencedframe,video,audio,source,track,style,link[rel=import],marquee,font,dialog,keygen,xmp,plaintext,listing,meta[http-equiv],form[action^=http],image,isindex,bgsound,slot,foreignObject,animate,set,use';
  const look = (name: string, root: Document | DocumentFragment | Element, isPage: boolean): void => {
    for (const element of root.querySelectorAll(isPage ? '*' : ':scope *')) {
      const tag = element.localName;
      const type = element.getAttribute('type');
      const isOurs = isPage && ((tag === 'script' && (element.getAttribute('src') ?? '').startsWith('/assets/')) || type === 'application/ld+json');
      if (tag === 'script' && !isOurs) found.push(`${name}: a script`);
      // A drawing of ours may have one style sheet, in which nothing comes from a text.
      const isOwnStyle = tag === 'style' && element.namespaceURI === 'http://www.w3.org/2000/svg' && !/alert|example|expression/.test(element.textContent);
      const isOwnFrame =
        element.matches('dialog.keys[data-keys]') ||
        (tag === 'iframe' && /^\/desk\/statements\/[0-9a-f]{20}\/preview\/(?:en|fr)$/.test(element.getAttribute('src') ?? ''));
      if (element.matches(foreign) && !isOwnStyle && !isOwnFrame) found.push(`${name}: a ${tag}`);
      if (tag.includes('-') && !['markdown-toolbar', 'markdown-toolbar-element'].some((known) => tag.startsWith('md-') || tag.startsWith(known)))
        found.push(`${name}: a ${tag}`);
      for (const { name: attribute, value } of element.attributes) {
        if (/^on/i.test(attribute)) found.push(`${name}: ${attribute} on a ${tag}`);
        if (attribute === 'style' || attribute === 'srcdoc' || attribute === 'formaction') found.push(`${name}: ${attribute} on a ${tag}`);
        const isAddress = /^(?:href|src|action|data|poster|background|xlink:href|cite|srcset)$/.test(attribute);
        // As a browser reads it: blanks and control characters do not count.
        const scheme = /^([a-z][a-z0-9+.-]*):/i.exec([...value].filter((letter) => letter > ' ').join(''))?.[1]?.toLowerCase();
        if (isAddress && scheme !== undefined && !['https', 'http', 'mailto', 'tag'].includes(scheme))
          found.push(`${name}: ${attribute}=${scheme}: on a ${tag}`);
        if (attribute === 'src' && /^(?:https?:)?\/\/x\.example/.test(value)) found.push(`${name}: ${attribute} from elsewhere on a ${tag}`);
      }
      if (type === 'application/ld+json') JSON.parse(element.textContent);
    }
  };
  const parser = new DOMParser();
  for (const { name, kind, text } of papers) {
    if (kind === 'html') {
      look(name, parser.parseFromString(text, 'text/html'), true);
      continue;
    }
    const xml = parser.parseFromString(text, kind === 'svg' ? 'image/svg+xml' : 'application/xml');
    if (xml.querySelector('parsererror') !== null) found.push(`${name}: not well-formed`);
    if (kind === 'svg') look(name, xml, false);
    else if (xml.querySelector('script, svg, img, iframe') !== null) found.push(`${name}: an element of HTML among those of the feed`);
    const told = [...xml.querySelectorAll('[type=html], item > description, item > encoded')].map((element) => element.textContent);
    for (const html of kind === 'feed' ? told : []) look(`${name}, content`, parser.parseFromString(html, 'text/html').body, false);
  }
  return found;
}
