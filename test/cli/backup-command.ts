import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openPlace } from '../support/place.ts';

t.test('an operator backs an installation up, loses it and brings it back', async (t) => {
  const { directory, run } = await openPlace(t);
  const key = join(directory, 'key.pem');
  const production = {
    ONRECORD_AGENCY_NAME: 'Agence',
    ONRECORD_PRESS_CONTACT: 'presse@agence.test',
    ONRECORD_PEOPLE_CONTACT: 'aide@agence.test',
    ONRECORD_SIGNING_KEY_FILE: key,
    ONRECORD_ANCHOR_FILE: join(directory, 'anchor'),
    ONRECORD_ORIGIN: 'record.agency.test',
  };
  const operator = (...args: string[]) => run(args, production);
  t.match(await operator('init', '--key-file', key), { code: 0 });
  const made = await operator('backup', join(directory, 'backup'), '--json');
  t.match(JSON.parse(made.said), { log: 'record.agency.test', size: 0 });
  t.match(await operator('backup', join(directory, 'backup')), { code: 1, said: /store_exists/ });
  t.match(await operator('backup'), { code: 64 });

  t.match(await operator('restore', 'backup', '--newest', 'nothing'), { code: 1, said: /store_exists/ }, 'never over data that is there');
  await rm(join(directory, 'data'), { recursive: true });
  const refused = await operator('restore', 'backup');
  t.equal(refused.code, 1);
  for (const word of ['rollback_detected', '--newest', '--complete-from', '--accept-rollback']) t.match(refused.said, word);
  for (const wrong of [
    ['--newest', 'nothing', '--complete-from', 'x'],
    ['--accept-rollback', 'A disk burned.'],
    ['--newest', 'nothing', '--new-key-file', 'x'],
  ])
    t.match(await operator('restore', 'backup', ...wrong), { code: 64 }, wrong.join(' '));
  t.match(await operator('restore', 'backup', '--accept-rollback', 'Fire.', '--new-key-file', key), { code: 1, said: /rollback_detected/ });
  t.match(await operator('restore', 'nowhere', '--newest', 'nothing'), { code: 1, said: /store_corrupt/ });
  const anchor = join(directory, 'anchor');
  await writeFile(anchor, 'no checkpoint');
  t.match(await operator('restore', 'backup', '--newest', 'nothing'), { code: 1, said: /rollback_detected/ }, 'an anchor that cannot be read proves nothing');
  await rm(anchor);
  t.match(await operator('restore', 'backup', '--newest', 'nothing'), { code: 0, said: /Restored into/ });
  t.match(JSON.parse(await readFile(join(directory, 'data/onrecord.json'), 'utf8')), { origin: 'record.agency.test' });
});
