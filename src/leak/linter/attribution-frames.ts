/**
 * Who is named for a deed, and by which turns, in French and English at once (B7). All run on one clause of a folded text in small letters;
 * `pointing` and `cleft` on what `withCapitals` makes of it.
 */

import { lowered } from './fold.ts';

export const peoples =
  '(?:russes?|russian|chinois(?:es?)?|chinese|iranien(?:ne)?s?|iranian|nord-cor[ée]en(?:ne)?s?|north[ -]korean|bi[ée]lorusses?|belarusian|am[ée]ricain(?:e)?s?|american|isra[ée]lien(?:ne)?s?|israeli|turcs?|turques?|turkish|indien(?:ne)?s?|indian|pakistanais(?:e)?s?|pakistani|ukrainien(?:ne)?s?|ukrainian|vietnamien(?:ne)?s?|vietnamese|syrien(?:ne)?s?|syrian)';
export const attack =
  '(?:cyber-?attaques?|attaques?|intrusions?|op[ée]rations?|campagnes?|piratages?|compromissions?|divulgations?|fuites?|vols?|d[ée]stabilisation|hame[çc]onnages?|attacks?|cyber-?attacks?|campaigns?|breach(?:es)?|hacks?|compromises?|leaks?|theft|incidents?|ing[ée]rences?|interference|phishing)';
/** States by their names, capitals and services: "Moscou a ordonné", "vient de Russie". */
export const actors =
  "(?:(?:la |l'|le |les |the )?(?:gru|fsb|svr|nsa|cia|mss|mossad|dgse|mi6|gchq|unit[ée]? \\d{4,5}|kremlin|moscou|moscow|p[ée]kin|beijing|t[ée]h[ée]ran|tehran|pyongyang|minsk|washington|ankara|isra[ëe]l|russie|russia|chine|china|iran|cor[ée]e du nord|north korea|bi[ée]lorussie|belarus|ukraine|[ée]tats-unis|united states|turquie|turkey|inde|india|pakistan|vietnam|syrie|syria))";
/** Groups that researchers and the press have named. */
export const known =
  '(?:apt[ -]?\\d{1,3}|unc\\d{3,5}|ta\\d{3,4}|(?:fancy|cozy|venomous|voodoo) bear|sandworm|lazarus|kimsuky|(?:volt|salt|flax) typhoon|(?:midnight|forest) blizzard|turla|charming kitten|muddywater|gamaredon|nobelium|lockbit|blackcat|alphv|cl0p|conti|revil|darkside|black basta|akira|rhysida|qilin|ransomhub|medusa|dragonforce|noname(?:057)?|killnet|scattered spider|shinyhunters|lapsus)';
/** What brings a system down without anybody behind it. */
export const faults =
  '(?:erreurs?|pannes?|d[ée]fauts?|bugs?|coupures?|mise à jour|d[ée]faillances?|surcharge|faille|errors?|faults?|failures?|outages?|updates?|misconfigurations?|power cuts?|flaws?|mistakes?)';
const crews =
  '(?:(?:groupes?|gangs?|collectifs?|officines?|crews?|groups?|outfits?|hackers?|pirates?|mercenaires?|mercenaries|cyber-?mercenar\\p{L}+|bande|[ée]quipe de pirates))';
const determiner = "(?:un |une |des |d'un |d'une |le |la |les |l'|du |de |d'|an? |the |some |certain )?";
const powers =
  '(?:[ée]tats?|pays|puissances?|services?|gouvernements?|r[ée]gimes?|states?|country|countries|powers?|governments?|nations?|regimes?|intelligence)';
const foreign =
  '(?:voisins?|voisines?|[ée]trang[èe]re?s?|hostiles?|ennemi[es]{0,2}|rival|rivale|rivaux|adverses?|neighbou?ring|foreign|hostile|enemy|unfriendly)';
