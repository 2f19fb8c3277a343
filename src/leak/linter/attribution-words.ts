import { compact } from './compact.ts';
import { lowered } from './fold.ts';

/**
 * Who is pointed at for a deed, and the words that tie the one to the other, in French and English at once (B7). All run on one clause of a
 * folded text as `withCapitals` makes it.
 */

const peoples =
  '(?:russes?|russian|chinois(?:es?)?|chinese|iranien(?:ne)?s?|iranian|nord-cor[ée]en(?:ne)?s?|north[ -]korean|bi[ée]lorusses?|belarusian|am[ée]ricain(?:e)?s?|american|isra[ée]lien(?:ne)?s?|israeli|turcs?|turques?|turkish|indien(?:ne)?s?|indian|pakistanais(?:e)?s?|pakistani|ukrainien(?:ne)?s?|ukrainian|vietnamien(?:ne)?s?|vietnamese|syrien(?:ne)?s?|syrian|serbes?|serbian|az[ée]rbaïdjanais(?:e)?s?|azerbaijani|saoudien(?:ne)?s?|saudi|[ée]miratis?|emirati|cubain(?:e)?s?|cuban|v[ée]n[ée]zu[ée]lien(?:ne)?s?|venezuelan|alg[ée]rien(?:ne)?s?|algerian|marocain(?:e)?s?|moroccan|libanais(?:e)?s?|lebanese)';
const deed =
  '(?:cyber-?attaques?|attaques?|intrusions?|op[ée]rations?|campagnes?|piratages?|compromissions?|divulgations?|fuites?|vols?|d[ée]stabilisation|hame[çc]onnages?|sabotages?|rançongiciels?|chiffrement|attacks?|cyber-?attacks?|campaigns?|breach(?:es)?|break-ins?|hacks?|compromises?|leaks?|theft|incidents?|ing[ée]rences?|interference|phishing|sabotage|raids?|affaire|coup|disruption|disinformation|d[ée]sinformation)';
/** States by their names, capitals and services: "Moscou a ordonné", "vient de Russie". */
const actors =
  "(?:(?:la |l'|le |les |the )?(?:gru|fsb|kgb|svr|nsa|cia|mss|irgc|pasdarans?|mossad|dgse|mi6|gchq|unit[ée]? \\d{4,5}|lab(?:oratory)? 110|bureau 121|revolutionary guards?|gardiens de la r[ée]volution|wagner|kremlin|moscou|moscow|p[ée]kin|beijing|t[ée]h[ée]ran|tehran|pyongyang|minsk|washington|ankara|bakou|baku|riyad|riyadh|belgrade|hano[ïi]|isra[ëe]l|russie|russia|chine|china|iran|cor[ée]e du nord|north korea|bi[ée]lorussie|belarus|ukraine|[ée]tats-unis|united states|turquie|turkey|inde|india|pakistan|vietnam|syrie|syria|azerba[ïi]djan|azerbaijan|serbie|serbia|arabie saoudite|saudi arabia|[ée]mirats|emirates|v[ée]n[ée]zuela|venezuela|cuba|alg[ée]rie|algeria))";
/** Groups that researchers and the press have named, and the families of names that they give. */
const known =
  "(?:apt[ -]?c?\\d{1,3}|unc\\d{3,5}|ta\\d{3,4}|fin\\d{1,2}|storm-\\d{4}|dev-\\d{4}|(?<![\\p{L}'-])[\\p{L}'-]{2,20}\\u00a0(?:bear|panda|kitten|chollima|spider|typhoon|blizzard|sandstorm|sleet|tempest|jackal|leopard|buffalo)|sandworm|lazarus|andariel|bluenoroff|kimsuky|turla|charming kitten|fancy bear|cozy bear|muddywater|oilrig|gamaredon|nobelium|hafnium|winnti|strontium|seaborgium|callisto|coldriver|ghostwriter|doppelg[äa]nger|storm-1516|reliable recent news|lockbit|blackcat|alphv|cl0p|clop|conti|revil|darkside|black basta|black suit|blacksuit|akira|rhysida|qilin|ransomhub|medusa|dragonforce|hunters international|inc ransom|bianlian|8base|trickbot|evil corp|noname(?:057)?|killnet|anonymous sudan|cyber army of russia|scattered spider|shinyhunters|lapsus)";
