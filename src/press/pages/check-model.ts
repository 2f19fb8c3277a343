import type { Agency } from '../../config.ts';
import { changeKinds, collectionFindings, confidences, contextFlags, verdicts } from '../../leak/findings.ts';
import { pathOf, fingerprinter as program } from '../address.ts';
import { dataBlock } from '../data-block.ts';
import type { RegisterHead } from '../register-head.ts';
import type { Speech } from '../speech.ts';
import { provingCommands } from './proving.ts';

/** What the check shows in one language, on `/check` and in its offline copy alike. */
export type CheckModel = {
  say: Speech['say'];
  /** Ends the ids of this language's elements. */
  id: string;
  isCopy: boolean;
  register: { number: number; sha256: string; lists: string } | null;
  links: { text: string; json: string; program: string; offline: string; verify: string; site: string };
  commands: readonly { name: string; title: string; lines: readonly string[] }[];
  /** Lines that prove the offline copy, to be copied and run as they stand. */
  proving: readonly string[];
  /** Whether they prove it; without a root key they compare. */
  isProof: boolean;
  /** For the script: a data block of `CheckData` (browser/check/tongue.ts). */
  data: string;
};
/** `root`: the agency's root key, null while it has none. `zone`: in which times stand beside UTC. */
export type CheckPlace = {
  agency: Pick<Agency, 'name' | 'languages' | 'publicUrl'>;
  speech: Speech;
  head: RegisterHead | null;
  root: string | null;
  zone: string;
  isCopy: boolean;
};

export function checkModel({ agency, speech, head, root, zone, isCopy }: CheckPlace): CheckModel {
  const { language, say, time } = speech;
  const { publicUrl, languages } = agency;
  const base = isCopy ? publicUrl : '';
  const number = head?.register.register ?? 0;
  const verify = `${isCopy ? publicUrl : ''}${pathOf({ page: 'verify' }, language, languages[0])}`;
  const statements = pathOf({ page: 'statement', reference: '' }, language, languages[0]);
  return {
    say,
    id: language,
    isCopy,
    register: head && {
      number,
      sha256: head.sha256,
      lists: say('check.register.lists', { version: number, time: time(head.register.at).text, ...listedIn(head, speech) }),
    },
    links: {
      text: `${base}/register.txt`,
      json: `${base}/register.json`,
      program: `${base}/check/${program}`,
      offline: `/register/${number}.html`,
      verify,
      site: `${publicUrl}${pathOf({ page: 'check' }, language, languages[0])}`,
    },
    commands: commands(publicUrl, say),
    isProof: root !== null,
    proving: provingCommands(publicUrl, root, number, isCopy),
    data: dataBlock(
      JSON.stringify({
        language,
        words: Object.fromEntries(wordKeys.map((key) => [key, say(key)])),
        statements: { href: base + statements, url: publicUrl + statements },
        agency: speech.typeset(agency.name[language]),
        zone,
        absent: absentSentence(head, speech),
      }),
    ),
  };
}

/** That nothing listed answers, and how much can: it says nothing of what was checked. */
function absentSentence(head: RegisterHead | null, speech: Speech): string {
  const { say } = speech;
  if (head === null || head.register.artefacts.length === 0) return say('check.absent.empty');
  return say('check.absent.says', { version: head.register.register, ...listedIn(head, speech) });
}

/** How many items the register lists, and how many of them have a fingerprint: the others answer to no file. */
function listedIn({ register: { artefacts } }: RegisterHead, { say, language }: Speech): { items: string; comparable: string } {
  const [all, some] = [artefacts.length, artefacts.filter(({ fingerprints }) => fingerprints.length > 0).length];
  const count = (number: number): string => new Intl.NumberFormat(language).format(number);
  const how = some === 0 ? 'none' : some === all ? 'all' : some === 1 ? 'one' : 'many';
  return {
    items: say(all === 1 ? 'public.register.one' : 'public.register.many', { count: count(all) }),
    comparable: say(`check.comparable.${how}${all === 1 ? '.single' : ''}`, { count: count(some) }),
  };
}

const powershell = (file: string): readonly string[] => [
  `$sha = (Get-FileHash -Algorithm SHA256 -LiteralPath ${file}).Hash.ToLower()`,
  '$bytes = [Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::ASCII.GetBytes("onrecord-fp-v1:$sha"))',
  "-join ($bytes | ForEach-Object { $_.ToString('x2') })",
];

function commands(site: string, say: Speech['say']): CheckModel['commands'] {
  const [file, fingerprint] = [say('check.commands.file'), say('check.commands.fingerprint')];
  const lines: Readonly<Record<string, readonly string[]>> = {
    linux: [`printf 'onrecord-fp-v1:%s' "$(sha256sum < ${file} | cut -c 1-64)" | sha256sum`],
    macos: [`printf 'onrecord-fp-v1:%s' "$(shasum -a 256 < ${file} | cut -c 1-64)" | shasum -a 256`],
    powershell: powershell(file),
    python: [`python3 ${program} ${file}`],
    register: [`curl -fsSO ${site}/register.txt`, `grep ${fingerprint} register.txt`],
  };
  return Object.entries(lines).map(([name, copied]) => ({ name, title: say(`check.commands.${name}`), lines: copied }));
}

/** Every word that the script says (browser/check/). */
export const wordKeys: readonly string[] = [
  ...['utc', 'zoned', 'otherDay'].map((form) => `public.time.${form}`),
  ...verdicts.flatMap((verdict) => [`public.verdict.${verdict}`, `public.verdict.${verdict}.definition`]),
  ...collectionFindings.flatMap((finding) => [`public.finding.${finding}`, `public.finding.${finding}.definition`]),
  ...confidences.map((confidence) => `public.confidence.${confidence}`),
  ...changeKinds.map((change) => `public.change.${change}`),
  ...contextFlags.map((flag) => `public.context.${flag}`),
  ...['exact', 'text', 'overlap'].flatMap((how) => [`check.match.${how}`, `check.note.${how}`]),
  ...['tag.text', 'tag.overlap', 'tag.withdrawn', 'tag.corrected', 'statementWithdrawn', 'since', 'corrected', 'confidence', 'was'].map(ofCheck),
  ...['finding.named', 'finding.none', 'link', 'linkNote', 'more'].map(ofCheck),
  ...['finding', 'findingOnIt', 'since', 'correction', 'confidence', 'changes', 'context', 'earlier', 'collection', 'fingerprint'].map(
    (fact) => `check.fact.${fact}`,
  ),
  ...['title', 'count', 'rest'].map((absent) => `check.absent.${absent}`),
  ...['exact', 'words', 'read', 'not_text', 'too_short', 'too_long', 'not_asked'].map((level) => `check.compared.${level}`),
  ...['copy', 'copyAll', 'copied', 'copyByHand', 'foot', 'foot.none', 'labelled', 'bytes', 'subject.text', 'subject.digest'].map(ofCheck),
  ...['checked', 'exact', 'text', 'overlap', 'absent', 'unread'].map((sum) => `check.summary.${sum}`),
  ...[
    'progress',
    'started',
    'reading',
    'stopped',
    'unavailable',
    'results.earlier',
    'results.unread',
    'results.unreadHint',
    'text.too_short',
    'text.too_long',
    'digest.wrong',
  ].map(ofCheck),
];

function ofCheck(key: string): string {
  return `check.${key}`;
}
