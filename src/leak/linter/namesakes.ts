import { lowered, plainWord } from './fold.ts';

/**
 * Bodies that bear a person's name: hospitals, airports, schools, streets, firms. The word that says what they are stands before or after;
 * a few are so well known that they do without it.
 */

const known = `marie curie|pierre curie|gustave roussy|claude bernard|henri mondor|henri laborit|georges pompidou|charles de gaulle|abbe pierre|pierre fabre|leon berard|oscar lambret|
  antoine lacassagne|paul strauss|jean perrin|robert debre|louis pasteur|victor hugo|jean jaures|jules ferry|jean moulin|simone veil|francois mitterrand|edouard herriot|paul sabatier|
  jean monnet|michel de montaigne|blaise pascal|rene descartes|joseph fourier|pierre mendes france|roland garros|paul brousse|antoine beclere|ambroise pare|edouard belin|louis lumiere|
  rene dubos|robert schuman|francois baclesse|eugene marquis|georges francois leclerc|paul papin|jean godinot|john f kennedy|john lennon|florence nightingale|martin luther king|
  black basta|evil corp|conti leaks|hunters international|fancy bear|cozy bear|charming kitten|mustang panda|emissary panda|volt typhoon|salt typhoon|flax typhoon|midnight blizzard|forest blizzard|scattered spider|
  morgan stanley|john lewis|ted baker|laura ashley|fred perry|jimmy choo|william hill|karen millen|jp morgan|philip morris|thomas cook|ralph lauren|calvin klein|hugo boss|louis vuitton|yves saint laurent|christian dior|yves rocher|pierre cardin|jean paul gaultier|john deere|jack daniel's|
  johns hopkins|leroy merlin|marks spencer|warner bros|harley davidson|rolls royce|lockheed martin|northrop grumman|booz allen|booz allen hamilton|mercedes benz|hewlett packard|hewlett packard enterprise|
  procter gamble|goldman sachs|merrill lynch|wells fargo|charles schwab|credit suisse|ernst young|raymond james|sopra steria|sopra steria group|deutsche bahn|deutsche bank|deutsche telekom|deutsche post|
  virgin atlantic|norton rose fulbright|clifford chance|baker mckenzie|arthur andersen|jones day|hogan lovells|johnson johnson|eli lilly|saint gobain|air liquide|euro disney|dassault aviation|dassault systemes|
  thales alenia space|louis dreyfus|pernod ricard|thomson reuters|max planck|fraunhofer gesellschaft|robert bosch|carl zeiss|robert koch|robert half|michael page|randstad digital|volkswagen financial services`;
const namesakes: ReadonlySet<string> = new Set(known.split('|').map((name) => name.trim()));

/** "Gustave Roussy", "Deutsche Bahn": everybody takes it for the body, or for one long dead. */
export function isNamesake(found: string): boolean {
  return namesakes.has(plainWord(found).replaceAll(/[ \u00a0-]+(?:(?:and|et|&)[ \u00a0])?/g, ' '));
}

const acronyms = 'CHU|CHRU?|CHI|CH|GHU?|GHT|EHPAD|IUT|INSA|MJC|ESAT|IME|CROUS|CPAM|INSPE|IFSI|HIA|CLCC|AP-HP|NHS|SAS|SARL';
const bodies =
  `h[ôo]pit(?:al|aux)|cliniques?|polycliniques?|centres?|a[ée]roports?|lyc[ée]es?|coll[èe]ges?|[ée]coles?|universit[ée]s?|facult[ée]s?|instituts?|fondations?|laboratoires?|labos?|
  maternit[ée]s?|maternelles?|cr[èe]ches?|r[ée]sidences?|maisons? de retraite|hospices?|mus[ée]es?|th[ée][âa]tres?|stades?|gymnases?|piscines?|biblioth[èe]ques?|m[ée]diath[èe]ques?|cin[ée]mas?|
  amphith[ée][âa]tres?|auditoriums?|salles?|groupes?|soci[ée]t[ée]s?|entreprises?|associations?|banques?|cabinets?|[ée]ditions|librairies?|chantiers?|th[èe]rmes|gares?|stations?|ports?|navires?|paquebots?|porte-avions|
  fr[ée]gates?|prix|prison|b[âa]timents?|campus|parcs?|palais|fonds|mutuelles?|enseignes?|marques?|maisons?|
  hospitals?|clinics?|hospices?|airports?|schools?|universit(?:y|ies)|institutes?|foundations?|trusts?|banks?|compan(?:y|ies)|firms?|groups?|laborator(?:y|ies)|labs?|college|colleges|academy|museums?|theat(?:re|er)s?|
  stadiums?|librar(?:y|ies)|cent(?:re|er)s?|charit(?:y|ies)|brands?|corporations?|campuses|stations?|prize|awards?|memorial`.replaceAll(/\s*\n\s*/g, '');
const streets =
  'rues?|avenues?|boulevards?|places?|squares?|all[ée]es?|impasses?|quais?|ponts?|cours|chemins?|routes?|ruelles?|esplanades?|promenades?|passages?|villas?|carrefours?|ronds?-points?|m[ée]tro|tram(?:way)?';
