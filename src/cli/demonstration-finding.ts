import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Artefact, Claim, Fingerprint } from '../leak/findings.ts';
import { fingerprintOfBytes, type Sha256 } from '../leak/fingerprint/exact.ts';
import { encodeSketch, sketchOf } from '../leak/fingerprint/sketch.ts';
import { fingerprintOfWords, wordsOf } from '../leak/fingerprint/text.ts';
import { type Chapter, write } from './demonstration-story.ts';

/** The last chapter: one letter turns out to be altered. Both letters lie in content/demonstration, to be compared with the register. */

const folder = join(import.meta.dirname, '../../content/demonstration');
const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();

function printsOf(name: string): { size: number; fingerprints: Fingerprint[] } {
  const bytes = readFileSync(join(folder, name));
  const words = wordsOf(bytes.toString('utf8'));
  return {
    size: bytes.length,
    fingerprints: [
      { level: 'exact', pipeline: 'onrecord-fp-v1', value: fingerprintOfBytes(bytes, sha256) },
      { level: 'text', pipeline: 'txt1', value: fingerprintOfWords(words, sha256) },
      { level: 'sketch', pipeline: 'mh1', value: encodeSketch(sketchOf(words)) },
    ],
  };
}

const letter = { form: 'text', mediaType: 'text/plain', bases: ['origin_copy_compared'], confidence: 'high' } as const;

const items = (firstSeenOn: string): readonly Artefact[] => [
  {
    ...letter,
    ...printsOf('letter-as-circulating.txt'),
    bases: [...letter.bases],
    id: 'A-4',
    label: { fr: 'Lettre du comité, telle qu’elle circule', en: 'Letter of the committee, as it circulates' },
    circulation: 'social_network',
    firstSeenOn,
    verdict: 'altered',
    changes: ['content'],
    likelihood: 'almost_certain',
    because: {
      fr: 'Une phrase du troisième paragraphe remplace celle de la lettre conservée par l’Institut. Le reste est identique.',
      en: 'A sentence of the third paragraph replaces the one in the letter that the Institute keeps. The rest is identical.',
    },
  },
  {
    ...letter,
    ...printsOf('letter-as-kept.txt'),
    bases: [...letter.bases],
    id: 'A-5',
    label: { fr: 'La même lettre, telle que l’Institut la conserve', en: 'The same letter, as the Institute keeps it' },
    circulation: 'press',
    firstSeenOn,
    verdict: 'authentic',
    permission: { from: { fr: 'L’Institut, auteur de la lettre', en: 'The Institute, which wrote the letter' }, givenOn: firstSeenOn },
    because: { fr: 'Elle correspond à la copie de l’Institut.', en: 'It matches the copy of the Institute.' },
  },
];

const claim: Claim = {
  id: 'K-1',
  text: { fr: 'Les membres du congrès obtiennent une dérogation sur simple appel', en: 'Members of the congress obtain an exemption by a mere call' },
  about: ['A-4'],
  finding: 'false',
  confidence: 'high',
  bases: ['origin_copy_compared', 'third_party_report'],
  because: {
    fr: 'La phrase qui l’affirme ne figure pas dans la lettre conservée, et le registre des décisions a été relu par un tiers.',
    en: 'The sentence that says so is not in the letter that is kept, and a third party has read the register of decisions.',
  },
};

export const findingChapter: Chapter = {
  at: 4 * 24 * 60 + 80,
  kind: 'update',
  approvers: ['jonas', 'claire'],
  change: (content, at) => ({
    ...write(
      content,
      {
        fr: {
          summary:
            'L’examen de deux lettres est terminé : celle qui circule, A-4, est altérée ; celle que l’Institut conserve, A-5, est authentique. Ces avis ne disent rien des autres documents. Nous demandons de ne pas les relayer.',
          circulating:
            'Des messages s’appuient sur la lettre A-4 pour affirmer que des dérogations seraient accordées sur simple appel. La phrase en cause ne figure pas dans la lettre conservée.',
          advice: 'Un fichier se compare au registre sur la page « Comparer un fichier » ; il ne quitte pas votre appareil.',
          changeNote: 'Premiers avis sur deux éléments, A-4 et A-5 ; une affirmation examinée.',
          nextUpdateReason: 'Nous nous exprimerons quand l’analyse des autres documents sera achevée.',
        },
        en: {
          ...content.texts.en,
          summary:
            'The examination of two letters is complete: the one that circulates, A-4, is altered; the one that the Institute keeps, A-5, is authentic. These verdicts say nothing about the other documents. Please do not relay them.',
          known: content.texts.en?.known.replace('Seven', 'Six') ?? '',
          circulating:
            'Messages rest on letter A-4 to assert that exemptions are granted by a mere call. The sentence in question is not in the letter that is kept.',
          advice: 'Compare a file with the register on the page “Check a file”; it does not leave your device.',
          changeNote: 'First findings on two items, A-4 and A-5; one claim examined.',
          nextUpdateReason: 'We will speak when the analysis of the other documents is complete.',
        },
      },
      ['fr', 'en'],
    ),
    correctsVersion: null,
    nextUpdate: { type: 'until_event' },
    findings: {
      artefacts: [...content.findings.artefacts, ...items(at(4 * 24 * 60).slice(0, 10))],
      collections: content.findings.collections.map((item) => ({
        ...item,
        members: [...item.members, 'A-4', 'A-5'],
        finding: 'mixed' as const,
        because: {
          fr: 'Parmi les documents comparés aux dossiers de l’Institut, A-5 est authentique et A-4 est altéré.',
          en: 'Among the documents compared with the Institute’s files, A-5 is authentic and A-4 is altered.',
        },
      })),
      claims: [claim],
    },
  }),
};