/** What brings a system down without anybody behind it. */
const faults =
  '(?:erreurs?|pannes?|d[ée]fauts?|bugs?|coupures?|mises? à jour|d[ée]faillances?|surcharge|failles?|errors?|faults?|failures?|outages?|updates?|misconfigurations?|power cuts?|flaws?|mistakes?|glitch(?:es)?)';
const crews =
  '(?:groupes?|gangs?|collectifs?|officines?|crews?|groups?|outfits?|hackers?|pirates?|mercenaires?|mercenaries|cyber-?mercenar\\p{L}+|bande|[ée]quipe de pirates|syndicates?|rançonneurs|extorqueurs|extortionists)';
/** Of these the people alone tells enough. */
const hostile =
  '(?:pirates?|hackers?|hacking|attaquants?|services?|espions?|groupes?|gangs?|acteurs?|cybercriminels?|op[ée]rateurs?|renseignements?|agents?|attackers?|spies|spy|intelligence|actors?|groups?|hacktivist(?:e)?s?|operatives?|operators?|apt|handlers?|espionage|crews?|outfits?|trolls?)';
const doers = `(?:${hostile}|government|state|military|arm[ée]e|army|gouvernement|[ée]tat)`;
const powers =
  '(?:[ée]tats?|pays|puissances?|services?|gouvernements?|r[ée]gimes?|agences?|states?|country|countries|powers?|governments?|monarch(?:y|ies)|monarchies?|[ée]mirats?|royaumes?|kingdoms?|emirates?|nations?|regimes?|intelligence|agency|agencies|capital)';
const foreign =
  '(?:voisins?|voisines?|[ée]trang[èe]re?s?|hostiles?|ennemi[es]{0,2}|rival|rivale|rivaux|adverses?|neighbou?ring|foreign|hostile|enemy|unfriendly|gulf|du golfe|asian|asiatiques?)';
