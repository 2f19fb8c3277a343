import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import { configWords } from '../../src/cli/config-words.ts';
import { refusalCodes } from '../../src/errors.ts';
import { artefactForms, bases, circulations, collectionFindings, confidences, verdicts } from '../../src/leak/findings.ts';
import { acts } from '../../src/statement/facts.ts';
import { incidentStatuses, kinds, phases, roles, situations, textFields, withdrawalCodes } from '../../src/statement/schema.ts';
import { noticeCodes } from '../../src/store/outbox.ts';
import { accountActs, freezeActs } from '../../src/store/people.ts';

const root = join(import.meta.dirname, '../..');
const read = (language: string): Map<string, string> => {
  const folder = join(root, 'content/words', language);
  const files = readdirSync(folder).map((name) => Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))));
  return new Map(files.flat());
};
const [fr, en] = [read('fr'), read('en')];

const filesUnder = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'));

t.test('both languages have the same keys, the same values in them, and no empty sentence', async (t) => {
  t.strictSame([...fr.keys()].sort(), [...en.keys()].sort());
  const slots = (text = ''): string[] => [...text.matchAll(/\{\w+\}/g)].map(String).sort();
  for (const [key, text] of en) t.strictSame(slots(fr.get(key)), slots(text), key);
  t.strictSame(
    [...fr, ...en].filter(([, text]) => text.trim() === '').map(([key]) => key),
    [],
  );
});

t.test('every key that a view or a source file says exists', async (t) => {
  const said = [...filesUnder('views', '.eta'), ...filesUnder('src', '.ts')].flatMap((text) =>
    [...text.matchAll(/\bsay\(\s*'([a-z][\w-]*\.[\w.-]+)'\s*[,)]/g)].map((match) => match[1] ?? ''),
  );
  t.ok(said.length > 200);
  t.strictSame(
    [...new Set(said)].filter((key) => !en.has(key)),
    [],
  );
});

t.test('every key is said by a view or a source file, whole or as the beginning of a family', async (t) => {
  const text = [...filesUnder('views', '.eta'), ...filesUnder('src', '.ts')].join('\n');
  const whole = new Set([...text.matchAll(/['`]([a-z]\w*(?:\.[\w-]+)+)['`]/g)].map((match) => match[1] ?? ''));
  const begun = [...text.matchAll(/'([a-z]\w*\.[\w.-]*)' ?\+|`([a-z]\w*\.[\w.-]*)\$\{/g)].map((match) => match[1] ?? match[2] ?? '');
  t.ok(begun.length > 100);
  t.strictSame(
    [...en.keys()].filter((key) => !whole.has(key) && !begun.some((family) => key.startsWith(family))),
    [],
  );
});

t.test('every problem of a theme is told to operators in words', async (t) => {
  const codes = filesUnder('src/theme', '.ts').flatMap((text) => [...text.matchAll(/'(theme_[a-z_]+)'/g)].map((match) => match[1] ?? ''));
  t.ok(codes.length > 15);
  t.strictSame(
    [...new Set(codes)].filter((code) => !(code in configWords)),
    [],
  );
});

t.test('every code that a person can meet has its words', async (t) => {
  const issueCodes = filesUnder('src', '.ts').flatMap((text) => [...text.matchAll(/\bfield[^}\n]*\bcode: '([a-z_]+)'/g)].map((match) => match[1] ?? ''));
  const families: Record<string, readonly string[]> = {
    refusal: [...refusalCodes, 'internal'],
    notice: noticeCodes,
    history: acts,
    account_act: [...accountActs, ...freezeActs],
    role: roles,
    'role.about': roles,
    'public.kind': kinds,
    'public.phase': phases,
    'public.situation': situations,
    'public.incident': incidentStatuses,
    withdrawal: withdrawalCodes,
    'public.form': artefactForms,
    'public.circulation': circulations,
    'public.verdict': verdicts,
    'public.finding': collectionFindings,
    'public.confidence': confidences,
    'public.basis': bases,
    'field.texts': textFields.filter((name) => name !== 'title' || en.has('field.texts.title')),
  };
  for (const [family, codes] of Object.entries(families))
    t.strictSame(
      codes.filter((code) => !en.has(`${family}.${code}`)),
      [],
      family,
    );
  const known = issueCodes.filter(
    (code) => !code.startsWith('not_a') && !/^(differs|inside|https|required|same_host|unreadable|unknown_language|repeated|theme)/.test(code),
  );
  t.strictSame(
    [...new Set(known)].filter((code) => !en.has(`issue.${code}`)),
    [],
    'issues',
  );
});
