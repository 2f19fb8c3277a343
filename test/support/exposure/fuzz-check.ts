import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { normaliseText, textIssue } from '../../../src/statement/text-gate.ts';

/** What is wrong with an answer to bad input, and with what was stored of it. */

export type Got = { status: number; headers: readonly string[]; text: string };

/** Above 499 this house says only that it is busy or not ready: by its code, or with the time to come back. */
const isDeclared = ({ status, headers, text }: Got): boolean =>
  status === 503 && (/"code":"(?:busy|store_write_failed)"|^{"ready":false,/.test(text) || headers.some((line) => /^retry-after: \d+$/i.test(line)));
const trace =
  /\n\s+at [^\n]{1,200}(?:file:|node:|\/|\))|node_modules|\bnode:internal|\.ts:\d+|\b(?:Type|Range|Syntax|Reference)Error\b|ENOENT|FST_ERR|ZodError/;

/** @param word what the request brought, alone in it; `mayShow`: an answer that shows a person's own words beside others, escaped */
export function objections(got: Got, word: string, mayShow = false): readonly string[] {
  const { status, headers, text } = got;
  const found: string[] = [];
  if (status >= 500 && !isDeclared(got)) found.push(`status ${status}`);
  if (status < 100) found.push('no status');
  const traced = isProgram(headers) ? null : trace.exec(text.replaceAll(/<script[^>]*>.*?<\/script>/gs, ''));
  if (traced) found.push(`a trace: ${traced[0].slice(0, 80)}`);
  if (unsafe(word).test(text)) found.push('what was sent stands there as mark-up');
  if (!mayShow && withoutFields(text).includes(word)) found.push('what was sent is repeated outside of its field');
  const repeated = headers.filter((line) => line.includes(word) && !/^location: \/desk\/sign-in\?next=%2F[\w%.~!'()*-]*$/i.test(line));
  if (repeated.length > 0) found.push(`what was sent is in a header: ${repeated.join(' / ')}`);
  if (headers.some((line) => /^(?:server|x-powered-by):/i.test(line))) found.push('the server says what it is');
  return found;
}

/** Scripts and what readers download name errors of their own. */
const isProgram = (headers: readonly string[]): boolean => headers.some((line) => /^content-type: (?:text\/javascript|text\/x-|application\/x-)/i.test(line));

/** The word inside of a tag's brackets, or behind a quote or `javascript:` that was sent with it. */
const unsafe = (word: string): RegExp => new RegExp(`<(?:script|img|svg|b)[^<]{0,60}${word}|href="javascript:[^"]*${word}`, 'i');

/** The page without the values of its form fields, without the names of fields that an issue names, and without where a form on it goes: the address on the desk that was asked. */
function withoutFields(text: string): string {
  return text
    .replaceAll(/\s(?:value|action)="[^"]*"/g, '')
    .replaceAll(/<textarea[^>]*>[^<]*<\/textarea>/g, '')
    .replaceAll(/"field":"[\w.-]{1,80}"|\bfield\.[\w.-]{1,80}/g, '');
}

/** Every text in the data directory that holds a character which the text gate refuses, or is not in its normal form. */
export function gateObjections(directory: string): readonly string[] {
  const found: string[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      if (textIssue(value) !== null || normaliseText(value) !== value) found.push(`${path}: ${JSON.stringify(value).slice(0, 80)}`);
    } else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) walk(item, `${path}.${name}`);
  };
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.jsonl?$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const text = readFileSync(path, 'utf8');
    for (const part of entry.name.endsWith('l') ? text.split('\n').filter((line) => line !== '') : [text])
      walk(JSON.parse(part.slice(part.indexOf('{'))), entry.name);
  }
  return found;
}
