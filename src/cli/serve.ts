import { type Config, readConfig } from '../config.ts';
import { readHouse } from '../keeping.ts';
import { createLog } from '../open-office.ts';
import { startPublicServer } from '../public-server.ts';
import { startServer } from '../server.ts';
import { closeOnSignal } from './close-on-signal.ts';
import { type Command, complain, readArguments } from './command.ts';
import { withPatience } from './patience.ts';
import { letPoolWait, warmLinterSoon } from './readers-first.ts';

export const serveCommand: Command = {
  usage: `Usage: onrecord serve

Serves the public site, the desk and the operations listener. Configuration comes from ONRECORD_* variables; each problem is
listed and the exit code is 78. SIGTERM ends it cleanly within 15 seconds, a second one at once.`,
  async run(args) {
    readArguments(args, {}, { min: 0, max: 0 });
    const config = readConfig(await withPatience(readHouse));
    if (config.role === 'public') return servePublic(config);
    const server = await withPatience(() => startServer(config));
    letPoolWait();
    warmLinterSoon();
    if (config.agency.demonstration) complain('onrecord: THIS IS A DEMONSTRATION. Its people, codes and signing key are no secret.');
    const { publicUrl, deskUrl, opsUrl, office } = server;
    office.log.info({ public: publicUrl, desk: deskUrl, operations: opsUrl }, 'serving');
    await closeOnSignal(server);
    office.log.info('ended');
    return 0;
  },
};

async function servePublic(config: Config): Promise<number> {
  const log = createLog(config);
  const server = await withPatience(() => startPublicServer(config, { log }));
  letPoolWait();
  log.info({ public: server.publicUrl, operations: server.opsUrl }, 'serving the public site alone');
  await closeOnSignal(server);
  log.info('ended');
  return 0;
}
