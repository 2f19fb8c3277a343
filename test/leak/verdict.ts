import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { type Transition, transitionOf } from '../../src/leak/artefact.ts';
import { collectionRules, collectionTransition, namesNoFalsifiedItem } from '../../src/leak/collection.ts';
import { Artefact, type Collection } from '../../src/leak/findings.ts';
import type { VersionKind } from '../../src/leak/grounds.ts';
import { artefactIssues, artefactRules, findingChanges, findingsIssues } from '../../src/leak/verdict.ts';
import { altered, artefact, authentic, collection, dkim, fabricated, indeterminate, nothing, said, withdrawn } from '../support/findings.ts';

const codes = (before: Artefact | null, after: Artefact, kind: VersionKind = 'update'): string[] =>
  artefactIssues({ before, after, kind, first: 'fr' }).map(({ field, code }) => `${field.slice('findings.A-1.'.length)}: ${code}`);

t.test('each verdict stands on its least basis, and on nothing less', async (t) => {
  for (const item of [artefact({}), authentic, altered, fabricated, indeterminate]) t.strictSame(codes(null, item), [], item.verdict);
  t.strictSame(codes(altered, withdrawn, 'correction'), []);
  t.strictSame(codes(null, { ...authentic, bases: ['origin_confirms'] }), ['bases: authentic_basis'], 'a word is no comparison');
  t.strictSame(codes(null, { ...authentic, permission: null }), ['permission: permission_missing']);
  t.strictSame(codes(null, { ...authentic, bases: ['dkim_valid'] }), ['dkim: dkim_proof_missing']);
  t.strictSame(codes(null, { ...authentic, bases: ['dkim_valid'], dkim }), []);
  t.strictSame(codes(null, { ...authentic, changes: ['reencoding'] }), []);
  t.strictSame(codes(null, { ...authentic, changes: ['content'] }), ['changes: authentic_changed']);
  t.strictSame(codes(null, { ...authentic, bases: ['origin_copy_compared', 'origin_denies'] }), ['bases: basis_contradicts']);
  t.strictSame(codes(null, { ...altered, bases: ['forensic_report'] }), ['bases: altered_basis']);
  t.strictSame(codes(null, { ...altered, changes: [] }), ['changes: change_missing']);
  t.strictSame(codes(null, { ...altered, changes: ['metadata', 'reencoding'] }), ['changes: change_not_altering']);
  t.strictSame(codes(null, { ...fabricated, bases: ['origin_denies'] }), ['bases: fabricated_basis'], 'the denial alone');
  t.strictSame(codes(null, { ...fabricated, bases: ['forensic_report'] }), ['bases: fabricated_basis'], 'no denial');
  t.strictSame(codes(null, { ...fabricated, bases: [...fabricated.bases, 'pdf_or_code_signature'] }), ['bases: basis_contradicts'], 'a signature that holds');
  t.strictSame(codes(null, { ...indeterminate, bases: [] }), ['bases: tried_missing']);
  t.strictSame(codes(null, { ...indeterminate, bases: ['origin_denies'] }), ['confidence: denial_alone']);
  t.strictSame(codes(null, withdrawn), ['verdict: nothing_to_withdraw']);
  t.strictSame(codes(altered, { ...withdrawn, because: {} }, 'correction'), ['because: because_missing']);
  for (const item of [authentic, altered, fabricated, indeterminate]) {
    t.strictSame(codes(null, { ...item, confidence: 'low' }), ['confidence: confidence_low'], 'below moderate it stays unverified');
    t.strictSame(codes(null, { ...item, confidence: null }), ['confidence: confidence_low']);
    t.strictSame(codes(null, { ...item, because: { en: 'Compared.' } }), ['because: because_missing'], 'in the first language');
  }
  t.strictSame(codes(null, artefact({ confidence: 'high' })), ['confidence: confidence_not_due']);
});

t.test('every move of a verdict has its name', async (t) => {
  const moves: readonly (readonly [Artefact | null, Artefact, Transition])[] = [
    [null, artefact({}), 'none'],
    [null, altered, 'first'],
    [artefact({}), altered, 'first'],
    [withdrawn, authentic, 'first'],
    [altered, { ...altered, because: { fr: 'Autres mots.' } }, 'none'],
    [altered, { ...altered, confidence: 'high' }, 'strengthened'],
    [altered, { ...altered, bases: [...altered.bases, 'forensic_report'] }, 'strengthened'],
    [indeterminate, fabricated, 'strengthened'],
    [{ ...altered, confidence: 'high' }, altered, 'weakened'],
    [{ ...altered, changes: ['content', 'selection'] }, altered, 'weakened'],
    [{ ...altered, fingerprints: [{ level: 'exact', pipeline: 'onrecord-fp-v1', value: '0'.repeat(64) }] }, altered, 'weakened'],
    [altered, indeterminate, 'weakened'],
    [altered, authentic, 'reversed'],
    [fabricated, altered, 'reversed'],
    [authentic, withdrawn, 'withdrawn'],
    [withdrawn, withdrawn, 'none'],
  ];
  for (const [before, after, name] of moves) t.equal(transitionOf(before, after), name, `${before?.verdict} → ${after.verdict}`);
});

