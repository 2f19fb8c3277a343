/** Words that carry meaning an editorial version may not touch (workflow.md, transition 20), in French and English, accents folded. */
export type WordClass = 'negation' | 'number' | 'date' | 'hash' | 'url' | 'name' | 'verdict' | 'modal';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter((word) => word !== ''));

const negations = list(`
  no not never none nobody nothing nowhere neither nor without cannot non n't
  ne n' pas jamais aucun aucune nul nulle rien personne ni sans guere`);

/** Numbers as words, and the quantities people count with: "some" for "all" changes a statement as much as six for seven. */
const numbers = list(`
  zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
  sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions dozen dozens half halves third thirds quarter quarters
  tenth tenths first second fourth fifth sixth seventh eighth ninth once twice double triple single both
  all some most many few several every each any more less fewer least only about approximately almost nearly over under
  deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente quarante cinquante soixante septante octante nonante
  cent cents mille milliers milliard milliards dizaine dizaines douzaine vingtaine trentaine centaine centaines moitie tiers quart quarts
  dixieme dixiemes premier premiere premiers premieres deuxieme seconde troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme
  tout toute tous toutes certains certaines quelques plusieurs chaque plupart plus moins environ presque seul seule seuls seules seulement uniquement`);

const dates = list(`
  january february march april june july august september october november december monday tuesday wednesday thursday friday saturday sunday
  today yesterday tomorrow tonight noon midnight
  janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
  hier demain aujourd hui midi minuit`);

const modals = list(`
  can could may might must shall should will would ought need needs likely unlikely probably probable possible possibly perhaps maybe certain certainly sure
  apparently allegedly alleged suspected believed presumed appears appear seems seem
  peut peuvent pourrait pourraient pouvait pouvaient pourra pourront doit doivent devrait devraient devra devront faut faudrait probablement probables
  possibles possiblement etre semble semblent semblerait sembleraient certainement vraisemblable vraisemblablement apparemment presume presumee presumes
  presumees suspecte suspectee eventuel eventuelle eventuels eventuelles eventuellement pretendu pretendue aurait auraient serait seraient`);

const verdict =
  /^(un|in)?(verif|authenti|altere?d?$|alter|fabri|genuin|fake|fals|faux$|fausse|forge|forger|doctored|manipul|tamper|indetermin|withdr|retir|confirm|infirm|claim|revendiqu|deni|deny|dementi|accura|inaccura|exact|true$|untrue$|vrai|real$|reel|truqu|rule[ds]?$|exclu|correct|mixed$|melang)/;

/** Everyday words that start a sentence; any other capitalised first word could be a name. */
const starters = list(`
  a an the this that these those it its he she they we you i our your their there here in on at by for from to of as if when while where what which who how why
  and but or so then after before since until during because although however also and is are was were has have had do does did please people data files
  le la les l d un une des du de ce cet cette ces il elle ils elles on nous vous notre nos votre vos leur leurs y en au aux dans sur par pour avec chez entre
  si quand lorsque comme ou et mais donc or car apres avant depuis pendant parce bien que qui quoi dont est sont etait etaient a ont avait avaient c s j m t qu
  ainsi alors cependant toutefois enfin ici merci donnees fichiers`);

/** The class of one token, or null where an editorial version may change it. @param word as written @param startsSentence whether it is the first of its sentence */
export function classifyWord(word: string, startsSentence: boolean): WordClass | null {
  // Markdown strikes out what stands between tildes.
  if (word.startsWith('~')) return 'negation';
  if (/^(https?:|www\.)|@/i.test(word)) return 'url';
  if (/^[0-9a-f]{8,}$/i.test(word) && /\d/.test(word)) return 'hash';
  if (/\p{N}|[%‰€$£°]/u.test(word)) return /\d[/:-]\d/.test(word) ? 'date' : 'number';
  const plain = foldAccents(word).toLowerCase();
  if (negations.has(plain) || plain.endsWith("n't")) return 'negation';
  if (numbers.has(plain)) return 'number';
  if (dates.has(plain)) return 'date';
  if (modals.has(plain)) return 'modal';
  if (verdict.test(plain)) return 'verdict';
  const isCapital = /^\p{Lu}/u.test(word);
  if (isCapital && (!startsSentence || /^\p{Lu}{2,}$/u.test(word) || !starters.has(plain.replace(/'$/, '')))) return 'name';
  return null;
}

export function foldAccents(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '');
}
