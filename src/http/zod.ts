import { z } from 'zod';
import { type Issue, OnrecordError, type RefusalCode } from '../errors.ts';
import { normaliseText, textIssue } from '../statement/text-gate.ts';

/**
 * A text a person typed: line ends LF, NFC, at most `max` characters, nothing invisible or reordering in it.
 * Issues: `too_long`, `bad_text` with the code point.
 */
export function plainText(max: number): z.ZodType<string, string> {
  return z
    .string()
    .transform(normaliseText)
    .superRefine((text, context) => {
      if (text.length > max) context.addIssue({ code: 'custom', params: { code: 'too_long', values: { max } } });
      const found = textIssue(text);
      if (found) context.addIssue({ code: 'custom', params: { code: 'bad_text', values: { codePoint: nameCodePoint(found.codePoint), index: found.index } } });
    });
}

const nameCodePoint = (codePoint: number): string => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

const Params = z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])).optional() });

/** Parses what a request brought. Throws `bad_text`, `too_long` or `bad_request`, each issue with the field's form name (`texts.fr.title`). */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input, { reportInput: false });
  if (result.success) return result.data;
  const issues = result.error.issues.map(toIssue);
  const code = issues.map((issue) => issue.code).find((name): name is RefusalCode => name === 'bad_text' || name === 'too_long') ?? 'bad_request';
  throw new OnrecordError(code, 'the request does not have the expected shape', { issues });
}

function toIssue(issue: z.core.$ZodIssue): Issue {
  // The sender's own name for a field that there is not: said again where it is a name and nothing else.
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.filter((key) => /^[\w.-]{1,80}$/.test(key)).slice(0, 1) : [];
  const field = [...issue.path.map(String), ...unknownKey].join('.').slice(0, 80);
  if (issue.code === 'custom') {
    const { code, values } = Params.parse(issue.params);
    return values ? { field, code, values } : { field, code };
  }
  if (issue.code === 'too_big' && issue.origin === 'string') return { field, code: 'too_long', values: { max: Number(issue.maximum) } };
  if (issue.code === 'invalid_type' && issue.message.includes('undefined')) return { field, code: 'missing' };
  return { field, code: issue.code === 'unrecognized_keys' ? 'unknown_field' : 'invalid' };
}
