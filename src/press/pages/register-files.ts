import { turnsOf } from '../../leak/moves.ts';
import { standingOf } from '../../leak/register.ts';
import type { RegisterHead } from '../register-head.ts';
import type { ResourceDraft } from '../resource.ts';
import { proofFile } from './log.ts';
import type { Pressroom } from './page.ts';

/** The register for machines: signed bytes of each state, the offline page, and a text to search with grep; undefined for what is not there. */

const signed = 'public, max-age=300, no-transform';
const open = 'public, max-age=60, no-transform';
/** Of a page that holds all it needs and asks nobody for anything; it comes as a download and never runs on this origin. */
export const offlinePolicy =
  "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; style-src 'unsafe-inline'; worker-src blob:; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

export async function registerFile(
  room: Pressroom,
  { state, form }: { state: number | null; form: 'json' | 'txt' | 'html' | 'tlog-proof' },
): Promise<ResourceDraft | undefined> {
  const head = room.registerHead();
  if (form === 'txt') return { type: 'text/plain; charset=utf-8', body: registerText(head, room.agency.publicUrl), cache: open, crossOrigin: true };
  if (state === null) return head === null ? undefined : { type: 'application/json', body: head.bytes, cache: open, crossOrigin: true };
  const found = room.record.registers().find((one) => one.state === state);
  if (found === undefined) return undefined;
  if (form === 'tlog-proof') return proofFile(room.log, found.entry);
  const file = found.files.find(({ name }) => name === `/register/${state}.${form}`);
  if (file === undefined) return undefined;
  const own = { type: file.type, body: await room.readSigned(found.entry, file.name), cache: signed, crossOrigin: true };
  if (form === 'json') return own;
  return { ...own, policy: offlinePolicy, headers: ['content-disposition', `attachment; filename="register-${state}.html"`] };
}

/**
 * One line a fingerprint: value, level/pipeline, statement/artefact, verdict, confidence (`-` for none), version since which both stand, and
 * whether the statement stands. ASCII; the same register gives the same bytes.
 */
export function registerText(head: RegisterHead | null, publicUrl: string): string {
  const about = [
    '# Register of leaked material',
    `# ${publicUrl}/register`,
    ...(head === null
      ? ['# no item yet']
      : [
          `# register ${head.register.register} of ${head.register.at}, ${head.register.artefacts.length} items`,
          `# sha256 ${head.sha256} of ${publicUrl}/register/${head.register.register}.json`,
        ]),
    '# A file by hand (bash, coreutils); its line, if there is one, begins with what this prints:',
    `#   printf 'onrecord-fp-v1:%s' "$(sha256sum < FILE | cut -c 1-64)" | sha256sum | cut -c 1-64`,
    '# No line: the register says nothing of the file, neither that it is authentic nor that it is false.',
    '# fingerprint level/pipeline statement/artefact verdict confidence version statement-state',
  ];
  return `${[...about, ...(head === null ? [] : fingerprintLines(head))].join('\n')}\n`;
}

function fingerprintLines({ register: { artefacts, statements } }: RegisterHead): readonly string[] {
  const states = new Map(statements.map(({ statement, state }) => [statement, state]));
  return artefacts.flatMap((row) => {
    const { verdict, confidence } = standingOf(row);
    const since = turnsOf(row.history).at(-1)?.version ?? '-';
    return row.fingerprints.map(({ level, pipeline, value }) =>
      [value, `${level}/${pipeline}`, `${row.statement}/${row.artefact}`, verdict, confidence ?? '-', since, states.get(row.statement) ?? '-'].join(' '),
    );
  });
}
