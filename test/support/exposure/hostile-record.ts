import type { Findings } from '../../../src/leak/findings.ts';
import type { Content, Language, SignedContent, Texts } from '../../../src/statement/schema.ts';
import { noNotes } from '../../../src/statement/schema.ts';
import { artefact, collection } from '../findings.ts';
import { type Archive, createArchive, type Spoken } from '../press-fixtures.ts';
import { readyContent } from '../statements.ts';

/** Statements each of whose texts is another one of a list: after as many rounds as there are texts, each has stood in every field. */

/** Gives the texts of a round one after the other, none longer than asked. */
export type Draw = (most?: number) => string;
export function drawing(texts: readonly string[], round: number): Draw {
  // A step without a common factor: the same text does not meet the same field again.
  let at = round * 37;
  return (most = 600) => {
    for (;;) {
      const text = texts[at % texts.length] ?? '';
      at += 1;
      if (text.length <= most) return text;
    }
  };
}

const both = (draw: Draw): Record<Language, string> => ({ en: draw(), fr: draw() });

export function hostileTexts(draw: Draw): Texts {
  const plain = { title: draw(160), summary: draw(), changeNote: draw(), wasWrong: draw(), isRight: draw(), nextUpdateReason: draw() };
  return { ...plain, known: `${draw()}\n\n${draw()}`, unknown: draw(), circulating: `- ${draw()}\n- ${draw()}`, advice: draw(), doing: draw() };
}

export function hostileFindings(draw: Draw): Findings {
  const judged = { verdict: 'fabricated', confidence: 'high', bases: ['origin_denies'], because: both(draw), assertedBy: both(draw) } as const;
  const item = artefact({ ...judged, bases: [...judged.bases], label: both(draw), permission: { from: both(draw), givenOn: '2026-11-20' } });
  const claim = { id: 'K-1', text: both(draw), about: ['A-1'], finding: 'false', confidence: 'high', bases: [], because: both(draw) } as const;
  return {
    artefacts: [item],
    collections: [collection({ label: both(draw), members: ['A-1'], finding: 'mixed', confidence: 'low', because: both(draw) })],
    claims: [{ ...claim, about: [...claim.about], bases: [] }],
  };
}

/** Public statements `2026-0001` and on: a first version, a correction, and every third one withdrawn. */
export function hostileArchive(texts: readonly string[], rounds: number): Archive {
  const archive = createArchive();
  for (let round = 0; round < rounds; round += 1) {
    const draw = drawing(texts, round);
    const reference = `2026-${String(round + 1).padStart(4, '0')}`;
    const at = (step: number): string => new Date(Date.parse('2026-09-01T08:00:00.000Z') + round * 3_600_000 + step * 60_000).toISOString();
    const spoken = (): Partial<Record<Language, Spoken>> => ({
      en: { ...hostileTexts(draw), reason: draw(280) },
      fr: { ...hostileTexts(draw), reason: draw(280) },
    });
    const attribution: SignedContent['attribution'] = { status: 'attributed', authority: draw(200), url: 'https://a.example/' };
    const contacts = { press: draw(), people: draw() };
    const more = { nextUpdate: { type: 'until_event' }, because: both(draw), contacts, attribution } as const;
    archive.publish(reference, { at: at(0), texts: spoken(), findings: hostileFindings(draw), ...more });
    archive.publish(reference, { at: at(1), texts: spoken(), findings: hostileFindings(draw), kind: 'correction', corrects: 1, ...more });
    if (round % 3 === 0) archive.publish(reference, { at: at(2), texts: spoken(), kind: 'withdrawal', contacts });
  }
  return archive;
}

export function hostileDraft(draw: Draw): Content {
  return {
    ...readyContent(),
    pressContact: draw(),
    peopleContact: draw(),
    attribution: { status: 'attributed', authority: draw(200), url: 'https://a.example/' },
    languages: ['en', 'fr'],
    texts: { en: hostileTexts(draw), fr: hostileTexts(draw) },
    findings: hostileFindings(draw),
    house: { ...noNotes, entity: { consulted: true, waiver: draw() }, triage: draw(), personas: [draw(120)], fileTitles: [draw(300)], names: [draw(120)] },
  };
}
