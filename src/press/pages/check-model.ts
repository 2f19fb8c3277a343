import type { Agency } from '../../config.ts';
import { changeKinds, collectionFindings, confidences, contextFlags, verdicts } from '../../leak/findings.ts';
import { pathOf, fingerprinter as program, type VerifierName, verifiers } from '../address.ts';
import { dataBlock } from '../data-block.ts';
import type { RegisterHead } from '../register-head.ts';
import type { Speech } from '../speech.ts';

/** What the check shows in one language, on `/check` and in its offline copy alike. */
export type CheckModel = {
  say: Speech['say'];
  /** Ends the ids of this language's elements. */
  id: string;
  isCopy: boolean;
  register: { number: number; sha256: string; lists: string } | null;
  links: { text: string; json: string; program: string; offline: string; verify: string; site: string };
  commands: readonly { name: string; title: string; lines: readonly string[] }[];
  /** Command that proves the offline copy; what only the reader knows stands in capitals. */
  proving: readonly string[];
  /** For the script: a data block of `CheckData` (browser/check/tongue.ts). */
  data: string;
};
export type CheckPlace = { agency: Pick<Agency, 'name' | 'languages' | 'publicUrl'>; speech: Speech; head: RegisterHead | null; isCopy: boolean };

export function checkModel({ agency, speech, head, isCopy }: CheckPlace): CheckModel {
  const { language, say, time } = speech;
  const { publicUrl, languages } = agency;
  const base = isCopy ? publicUrl : '';
  const number = head?.register.register ?? 0;
  const items = head?.register.artefacts.length ?? 0;
  const verify = `${isCopy ? publicUrl : ''}${pathOf({ page: 'verify' }, language, languages[0])}`;
  const statements = pathOf({ page: 'statement', reference: '' }, language, languages[0]);
  return {
    say,
    id: language,
    isCopy,
    register: head && {
      number,
      sha256: head.sha256,
      lists: say(items === 1 ? 'check.register.one' : 'check.register.many', { version: number, time: time(head.register.at).text, items }),
    },
    links: {
      text: `${base}/register.txt`,
      json: `${base}/register.json`,
      program: `${base}/check/${program}`,
      offline: `/register/${number}.html`,
      verify,
      site: `${publicUrl}${pathOf({ page: 'check' }, language, languages[0])}`,
    },
    commands: commands(publicUrl, say('check.commands.file'), say),
    proving: provingLines(verifiers[0], number),
    data: dataBlock(
      JSON.stringify({
        language,
        words: Object.fromEntries(wordKeys.map((key) => [key, say(key)])),
        statements: { href: base + statements, url: publicUrl + statements },
        agency: speech.typeset(agency.name[language]),
      }),
    ),
  };
}

const powershell = (file: string): readonly string[] => [
  `$sha = (Get-FileHash -Algorithm SHA256 -LiteralPath ${file}).Hash.ToLower()`,
  '$bytes = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::ASCII.GetBytes("onrecord-fp-v1:$sha"))',
  "-join ($bytes | ForEach-Object { $_.ToString('x2') })",
];

function commands(site: string, file: string, say: Speech['say']): CheckModel['commands'] {
  const lines: Readonly<Record<string, readonly string[]>> = {
    linux: [`printf 'onrecord-fp-v1:%s' "$(sha256sum < ${file} | cut -c 1-64)" | sha256sum`],
    macos: [`printf 'onrecord-fp-v1:%s' "$(shasum -a 256 < ${file} | cut -c 1-64)" | shasum -a 256`],
    powershell: powershell(file),
    python: [`python3 ${program} ${file}`],
    register: [`curl -fsSO ${site}/register.txt`, 'grep FINGERPRINT register.txt'],
  };
  return Object.entries(lines).map(([name, copied]) => ({ name, title: say(`check.commands.${name}`), lines: copied }));
}

function provingLines(shell: VerifierName, number: number): readonly string[] {
  return [`sha256sum onrecord-check-${number}.html`, `bash ${shell} --root ROOT-KEY --trust trust.note onrecord-check-${number}.html VERSION.tlog-proof`];
}

/** Every word that the script says (browser/check/). */
export const wordKeys: readonly string[] = [
  'public.time.utc',
  ...verdicts.flatMap((verdict) => [`public.verdict.${verdict}`, `public.verdict.${verdict}.definition`]),
  ...collectionFindings.flatMap((finding) => [`public.finding.${finding}`, `public.finding.${finding}.definition`]),
  ...confidences.map((confidence) => `public.confidence.${confidence}`),
  ...changeKinds.map((change) => `public.change.${change}`),
  ...contextFlags.map((flag) => `public.context.${flag}`),
  ...['exact', 'text', 'overlap'].flatMap((how) => [`check.match.${how}`, `check.note.${how}`]),
  ...['tag.text', 'tag.overlap', 'tag.withdrawn', 'statementWithdrawn', 'since', 'confidence', 'was', 'finding.named', 'link', 'linkNote', 'more'].map(ofCheck),
  ...['finding', 'findingOnIt', 'since', 'confidence', 'changes', 'context', 'earlier', 'collection', 'fingerprint'].map((fact) => `check.fact.${fact}`),
  ...['title', 'count', 'empty', 'one', 'many', 'rest'].map((absent) => `check.absent.${absent}`),
  ...['exact', 'words', 'read', 'not_text', 'too_short', 'too_long', 'not_asked'].map((level) => `check.compared.${level}`),
  ...['copy', 'copyAll', 'copied', 'copyByHand', 'foot', 'foot.none', 'labelled', 'bytes', 'subject.text', 'subject.digest'].map(ofCheck),
  ...['progress', 'started', 'reading', 'stopped', 'summary', 'unavailable', 'text.too_short', 'text.too_long', 'digest.wrong'].map(ofCheck),
];

function ofCheck(key: string): string {
  return `check.${key}`;
}
