import type { Artefact, Collection, Findings } from '../../leak/findings.ts';
import type { Language, SignedContent } from '../../statement/schema.ts';
import type { Say } from '../../words.ts';
import type { CsafHouse, CsafSubject } from './document.ts';

export type CsafNote = {
  audience?: string;
  category: 'description' | 'details' | 'general' | 'legal_disclaimer' | 'other' | 'summary';
  text: string;
  title: string;
};

/**
 * What a statement says, as the notes of its CSAF document (csaf.md, "Mapping"): summary, what kind of incident it is, known, not known,
 * authenticity, advice, what the agency does, times, terms. A withdrawal's one `description` is its reason. No note is empty.
 */
export function csafNotes({ publicUrl, words }: CsafHouse, { reference, signed }: CsafSubject, language: Language): readonly CsafNote[] {
  const say = words[language];
  const texts = signed.texts[language];
  const note = (category: CsafNote['category'], title: string, text: string): readonly CsafNote[] =>
    text.trim() === '' ? [] : [{ category, title: say(title), text: text.trim() }];
  const isWithdrawn = signed.withdrawal !== null;
  return [
    ...note('summary', 'public.section.summary', texts?.summary ?? ''),
    ...(isWithdrawn ? [withdrawalReason(signed, language, say)] : []),
    ...note(isWithdrawn ? 'details' : 'description', 'csaf.incident', incidentText(signed, say)),
    ...note('details', 'public.section.known', texts?.known ?? ''),
    ...note('details', 'public.section.unknown', texts?.unknown ?? ''),
    { audience: 'media', ...authenticity(signed, language, say) },
    ...note('general', 'public.section.advice', texts?.advice ?? ''),
    ...note('other', 'public.section.doing', texts?.doing ?? ''),
    ...note('other', 'csaf.times', timesText(signed, language, say)),
    ...note('legal_disclaimer', 'csaf.terms', say('csaf.terms.text', { url: `${publicUrl}/statements/${reference}` })),
  ];
}

/** The title is the one that CSAF 2.1 fixes for withdrawn documents, in every language. */
function withdrawalReason({ withdrawal, languages }: SignedContent, language: Language, say: Say): CsafNote {
  const code = withdrawal === null ? '' : say(`public.withdrawal.${withdrawal.code}`);
  const reason = [language, ...languages].map((one) => withdrawal?.reason[one]?.trim()).find((words) => words) ?? '';
  return { category: 'description', title: 'Reasoning for Withdrawal', text: `${code} ${reason}`.trim() };
}

function incidentText({ situation, incident }: SignedContent, say: Say): string {
  const known = incident.awareAt === null ? '' : ` ${say('csaf.aware', { time: timeIn(incident.awareAt) })}`;
  return `${say('csaf.situation', { situation: say(`public.situation.${situation}`), incident: say(`public.incident.${incident.status}`) })}${known}`;
}

function timesText({ nextUpdate, incident }: SignedContent, language: Language, say: Say): string {
  const aware = incident.awareAt === null ? [] : [say('csaf.aware', { time: timeIn(incident.awareAt) })];
  if (nextUpdate === null) return aware.join('\n');
  const reason = nextUpdate.reason[language]?.trim() ?? '';
  const next = nextUpdate.at === null ? `${say(`public.next.${nextUpdate.type}`)} ${reason}` : say('public.next.by', { time: timeIn(nextUpdate.at) });
  return [...aware, say('csaf.next', { next: next.trim() })].join('\n');
}

/** `2026-11-14 12:30 UTC`: one form for machines' documents, whatever the agency's zone. */
function timeIn(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

/**
 * Begins with one fixed word, so that a newsroom can read it at a glance, and never with more than was found: a verdict is said with the
 * number of its item, several different ones as several.
 */
function authenticity({ findings, texts }: SignedContent, language: Language, say: Say): CsafNote {
  const lines = [say(`csaf.authenticity.${fixedWord(findings)}`), ...itemLines(findings, language, say)];
  const circulating = texts[language]?.circulating.trim() ?? '';
  return { category: 'details', title: say('csaf.authenticity'), text: [lines.join('\n'), ...(circulating === '' ? [] : [circulating])].join('\n\n') };
}

function fixedWord({ artefacts, collections }: Findings): string {
  const verdicts = new Set<string>(artefacts.map(({ verdict }) => verdict));
  if (verdicts.size > 1) return 'several';
  const [only] = verdicts;
  if (only !== undefined) return only;
  return collections.some(({ finding }) => finding !== 'unverified') ? 'collection' : 'none';
}

const mostLines = 60;

function itemLines({ artefacts, collections }: Findings, language: Language, say: Say): readonly string[] {
  const line = ({ id, label, confidence, because }: Artefact | Collection, verdict: string): string => {
    const found = say('csaf.item', { id, label: spokenIn(label, language), verdict });
    const sure = confidence === null ? '' : ` ${say('public.verdict.confidence', { confidence: say(`public.confidence.${confidence}`) })}`;
    return `${found}${sure} ${spokenIn(because, language)}`.trim();
  };
  const lines = [
    ...collections.map((item) => line(item, say(`public.finding.${item.finding}`))),
    ...artefacts.map((item) => line(item, say(`public.verdict.${item.verdict}`))),
  ];
  const more = lines.length - mostLines;
  return more > 0 ? [...lines.slice(0, mostLines), say('csaf.more', { count: more })] : lines;
}

function spokenIn(words: { fr?: string | undefined; en?: string | undefined }, language: Language): string {
  return (words[language] ?? words.fr ?? words.en ?? '').trim();
}
