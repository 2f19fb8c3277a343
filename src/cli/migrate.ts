import { databaseUrl, ownerUrl } from '../config.ts';
import { openDatabase } from '../store/postgres-database.ts';
import { grantTo, migrate, roles } from '../store/postgres-schema.ts';
import { type Command, optional, print, printJson, readArguments, UsageError } from './command.ts';
import { withPatience } from './patience.ts';

/** A step may have to go through a large table, and to wait for those who use it. */
const ownerPatience = { statement_timeout: '30min', lock_timeout: '30s' };

/** Brings a database to this release. The service never does it by itself: its login must not be able to. */
export const migrateCommand: Command = {
  usage: `Usage: onrecord migrate [--desk LOGIN] [--public LOGIN]

Makes the tables of this release in a PostgreSQL database, or brings older ones up to it, step by step; what was taken before stays.
Processes of the release before go on beside it. It signs in as the owner of the tables: ONRECORD_DATABASE_OWNER_URL, or
ONRECORD_DATABASE_URL where that one owns them. Whoever owns them could change what is public: give the service a login of its own.

  --desk LOGIN    lets this login of the database be the service with a desk (role ${roles.desk})
  --public LOGIN  lets this login be a server that shows the public site and reads nothing else (role ${roles.public})
  --json          print the result as JSON`,
  async run(args) {
    const given = readArguments(args, { desk: { type: 'string' }, public: { type: 'string' } }, { min: 0, max: 0 });
    const url = ownerUrl() ?? databaseUrl();
    if (url === null) throw new UsageError('which database? ONRECORD_DATABASE_OWNER_URL is empty');
    const database = openDatabase(url, ownerPatience, 31 * 60_000);
    try {
      const taken = await withPatience(() => migrate(database));
      const granted = { desk: optional(given, 'desk'), public: optional(given, 'public') };
      for (const role of ['desk', 'public'] as const) if (granted[role] !== null) await grantTo(database, roles[role], granted[role]);
      if (given.json) printJson({ taken, granted });
      else print(taken.length === 0 ? 'The database is up to this release.' : `The database is up to this release: ${taken.join(', ')}.`);
      return 0;
    } finally {
      await database.close();
    }
  },
};
