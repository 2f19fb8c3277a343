import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { complain, UsageError } from './command.ts';

/** From standard input with `--password-stdin`, else asked for twice on a terminal without showing it. */
export async function readPassword(fromInput: boolean): Promise<string> {
  if (fromInput) return (await readAll()).replace(/\r?\n$/, '');
  if (!process.stdin.isTTY) throw new UsageError('a password is needed: give it with --password-stdin');
  const first = await ask('Password: ');
  if (first !== (await ask('Once more: '))) throw new UsageError('the two passwords differ');
  return first;
}

async function readAll(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text;
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  const answer = await lines.question('');
  lines.close();
  complain('');
  return answer;
}
