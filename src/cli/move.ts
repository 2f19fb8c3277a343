import { resolve } from 'node:path';
import { type Command, print, printJson, readArguments, required, UsageError } from './command.ts';
import { type Move, moveIntoDatabase, moveIntoDirectory } from './move-acts.ts';

export const moveCommand: Command = {
  usage: `Usage: onrecord move --from DIRECTORY --to postgres://…
       onrecord move --from postgres://… --to DIRECTORY

Moves everything from a data directory into a PostgreSQL database, or back. The service is stopped first. The other place is empty: a
directory that is absent or holds nothing, or a database with the tables of this release (onrecord migrate) and no installation.

What is there is proved as at a start while it is read; then the other place is read and proved in the same way, and both have to give
the same digest. Until then nothing in the other place counts, and nothing of it is left where anything fails. The old place is not
changed, but for a mark that keeps it from being used again: moved.json in a directory, head.moved in a database.

Sign-in sessions stay behind: people sign in again. So does what belongs to a host: keys, anchor, trust note, and what a witness
remembers (witness/ in the data directory). A demonstration moves only once ONRECORD_SIGNING_KEY_FILE names its key, which otherwise
lies in its data directory. The configuration is read from the ONRECORD_* variables; the two places are those of the command line.

  --from PLACE  where everything lies now
  --to PLACE    where it goes; a password comes from PGPASSFILE or PGPASSWORD rather than from the address
  --json        print the result as JSON`,
  async run(args) {
    const given = readArguments(args, { from: { type: 'string' }, to: { type: 'string' } }, { min: 0, max: 0 });
    const [from, to] = [required(given, 'from'), required(given, 'to')];
    if (isDatabase(from) === isDatabase(to)) throw new UsageError('one place is a directory, the other one an address postgres://…');
    const moved = isDatabase(to) ? await moveIntoDatabase(resolve(from), to) : await moveIntoDirectory(from, resolve(to));
    if (given.json) printJson(moved);
    else print(sayMoved(moved));
    return 0;
  },
};

const isDatabase = (place: string): boolean => /^postgres(?:ql)?:\/\//.test(place);

const sayMoved = ({
  from,
  to,
  entries,
  files,
  statements,
  size,
  digest,
}: Move): string => `Everything is in ${to}: ${entries} entries, ${files} signed files, ${statements} statements.
The checkpoint is the same, of ${size} entries. Digest of both places: ${digest}
${from} is marked as moved, and no service starts from it any more.`;