/** A power that is not ours, named or not. */
const power = `(?:${actors}|(?:l'|the |an? |un |une |le |des )?${powers}\\s(?:de renseignements?\\s|secrets?\\s)?(?:${foreign}|${peoples})|(?:l'|the |an? |un |une |some )?(?:${foreign}|${peoples})\\s(?:intelligence\\s|secret\\s)?${powers}|an? (?:nation[ -])?state|un [ée]tat(?! (?:de|des|d')))(?!\\p{L})`;
/** Whoever is pointed at: a power, a known group, a people's doers, or a crew that the words go on to name, with a capital. */
const culprit = `(?:(?:le |au |du |the )?(?:groupe |gang |collectif |group |gang )?(?:${power}|${known})(?![\\p{L}\\p{N}])|(?:[\\p{L}-]+\\s){0,2}?${crews}(?:\\s(?:called|named|known as|connue? sous le nom d[e']|nomm[ée]e?|dite?|appel[ée]e?))?(?:\\s${peoples}|,?[\\u00a0\\u2003]\\p{L}{2,})|${doers}\\s(?:[\\p{L}-]+\\s){0,2}?${peoples}(?!\\p{L})|${peoples}(?:\\s|-)(?:[\\p{L}-]+(?:\\s|-)){0,2}?${doers}(?!\\p{L}))`;
const nobody = String.raw`(?:(?:un|des|one or|an?|une|le|la|les|l'|the|our|nos|notre|their|leurs?)?\s?(?:(?:ou|or)\s)?(?:tiers|third|plusieurs|more|personnes?|individus?|inconnue?s?|auteurs?|unknown|unidentified|people|person|means|moyens?|biais|interm[ée]diaire|police|gendarmerie|enqu[êe]teurs|investigators|autorit[ée]s|authorities|parquet|prosecutor|justice|institute?|agence|agency|prestataire charg|services? (?:de secours|informatiques?)|it |mail|courriel|e-?mail|t[ée]l[ée]phone|phone|sms|mains?|hand|equipes?|[ée]quipes?|teams?|staff|experts?)|nous|us|someone|somebody|quelqu'un|qui|whom)(?!\p{L})`;
const gap = "(?:[\\p{L}'-]+\\s){0,3}?";
const article = "(?:de la |de l'|du |des |de |d'|of |à la |à l'|au |aux |à |to |vers |par |by |on |sur |from |depuis |with |avec |l'|un |une |some )?";
/** A space before a capital is one of its own kind, see `withCapitals`: where a turn has a space it may be either. */
const spaced = (source: string): string => source.replaceAll(/(?<=\[) /g, ' \\u00a0').replaceAll(/(?<!\[) /g, '[ \\u00a0]');
const pattern = (source: string): RegExp => compact(spaced(source), 'gu');

/**
 * A clause in small letters that still tells where capitals were: the blank before one is U+00A0 for a space, else U+2003; a folded text
 * has neither. The modifier `(?-i:\p{Lu})` would do without, but V8 13.6 then loses the flag i elsewhere in the pattern.
 */
export function withCapitals(clause: string): string {
  return lowered(clause.replaceAll(/\s(?=\p{Lu})/gu, (blank) => (blank === ' ' ? '\u00a0' : '\u2003')));
}

/** One word of them stands in every clause that points at somebody. */
export const pointed = compact(
  spaced(
    `${deed}|${peoples}|${actors}|${known}|${crews}|${foreign}|state|[ée]tat|[ée]tatique|derri[èe]re|behind|coupables?|culprits?|perpetrators?|phone|inside job|insider|employ|salari|contractor|prestataire|stagiaire|initi[ée]|former|ancien|ex-|concurrent|competitor|rival|m[ée]content|disgruntled|\\u00a0(?:bear|panda|kitten|spider|typhoon|blizzard)`,
  ),
  'u',
);

/** Words that tie a deed to whom they go on to name. */
const ties = [
  // Behind it, in its hand, its work.
  "derri[èe]re|behind|(?:la |une |the |an? )?(?:main|patte|griffe|ombre|hand|handiwork|handwriting|shadow|fingerprints?|footprints?)(?: de la| de l'| du| de| d'| of)|l'(?:œ|oe)uvre|(?<=est )le fait|the work|the doing|(?:un|le) coup|courtesy|au cr[ée]dit|à mettre au compte|le nom|the name",
  // Its marks, its manner.
  'members?|membres?|affiliates?|signatures?|marques?(?: de fabrique)?|empreintes?|caract[ée]ristiques?(?: de)?|traits|griffes?|sceau|hallmarks?|marks?|stamp|trademarks?|playbook|typiques?|coutumi[èe]re?s?|digne|typical|characteristic|consistent|reminiscent|straight out|identical|matches|match|known (?:for|from|to be (?:used|run) by)|favou?red by|associated|associ[ée]e?s?|overlaps?|shared?|shares|recoupe(?:nt)?|rappelle(?:nt)?|[ée]voque(?:nt)?|trahi\\p{L}*|same (?:actors?|group|people|crew|hands?|team) (?:as|that|who)|m[êe]mes? (?:acteurs?|groupe|[ée]quipe|auteurs?|mains?) que|celui|celle|ceux|celles|that of|those of|belongs?|appart\\p{L}+|signed|sign[ée]e?s?',
  // Where the traces lead.
  'd[ée]signe(?:nt)?|accuse(?:nt)?|accusons|accusing|accuses?|accable(?:nt)?|incrimine(?:nt)?|incriminons|pointe(?:nt)?(?: du doigt)?|pointons(?: du doigt)?|m[èe]ne(?:nt)?|conduise?n?t?|ram[èe]ne(?:nt)?|remonte(?:nt)?|converge(?:nt)?|oriente(?:nt)?|points?(?: the finger| straight| firmly| clearly)?|pointed|leads?(?: back)?|led back|falls? on|implicates?|soup[çc]onn(?:e|ons|ent)|se porte(?:nt)?|p[èe]se(?:nt)? sur|mett(?:ons|ent) en cause|met en cause|suspects?|blam(?:es?|ed|ing)|pins? (?:it|this)|pinned|finger',
  // From where, on whose account.
  'attribu(?:ons|ent|e|[ée]e?s?)|imput(?:ons|ent|e|[ée]e?s?|ables?)|attribut(?:es?|ed|able)|ascribed|tied|traced?(?: back)?|links?|linked|li[ée]e?s?|liens?|reli[ée]e?s?|rattach[ée]e?s?|relions|rattachons|connected|affair[e]|confront[ée]e?s?|ties|sponsoris[ée]e?s?|up against|dealing|revient|incombe|lies with|lie with|rests with',
  'pay[ée]e?s?|financ[ée]e?s?|pilot[ée]e?s?|soutenue?s?|command[ée]e?s?|commandit[ée]e?s?|parrain[ée]e?s?|dirig[ée]e?s?|manipul[ée]e?s?|t[ée]l[ée]guid[ée]e?s?|contr[ôo]l[ée]e?s?|r[ée]mun[ée]r[ée]e?s?|recrut[ée]e?s?|appuy[ée]e?s?|mandat[ée]e?s?|à la solde|aux ordres|sur ordre|pour le compte|au service|proches?|affili[ée]e?s?|paid|funded|backed|sponsored|directed|hired|run|controlled|steered|bankrolled|commissioned|tasked|supported|financed|protected|sheltered|in the pay|on behalf|at the behest|working|works?|travaill\\p{L}+|agi\\p{L}* pour|close|affiliated|aligned|loyal|on the orders|answers?|r[ée]pond(?:ent)?|rend(?:ent)? (?:des )?comptes|report(?:s|ing)',
  'men[ée]e?s?|conduite?s?|perp[ée]tr[ée]e?s?|commise?s?|orchestr[ée]e?s?|lanc[ée]e?s?|mont[ée]e?s?|ourdie?s?|pr[ée]par[ée]e?s?|organis[ée]e?s?|carried out|conducted|perpetrated|committed|orchestrated|launched|mounted|ordered|led|planned|engineered|masterminded|operated|op[ée]r[ée]e?s?|staged|deployed|d[ée]ploy[ée]e?s?|implant[ée]e?s?|planted|developed|d[ée]velopp[ée]e?s?|hacked|attacked|breached|infiltrated|stolen|compromised|attaqu[ée]e?s?|pirat[ée]e?s?|vol[ée]e?s?|infiltr[ée]e?s?|compromise?s?',
].join('|');
/** From where it came: only of a deed, for anything comes from somewhere. */
const origins = 'vien|provien|[ée]man|part|origin|trouve son origine|a pour origine|comes?|came|stem|source';
const committed =
  "(?:men[ée]|conduit|ordonn[ée]|command[ée]|commandit[ée]|perp[ée]tr[ée]|commis|orchestr[ée]|lanc[ée]|pilot[ée]|dirig[ée]|organis[ée]|financ[ée]|pr[ée]par[ée]|mont[ée]|attaqu|pirat|infiltr|compromis|esp(?:ionn|ied)|vol[ée]|d[ée]rob|vid[ée]|chiffr|vis[ée]|cibl|p[ée]n[ée]tr|frapp|carr(?:ied|ies) out|conduct|order|perpetrat|commit|orchestrat|launch|mount|direct|sponsor|ran|led|plann|plant|attack|hack|breach|infiltrat|stole|steal|pris (?:les|nos|des|le|la)|siphonn|exfiltr|emport|target|spied|encrypt|broke in|got (?:in|hold)|gained access|came in|went after|penetrat|hit|struck|strikes?|took (?:the|our|these)|entr[ée]+s? (?:dans|par)|did (?:it|this|that)|l'a fait|a fait (?:cela|[çc]a|le coup))";
const guilty =
  "(?:derri[èe]re|behind|responsables?|responsible|to blame|coupables?|guilty|involved|implicated|impliqu[ée]e?s?|m[êe]l[ée]e?s?|at work|à l'œuvre|(?:the |l'|les |le |la |notre |our )?(?:authors?|auteurs?|culprits?|coupables?|masterminds?|(?:prime |main |number one |premiers? |principa\\p{L}+ )?suspects?|commanditaires?|perpetrators?|source)|à l'origine|à la man(?:œ|oe)uvre)";
const is = '(?:est|sont|[ée]tai(?:t|ent)|se (?:trouv|cach|tien|dissimul)\\p{L}*|is|are|was|were|stands?|stood|lurks?|hides?|sits?|lies)';
/** Deeds whose name is also that of honest work. */
const undertaking = '(?:op[ée]rations?|campaigns?|campagnes?)';
const insiders =
  '(?:(?:former|ex-|disgruntled|rogue|dismissed|sacked|anciens?|anciennes?|ex|m[ée]contente?s?|licenci[ée]e?s?)[\\s-]?(?:\\p{L}+\\s){0,2}?(?:employees?|contractors?|suppliers?|clerks?|members? of staff|students?|officers?|administrators?|salari[ée]e?s?|employ[ée]e?s?|prestataires?|agents?|stagiaires?|[ée]tudiante?s?|fonctionnaires?|collaborat\\p{L}+)|insiders?|initi[ée]e?s?|competitors?|concurrente?s?|rivals?|rivales?)';
const done =
  '(?:men[ée]e?s?|conduite?s?|perp[ée]tr[ée]e?s?|commise?s?|orchestr[ée]e?s?|lanc[ée]e?s?|commandit[ée]e?s?|pilot[ée]e?s?|dirig[ée]e?s?|pr[ée]par[ée]e?s?|organis[ée]e?s?|mont[ée]e?s?|carried out|conducted|perpetrated|committed|orchestrated|launched|mounted|directed|ordered|sponsored|run|led|planned|staged|organi[sz]ed|engineered|masterminded)';
/** Who runs no honest operation. */
const villains = `(?:[\\p{L}'-]+\\s){0,3}?(?:${culprit}|${insiders}|groups?|groupes?|gangs?|services?|intelligence|outfits?|crews?|hackers?|pirates?|criminals?|criminel\\p{L}*|attackers?|attaquants?|officines?|${foreign})(?!\\p{L})`;
/** People who are no crew and no power: a word of theirs counts where the deed is laid at their door. */
const somebody = `(?!${nobody}|(?:une? |an? |the |des |simple )?(?:[\\p{L}-]+\\s){0,2}?${faults})`;

/** Turns that point at somebody; a doubt before or among the words takes them back. */
export const pointing: readonly RegExp[] = [
  pattern(`(?<![\\p{L}-])(?:${ties})\\s${gap}${article}${gap}${culprit}`),
  pattern(
    `${deed}[^.!?]{0,60}?(?<!\\p{L})(?:${origins})\\p{L}*\\s${gap}(?:tout droit |directement |directly )?(?:de la |de l'|de |du |d'|des |en |in |from |out of |à )?${culprit}`,
  ),
  pattern(
    `(?<!(?:in|en|to|vers|inside|near|from)\\s)(?<![\\p{L}-])${culprit}[^.!?;,]{0,50}?(?<!(?:was|were|been|being|[ée]t[ée]|are|as) )(?<!\\p{L})${committed}`,
  ),
  pattern(
    `(?<![\\p{L}-])${culprit},?[^.!?;,]{0,40}?\\s(?:bien |clearly )?(?:${is}|en est|had a hand|has had a hand)\\s(?:[\\p{L}]+\\s){0,2}?(?:${guilty}|in (?:it|this))(?!\\p{L})`,
  ),
  pattern(
    `(?<!\\p{L})(?:${actors}|${peoples})-(?:linked|backed|aligned|sponsored|affiliated|nexus|speaking|funded|controlled|based)\\s(?:[\\p{L}-]+\\s)?(?:${crews}|attackers?|actors?|spies|operatives?)(?!\\p{L})`,
  ),
  pattern(`(?<!\\p{L})(?:${crews}|attaquants?)\\s(?:russophones?|sinophones?|persanophones?|pro-(?:${peoples}|kremlin))(?!\\p{L})`),
  pattern(
    `${actors}'s?\\s(?:(?!grid|network|power|rail|energy|telecom|port|foreign)\\p{L}+\\s)?(?:operators?|operatives?|hackers?|spies|services?|agents?|men|people|crews?|ministry of (?:intelligence|state security|defen[cs]e)|intelligence|military|army|state|cyber \\p{L}+|hand|fingerprints?|handwriting|signature|doing|work)(?!\\p{L})`,
  ),
  pattern(
    `(?<!\\p{L})(?:(?:this|it|that)\\s(?:is|was)|c'est|c'[ée]tait|il s'agit (?:de|du))\\s(?:clearly\\s|all\\s|plainly\\s)?(?:the\\s)?(?:${actors}|${known})(?=\\s?(?:[.,;!)]|$|and\\s|again))`,
  ),
  pattern(
    `(?<!\\p{L})(?:l'auteur|les auteurs|l[ae]s? responsables?|l[ae]s? coupables?|l[ae]s? commanditaires?|les (?:attaquants|pirates)|the (?:culprits?|perpetrators?|attackers?|hackers?|intruders?|authors?|masterminds?)|those responsible)(?!\\p{L})[^.!?]{0,30}?\\s(?:est|sont|[ée]tai(?:t|ent)|is|are|was|were)\\s(?:\\p{L}+ment\\s|\\p{L}+ly\\s)?(?:${culprit}|${peoples}(?!\\p{L}))`,
  ),
  pattern(
    `(?<![\\p{L}-])${culprit}[^.!?;,]{0,30}?(?:inside|within|in control of|dans|maître d[eu]|à l'int[ée]rieur d[eu])\\s(?:the|our|its|their|nos|notre|le|la|les|l')\\s?(?:network|systems?|servers?|mail\\p{L}*|r[ée]seaux?|syst[èe]mes?|serveurs?|messagerie)(?!\\p{L})`,
  ),
  pattern(
    `(?<!\\p{L})(?:pirates?|hackers?|attaquants?|espions?|cybercriminels?|attackers?|spies|hacktivist(?:e)?s?|operatives?|intruders?|intrus|crews?|gangs?)\\s(?:from|of|out of|based in|in|de|d'|venus? de|bas[ée]s? (?:en|à))\\s?(?:la |l')?${actors}(?!\\p{L})`,
  ),
  // By their kind alone.
  pattern(
    `(?<!\\p{L})(?:(?:${hostile}\\s(?:[\\p{L}-]+\\s){0,2}?${peoples}|${peoples}(?:\\s|-)(?:[\\p{L}-]+(?:\\s|-)){0,2}?${hostile})|${peoples}\\s(?:cyber\\s)?(?:operations?|campaigns?|attacks?|intrusions?)|(?:op[ée]rations?|attaques?|campagnes?|intrusions?|ing[ée]rences?)\\s${peoples}|inside job|coup mont[ée] de l'int[ée]rieur|state-sponsored|state-backed|government-backed|nation[ -]state|state actors?|foreign (?:power|state|government|intelligence)|hostile state|parrain[ée]e?s? par un [ée]tat|soutenue?s? par un [ée]tat|li[ée]e?s? à un [ée]tat|acteurs? [ée]tatiques?|puissance [ée]trang[èe]re|[ée]tat [ée]tranger|services? (?:secrets? |de renseignement )?[ée]trangers?|d'origine [ée]tatique|(?:op[ée]ration|attaque|campagne) [ée]tatique|(?:nation[ -])?state (?:operation|attack|campaign)|commandit[ée]e?s? par un [ée]tat)(?!\\p{L})`,
  ),
  pattern(`(?<!\\p{L})(?:derri[èe]re|behind)\\s[^.!?;,]{0,60},\\s${gap}${culprit}`),
  pattern(
    `(?<!\\p{L})(?:${hostile}|intruders?|intrus|auteurs|perpetrators?)(?!\\p{L})[^.!?;]{0,40}?(?<!\\p{L})(?:on behalf of|in the pay of|at the behest of|on the orders? of|pour le compte d|à la solde d|aux ordres d|sur ordre d)[eu']?s?\\s?${somebody}`,
  ),
  pattern(
    `(?<!\\p{L})(?:comes?|came|vien\\p{L}*|is|was|est|sont|were)\\s(?:the work |l'(?:œ|oe)uvre )?(?:of |from |des |de la |de |du |d')(?:the )?(?:same|m[êe]mes?)\\s(?:(?:crew|gang|group|hands?|people|actors?|team|[ée]quipe|groupe|bande|acteurs?|auteurs?|mains?)\\s)?(?:that|who|as|que|qui)(?!\\p{L})`,
  ),
  // At the door of anybody: the work of, carried out by, responsible for.
  pattern(
    `(?<!\\p{L})(?:derri[èe]re|behind)\\s(?:cette|l'|la|les|ces|ce|le|this|the|these|that|it all)\\s?(?:\\p{L}+\\s)?${deed}[^.!?]{0,20}?\\s(?:il y (?:a|avait)|on (?:trouve|retrouve|reconna[îi]t)|${is})\\s${somebody}`,
  ),
  pattern(
    `${deed}[^.!?]{0,60}?(?<!\\p{L})(?:attribu[ée]e?s?|imput[ée]e?s?|imputables?|attributed|attributable|ascribed|traced back|traced|linked|tied|li[ée]e?s?|rattach[ée]e?s?|pinned)\\s(?:à|au|aux|to|on)\\s(?=\\p{L})${somebody}`,
  ),
  pattern(
    `(?<!\\p{L})(?:attribu(?:ons|e|ent)|imput(?:ons|e|ent)|attributes?|blames?|blame)\\s[^.!?]{0,60}?(?:${deed}[^.!?]{0,60}?(?<!\\p{L})(?:à|au|aux|to|on)(?!\\p{L})|for\\s[^.!?]{0,30}${deed})`,
  ),
  pattern(
    `(?<!\\p{L})(?:students?|pupils?|teenagers?|schoolboys?|employees?|[ée]l[èe]ves?|[ée]tudiante?s?|adolescente?s?|lyc[ée]ens?|salari[ée]e?s?|employ[ée]e?s?)(?!\\p{L})[^.!?;,]{0,40}?(?<!\\p{L})(?:carried out|mounted|launched|committed|(?:a|ont) (?:men|lanc|perp[ée]tr|commis|mont)\\p{L}*)\\s(?:the |this |l'|cette |ce |le |la )\\s?${deed}`,
  ),
  pattern(`(?!${undertaking})${deed}[^.!?]{0,60}?(?<!\\p{L})${done}\\s(?:par|by)\\s${somebody}`),
  pattern(`${undertaking}[^.!?]{0,60}?(?<!\\p{L})${done}\\s(?:par|by)\\s(?=${villains})${somebody}`),
  pattern(
    `(?<![\\p{L}-])${insiders}[^.!?;]{0,40}?(?<!\\p{L})(?:carried (?:it )?out|leaked|stole|copied|sold|took (?:the|our|these)|published|posted|did it|let them in|behind|responsible|to blame|à l'origine|responsable|l'auteur|(?:a|ont) (?:vol|copi|divulgu|publi|vendu|diffus|fait fuiter|commis|men[ée])\\p{L}*)`,
  ),
  pattern(
    `(?<!\\p{L})(?:employees?|salari[ée]e?s?|employ[ée]e?s?|agents?|stagiaires?|prestataires?|contractors?|interns?|technicien(?:ne)?s?|technicians?|clerks?|administrat\\p{L}+)(?!\\p{L})[^.!?;,]{0,30}?(?<!\\p{L})(?:stole|sold|leaked|(?:a|ont) (?:vol|vendu|divulgu|fait fuit))\\p{L}*`,
  ),
  pattern(
    `(?<!\\p{L})(?:tenons|tient|tiennent|holds?|held)\\s(?:\\p{L}+\\s){0,2}?${culprit}[^.!?;,]{0,30}?(?:responsables?|responsible|accountable)(?!\\p{L})`,
  ),
  pattern(
    `(?<!${faults} )(?<!\\p{L})(?:est|sont|[ée]tait|[ée]taient)\\s(?:l'auteur|les auteurs|derri[èe]re|(?:le |les |directement )?responsables?|(?:le |les )?coupables?)\\s?(?:d[eu']|des|l')?[^.!?]{0,30}?${deed}`,
  ),
  pattern(
    `(?<!${faults} )(?<!\\p{L})(?:is|are|was|were)\\s(?:directly\\s)?(?:responsible for|behind|to blame for|the authors? of|guilty of)\\s[^.!?]{0,30}?${deed}`,
  ),
  pattern(
    `${deed}[^.!?]{0,40}?(?<!\\p{L})(?:(?:est|sont|[ée]tait)\\s(?:l')?(?:œ|oe)uvre\\s(?:d[eu]|d'|des)|(?:is|was|are|were)\\s(?:the work of|an inside job))\\s?${somebody}`,
  ),
  pattern(
    `(?<!\\p{L})(?:l[ae]s? coupables?|the culprits?|the perpetrators?)\\s(?:est|sont|is|are|was|were)\\s(?:une? |des |notre |nos |l[ae]s? |l'|an? |the |our )${somebody}\\p{L}+`,
  ),
];

/** Cleft sentences: the relative pronoun asks nothing, so that only a doubt before it counts. */
export const cleft: readonly RegExp[] = [
  pattern(
    `(?<!\\p{L})(?:c'est|c'[ée]tait|ce sont|il s'agit de|it is|it was|these were|this was)\\s(?:bien\\s|indeed\\s)?${gap}${culprit}\\s(?:qui|who|that|which)\\s(?!revendiqu|claim)`,
  ),
];
