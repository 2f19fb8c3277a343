import type { Language } from '../../statement/schema.ts';
import type { Place } from '../address.ts';
import type { ResourceDraft } from '../resource.ts';
import { linkedData } from '../structured-data.ts';
import { type Family, families, familiesUnder, type Term, termsOf, termUnder } from '../vocabulary.ts';
import { hrefOf, htmlPage, type Layout, type LinkModel, layoutOf, type Pressroom, type Reading, urlOf } from './page.ts';

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
  const found = code === null ? termsOf(family) : [termUnder(family, code)].filter((term) => term !== undefined);
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
  const [first] = groups;
  const isOne = first !== undefined && groups.length === 1 && first.codes.length === 1;
  const model: VocabModel = {
    layout: {
      ...layoutOf(reading, place, { title, description: lead }),
      data: isOne ? definedTerm(reading, { family: first.family, code: first.codes[0] ?? '' }) : null,
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
      ...(groups.length <= 2 ? groups.map(({ family }) => ({ href: `/vocab/${family.name}.jsonld`, text: `${family.name}.jsonld` })) : []),
    ],
  };
  return htmlPage(reading, 'public/vocab', model);
}

function termModel(reading: Reading, { family, code }: Term): TermModel {
  const { say } = reading.speech;
  const label = say(`${family.words}.${code}`);
  return { code, label, definition: say(`${family.words}.${code}.definition`), href: hrefOf(reading, placeOf({ family, code })) };
}

function definedTerm(reading: Reading, term: Term): string {
  const { label, definition, code } = termModel(reading, term);
  const scheme = urlOf(reading, { page: 'vocab', family: term.family.name, code: null });
  return linkedData({
    '@type': 'DefinedTerm',
    url: urlOf(reading, placeOf(term)),
    name: label,
    termCode: code,
    description: definition,
    inDefinedTermSet: scheme,
  });
}

/** A family as a SKOS concept scheme in every language, under the addresses that feeds and signed files name for ever. */
export function vocabFile({ agency, speeches }: Pressroom, name: string): ResourceDraft | undefined {
  const [own, ...others] = familiesUnder(name);
  if (own === undefined) return undefined;
  const said = (key: string) => agency.languages.map((language: Language) => ({ '@language': language, '@value': speeches[language].say(key) }));
  const address = (family: Family): string => `https://${agency.origin}/vocab/${family.name}`;
  const scheme = {
    '@context': { skos: 'http://www.w3.org/2004/02/skos/core#' },
    '@id': address(own),
    '@type': 'skos:ConceptScheme',
    'skos:prefLabel': said(`public.vocab.${own.name}`),
    'skos:definition': said(`public.vocab.${own.name}.lead`),
    'skos:hasTopConcept': [own, ...others].flatMap((family) =>
      family.codes
        .filter((code) => family === own || !own.codes.includes(code))
        .map((code) => ({
          '@id': `${address(own)}/${code}`,
          '@type': 'skos:Concept',
          'skos:notation': code,
          'skos:inScheme': { '@id': address(own) },
          'skos:prefLabel': said(`${family.words}.${code}`),
          'skos:definition': said(`${family.words}.${code}.definition`),
        })),
    ),
  };
  return { type: 'application/ld+json', body: `${JSON.stringify(scheme, null, 2)}\n`, cache: 'public, max-age=60', crossOrigin: true };
}
