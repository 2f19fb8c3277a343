import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const run = promisify(execFile);
const Report = z.object({
  messages: z.array(z.object({ type: z.string(), subType: z.string().optional(), url: z.string(), message: z.string(), extract: z.string().optional() })),
});

/** Whether the Nu Html Checker, a Java program, can run here. */
export const hasJava = await run('java', ['-version']).then(
  () => true,
  () => false,
);

/** What the Nu Html Checker calls an error or a warning in these pages, by their names; one line each. */
export async function checkHtml(pages: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'onrecord-html-'));
  const names = [...pages.keys()];
  try {
    await Promise.all(names.map((name, index) => writeFile(join(directory, `${index}.html`), pages.get(name) ?? '')));
    const jar = join(createRequire(import.meta.url).resolve('vnu-jar'), '../build/dist/vnu.jar');
    const { stdout } = await run('java', ['-jar', jar, '--stdout', '--exit-zero-always', '--format', 'json', directory], { maxBuffer: 1 << 26 });
    const { messages } = Report.parse(JSON.parse(stdout));
    // A page whose texts wait for their translation has them in the other language, and marks them.
    const told = messages.filter(({ message }) => !message.includes('appears to be written in'));
    return told.map(({ url, message, extract = '' }) => `${names[Number.parseInt(url.slice(url.lastIndexOf('/') + 1), 10)]}: ${message} ${extract.trim()}`);
  } finally {
    await rm(directory, { recursive: true });
  }
}
