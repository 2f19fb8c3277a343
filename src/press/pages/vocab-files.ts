import type { ResourceDraft } from '../resource.ts';
import { type JsonLd, linkedData } from '../structured-data.ts';
import { type Family, familiesUnder, type Term, termsUnder } from '../vocabulary.ts';
import type { Pressroom } from './page.ts';

/** What our codes mean, for machines: in every language at once, under the addresses that feeds and signed files name for ever. */

/** A family as a SKOS concept scheme; a code as the term that it is, or the terms. Undefined for what is no word of ours. */
export function vocabFile(room: Pressroom, { family, code }: { family: string; code: string | null }): ResourceDraft | undefined {
  const [own, ...others] = code === null ? familiesUnder(family) : [];
  if (own !== undefined) return jsonLdFile(JSON.stringify(conceptScheme(room, own, others), null, 2));
  const terms = termsUnder(family, code);
  return terms.length > 0 ? jsonLdFile(linkedData(definedTerms(room, terms))) : undefined;
}

function jsonLdFile(text: string): ResourceDraft {
  return { type: 'application/ld+json', body: `${text}\n`, cache: 'public, max-age=60', crossOrigin: true };
}

/** One term of schema.org, or a list of them where a code means different things in different families. */
export function definedTerms(room: Pressroom, terms: readonly Term[]): JsonLd {
  const made = terms.map(({ family, code }) => ({
    '@type': 'DefinedTerm',
    '@id': `${addressOf(room, family)}/${code}`,
    url: `${room.agency.publicUrl}/vocab/${family.name}/${code}`,
    termCode: code,
    name: saidIn(room, `${family.words}.${code}`),
    description: saidIn(room, `${family.words}.${code}.definition`),
    inDefinedTermSet: addressOf(room, family),
  }));
  const [only, ...others] = made;
  return only !== undefined && others.length === 0 ? only : { '@graph': made };
}

function addressOf({ agency }: Pressroom, family: Family): string {
  return `https://${agency.origin}/vocab/${family.name}`;
}

function saidIn({ agency, speeches }: Pressroom, key: string): readonly JsonLd[] {
  return agency.languages.map((language) => ({ '@language': language, '@value': speeches[language].say(key) }));
}

/** A family with its codes, and those of others that are told under its name as well. */
function conceptScheme(room: Pressroom, own: Family, others: readonly Family[]): JsonLd {
  return {
    '@context': { skos: 'http://www.w3.org/2004/02/skos/core#' },
    '@id': addressOf(room, own),
    '@type': 'skos:ConceptScheme',
    'skos:prefLabel': saidIn(room, `public.vocab.${own.name}`),
    'skos:definition': saidIn(room, `public.vocab.${own.name}.lead`),
    'skos:hasTopConcept': [own, ...others].flatMap((family) =>
      family.codes
        .filter((code) => family === own || !own.codes.includes(code))
        .map((code) => ({
          '@id': `${addressOf(room, own)}/${code}`,
          '@type': 'skos:Concept',
          'skos:notation': code,
          'skos:inScheme': { '@id': addressOf(room, own) },
          'skos:prefLabel': saidIn(room, `${family.words}.${code}`),
          'skos:definition': saidIn(room, `${family.words}.${code}.definition`),
        })),
    ),
  };
}
