import type { Artefact, Collection, Findings } from '../../src/leak/findings.ts';
import { altered, artefact, authentic, collection, fabricated } from './findings.ts';
import { type Archive, createArchive } from './press-fixtures.ts';

/**
 * A leak told in four versions: a verdict that is reversed by a correction, a set that turns out mixed, claims apart from items; a
 * second statement that is withdrawn, and an exercise that no register may know.
 */

const print = (digit: string) => ({ level: 'exact', pipeline: 'onrecord-fp-v1', value: digit.repeat(64) }) as const;
const label = { en: 'Letter of 3 May', fr: 'Courrier du 3 mai' };
const because = (en: string, fr: string): Artefact['because'] => ({ en, fr });

const letter = { label, form: 'file', mediaType: 'application/pdf', size: 48_211, fingerprints: [print('a')] } as const;
const compared = because(
  'It differs from the copy that the Institute holds: two paragraphs were added.',
  'Il diffère de la copie de l’Institut : deux paragraphes ont été ajoutés.',
);
const invented = because(
  'The Institute never wrote it, and its number was given to another letter.',
  'L’Institut ne l’a jamais écrit, et son numéro est celui d’un autre courrier.',
);
const tables = artefact({
  id: 'A-2',
  label: { en: 'Table of accounts' },
  form: 'database_extract',
  fingerprints: [{ level: 'text', pipeline: 'txt1', value: 'c'.repeat(64) }, print('b')],
});
const whole: Partial<Collection> = {
  label: { en: 'Everything that was published', fr: 'Tout ce qui a été publié' },
  members: ['A-1', 'A-2'],
  bases: ['origin_copy_compared'],
};
const rumour = {
  id: 'K-1',
  text: { en: 'Every account of the Institute was taken.', fr: 'Tous les comptes de l’Institut ont été pris.' },
  about: ['A-2'],
  bases: ['forensic_report'],
  confidence: 'high',
  because: because('The logs show 212 accounts of 40,000.', 'Les journaux montrent 212 comptes sur 40 000.'),
} as const;

const firstLetter = artefact({ ...letter, fingerprints: [print('a')] });
const alteredLetter: Artefact = {
  ...altered,
  ...letter,
  fingerprints: [print('a')],
  because: compared,
  changes: ['content', 'metadata'],
  context: ['out_of_context'],
  personalData: ['identity', 'contact'],
  likelihood: 'very_likely',
  assertedBy: { en: 'An account that calls itself a whistle-blower', fr: 'Un compte qui se dit lanceur d’alerte' },
};
const fabricatedLetter: Artefact = { ...fabricated, ...letter, fingerprints: [print('a')], because: invented, confidence: 'high' };
const authenticTables: Artefact = {
  ...authentic,
  ...tables,
  verdict: 'authentic',
  confidence: 'moderate',
  bases: ['origin_copy_compared'],
  because: because('Row for row the same.', 'Identique ligne à ligne.'),
};

export const leakFindings: readonly Findings[] = [
  { artefacts: [firstLetter], collections: [] },
  {
    artefacts: [alteredLetter, tables],
    collections: [collection({ ...whole, finding: 'may_contain_falsified', confidence: 'moderate', members: ['A-2'], because: compared })],
    claims: [{ ...rumour, about: ['A-2'], bases: [], finding: 'unverified', confidence: null, because: {} }],
  },
  {
    artefacts: [fabricatedLetter, authenticTables],
    collections: [
      collection({ ...whole, members: ['A-1', 'A-2'], bases: ['origin_copy_compared'], finding: 'mixed', confidence: 'moderate', because: invented }),
    ],
    claims: [{ ...rumour, about: ['A-2'], bases: ['forensic_report'], finding: 'false' }],
  },
];

const at = (day: number, hour = 9): string => `2026-09-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
export const leak = '2026-0001';
export const withdrawnLeak = '2026-0002';

export function leakArchive(offlineCheck?: (register: Buffer) => Buffer | null): Archive {
  const archive = createArchive(offlineCheck);
  const [first, second, third] = leakFindings;
  const both = { en: {}, fr: {} };
  const told = { situation: 'leak-falsified', texts: both } as const;
  archive.publish(leak, { at: at(1), ...told, incident: 'under_investigation', ...(first && { findings: first }) });
  archive.publish('EX-2026-0001', { at: at(2), ...told, ...(second && { findings: second }) });
  archive.publish(leak, { at: at(3), ...told, kind: 'update', nextUpdate: { type: 'by', at: at(20) }, ...(second && { findings: second }) });
  archive.publish(withdrawnLeak, {
    at: at(4),
    ...told,
    findings: { artefacts: [{ ...alteredLetter, id: 'A-1', fingerprints: [print('d')] }], collections: [] },
  });
  archive.publish(withdrawnLeak, {
    at: at(5),
    ...told,
    kind: 'withdrawal',
    findings: { artefacts: [{ ...alteredLetter, id: 'A-1', fingerprints: [print('d')] }], collections: [] },
  });
  const attribution = { status: 'attributed', authority: 'Court of Arvelle', url: 'https://court.example/1' } as const;
  const corrected = { en: { wasWrong: 'Version 2 called the letter altered.', isRight: 'It is fabricated. <!-- </script> -->' }, fr: {} };
  archive.publish(leak, { at: at(6), ...told, kind: 'correction', corrects: 2, texts: corrected, attribution, ...(third && { findings: third }) });
  archive.publish(leak, { at: at(7), ...told, kind: 'editorial', attribution, ...(third && { findings: third }) });
  return archive;
}