t.test('a verdict that loses ground is a correction, and none moves in a version that promises no change', async (t) => {
  for (const [before, after] of [
    [altered, authentic],
    [altered, indeterminate],
    [altered, withdrawn],
    [{ ...altered, confidence: 'high' as const }, altered],
  ] as const) {
    t.strictSame(codes(before, after, 'update'), ['verdict: needs_correction']);
    t.strictSame(codes(before, after, 'correction'), []);
    t.strictSame(codes(before, after, 'editorial'), ['verdict: verdict_in_this_kind']);
  }
  t.strictSame(codes(artefact({}), altered, 'translation'), ['verdict: verdict_in_this_kind']);
  t.strictSame(codes(altered, artefact({}), 'correction'), ['verdict: verdict_dropped']);
  t.strictSame(findingChanges({ artefacts: [altered], collections: [] }, { artefacts: [authentic], collections: [] }), [
    { id: 'A-1', from: 'altered', to: 'authentic', transition: 'reversed' },
  ]);
});

t.test('a finding about a collection names the items it rests on', async (t) => {
  const two = { ...fabricated, id: 'A-2' };
  const issues = (after: Collection, artefacts: Artefact[], before: Collection | null = null, kind: VersionKind = 'update'): string[] =>
    findingsIssues({ artefacts, collections: before ? [before] : [] }, { artefacts, collections: [after] }, { kind, first: 'fr' }).map(({ code }) => code);
  const stated = { ...said, bases: ['origin_copy_compared'] } satisfies Partial<Collection>;
  const may = collection({ ...stated, finding: 'may_contain_falsified' });
  const mixed = collection({ ...stated, finding: 'mixed', members: ['A-1', 'A-2'] });
  t.strictSame(issues(may, []), []);
  t.ok(namesNoFalsifiedItem(may, []));
  t.notOk(namesNoFalsifiedItem({ ...may, members: ['A-2'] }, [two]));
  t.strictSame(issues({ ...may, bases: ['origin_denies'] }, []), ['denial_alone']);
  t.strictSame(issues({ ...may, bases: [] }, []), ['basis_missing']);
  t.strictSame(issues(mixed, [authentic, two]), []);
  t.strictSame(issues({ ...mixed, members: ['A-1'] }, [authentic, two]), ['mixed_without_items'], 'listed, but no member');
  t.strictSame(issues({ ...mixed, members: ['A-1', 'A-9'] }, [authentic, two]), ['mixed_without_items', 'member_unknown']);
  t.strictSame(issues({ ...may, finding: 'authentic_sample' }, []), ['sample_without_item']);
  t.strictSame(issues({ ...mixed, finding: 'authentic_sample' }, [authentic, two]), ['member_contradicts']);
  t.strictSame(issues({ ...may, finding: 'fabricated' }, []), ['fabricated_basis', 'fabricated_without_item']);
  t.strictSame(issues({ ...mixed, finding: 'fabricated', bases: fabricated.bases }, [authentic, two]), ['member_contradicts']);
  t.strictSame(issues(mixed, [authentic, two], { ...may, members: ['A-1'] }), []);
  t.strictSame(issues({ ...may, members: ['A-1'] }, [authentic, two], mixed), ['member_deleted', 'needs_correction']);
  t.strictSame(issues(collection({ members: ['A-1', 'A-2'] }), [authentic, two], mixed, 'correction'), ['because_missing']);
  t.equal(collectionTransition(mixed, collection({})), 'withdrawn');
});

t.test('nothing once listed goes, and no id stands twice', async (t) => {
  const before = { artefacts: [altered], collections: [collection({})] };
  const step = { kind: 'correction', first: 'fr' } as const;
  t.strictSame(findingsIssues(before, nothing, step), [
    { field: 'findings.A-1', code: 'item_deleted' },
    { field: 'findings.C-1', code: 'item_deleted' },
  ]);
  t.strictSame(findingsIssues(before, { ...before, artefacts: [altered, altered] }, step), [{ field: 'findings.A-1', code: 'id_repeated' }]);
});

t.test('the fields that are new are optional: an item of the first schema reads, and one that holds them all', async (t) => {
  const old = Artefact.parse({ ...artefact({}), verdict: 'authentic' });
  t.strictSame(Artefact.parse(old), old);
  const print = { level: 'sketch', pipeline: 'mh1', value: Buffer.alloc(256).toString('base64') } as const;
  const full = { ...authentic, mediaType: 'application/pdf', size: 1, fingerprints: [print], personalData: ['health'], context: ['partial'], dkim };
  t.ok(Artefact.safeParse(full).success);
  t.notOk(Artefact.safeParse({ ...full, url: 'https://leak.example' }).success);
});

t.test('every code has its words in both languages', async (t) => {
  const owed = [...artefactRules, ...collectionRules].map(({ code }) => code).concat('item_deleted', 'id_repeated');
  for (const language of ['fr', 'en']) {
    const read = (room: string): string[] =>
      Object.keys(
        z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../content/words', language, `${room}.json`), 'utf8'))),
      );
    const keys = [...read('linter'), ...read('desk')];
    t.strictSame(
      owed.filter((code) => !keys.includes(`issue.${code}`)),
      [],
    );
  }
});
