import { type ChangeObject, diffArrays, diffWordsWithSpace } from 'diff';
import type { Artefact } from '../leak/findings.ts';
import { type FindingItem, itemsOf } from './findings.ts';
import type { Language, SignedContent, SignedVersion } from './schema.ts';
import { sections } from './sections.ts';

/** What changed between two versions: facts as rows, texts block by block (look.md, "Diff page"). */
export type VersionDiff = { fields: readonly FieldChange[]; blocks: readonly SectionDiff[] };
export type FieldChange = { field: string; before: string; after: string };
export type SectionDiff = { section: string; changes: readonly BlockChange[] };
export type BlockChange = { type: 'same' | 'added' | 'removed'; text: string } | { type: 'changed'; words: readonly WordChange[] };
export type WordChange = { type: 'same' | 'added' | 'removed'; text: string };

/** @param language whose texts are compared; a version without it counts as empty text */
export function diffVersions(before: SignedContent | SignedVersion, after: SignedContent | SignedVersion, language: Language): VersionDiff {
  const [old, now] = [factRows(before, language), factRows(after, language)];
  const names = [...new Set([...old.keys(), ...now.keys()])];
  const fields = names.map((field) => ({ field, before: old.get(field) ?? '', after: now.get(field) ?? '' })).filter((row) => row.before !== row.after);
  const blocks = ['title', 'summary', ...sections].map((section) => ({
    section,
    changes: diffBlocks(textOf(before, section, language), textOf(after, section, language)),
  }));
  return { fields, blocks: blocks.filter(({ changes }) => changes.length > 0) };
}

/** Blocks are aligned first, then words inside a pair: a whole-text word diff takes seconds on unrelated texts. */
export function diffBlocks(before: string, after: string): readonly BlockChange[] {
  const [removed, added] = [splitBlocks(before), splitBlocks(after)];
  const parts = diffArrays(removed, added, { maxEditLength: mostChanged.blocks }) ?? [changed(removed, 'removed'), changed(added, 'added')];
  const changes: BlockChange[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const [part, next] = [parts[index], parts[index + 1]];
    if (part === undefined) continue;
    if (part.removed && next?.added) {
      changes.push(...pairBlocks(part.value, next.value));
      index += 1;
    } else {
      const type = part.added ? 'added' : part.removed ? 'removed' : 'same';
      changes.push(...part.value.map((text) => ({ type, text }) as const));
    }
  }
  return changes;
}

function changed(value: string[], side: 'added' | 'removed'): ChangeObject<string[]> {
  return { value, count: value.length, added: side === 'added', removed: side === 'removed' };
}

/** A diff takes the square of what changed: beyond these a block counts as replaced, so that no text can hold up the process. */
const mostChanged = { blocks: 600, words: 250, pairs: 40 };
/** Least share of a pair's text that both sides have in common; below it a word diff is confetti and the block counts as replaced. */
const leastCommon = 0.4;
const longestPair = 16_000;

function pairBlocks(removed: readonly string[], added: readonly string[]): readonly BlockChange[] {
  const pairs = Math.max(removed.length, added.length);
  return Array.from({ length: pairs }, (_, index) => diffPair(removed[index], added[index], index)).flat();
}

function diffPair(before: string | undefined, after: string | undefined, index: number): readonly BlockChange[] {
  const replaced = [
    ...(before === undefined ? [] : [{ type: 'removed', text: before } as const]),
    ...(after === undefined ? [] : [{ type: 'added', text: after } as const]),
  ];
  if (before === undefined || after === undefined || before.length + after.length > longestPair || index >= mostChanged.pairs) return replaced;
  const parts = diffWordsWithSpace(before, after, { maxEditLength: mostChanged.words });
  if (parts === undefined) return replaced;
  const words = parts.map((part): WordChange => ({ type: part.added ? 'added' : part.removed ? 'removed' : 'same', text: part.value }));
  const common = words.filter((part) => part.type === 'same' && /[\p{L}\p{N}]/u.test(part.text)).reduce((sum, part) => sum + part.text.length, 0);
  return (2 * common) / (before.length + after.length) < leastCommon ? replaced : [{ type: 'changed', words }];
}

