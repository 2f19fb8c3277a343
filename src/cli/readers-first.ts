import { readdirSync, readFileSync } from 'node:fs';
import { constants as os, setPriority } from 'node:os';
import type { Config } from '../config.ts';
import type { House } from '../statement/house.ts';
import { lintDraft } from '../statement/linting.ts';
import { type Content, emptyContent, emptyTexts } from '../statement/schema.ts';

/** What keeps work that can wait out of the way of the one thread that answers readers; for a process that serves. */

/** Once the pool is there. Packing, hashing and the disk wait for a core that readers leave; without it a publication takes half of a single core from them. Linux alone has a priority for each thread. */
export function letPoolWait(): void {
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync('/proc/self/task'))
    if (readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim() === 'libuv-worker') setPriority(Number(thread), os.priority.PRIORITY_BELOW_NORMAL);
}

/** A sentence in each language that the rules have to read to its end; twice, since V8 compiles anew for a text with a letter beyond Latin-1. */
const words = {
  fr: { ...emptyTexts, known: "Les fichiers sont faux et l'attaque vient d'un groupe, dit Jean Martin.", unknown: 'Les fichiers sont authentiques…' },
  en: { ...emptyTexts, known: 'The files are false and the attack comes from a group, says John Smith.', unknown: 'The files are authentic…' },
};

/** Before anybody asks: the linter's patterns take a third of a second to compile, once for a process; they stay compiled. */
export function warmLinter({ agency, house: own }: Pick<Config, 'agency' | 'house'>): void {
  const house: House = { first: agency.languages[0], ...own, wordLimits: new Map() };
  const content: Content = { ...emptyContent(house.first), languages: ['fr', 'en'], texts: words };
  lintDraft({ kind: 'first', template: 'holding', content, base: null, versions: 0 }, house, new Date(0).toISOString());
}
