import type { Place } from '../address.ts';
import type { ResourceDraft } from '../resource.ts';
import { linkedData } from '../structured-data.ts';
import { type Family, families, familiesUnder, type Term, termsUnder } from '../vocabulary.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Reading } from './page.ts';
import { definedTerms } from './vocab-files.ts';

export type VocabModel = {
  layout: Layout;
  lead: string;
  groups: readonly { id: string; title: string; href: string; terms: readonly TermModel[] }[];
  links: readonly LinkModel[];
};
export type TermModel = { code: string; label: string; definition: string; href: string };

/** What our codes mean: all families, one of them, or the meanings of one code; undefined for what is no word of ours. */
export function vocabPage(reading: Reading, { family, code }: VocabPlace): ResourceDraft | undefined {
  const { say } = reading.speech;
  if (family === null) return page(reading, { page: 'vocab', family, code: null }, say('public.vocab.title'), say('public.vocab.lead'), families.map(wholeOf));
  const under = familiesUnder(family);
  if (under.length > 0 && code === null) {
    const title = say(`public.vocab.${family}`);
    return page(reading, { page: 'vocab', family, code }, title, say(`public.vocab.${family}.lead`), under.map(wholeOf));
  }
  const found = termsUnder(family, code);
  const [term] = found;
  if (term === undefined) return undefined;
  // A code with one meaning has one page, whichever of its addresses was asked for.
  const place: VocabPlace = found.length > 1 ? { page: 'vocab', family, code } : placeOf(term);
  const groups = found.map((one) => ({ family: one.family, codes: [one.code] }));
  return page(
    reading,
    place,
    found.length > 1 ? term.code : termModel(reading, term).label,
    say(found.length > 1 ? 'public.vocab.many' : 'public.vocab.one', { code: term.code }),
    groups,
  );
}

type VocabPlace = Extract<Place, { page: 'vocab' }>;
type Group = { family: Family; codes: readonly string[] };
const wholeOf = (family: Family): Group => ({ family, codes: family.codes });
const placeOf = ({ family, code }: Term): VocabPlace => ({ page: 'vocab', family: family.name, code });

function page(reading: Reading, place: VocabPlace, title: string, lead: string, groups: readonly Group[]): ResourceDraft {
  const { say } = reading.speech;
  // A page of a family, or of all, says to machines no more than where its files are.
  const terms = groups.every(({ codes }) => codes.length === 1) ? groups.map(({ family, codes: [code = ''] }) => ({ family, code })) : [];
  const model: VocabModel = {
    layout: {
      ...layoutOf(reading, place, { title, description: lead }),
      data: terms.length > 0 ? linkedData(definedTerms(reading.room, terms)) : null,
    },
    lead,
    groups: groups.map(({ family, codes }) => ({
      id: family.name,
      title: say(`public.vocab.${family.name}`),
      href: hrefOf(reading, { page: 'vocab', family: family.name, code: null }),
      terms: codes.map((code) => termModel(reading, { family, code })),
    })),
    links: [
      ...(place.family === null ? [] : [{ href: hrefOf(reading, { page: 'vocab', family: null, code: null }), text: say('public.vocab.all') }]),
      ...filesOf(place, groups),
    ],
  };
  return htmlPage(reading, 'public/vocab', model);
}

/** The page's own terms, or the one or two families on it. */
function filesOf({ family, code }: VocabPlace, groups: readonly Group[]): readonly LinkModel[] {
  const isFamily = family !== null && code === null && familiesUnder(family).length > 0;
  const names = isFamily ? groups.map((group) => group.family.name) : family === null ? [] : [code === null ? family : `${family}/${code}`];
  return names.map((name) => ({ href: `/vocab/${name}.jsonld`, text: `${name}.jsonld` }));
}

function termModel(reading: Reading, { family, code }: Term): TermModel {
  const { say } = reading.speech;
  const label = say(`${family.words}.${code}`);
  return { code, label, definition: say(`${family.words}.${code}.definition`), href: hrefOf(reading, placeOf({ family, code })) };
}
