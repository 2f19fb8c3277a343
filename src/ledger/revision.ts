import { type Findings, type FindingWords, fitsFirstSchema, mapWords } from '../leak/findings.ts';
import { type Content, emptyTexts, type Kind, type PerLanguage, type SignedContent, type TextField } from '../statement/schema.ts';
import { sha256Hex } from './hash.ts';
import { canonicalise } from './jcs.ts';

/**
 * What an approval binds: everything that the version's file will hold, except reference, number, published time, previous hash
 * and salt (workflow.md, "What an approval binds"). Text of a language that the version does not include stays out, in findings
 * as well. `origin` is the scheme-less identity; `withdrawal` stands only in a version of that kind.
 */
export function signedContent(kind: Kind, content: Content, origin: string, withdrawal: SignedContent['withdrawal'] = null): SignedContent {
  const { nextUpdate } = content;
  const findings = signedFindings(content);
  return {
    // The oldest schema that has a place for everything said: what was approved under it keeps its hash.
    schema: `https://${origin}/schema/version/v${fitsFirstSchema(findings) ? 1 : 2}`,
    kind,
    phase: content.phase,
    situation: content.situation,
    incident: { status: content.incidentStatus, awareAt: content.awareAt },
    exercise: content.exercise,
    namesPerson: content.namesPerson,
    languages: content.languages,
    texts: signedTexts(content),
    changeNote: collect(content, 'changeNote'),
    correction: signedCorrection(kind, content),
    withdrawal,
    attribution: content.attribution,
    findings,
    nextUpdate: nextUpdate && {
      type: nextUpdate.type,
      at: nextUpdate.type === 'by' ? nextUpdate.at : null,
      reason: collect(content, 'nextUpdateReason'),
    },
    contacts: { press: content.pressContact, people: content.peopleContact },
  };
}

/** The revision's hash: SHA-256 (hex) of the JCS of the signed content. */
export function revisionHash(signed: SignedContent): string {
  return sha256Hex(canonicalise(signed));
}

/** Address of a whole working text, the language not yet included as well: SHA-256 (hex) of the JCS of `{kind, content}`. */
export function textAddress(kind: Kind, content: Content): string {
  return sha256Hex(canonicalise({ kind, content }));
}

function signedTexts(content: Content): SignedContent['texts'] {
  const texts: SignedContent['texts'] = {};
  for (const language of content.languages) {
    const { title, summary, known, unknown, circulating, advice, doing } = content.texts[language] ?? emptyTexts;
    texts[language] = { title, summary, known, unknown, circulating, advice, doing };
  }
  return texts;
}

function signedCorrection(kind: Kind, content: Content): SignedContent['correction'] {
  if (kind !== 'correction' || content.correctsVersion === null) return null;
  return { version: content.correctsVersion, wasWrong: collect(content, 'wasWrong'), isRight: collect(content, 'isRight') };
}

function signedFindings(content: Content): Findings {
  return mapWords(content.findings, (words) => {
    const kept: FindingWords = {};
    for (const language of content.languages) if (words[language] !== undefined) kept[language] = words[language];
    return kept;
  });
}

/** One text field in each included language that has words for it. */
function collect(content: Content, field: TextField): PerLanguage {
  const words: PerLanguage = {};
  for (const language of content.languages) {
    const text = content.texts[language]?.[field];
    if (text) words[language] = text;
  }
  return words;
}

/**
 * The working text that a signed file was made from, as far as the file shows it: `signedContent` of it is the file's content again.
 * Text of a language that the version did not include is not in it.
 */
export function workingContent(signed: SignedContent): Content {
  const { nextUpdate, correction, changeNote } = signed;
  const texts: Content['texts'] = {};
  for (const language of signed.languages)
    texts[language] = {
      ...emptyTexts,
      ...signed.texts[language],
      changeNote: changeNote[language] ?? '',
      wasWrong: correction?.wasWrong[language] ?? '',
      isRight: correction?.isRight[language] ?? '',
      nextUpdateReason: nextUpdate?.reason[language] ?? '',
    };
  const { phase, situation, exercise, namesPerson, attribution, findings, languages, incident, contacts } = signed;
  return {
    ...{ phase, situation, exercise, namesPerson, attribution, findings, languages, texts },
    incidentStatus: incident.status,
    awareAt: incident.awareAt,
    pressContact: contacts.press,
    peopleContact: contacts.people,
    nextUpdate: nextUpdate && (nextUpdate.type === 'by' ? { type: 'by', at: nextUpdate.at ?? '' } : { type: nextUpdate.type }),
    correctsVersion: correction?.version ?? null,
  };
}
