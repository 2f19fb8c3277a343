import { z } from 'zod';
import { type Content, type HouseNotes, noNotes } from '../../statement/schema.ts';
import { parse, plainText } from '../zod.ts';
import { type Fields, text } from './form.ts';

/** The part of the edit form that is never published: consultation, triage, and the words of spreaders that the linter looks for. */

const lists = { personas: 120, fileTitles: 300, names: 120 } as const;
type ListName = keyof typeof lists;
const listNames: readonly ListName[] = ['personas', 'fileTitles', 'names'];

export function houseValues({ house = noNotes }: Pick<Content, 'house'>): Fields {
  return {
    'house.consulted': house.entity.consulted ? 'yes' : '',
    'house.waiver': house.entity.waiver,
    'house.triage': house.triage,
    ...Object.fromEntries(listNames.map((name) => [`house.${name}`, house[name].join('\n')])),
  };
}

const Said = z.object({ 'house.waiver': plainText(600), 'house.triage': plainText(600) });

/** The notes as posted; undefined where nothing is noted and nothing was. @throws bad_text, too_long, bad_request */
export function readHouse(fields: Fields, before: HouseNotes | undefined): HouseNotes | undefined {
  const said = parse(Said, { 'house.waiver': text(fields, 'house.waiver').trim(), 'house.triage': text(fields, 'house.triage').trim() });
  const notes: HouseNotes = {
    entity: { consulted: text(fields, 'house.consulted') === 'yes', waiver: said['house.waiver'] },
    triage: said['house.triage'],
    personas: readLines(fields, 'personas'),
    fileTitles: readLines(fields, 'fileTitles'),
    names: readLines(fields, 'names'),
  };
  return before === undefined && JSON.stringify(notes) === JSON.stringify(noNotes) ? undefined : notes;
}

/** One entry a line. */
function readLines(fields: Fields, name: ListName): string[] {
  const lines = text(fields, `house.${name}`)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const key = `house.${name}`;
  return parse(z.object({ [key]: z.array(plainText(lists[name])).max(30) }), { [key]: lines })[key] ?? [];
}
