import { readConfig } from '../config.ts';
import type { Outcome } from '../desk/bring-along.ts';
import { readHouse } from '../keeping.ts';
import { type Command, complain, exitCodes, print, printJson, readArguments, UsageError } from './command.ts';
import { type Brought, importDocuments } from './import-acts.ts';
import { type Accepted, type Examined, examineFiles, filesUnder } from './import-files.ts';

/** Brings an archive along: CSAF 2.0 documents as they are found. */
export const importCommand: Command = {
  usage: `Usage: onrecord import csaf PATH… [--dry-run]

Takes CSAF 2.0 documents, of a directory every .json below it, and puts each on record byte for byte as an imported document:
its dates and its history are shown as what it claims. Run again, it adds what is not there yet: a document that is there is
passed over, of one with a newer version the new version is added, an older version is reported and left out. What is not
valid is reported with its file, the place in it and the reason; the others go on.

While nobody has published anything this goes on record at once. After that, or while the service runs, the documents are laid
out, and two publishers confirm them on the desk.

  --dry-run  check and decide, and change nothing
  --json     print the result as JSON

Exit status 1 if a file was refused.`,
  async run(args) {
    const given = readArguments(args, { 'dry-run': { type: 'boolean' } }, { min: 2, max: Number.MAX_SAFE_INTEGER });
    const [kind, ...paths] = given.words;
    if (kind !== 'csaf') throw new UsageError(`what is imported is csaf, not ${kind}`);
    const config = readConfig(await readHouse());
    const examined = await examineFiles(await filesUnder(paths));
    const accepted = examined.filter((one): one is Accepted => 'candidate' in one);
    const brought = await importDocuments(config, accepted, given.values['dry-run'] === true);
    const report = reportOf(examined, brought);
    if (given.json) printJson(report);
    else tell(report, `${config.agency.deskUrl}/desk/imports`);
    return report.refused.length > 0 ? exitCodes.refused : 0;
  },
};

type Refusal = { file: string; path: string; reason: string };
type Report = Pick<Brought, 'how' | 'batch'> & {
  files: number;
  added: number;
  known: number;
  older: readonly { file: string; version: string; newest: string }[];
  lists: readonly string[];
  refused: readonly Refusal[];
};

function reportOf(examined: readonly Examined[], { outcomes, how, batch }: Brought): Report {
  const count = (act: Outcome['decision']['act']): number => outcomes.filter(({ decision }) => decision.act === act).length;
  const invalid = examined.flatMap((one) => ('objections' in one ? one.objections.map((objection) => ({ file: one.path, ...objection })) : []));
  const refused = outcomes.flatMap(({ candidate, decision }) => {
    return decision.act === 'refuse' ? [{ file: candidate.path, path: decision.path, reason: decision.reason }] : [];
  });
  const older = outcomes.flatMap(({ candidate: { path, version }, decision }) =>
    decision.act === 'older' ? [{ file: path, version, newest: decision.newest }] : [],
  );
  const lists = examined.flatMap((one) => ('isList' in one ? [one.path] : []));
  return { how, batch, files: examined.length, added: count('add'), known: count('known'), older, lists, refused: [...invalid, ...refused] };
}

function tell({ how, batch, files, added, known, older, lists, refused }: Report, desk: string): void {
  for (const { file, path, reason } of refused) complain(`refused: ${shown(file)}: ${path === '' ? '' : `${shown(path)}: `}${shown(reason)}`);
  for (const { file, version, newest } of older) complain(`left out: ${shown(file)}: version ${shown(version)} is older than ${shown(newest)}, which is here`);
  for (const file of lists) complain(`passed over: ${shown(file)}: a list, no document`);
  const done = { recorded: 'imported', staged: 'laid out to be confirmed', tried: 'would be imported' }[how];
  const refusedFiles = new Set(refused.map(({ file }) => file)).size;
  print(`${files} file(s): ${added} ${done}, ${known} here already, ${older.length} older than what is here, ${refusedFiles} refused`);
  if (how === 'staged') print(`${batch === null ? 'All of it waits already' : 'Nothing of it is public yet'}: two publishers confirm it at ${desk}`);
}

/** Names and texts of strangers, on a terminal. */
function shown(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}
