import { noFindings } from '../leak/findings.ts';
import type { PublicStatement, PublicVersion } from '../statement/facts.ts';
import type { SignedVersion } from '../statement/schema.ts';
import type { Pressroom } from './pages/page.ts';

/** What is left of versions whose text is gone (record.md, "Redaction"): facts that the ledger keeps, and no word. */

export type Hollows = ReadonlyMap<number, { reference: string; version: PublicVersion }>;

/** The redacted versions of a statement. */
export function redactedVersions({ versions }: PublicStatement): readonly PublicVersion[] {
  return versions.filter(({ redacted }) => redacted !== null);
}

/** Makes memory and what was printed forget the texts that are gone. Safe to repeat. */
export async function forgetRedacted({ texts, prints }: Pick<Pressroom, 'texts' | 'prints'>, statement: PublicStatement): Promise<void> {
  const entries = redactedVersions(statement).map(({ entry }) => entry);
  if (entries.length === 0) return;
  for (const entry of entries) texts.forget(entry);
  const numbers = new Set(entries.map(String));
  await prints.remove((name) => (/^diffs\/([0-9]+)-([0-9]+)\./.exec(name) ?? []).slice(1).some((number) => numbers.has(number)));
}

/** A version as pages may read it once its file is gone: no text in any language, no finding, no reason. */
export function hollowVersion(reference: string, version: PublicVersion): SignedVersion {
  const { kind, phase, situation, incidentStatus, languages, nextUpdate } = version;
  return {
    schema: 'https://onrecord.invalid/redacted',
    ...{ kind, phase, situation, languages, reference },
    version: version.version,
    publishedAt: version.at,
    incident: { status: incidentStatus, awareAt: null },
    exercise: reference.startsWith('EX-'),
    namesPerson: false,
    texts: {},
    changeNote: {},
    correction: null,
    withdrawal: null,
    attribution: { status: 'not_assessed' },
    findings: noFindings,
    nextUpdate: nextUpdate && { type: nextUpdate.type, at: nextUpdate.type === 'by' ? nextUpdate.at : null, reason: {} },
    contacts: { press: '', people: '' },
    previous: null,
    salt: '0'.repeat(32),
  };
}
