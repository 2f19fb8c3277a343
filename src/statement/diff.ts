import { diffArrays, diffWordsWithSpace } from 'diff';
import { type Language, type SignedContent, type SignedVersion, sections } from './schema.ts';

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
  const parts = diffArrays(splitBlocks(before), splitBlocks(after));
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

function pairBlocks(removed: readonly string[], added: readonly string[]): readonly BlockChange[] {
  const pairs = Math.min(removed.length, added.length);
  const changed = removed.slice(0, pairs).map((text, index) => ({ type: 'changed', words: diffWords(text, added[index] ?? '') }) as const);
  return [
    ...changed,
    ...removed.slice(pairs).map((text) => ({ type: 'removed', text }) as const),
    ...added.slice(pairs).map((text) => ({ type: 'added', text }) as const),
  ];
}

/** Words of one block; a block over 2,000 words is shown as replaced, so that no text makes the diff slow. */
function diffWords(before: string, after: string): readonly WordChange[] {
  if (before.length + after.length > 16_000)
    return [
      { type: 'removed', text: before },
      { type: 'added', text: after },
    ];
  return diffWordsWithSpace(before, after).map((part) => ({ type: part.added ? 'added' : part.removed ? 'removed' : 'same', text: part.value }));
}

/** French no-break spaces are inserted at render, so they never count as a change. */
function splitBlocks(text: string): string[] {
  return text
    .replaceAll(/[\u00a0\u202f]/g, ' ')
    .split(/\n{2,}/)
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
    ...findings.artefacts.map((item): [string, string] => [
      `findings.${item.id}`,
      [item.label[language] ?? item.id, item.form, item.circulation, item.firstSeenOn, item.verdict, item.confidence].filter(Boolean).join(' · '),
    ]),
    ...findings.collections.map((item): [string, string] => [
      `findings.${item.id}`,
      [item.label[language] ?? item.id, item.members.join(', '), item.finding, item.confidence].filter(Boolean).join(' · '),
    ]),
  ]);
}