/** A power that is not ours, named or not. */
const power = `(?:${actors}|(?:l'|the |an? |un |une |le |des )?${powers}\\s(?:de renseignement\\s|secrets?\\s)?(?:${foreign}|${peoples})|(?:l'|the |an? |un |une |some )?(?:${foreign}|${peoples})\\s(?:intelligence\\s|secret\\s)?${powers}|an? state|un [ée]tat(?! (?:de|des)))(?!\\p{L})`;
/** Whoever is pointed at: a power, a known group, or a crew that the words go on to name, with a capital. */
const culprit = `(?:(?:le |au |du |the )?(?:groupe |gang |collectif |group |gang )?(?:${power}|${known})(?![\\p{L}\\p{N}])|${determiner}(?:[\\p{L}-]+\\s){0,2}?${crews}(?:\\s${peoples}|[\\u00a0\\u2003]\\p{L}{2,})|${determiner}(?:${peoples}\\s)(?:[\\p{L}-]+\\s)?${crews})`;
const hirelings = `(?:${crews}|attaquants?|attackers?|actors?|acteurs?|spies|espions?|agents?|${attack})`;
/** A space before a capital is one of its own kind, see `withCapitals`: where a turn has a space it may be either. */
const pattern = (source: string): RegExp => new RegExp(source.replaceAll(/(?<=\[) /g, ' \\u00a0').replaceAll(/(?<!\[) /g, '[ \\u00a0]'), 'gu');

/**
 * A clause in small letters that still tells where capitals were: the blank before one is U+00A0 for a space, else U+2003; a folded text
 * has neither. The modifier `(?-i:\p{Lu})` would do without, but V8 13.6 then loses the flag i elsewhere in the pattern.
 */
export function withCapitals(clause: string): string {
  return lowered(clause.replaceAll(/\s(?=\p{Lu})/gu, (blank) => (blank === ' ' ? '\u00a0' : '\u2003')));
}

/** One word of them stands in every clause that points at somebody. */
export const pointed = new RegExp(
  `${actors}|${peoples}|${known}|${crews}|${foreign}|an? state|un [ée]tat|derri[èe]re|behind|coupables?|culprits?|perpetrators?|russophone|sinophone|persanophone`,
  'u',
);

/** Turns that point at somebody; a doubt before or among the words takes them back. */
export const pointing: readonly RegExp[] = [
  // Marks left behind: "porte la signature de", "bears the hallmarks of".
  pattern(
    `(?<!\\p{L})(?:porte(?:nt)?|portait|pr[ée]sente(?:nt)?|a|ont|montre(?:nt)?|rel[èe]ve(?:nt)?|bears?|bore|has|have|shows?|carr(?:y|ies)|with)\\s(?:bien\\s|clearly\\s)?(?:toutes?\\s|all\\s)?(?:l[ae]s?|the|des|une?)\\s(?:signatures?|marques?(?: de fabrique)?|empreintes?|caract[ée]ristiques?|traits|griffes?|sceau|hallmarks?|fingerprints?|marks?|stamp|trademarks?|style|handwriting|m[ée]thodes?)\\s(?:de la |de l'|du |des |de |d'|of )${culprit}`,
  ),
  // Likeness of method: "typique de", "consistent with".
  pattern(
    `(?<!\\p{L})(?:typiques?|caract[ée]ristiques?|signature|coutumi[èe]re?s?|digne) (?:de |d'|du |des )${culprit}|(?<!\\p{L})(?:typical of|characteristic of|consistent with|reminiscent of|straight out of|identical to those of|matches|match)\\s(?:that of |those of |the (?:methods?|style|tools?|playbook) of )?${culprit}`,
  ),
  pattern(
    `(?<!\\p{L})(?:modes? op[ée]ratoires?|m[ée]thodes?|techniques?|outils?|codes?|tools?|methods?|tradecraft|infrastructure|malware|malicieux|maliciel)[^.!?]{0,40}?(?<!\\p{L})(?:(?:est|sont) (?:celui|celle|ceux|celles) (?:de |d'|du |des )|(?:rappelle|[ée]voque|trahi)\\p{L}* |(?:is|are) (?:that|those) of |(?:belongs?|points?) to |appart\\p{L}+ (?:à |au |aux ))${culprit}`,
  ),
  // Everything points to.
  pattern(
    `(?<!\\p{L})(?:tout|traces?|indices?|pistes?|preuves?|[ée]l[ée]ments?|soup[çc]ons?|everything|evidence|traces|trails?|clues?|signs|suspicion|fingers?)[^.!?]{0,30}?(?<!\\p{L})(?:d[ée]signe(?:nt)?|accuse(?:nt)?|accable(?:nt)?|incrimine(?:nt)?|pointe(?:nt)? (?:vers|sur)|m[èe]ne(?:nt)? (?:à|au|aux|vers)|conduise?n?t? (?:à|au|aux|vers)|ram[èe]ne(?:nt)? (?:à|au|aux)|points? (?:to|at|towards?)|leads? (?:back )?to|falls? on|implicates?)\\s${culprit}`,
  ),
  // Behind it.
  pattern(
    `(?<!\\p{L})(?:derri[èe]re|behind)\\s(?:cette|l'|la|les|ces|ce|le|this|the|these|that|it all)\\s?(?:\\p{L}+\\s)?${attack}[^.!?]{0,20}?\\s(?:se (?:trouv|cach|tien|tenai|dissimul|profil)\\p{L}*|il y (?:a|avait)|on (?:trouve|retrouve|reconna[îi]t)|est|sont|[ée]tait|is|are|was|were|stands?|stood|lies|lurks?|sits?|hides?)\\s(?!(?:un |une |des )?(?:ou |tiers|inconnu|personne|individu|one |someone|somebody|an? unknown|unknown)|(?:une? |an? |the |des )?(?:[\\p{L}-]+\\s){0,2}?${faults})`,
  ),
  pattern(
    `${culprit}\\s(?:\\p{L}+\\s)?(?:se (?:trouve|cache|tient|dissimule)(?:nt)?|est|sont|[ée]tait|is|are|was|were|stands?|lurks?|hides?)\\s(?:bien\\s|clearly\\s)?(?:derri[èe]re|behind)\\s(?:cette|l'|la|les|ces|ce|le|this|the|these|that|it|all|tout|l)`,
  ),
  // In whose pay.
  pattern(
    `${hirelings}\\s[^.!?]{0,40}?(?<!\\p{L})(?:(?:pay[ée]|financ[ée]|pilot[ée]|soutenu|command[ée]|commandit[ée]|parrain[ée]|dirig[ée]|manipul[ée]|t[ée]l[ée]guid[ée]|sponsoris[ée]|contr[ôo]l[ée]|r[ée]mun[ée]r[ée]|recrut[ée]|appuy[ée]|mandat[ée])e?s? par|à la solde d[eu]s?|aux ordres d[eu]s?|pour le compte d[eu]s?|au service d[eu]s?|li[ée]e?s? (?:à|au|aux)|proches? d[eu]s?|affili[ée]e?s? (?:à|au|aux)|(?:paid|funded|backed|sponsored|directed|hired|run|controlled|steered|bankrolled|commissioned|tasked|supported|financed) by|in the pay of|on behalf of|working for|work for|travaill\\p{L}+ pour|agi\\p{L}* (?:pour|sur ordre)|linked to|tied to|(?:ties|links) to|close to|affiliated with|aligned with|loyal to|on the orders of)\\s?(?:d')?${power}`,
  ),
  // Whose work, whose hand, from where.
  pattern(
    `(?<!\\p{L})(?:(?:est|sont|c'est|it is|is|was|are)\\s(?:bien |clearly )?)(?:l'(?:œ|oe)uvre|le fait|la patte|the (?:work|doing|handiwork)|un coup)\\s(?:de la |de l'|du |des |de |d'|of )${culprit}`,
  ),
  pattern(
    `${attack}[^.!?]{0,40}?(?<!\\p{L})(?:vien|provien|[ée]man|part|comes?|came|originat|stem)\\p{L}*\\s(?:tout droit |directly )?(?:de la |de l'|de |du |d'|des |from )${culprit}`,
  ),
  pattern(`${attack}\\s(?:[\\p{L}-]+\\s){0,2}?sign[ée]e?s?\\s${culprit}`),
  // Accusing.
  pattern(
    `(?<!\\p{L})(?:accus(?:e|ons|ent)|d[ée]sign(?:e|ons|ent)|incrimin(?:e|ons|ent)|soup[çc]onn(?:e|ons|ent)|mett(?:ons|ent) en cause|met en cause|point(?:e|ons|ent) (?:du doigt|vers)|accuses?|suspects?|blames?|points? the finger at|holds?)\\s${culprit}`,
  ),
  pattern(
    `(?<!\\p{L})(?:l'auteur|les auteurs|l[ae]s? responsables?|l[ae]s? coupables?|l[ae]s? commanditaires?|les (?:attaquants|pirates)|the (?:culprits?|perpetrators?|attackers?|hackers?|authors?|masterminds?)|those responsible)(?!\\p{L})[^.!?]{0,30}?\\s(?:est|sont|[ée]tai(?:t|ent)|is|are|was|were)\\s(?:\\p{L}+ment\\s|\\p{L}+ly\\s)?(?:${culprit}|${peoples}(?!\\p{L}))`,
  ),
  // Named outright: "this was the GRU", "nous avons affaire à LockBit", "we tied it to", "Pyongyang's operators".
  pattern(`(?<!\\p{L})(?:this|it|that)\\s(?:is|was)\\s(?:clearly\\s|all\\s)?(?:the\\s)?(?:${actors}|${known})(?=\\s?(?:[.,;!)]|$|and\\s))`),
  pattern(`(?<!\\p{L})(?:affaire|confront[ée]e?s?)\\s(?:à la |à l'|au |aux |à )${culprit}`),
  pattern(
    `(?<!\\p{L})(?:tied|traced|linked|attributed|pinned|connected|rattach[ée]|reli[ée]|attribu[ée]|imput[ée])\\s(?:this |the |that |cette |l'|la |les |ce )\\s?${attack}\\s(?:back\\s)?(?:to|on|à la|à l'|au|aux|à)\\s${culprit}`,
  ),
  pattern(`${actors}'s\\s(?:\\p{L}+\\s)?(?:operators?|operatives?|hackers?|spies|services?|agents?|men|people|crews?)(?!\\p{L})`),
  // A hand seen, a place it came from, a tongue.
  pattern(`(?<!\\p{L})(?:la (?:main|patte|griffe)|l'ombre|the (?:hand|fingerprints|handwriting|shadow))\\s(?:de la |de l'|du |des |de |d'|of )${culprit}`),
  pattern(`${actors}'s?\\s(?:hand|fingerprints?|handwriting|signature)(?!\\p{L})`),
  pattern(
    `${culprit}\\s(?:est|sont|is|are|was)\\s(?:l[ea]s? |our |the |notre |a )?(?:principa\\p{L}+ |main |prime |premiers? |number one )?(?:suspects?|coupables?|culprits?)(?!\\p{L})`,
  ),
  pattern(
    `${attack}[^.!?]{0,60}?(?<!\\p{L})(?:men[ée]|conduit|lanc[ée]|pilot[ée]|dirig[ée]|orchestr[ée]|command[ée]|directed|launched|run|mounted|led|orchestrated|controlled)e?s?\\s(?:depuis|de|from|out of)\\s${actors}(?!\\p{L})`,
  ),
  pattern(
    `(?<!\\p{L})(?:${actors}|${peoples})-(?:linked|backed|aligned|sponsored|affiliated|nexus|speaking|funded|controlled)\\s(?:[\\p{L}-]+\\s)?(?:${crews}|attackers?|actors?|spies|operatives?)(?!\\p{L})`,
  ),
  pattern(`(?<!\\p{L})(?:${crews}|attaquants?)\\s(?:russophones?|sinophones?|persanophones?|pro-(?:${peoples}|kremlin))(?!\\p{L})`),
  pattern(
    `(?<!\\p{L})(?:l[ae]s? coupables?|the culprits?|the perpetrators?)\\s(?:est|sont|is|are|was|were)\\s(?:une? |des |notre |nos |l[ae]s? |l'|an? |the |our )(?!inconnu|unknown|tiers|personne)\\p{L}+`,
  ),
];

/** Cleft sentences: the relative pronoun asks nothing, so that only a doubt before it counts. */
export const cleft: readonly RegExp[] = [
  pattern(`(?<!\\p{L})(?:c'est|c'[ée]tait|ce sont|it is|it was)\\s(?:bien\\s|indeed\\s)?${culprit}\\s(?:qui|who|that|which)\\s(?!revendiqu|claim)`),
];
