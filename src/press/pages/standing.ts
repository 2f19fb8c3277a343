import type { Language } from '../../statement/schema.ts';
import type { TextPage } from '../address.ts';
import type { ResourceDraft } from '../resource.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading } from './page.ts';

export type StandingModel = { layout: Layout; title: string; parts: readonly { title: string | null; html: string }[] };
export type MissingModel = { layout: Layout; links: readonly LinkModel[]; search: string; others: readonly { lang: Language; title: string; text: string }[] };

/** A standing page: its first line is the title, each `## ` line a heading; the rest goes through the Markdown gate. */
export async function standingPage(reading: Reading, name: TextPage, markdown: (text: string) => Promise<string>): Promise<ResourceDraft> {
  const { speech, room } = reading;
  const { agency } = room;
  const values = new Map([
    ['agency', agency.name[speech.language]],
    ['pressContact', agency.pressContact],
    ['peopleContact', agency.peopleContact],
    ['publicUrl', agency.publicUrl],
    ['zone', agency.zone],
    ['prefix', hrefOf(reading, { page: 'home' }).slice(0, -1)],
  ]);
  const text = room.pages[name][speech.language].replaceAll(/\{(\w+)\}/g, (whole, key: string) => values.get(key) ?? whole);
  const [heading = '', ...blocks] = text.split(/^#{1,2} /m).slice(1);
  const [title = '', ...lead] = heading.split('\n');
  const cut = blocks.map((block) => [block.slice(0, block.indexOf('\n')), block.slice(block.indexOf('\n'))] as const);
  const html = async (body: string): Promise<string> => speech.typesetHtml(await markdown(body));
  const description = lead.join(' ').trim().slice(0, 200);
  const model: StandingModel = {
    layout: layoutOf(reading, { page: 'text', name }, { title: speech.typeset(title), description }),
    title: speech.typeset(title),
    parts: [
      { title: null, html: await html(lead.join('\n')) },
      ...(await Promise.all(cut.map(async ([name, body]) => ({ title: speech.typeset(name), html: await html(body) })))),
    ],
  };
  return htmlPage(reading, 'public/standing', model);
}

/** The same bytes for what was never there and for what is not public. */
export function missingPage(reading: Reading): ResourceDraft {
  const { agency, speeches } = reading.room;
  const { say, language } = reading.speech;
  const layout = layoutOf(reading, { page: 'home' }, { title: say('public.missing.title'), description: '' });
  const model: MissingModel = {
    layout: { ...layout, canonical: null, nav: layout.nav.map((link) => ({ ...link, current: false })) },
    links: (['home', 'archive', 'verify'] as const).map((page) => ({ href: hrefOf(reading, { page }), text: say(`public.nav.${page}`) })),
    search: hrefOf(reading, { page: 'search' }),
    others: agency.languages
      .filter((lang) => lang !== language)
      .map((lang) => ({ lang, title: speeches[lang].say('public.missing.title'), text: speeches[lang].say('public.missing.text') })),
  };
  return htmlPage(reading, 'public/missing', model, { cache: 'no-store', status: 404 });
}