const kinds =
  "universitaires?|hospitali(?:er|[èe]re)s?|r[ée]gional(?:e|es)?|g[ée]n[ée]rale?|priv[ée]e?|publi(?:c|que)|m[ée]dical(?:e|es)?|international(?:e)?|professionnel(?:le)?|technique|polyvalente?|communale?|municipale?|d[ée]partementale?|culturel(?:le)?|sportif|sportive|sociale?|psychiatrique|sp[ée]cialis[ée]e?|p[ée]diatrique|intercommunal(?:e)?|europ[ée]en(?:ne)?|militaire|industriel(?:le)?|bancaire|pharmaceutiques?|primaire|[ée]l[ée]mentaire|sup[ée]rieure?|national(?:e)?|am[ée]ricaine?|allemande?|fran[çc]aise?|britannique|anticanc[ée]reux|commercial(?:e)?|de canc[ée]rologie|de recherche|de sant[ée]|de soins|de retraite|de lutte contre le cancer|d'art|de presse|called|named|nomm[ée]e?|dite?|du nom de";
/** What a name of its own kind may follow, though not a person's: "l'éditeur Delta Orion". */
const makers =
  'compte|groupe|gang|collectif|[ée]quipe|persona|alias|pseudonyme|profil|op[ée]ration|rançongiciel|maliciel|account|group|crew|collective|handle|profile|campaign|malware|ransomware|gang|persona|[ée]diteur|h[ée]bergeur|op[ée]rateur|prestataire|fournisseur|assureur|constructeur|fabricant|distributeur|logiciel|application|plateforme|produit|outil|service|commune|ville|navire|projet|programme|syndicat|parti|journal|magazine|cha[îi]ne|site|vendor|supplier|provider|operator|manufacturer|insurer|maker|software|application|app|platform|product|tool|project|programme|newspaper|magazine|town|city|village|port';

const before = (words: string): string => `(?<![\\p{L}\\p{N}])(?:${words})(?:\\s(?:${kinds})){0,3}\\s['"«]?\\s?$`;
const bodyBefore = new RegExp(before(bodies), 'u');
const acronymBefore = new RegExp(before(acronyms), 'u');
const called = 'dit|dite|nomm[ée]e?|appel[ée]e?|intitul[ée]e?|baptis[ée]e?|called|named|known as|dubbed|alias';
const makerBefore = new RegExp(`(?<![\\p{L}\\p{N}])(?:${makers})(?:\\s(?:${kinds})){0,3}(?:\\s(?:${called}))?\\s['"«“]?\\s?$`, 'u');
const streetBefore = new RegExp(`(?<!\\p{L}|en |sur )(?:${streets})\\s(?:(?:de la|de l'|du|des|de|d')\\s?)?$`, 'u');
const streetOfOffice = new RegExp(
  `(?<!\\p{L})(?:${streets}|lyc[ée]e|coll[èe]ge|[ée]cole|square|stade|gymnase|caserne|h[ôo]pital|r[ée]sidence)\\s(?:du |de la |de l'|des |de )?$`,
  'u',
);
const bodyAfter =
  /^(?:\s|-)(?:(?:university|memorial|general|regional|children's|cancer|medical|international|high|primary|secondary|community|teaching)\s){0,2}(?:hospitals?|hospices?|rooms?|wards?|wing|suite|building|hall|bridge|park|tower|house|clinics?|airports?|schools?|universit(?:y|ies)|institutes?|foundations?|trusts?|banks?|company|companies|group|laborator(?:y|ies)|labs?|college|academy|museum|theat(?:re|er)|stadium|library|cent(?:re|er)|charity|street|road|avenue|square|airlines|university)(?!\p{L})/u;
const headOfBody = new RegExp(`^(?:${acronyms})[ \\u00a0]`, 'u');
const firmAfter = /^,?[ \u00a0](?:SA|SAS|SARL|SE|AG|GmbH|KG|Ltd|Limited|Inc|LLC|LLP|PLC|plc|Corp|N\.V\.|B\.V\.|S\.p\.A|SpA|AB|Oy|& Co)(?![\p{L}\p{N}])/u;

/**
 * Whether the name that stands there is a body's: "l'hôpital Georges Pompidou", "the Marie Curie hospice", "rue Victor Hugo".
 * @param isBorn whether one of its words is a given name; without one the makers of things count too
 */
export function standsForBody(text: string, start: number, end: number, isBorn: boolean): boolean {
  const lead = text.slice(Math.max(0, start - 90), start);
  const tail = text.slice(end, end + 60);
  const lowLead = lowered(lead);
  return (
    headOfBody.test(text.slice(start, end)) ||
    bodyBefore.test(lowLead) ||
    acronymBefore.test(lead) ||
    streetBefore.test(lowLead) ||
    bodyAfter.test(lowered(tail)) ||
    firmAfter.test(tail) ||
    (!isBorn && makerBefore.test(lowLead))
  );
}

/** "Rue du Docteur Roux", "lycée du Général Leclerc". */
export function standsForStreet(text: string, start: number): boolean {
  return streetOfOffice.test(lowered(text.slice(Math.max(0, start - 60), start)));
}
