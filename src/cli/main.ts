import { type Command, complain, exitCodes, print, reportFailure } from './command.ts';

const commands: Readonly<Record<string, { summary: string; load(): Promise<Command> }>> = {
  start: { summary: 'serve; in an empty directory, make the demonstration first', load: async () => (await import('./start.ts')).startCommand },
  serve: { summary: 'serve an installation that is there', load: async () => (await import('./serve.ts')).serveCommand },
  init: { summary: 'make an empty installation', load: async () => (await import('./init.ts')).initCommand },
  migrate: { summary: 'make or update the tables in a PostgreSQL database', load: async () => (await import('./migrate.ts')).migrateCommand },
  user: { summary: 'add, list and change people', load: async () => (await import('./user.ts')).userCommand },
  verify: { summary: 'check that a published file is genuine', load: async () => (await import('./verify.ts')).verifyCommand },
  key: { summary: 'keys of the log, the offline root key, and the trust note', load: async () => (await import('./key.ts')).keyCommand },
  backup: { summary: 'copy the data, also while the service runs, and prove the copy', load: async () => (await import('./backup.ts')).backupCommand },
  export: { summary: 'keep a copy of the public site as files, for a plain web server', load: async () => (await import('./export.ts')).exportCommand },
  import: { summary: 'bring an archive of CSAF documents along', load: async () => (await import('./import.ts')).importCommand },
  move: { summary: 'move everything into a PostgreSQL database, or back into a directory', load: async () => (await import('./move.ts')).moveCommand },
  restore: { summary: 'bring a backup back without a second history', load: async () => (await import('./restore.ts')).restoreCommand },
  doctor: { summary: 'check configuration, data, checkpoint, clock and disk', load: async () => (await import('./doctor.ts')).doctorCommand },
};

const usage = `Usage: onrecord COMMAND [options]

${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n')}

onrecord COMMAND --help says more. Configuration comes from ONRECORD_* variables: see docs/operate.md.`;

const isHelp = (word: string | undefined): boolean => word === '--help' || word === '-h' || word === 'help';

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || isHelp(name)) {
    print(usage);
    return name === undefined ? exitCodes.usage : 0;
  }
  const entry = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!entry) {
    complain(`onrecord: there is no command "${name}"\n\n${usage}`);
    return exitCodes.usage;
  }
  const command = await entry.load();
  if (args.some(isHelp)) {
    print(command.usage);
    return 0;
  }
  return command.run(args).catch((error: unknown) => reportFailure(error, command.usage, args.includes('--json')));
}

process.exitCode = await main(process.argv.slice(2));
