import { changesVerdict, noFindings } from '../leak/findings.ts';
import type { Content } from './schema.ts';

/**
 * How many approvals a text needs: two where it names a person, attributes, or gives, changes or withdraws a verdict or a
 * collection finding against the version before it; else one (workflow.md, transition 5).
 */
export function quorumOf(content: Content, before: Content | null): 1 | 2 {
  const attributes = content.attribution.status === 'attributed';
  return content.namesPerson || attributes || changesVerdict(before?.findings ?? noFindings, content.findings) ? 2 : 1;
}
