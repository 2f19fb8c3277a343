import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Issue, OnrecordError } from '../errors.ts';
import { configWords } from './config-words.ts';

/** One command of `onrecord`. `run` gives the exit code. */
export type Command = { usage: string; run(args: readonly string[]): Promise<number> };

/** Exit codes: 1 refused or unhealthy, 64 wrong usage, 78 wrong configuration (sysexits.h). */
export const exitCodes = { refused: 1, usage: 64, config: 78 } as const;

export class UsageError extends Error {}

type Values = Readonly<Record<string, string | boolean | undefined>>;
export type Arguments = { values: Values; words: readonly string[]; json: boolean };

/** Every command takes `--json`; `--help` is answered before. An option or a word too many is a usage error. */
export function readArguments(args: readonly string[], options: ParseArgsOptionsConfig, words: { min: number; max: number }): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { ...options, json: { type: 'boolean' } }, allowPositionals: true });
    if (positionals.length < words.min) throw new UsageError('something is missing after the command');
    if (positionals.length > words.max) throw new UsageError(`what is "${positionals[words.max]}"?`);
    const single = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Array.isArray(value) ? undefined : value]));
    return { values: single, words: positionals, json: values.json === true };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** What stands after the command, where exactly one word does. */
export function theWord({ words: [word] }: Arguments): string {
  return word ?? complainOf('something is missing after the command');
}

/** The value of an option; null where it is not given. One that is given and empty, as by an unset variable, is wrong usage. */
export function optional({ values }: Arguments, name: string): string | null {
  const value = values[name];
  if (typeof value !== 'string') return null;
  return value === '' ? complainOf(`--${name} is empty`) : value;
}

export function required(given: Arguments, name: string): string {
  return optional(given, name) ?? complainOf(`--${name} is missing`);
}

function complainOf(message: string): never {
  throw new UsageError(message);
}

/** Results go to standard output; everything that is not the result goes to standard error. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2));
}

export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Says what went wrong, all of it, and gives the exit code. */
export function reportFailure(error: unknown, usage: string, json: boolean): number {
  if (error instanceof UsageError) {
    complain(`onrecord: ${error.message}\n\n${usage}`);
    return exitCodes.usage;
  }
  if (!(error instanceof OnrecordError)) {
    complain(`onrecord: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return exitCodes.refused;
  }
  if (json) printJson({ code: error.code, message: error.message, issues: error.issues });
  else complain(`onrecord: ${error.message} (${error.code})${error.issues.map(sayIssue).join('')}`);
  return error.code === 'config_invalid' ? exitCodes.config : exitCodes.refused;
}

export function sayIssue({ field, code, values = {} }: Issue): string {
  const words = (configWords[code] ?? code.replaceAll('_', ' ')).replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return `\n  ${field}: ${words}`;
}