/** Paragraphs and list items. French no-break spaces are inserted at render, so they never count as a change. */
function splitBlocks(text: string): string[] {
  return text
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .split(/\n{2,}|\n(?=[ \t]*(?:[-*+]|\d+[.)]) )/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
}

function textOf(version: SignedContent, section: string, language: Language): string {
  const texts = version.texts[language];
  return texts === undefined ? '' : (new Map<string, string>(Object.entries(texts)).get(section) ?? '');
}

function factRows(version: SignedContent, language: Language): Map<string, string> {
  const { nextUpdate, findings } = version;
  return new Map([
    ['phase', version.phase],
    ['situation', version.situation],
    ['incidentStatus', version.incident.status],
    ['awareAt', version.incident.awareAt ?? ''],
    ['languages', version.languages.join(', ')],
    ['attribution', version.attribution.status === 'attributed' ? `${version.attribution.authority} ${version.attribution.url}` : version.attribution.status],
    ['nextUpdate', nextUpdate === null ? '' : (nextUpdate.at ?? [nextUpdate.type, nextUpdate.reason[language]].filter(Boolean).join(': '))],
    ['pressContact', version.contacts.press],
    ['peopleContact', version.contacts.people],
    ...itemsOf(findings).flatMap((item): [string, string][] => [
      [`findings.${item.id}`, itemFacts(item, language)],
      [`findings.${item.id}.because`, item.because[language] ?? ''],
      [`findings.${item.id}.proof`, 'form' in item ? itemProof(item, language) : ''],
      [`findings.${item.id}.prints`, 'form' in item ? itemPrints(item) : ''],
    ]),
  ]);
}

/** What is said of an item, between dots: its words, then each code as `family:code`, members and dates as they are. */
function itemFacts(item: FindingItem, language: Language): string {
  const code = (family: string, value: string | null | undefined): readonly string[] => (value ? [`${family}:${value}`] : []);
  const codes = (family: string, values: readonly string[] = []): readonly string[] => values.map((value) => `${family}:${value}`);
  const grounds = [...code('confidence', item.confidence), ...codes('basis', item.bases)];
  if ('text' in item) return [item.text[language] ?? item.id, item.about.join(', '), ...code('claim', item.finding), ...grounds].filter(Boolean).join(' · ');
  if ('members' in item)
    return [item.label[language] ?? item.id, item.members.join(', '), ...code('finding', item.finding), ...grounds].filter(Boolean).join(' · ');
  return [
    item.label[language] ?? item.id,
    ...code('form', item.form),
    ...code('circulation', item.circulation),
    item.firstSeenOn,
    ...code('verdict', item.verdict),
    ...codes('change', item.changes),
    ...codes('context', item.context),
    ...codes('personal', item.personalData),
    ...grounds,
    ...code('likelihood', item.likelihood),
    item.mediaType ?? '',
    item.size === undefined ? '' : `${item.size} B`,
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Who stands behind what is said of an artefact: who asserts it, who permitted it, and what its mail signature was checked with. */
function itemProof({ assertedBy, permission, dkim }: Artefact, language: Language): string {
  const parts = [
    assertedBy?.[language],
    permission && [permission.from[language], permission.givenOn].filter(Boolean).join(', '),
    dkim && [`${dkim.selector}._domainkey.${dkim.domain}`, dkim.capturedAt, dkim.key].join(', '),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Each fingerprint whole: a part of one would hide a change in the rest. */
function itemPrints({ fingerprints = [] }: Artefact): string {
  return fingerprints.flatMap(({ level, value }) => [`fingerprint:${level}`, value]).join(' · ');
}
