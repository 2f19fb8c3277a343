import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

/** Runs the two verifiers that readers download. */

const verifiers = join(import.meta.dirname, '../../content/verifiers');
const python = join(verifiers, 'onrecord-verify.py');
export const scripts = {
  python: ['python3', '-B', python],
  shell: ['bash', join(verifiers, 'onrecord-verify.sh')],
} as const;
export type ScriptName = keyof typeof scripts;

const needed: Readonly<Record<ScriptName, readonly string[]>> = { python: ['python3'], shell: ['bash', 'openssl', 'basenc', 'curl'] };
const isHere = (program: string): boolean => spawnSync(program, [program === 'openssl' ? 'version' : '--version']).status === 0;
const missing = (name: ScriptName): readonly string[] => needed[name].filter((program) => !isHere(program));

/** The scripts that this machine can run; each that it cannot is said loudly. */
export const runnable: readonly ScriptName[] = (['python', 'shell'] as const).filter((name) => {
  const absent = missing(name);
  if (absent.length > 0) process.stderr.write(`\n*** ${absent.join(', ')} IS NOT ON THIS MACHINE: the ${name} verifier is not tested ***\n\n`);
  return absent.length === 0;
});

/** What a reader has in hand. */
export type Case = { root: string; file: Buffer; proof: Buffer; trust: Buffer };
export type Result = { code: number; said: string };

/** One run of a script over files that it finds in a fresh directory. */
export async function runScript(name: ScriptName, given: Case, site?: string): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-verify-'));
  try {
    for (const part of ['file', 'proof', 'trust'] as const) await writeFile(join(directory, part), given[part]);
    return await runCommand(name, ['--root', given.root, '--trust', 'trust', 'file', 'proof', ...(site === undefined ? [] : ['--latest', site])], directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

export async function runCommand(name: ScriptName, args: readonly string[], cwd: string): Promise<Result> {
  const [program, ...before] = scripts[name];
  return promisify(execFile)(program, [...before, ...args], { cwd }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ code: error.code, said: error.stdout + error.stderr }),
  );
}

const Told = z.strictObject({ accepted: z.int(), refused: z.int(), crashed: z.array(z.string()) });

/** The Python verifier over all cases in one process. */
export async function runPython(cases: readonly Case[]): Promise<z.infer<typeof Told>> {
  const child = spawn('python3', ['-B', join(import.meta.dirname, 'verify-many.py'), python], { stdio: ['pipe', 'pipe', 'inherit'] });
  const coded = cases.map(({ root, ...parts }) =>
    JSON.stringify({ root, ...Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString('base64')])) }),
  );
  child.stdin.end(coded.join('\n'));
  let text = '';
  for await (const part of child.stdout.setEncoding('utf8')) text += part;
  return Told.parse(JSON.parse(text));
}
