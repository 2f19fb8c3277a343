import { type Sign, signsOf } from './verdict-words.ts';

/** French: words for material, and the signs that call it false or authentic. */

/** What may be false or authentic. */
export const thing = String.raw`(?:e-?mails?|(?<=(?:faux|des|les|ces) )reçus|courriels?|mails?|messages?|documents?|docs?|fichiers?|archives?|captures?(?: d'[ée]cran)?|pi[èe]ces?|images?|photos?|photographies?|clich[ée]s?|vid[ée]os?|films?|enregistrements?|notes?|lettres?|tableaux?|tableurs?|feuilles?|donn[ée]es|[ée]l[ée]ments?|s[ée]ries?|lots?|extraits?|contrats?|conventions?|listes?|versions?|listings?|pages?(?! d'accueil| web)|contenus?|bulletins?|relev[ée]s?|factures?|rapports?|proc[èe]s-verba(?:ux|l)|copies?|conversations?|[ée]changes?|correspondances?|t[ée]l[ée]grammes?|fiches?|comptes? rendus?|courriers?|m[ée]mos?|m[ée]morandums?|textes?|registres?|attestations?|ordonnances?|(?<=(?:l'|(?<!\p{L})un |des |cet |les |ces |d'|cien |aux? |faux |cun ))arr[êe]t[ée]s?(?! de)|audits?|[ée]tudes?|enqu[êe]tes? internes?|d[ée]crets?|d[ée]cisions?|circulaires?|communiqu[ée]s?|certificats?|organigrammes?|diaporamas?|diapositives?|pr[ée]sentations?|sms|textos?|tweets?|publications?|bandes?(?: sonores?| son)?|audios?|dossiers?|d[ée]vis|bordereaux?|plans?|cartes?(?! (?:bancaire|de cr[ée]dit|bleue|vitale|d'identit))|sch[ée]mas?|graphiques?|t[ée]l[ée]copies?|fax|visuels?|transcriptions?|retranscriptions?|pv|pdf|bases?(?: de donn[ée]es)?|affiches?|tracts?|formulaires?|brouillons?|annexes?|scans?|num[ée]risations?|messages? vocaux?|vocal|plannings?|consignes?|directives?|instructions?|ordres? d[e']\s?\p{L}+|lots? de \p{L}+|budgets?|notes? de service|bons? de commande|avis|grilles?|rosters?|t[ée]moignages?|fuites?|publication|d[ée]p[ôo]t|r[ée]solutions?|d[ée]lib[ée]rations?|papiers?|[ée]crits?|[ac]-\d+(?:(?:,\s|,?\s(?:et|ou)\s)[ac]-\d+){0,200})`;
/** What stands on it: false with it. */
export const detail = `(?:signatures?|logos?|en-t[êe]tes?|tampons?|cachets?|mises? en page|paraphes?|horodatages?|filigranes?|montants?|chiffres?|dates?|paragraphes?|passages?|lignes?|colonnes?|cases?|cellules?|noms?|phrases?|m[ée]tadonn[ée]es|totaux|total|z[ée]ros?|conclusions?|sommes?|clauses?|mentions?|l[ée]gendes?|propos|citations?|voix|visages?|articles?|quantit[ée]s?|num[ée]ros? de (?:page|dossier|s[ée]rie)|moiti[ée]|partie|reste|int[ée]gralit[ée]|ensemble|totalit[ée]|plupart)`;
/** What a verdict may be said of, and is no material. */
export const other = `(?:menaces?|risques?|dangers?|alarmes?|alertes?|sites?|(?:page d'accueil|pages? web)|comptes?(?! rendu)|profils?|appels?|num[ée]ros?|adresses?|domaines?|affirmations?|rumeurs?|bruits?|histoires?|nouvelles?|informations?|accusations?|all[ée]gations?|id[ée]es?|billets? de banque|mots? de passe|identifiants?|applications?|boutiques?|annonces?|offres?|cl[ée]s?|identit[ée]s?|progr[èe]s|efforts?|inqui[ée]tudes?|craintes?|besoins?|urgences?|impressions?|fournisseurs?|produits?|m[ée]dicaments?|liens?|r[ée]ponses?|questions?|espoirs?|dommages?|perturbations?|pannes?|attaques?|incidents?|co[ûu]ts?|effets?|probl[èe]mes?|solutions?|am[ée]liorations?|difficult[ée]s?|d[ée]g[âa]ts|soulagement)`;
/** Before a noun. */
export const determiner = String.raw`(?:l[ae]s?|l'|un|une|des|ce|cet|cette|ces|son|sa|ses|leurs?|notre|nos|votre|vos|plusieurs|certaine?s?|quelques|deux|trois|quatre|\d+|tous|toutes|chaque|aucune?|tout|toute)`;
/** The edges of a word. */
export const start = String.raw`(?<![\p{L}\p{N}-])`;
export const end = String.raw`(?![\p{L}\p{N}])`;
/** The material, or what stands on it. */
export const material = `(?:${thing}|${detail})${end}`;

const faked = `falsifi[ée]+s?|fabriqu[ée]+s?|truqu[ée]+s?|forg[ée]+s?|contrefaite?s?|trafiqu[ée]+s?|trifouill[ée]+s?|tripatouill[ée]+s?|invent[ée]+s?|bidonn[ée]+s?|bricol[ée]+s?|bidouill[ée]+s?|concoct[ée]+s?|maquill[ée]+s?|imit[ée]+s?|photoshop+[ée]+s?|retouch(?:é|ée|és|ées|er)|mont[ée]+s? de toutes pi[èe]ces|cr[ée][ée]+s? de toutes pi[èe]ces|inexistante?s?|d[ée]natur[ée]+s?|travesti[es]*|rafistol[ée]+s?|r[ée]assembl[ée]+s?|recoll[ée]+s?|rapport[ée]+e?s?(?= (?:apr[èe]s coup|sur|d'un))|antidat[ée]+s?|postdat[ée]+s?|caviard[ée]+s?|arrang[ée]+s?|pirat[ée]+s? de toutes|synth[ée]tis[ée]+s?|clon[ée]+s?|d[ée]tourn[ée]+s?|inauthentiques?|apocryphes?|bidons?|mensong(?:e|es|er|ers|[èe]res?)|fantaisistes?|fictifs?|fictives?|imaginaires?|artificiel(?:le)?s?|factices?|frauduleu(?:x|se|ses)|tronqu[ée]+s? et (?:modifi|remani)[ée]+s?|inventé`;
const machine =
  "(?:ia|intelligences? artificielles?|machine|ordinateur|logiciel(?: de \\p{L}+)?|g[ée]n[ée]rateur(?: de \\p{L}+| d'images?)?|robot conversationnel|mod[èe]le de langage|synth[èe]se vocale)";
const made = `(?:g[ée]n[ée]r|produi|cr[ée]|fabriqu|[ée]cri|r[ée]dig|r[ée]alis|con[çc]u|sorti|issu)\\p{L}*\\s(?:enti[èe]rement\\s|directement\\s|tout droit\\s)?(?:par|avec|[àa] l'aide d[e']|au moyen d[e']|gr[âa]ce [àa]|d')\\s?(?:une? |l')?${machine}`;
const fakes =
  "contrefa[çc]ons?|falsifications?|fabrications?|montages?|photomontages?|canulars?|hoax|intox|supercheries?|pastiches?|deepfakes?|hypertrucages?|fakes?|trucages?|bidonnages?|forgeries?|inventions?|mystifications?|fictions?|affabulations?|collages?|copi[ée]-coll[ée]|copier-coller|toc|pipeau|tissus? d'inventions?|tromperies?|retouches?|fumisteries?|imitations?|mises? en sc[èe]ne|bricolages?|fabulations?|manipulations?|blagues?|leurres?|forfaitures?|pures? (?:cr[ée]ation|fantaisie)s?|tissus? de mensonges?|mensonges?|œuvres? d'un (?:faussaire|plaisantin|farceur)|œuvres? de fiction|trompe-l'œil|créations? d'(?:une ia|un faussaire)";
const good = String.raw`l[ée]gitimes?|authentiques?|v[ée]ritables?|(?:conformes?|fid[èe]les?|identiques?) (?:en tout point |point par point )?(?:à (?:l'original|notre \p{L}+|l'exemplaire \p{L}+|la version \p{L}+|celle|celui|la copie)|aux? (?:n[ôo]tres?|originaux|originales?|copie|pi[èe]ces?|archives|exemplaires?|versions?|registres?)|à ceux|à celles|à nos \p{L}+)|v[ée]ridiques?|d'origine|(?:l'|un |des |les )?origina(?:l|ux)(?! d)|sinc[èe]res?|inalt[ée]r[ée]e?s?|non (?:retouch|modifi|falsifi|alt[ée]r)[ée]+s?`;
const ours = `(?:l[ea]s? n[ôo]tres?|l[ea]s? sien(?:ne)?s?|l[ea]s? leurs?(?! \\p{L})|[àa] nous(?! d[e'])|de nous|de chez nous|de notre (?:main|fait|cru|plume)|des n[ôo]tres|sign[ée]e?s? de notre main)`;
const paper = `(?:(?:courriels?|mails?|e-?mails?|documents?|fichiers?|lettres?|courriers?|notes?|plans?|contrats?|tableaux?|comptes? rendus?|fiches?|proc[èe]s-verba(?:ux|l)|m[ée]mos?|factures?|bases?(?: de donn[ée]es)?|rapports?|listes?|budgets?)${end})`;
const sure = '(?:bien|effectivement|r[ée]ellement|v[ée]ritablement|vraiment|bel et bien|assur[ée]ment|indubitablement|en effet)';
const house = String.raw`(?:nous|chez nous|(?:nos|notre)\s(?:propres?\s)?(?:\p{L}+)|(?:l'(?:agence|institut|h[ôo]pital|universit[ée]|entreprise|op[ée]rateur|[ée]tablissement|organisation|[ée]tat-major)|la (?:mairie|soci[ée]t[ée]|banque|direction|pr[ée]fecture|commission|centrale|r[ée]gion|m[ée]tropole)|le (?:minist[èe]re|rectorat|service|cabinet|conseil|port|parti)|du (?:minist[èe]re|rectorat|cabinet|service|syst[èe]me|serveur)|ce (?:bureau|service|cabinet|minist[èe]re)|cette (?:agence|direction|maison|administration)|ses (?:services|serveurs)))`;
const wrote =
  '(?:pri(?:s|se|ses)(?= (?:cet|cette|ces))|[ée]cri(?:t|te|ts|tes|re)|r[ée]dig(?:[ée]+s?|er)|sign(?:[ée]+s?|er)|envoy(?:[ée]+s?|er)|[ée]mi(?:s|se|ses)|produi(?:t|te|ts|tes)|publi(?:[ée]+s?)|adress[ée]+s?|valid[ée]+s?|approuv[ée]+s?|[ée]tabli[es]*|dict[ée]+s?|prononc[ée]+s?|tenus?|adopt[ée]+s?|diffus[ée]+s?)';
const authenticity = `(?:l'authenticit[ée]|(?:leur|son) authenticit[ée]|(?:la|leur) v[ée]racit[ée]|l'origine|leur provenance|la provenance)`;
const of = `(?:de la |de l'|du |des |de ces |de ce |de cet |de cette |d'un |d'une )`;
const proven = `(?:[ée]tabli|confirm[ée]|av[ée]r[ée]|prouv[ée]|certain|incontestable|incontest[ée]|acquis|d[ée]montr[ée]|v[ée]rifi[ée]|reconnu|indiscutable|hors de doute|attest[ée]|indubitable|[ée]vident)e?`;
const never = '(?:pas|jamais|nullement|aucunement|en rien)';

const shifted =
  '(?:r?ajout[ée]+s?|ins[ée]r[ée]+s?|gliss[ée]+s?|remplac[ée]+s?|supprim[ée]+s?|permut[ée]+s?|interverti[es]*|substitu[ée]+s?|effac[ée]+s?|retir[ée]+s?|gomm[ée]+s?|gonfl[ée]+s?|doubl[ée]+s?|multipli[ée]+s?|coll[ée]+s?|rapport[ée]+s?|copi[ée]+s?|d[ée]coup[ée]+s?|greff[ée]+s?|d[ée]plac[ée]+s?|invers[ée]+s?)';

/** How the words stand to the material, and what a denial makes of them: see `Sign`. */
export const signs: readonly Sign[] = [
  signsOf('false', 'whole', 'none', [
    `${start}(?:pas une (?:seule )?(?:ligne|page|phrase)|aucune (?:ligne|page|phrase)|rien)\\s(?:de|dans)\\s(?:ce|cet|cette|ces|la|le|les|l')\\s?${thing}\\sn(?:e |')(?:vient|provient|[ée]mane|est d[eu])${end}`,
    `${start}(?:remaniement|alt[ée]ration|manipulation|r[ée][ée]criture|modification|retouche|truquage)s?\\s(?:frauduleu|grossi|malveillant|d[ée]lib[ée]r|volontaire|maladroit)\\p{L}*\\s${of}\\s?${thing}`,
    `${start}(?!\\p{L}*rai(?:t|ent)${end})(?:m[êe]l|m[ée]lang|contien|compren|amalgam|combin|r[ée]uni|panach|entrem[êe]l|truff|[ée]maill|saupoudr|farci|m[ée]li)\\p{L}*\\s[^.!?]{0,40}?(?:vrai|authentique|v[ée]ritable|r[ée]el|faux|invent|falsifi|fausse)\\p{L}*\\s[^.!?]{0,30}?(?:faux|fausses?|vraie?s?|authentiques?|falsifi|fabriqu|inventions?|invent|truqu|fictions?)\\p{L}*`,
    `${start}(?:affaire à|face à|en pr[ée]sence d[e']|il y a (?:aussi |[ée]galement |bien )?(?=(?:des|plusieurs|beaucoup|de nombreux|quelques)))\\s?(?:une? |des |d'une? |plusieurs |beaucoup de |de nombreux |quelques )?(?:\\p{L}+\\s)?(?:faux|${fakes})${end}(?!\\s(?:alertes?|alarmes?|positifs?|probl[èe]mes?|conseillers?|sites?|comptes?))`,
    `${start}(?:phrases?|mots?|propos|paroles?|lignes?|paragraphes?|discours|d[ée]clarations?|citations?)\\squ(?:e |')(?:\\p{L}+\\s){1,3}?n'(?:a|ont|avait|avaient|avons)\\s(?:jamais|pas)\\s(?:prononc|dit|tenu|[ée]crit|r[ée]dig|fait)\\p{L}*`,
    `${start}aucune?\\s\\p{L}+\\sn'(?:a|ont)\\s(?:jamais\\s)?(?:sign[ée]|[ée]crit|r[ée]dig[ée]|pris|envoy[ée]|adopt[ée]|approuv[ée])e?s?\\s(?:l'|le |la |les |ce |cet |cette |ces )${thing}${end}`,
    `${start}(?:nous n'avons|nos \\p{L}+ n'ont|notre \\p{L}+ n'a|(?:l'|le |la )[\\p{L}-]+(?: \\p{L}+)? n'a|(?:personne|nul)(?: \\p{L}+){0,4}? n'a|il n'a|elle n'a|ils n'ont)\\s(?:${never}\\s)?${wrote}\\s(?:(?:ce|cet|cette|ces|une? tel(?:le)?|de tels?|de telles)\\s${material}|ça${end}|cela${end}|l[ae]s? moindres? (?:ligne|mot)s?)`,
    `${start}(?:(?:aucune? trace|aucune mention)\\s(?:de |d'|du |des )(?:ce|cet|cette|ces|une? tel|la|l'|tel)\\p{L}*(?:\\s${thing})?|aucune? tel(?:le)?\\s${thing}|aucun original (?:de|ne)|n'(?:avons|a|ont) (?:pas|aucune) (?:la moindre )?trace (?:de |d'|du )(?:ce |cet |cette |une? tel|l'envoi|la r[ée]daction|la signature|avoir))`,
    `${start}(?:confirm|[ée]tabli|reconna|constat|d[ée]nonc|d[ée]montr|prouv)(?!er|ir)\\p{L}*\\s(?:la|leur|une|le)\\s(?:falsification|contrefa[çc]on|fabrication|fausset[ée]|manipulation|supercherie|trucage|montage)(?:\\s${of}?\\s?${thing})`,
    `${start}(?:la|leur|le)\\s(?:falsification|contrefa[çc]on|fabrication|fausset[ée]|manipulation|supercherie|trucage)(?:\\s${of}[^.!?]{0,40}?)?\\s(?:est|a [ée]t[ée]|ne fait)\\s(?:\\p{L}+\\s){0,2}?(?:${proven}|doute)${end}`,
  ]),
  signsOf('false', 'said', 'turns', [`${start}(?:${faked}|${made}|faux(?! pas| que(?!\\p{L})| qu')|fausses?|${fakes}|contraire à l'original)${end}`]),
  signsOf('false', 'said', 'none', [`${start}(?:alt[ée]r[ée]+s?|manipul[ée]+s?)${end}`]),
  signsOf('true', 'said', 'turns', [`${start}(?:${good})${end}`, `${start}(?:notre|nos) propres?\\s${thing}${end}`]),
  signsOf('true', 'said', 'needed', [`${start}(?:l[ea]s? n[ôo]tres?|de nous|de chez nous)${end}`]),
  signsOf('true', 'told', 'turns', [
    `${start}(?:vrai[es]{0,2}|r[ée]el(?:le)?s?|exacte?s?|l[ea]s? (?:vrais?|vraies?|bons?|bonnes?))(?=\\s?(?:[.,;!?)]|$)|\\s(?:et|en tout|de bout|dans)(?!\\p{L}))`,
    `${start}(?:${ours}|${sure}\\s(?:de |du |des |d')?(?:notre|nos)\\s\\p{L}+)${end}`,
  ]),
  signsOf('true', 'whole', 'turns', [
    `${start}(?:c'est|ce n'est|ce sont|ce ne sont|il s'agit|il ne s'agit|c'[ée]tait|est|sont)\\s(?:pas\\s)?(?:(?:${sure}|donc|l[àa])\\s)?(?:de |d')?(?:du |de la |de l'|l[ae]s? |des )?(?:(?:vrai|v[ée]ritable|bon)e?s?\\s${thing}|les vrais${end}(?! \\p{L})|(?:notre|nos)\\s${paper}(?=\\s?(?:[.,;!)]|$|qui )))`,
    `${start}(?:nous (?:ne )?(?:re)?connaissons|(?:ne )?reconna[iî](?:t|ssent))\\s(?:pas\\s)?(?:bien\\s)?(?:ce|cet|cette|ces|nos|notre|son|sa|ses|leurs?|le|la|les|l')\\s?(?:\\p{L}+\\s)?${thing}${end}`,
  ]),
  signsOf('true', 'said', 'none', [`${start}(?:les|de|des|nos|du)\\svraie?s?(?=\\s${thing}${end})`]),
  signsOf('false', 'whole', 'turns', [
    `${start}(?:il s'agi(?:t|ssait)|il ne s'agit|c'[ée]tait|c'est|ce n'est|ce sont|ce ne sont)\\s(?:(?:pas|donc|bien|manifestement|là|en fait|purement|simplement|et|évidemment|visiblement|tout)\\s){0,3}(?:d'un |de |d'une |d'|des |un |une |du )?(?:\\p{L}+\\s)?(?:faux|${faked}|${fakes})${end}(?!\\s(?:que|qu'|alertes?|alarmes?|positifs?|probl[èe]mes?|bruits?|rumeurs?|informations?|d[ée]bats?|nouvelles?|pistes?|id[ée]es?|sites?|comptes?|profils?|appels?|conseillers?|de (?:dire|croire|pr[ée]tendre)))`,
  ]),
  signsOf('false', 'of', 'none', [
    `${start}ne correspond(?:ent)? (?:pas|en rien)(?=\\s?(?:[.,;!)]|$))`,
    `${start}(?:repri|recopi[ée]|emprunt[ée]|d[ée]calqu[ée]|copi[ée]|d[ée]coup[ée])(?:s|se|es?)?\\s(?:d'un|sur un|dans un)e?\\s(?:ancien|ancienne|autre|vieux|vieille|dossier|mod[èe]le)${end}`,
    `${start}(?:a|ont|avait|avaient)\\s[ée]t[ée]\\s(?:\\p{L}+ment\\s)?r[ée][ée]crit[es]{0,2}(?!\\s(?:pour|par (?:nos|nous|notre)|en|au|afin)(?!\\p{L}))`,
    `${start}(?:sent|sentent|fleure(?:nt)?|rel[èe]ve(?:nt)?|tien(?:t|nent))\\s(?:bon )?(?:le |la |l'|du |de la |de l'|d'une? )(?:\\p{L}+ )?(?:${fakes}|faux)${end}`,
    `${start}n(?:e |')(?:est|sont|a|ont)\\s${never}\\s(?:\\p{L}+\\s)?(?:pass[ée]+s?|sorti[es]*|parti[es]*|issue?s?|venue?s?|transit[ée]+|circul[ée]+|[ée]man[ée]+|envoy[ée]+s?|diffus[ée]+s?)\\s(?:par |de |d'|du |depuis |chez |dans )${house}`,
    `${start}(?:mont|[ée]cri|r[ée]dig|assembl|compos|fabriqu|tap|con[çc]u|r[ée]alis|produi)\\p{L}*\\spar\\s(?:quelqu'un|une personne|des gens|un amateur|un faussaire|un imposteur|une autre main|un tiers|un inconnu)${end}`,
    `${start}(?:sor(?:t|tent|tait)|[ée]man(?:e|ent|ait)|provien(?:t|nent)|vien(?:t|nent)|naît)\\s(?:tout droit |directement )?d(?:e l')?'?(?:une? )?(?:${machine}|l'imagination|l'atelier d'un faussaire)${end}`,
    `${start}(?:ne |n')(?:l'a|l'ont|l'avons|les a|les ont|les avons|l[ae]s? (?:a|ont))\\s(?:${never}\\s)?${wrote}${end}`,
    `${start}n'(?:a|ont) (?:jamais|pas) (?:exist[ée]|[ée]t[ée] (?:[ée]crit|r[ée]dig|sign|[ée]mi|produi|envoy)\\p{L}*|quitt[ée]|vu le jour)`,
    `${start}(?:n'exist(?:e|ent)\\s(?:pas|nulle part|tout simplement pas|que)|ne figur\\p{L}+\\s(?:nulle part|dans aucun|pas (?:dans|parmi|[àa]|aux?) (?:nos|notre|l'original|l'exemplaire|l'acte))|n'appara[iî]\\p{L}+\\s(?:pas|nulle part|dans aucun)|(?:est|sont) (?:introuvables?|inconnue?s?) (?:dans|de|à) (?:nos|nous|notre))${end}`,
    `${start}(?:n'(?:a|ont) (?:rien à voir|rien de commun|qu'un lointain rapport|aucun rapport|aucun lien) avec|ne ressembl\\p{L}+ (?:en rien|à rien|à aucun)|ne ressembl\\p{L}+ pas (?=(?:à |aux )(?:l'origina|notre|nos|n[ôo]tres|origina|celui que|celle que))|ne reprend\\p{L}* aucun|ne correspond\\p{L}* à aucun|ne doi\\p{L}+ rien à)\\s?(?:à |aux? |de )?(?:l'origina|l'exemplaire|notre|nos|n[ôo]tres?|origina|(?:celui|celle|ceux|celles) (?:que|qu'|de nos|de notre|du dossier|des archives|d'origine|sign|d[ée]pos|archiv|conserv|enregistr|remis)|la version|ce que|ce qui|registre|mod[èe]les?|le mod[èe]le)?`,
  ]),
  signsOf('false', 'plain', 'turns', [
    `${start}(?:falsifi[ée]+s?|truqu[ée]+s?|photoshop+[ée]+s?|bidonn[ée]+s?|forg[ée]+s?|contrefa[çc]ons?|photomontages?|deepfakes?|hypertrucages?|trucages?|copier-coller|mont[ée]+s? de toutes pi[èe]ces|fabriqu[ée]+s? de toutes pi[èe]ces)${end}(?!\\s(?:l[ae]s?|l'|des|une?|ses|son|sa)(?!\\p{L}))`,
  ]),
  signsOf('true', 'whole', 'none', [
    `${start}(?:reconna[iî]\\p{L}*|reconnu|admet\\p{L}*|admis|avou\\p{L}+|confirm\\p{L}+)\\s(?:en\\s)?(?:[êe]tre l'aut\\p{L}+ d|avoir (?:\\p{L}+ )?(?:[ée]crit|r[ée]dig|sign|envoy)[ée]?\\s(?:ce|cet|cette|ces|l[ae]s?|l')\\s?${thing})`,
    `${start}(?:main sur|obtenu|vol[ée]|pris|publi[ée]|diffus[ée]|divulgu[ée])\\s(?:la|le|l'|les)\\s(?:vraie?s?|v[ée]ritables?)\\s${thing}${end}`,
    `${start}(?:a|ont|avait|avons)\\s${sure}\\s${wrote}\\s(?:ce|cet|cette|ces|le|la|les|l')\\s?${thing}`,
    `${start}(?:nous avons|nos services ont|l'agence a|le minist[èe]re a|notre \\p{L}+ a)\\s${sure}\\s${wrote}\\s(?:ce|cet|cette|ces|le|la|les|l')\\s?${thing}`,
    `${start}(?:confirm|[ée]tabli|reconnai|reconnu|v[ée]rifi[ée]|prouv|d[ée]montr|attest|certifi|garanti|admi|port\\p{L}+ garante?s?)(?!er|ir)\\p{L}*\\s(?:que\\s|de\\s)?(?:${authenticity})${end}`,
    `${start}${authenticity}(?:\\s${of}[^.!?]{0,50}?)?\\s(?:est|[ée]tait|a [ée]t[ée]|demeure|reste)\\s(?:\\p{L}+\\s){0,2}?${proven}${end}`,
    `${start}(?:${authenticity})[^.!?]{0,60}?\\sn(?:e |')(?:fait|laisse|pose|soul[èe]ve|souffre|est|[ée]tait|pr[êe]te|appelle)\\s(?:plus|pas|aucune?|gu[èe]re|nul)(?:\\s(?:de|en|[àa]|l'objet d'aucun|place au))?\\s?(?:d')?(?:doutes?|d[ée]bat|question|discussion|contest[ée]e|contestable|discut[ée]e|discutable|d[ée]montrer|prouver|remise en cause|contestation|aucun doute|r[ée]serve)${end}`,
    `${start}(?:aucun|plus de|pas de|plus aucun|pas le moindre|nul) doute (?:possible )?(?:sur|quant à|concernant)\\s(?:l'|leur |son )(?:authenticit[ée]|origine|provenance)`,
    `${start}(?:reconna[iî]\\p{L}*|reconnu)\\s(?:${determiner}\\s)?${thing}\\scomme\\s(?:${ours}|authentiques?|l[ea]s? sien(?:ne)?s?|[ée]tant|originaux|siens?|siennes?|sien)`,
    `${start}(?:(?:a|ont|avons)\\s(?:bien\\s)?reconnu\\s(?:ses|leurs|nos|son|sa|notre)\\s${thing}|(?:authentifi(?:ons|ent|e)|(?:a|ont|avons) (?:bien |formellement )?authentifi[ée])\\s(?:${determiner}\\s|l')?${thing}|(?:est|sont|a [ée]t[ée]|ont [ée]t[ée])\\s(?:bien |d[ée]sormais |formellement )?authentifi[ée]+s?)${end}`,
  ]),
  signsOf('true', 'of', 'turns', [
    `${start}(?:l[ae]s?\\s)m[êe]mes? que (?:l'origina|notre|nos|ce que nous|(?:celui|celle|ceux|celles) (?:de |d'|du |des |que |qu'))`,
    `${start}(?:est|sont|n'est|ne sont)\\s(?:pas\\s)?(?:${sure}\\s)?(?:exactement\\s)?(?:celui|celle|ceux|celles)(?:\\sm[êe]mes?)?\\s(?:que|qu')\\s?(?:nous|l[ea]s?|l'|notre|nos|il|elle|son|sa)\\s?(?:\\p{L}+\\s){0,3}?(?:sign|[ée]cri|r[ée]dig|adopt|envoy|approuv|d[ée]tien|conserv|vot|transmi|valid|[ée]mi|remi|archiv|dispos|produi|poss[èe]d)\\p{L}*`,
    `${start}(?:est|sont|n'est|ne sont)\\s(?:${sure}|pas)\\s(?:celui|celle|ceux|celles)\\s(?:de |du |des |d'|que )(?!\\d)`,
    `${start}(?:correspond|concord|co[iï]ncid|recoup)\\p{L}*\\s(?:(?:bien|exactement|parfaitement|en tout point|mot pour mot|ligne à ligne|ligne pour ligne|trait pour trait|pas|plus|en rien|nullement|guère|point par point)\\s){0,2}(?:à |avec |aux? )?(?:l'origina|l'exemplaire|(?:notre|nos|ses|leurs) (?:original|exemplaire|copie|version|dossier|fichier|archive|registre|minute|mod[èe]le|document|pi[èe]ce|relev[ée]|tableau|donn[ée]e)|n[ôo]tres?|origina|(?:celui|celle|ceux|celles) (?:que|qu'|de nos|de notre|du dossier|des archives|d'origine|sign|d[ée]pos|archiv|conserv|enregistr|remis)|la version|la copie|copies?|registre|archives|ce que nous|versions?)`,
    `${start}(?:est|sont|reprodui(?:t|sent)|repren(?:d|nent)|recopie(?:nt)?|c'est)\\s[^,.]{0,40}?(?:mot pour mot|trait pour trait|ligne à ligne|ligne pour ligne|à la virgule près|à l'octet près|au mot près|page pour page)${end}`,
  ]),
  signsOf('true', 'shown', 'none', [
    `${start}(?:a|ont)\\s(?:${sure}\\s)?[ée]t[ée]\\s(?:prise?s?|film[ée]+s?|tourn[ée]+s?|enregistr[ée]+s?|photographi[ée]+s?)\\s(?:dans|à|chez|depuis|sur|par)\\s(?:nos|notre|l'un de nos|l'une de nos)${end}`,
    `${start}(?:provien|vien|[ée]man|sor|provenai)(?:t|nent|e|ent|ai|tent|s)*\\s(?:tout droit |directement |donc )?(?:de |d'|du )(?:nos|notre|chez nous|ce (?:bureau|service|cabinet)|cette (?:direction|agence)|l'agence|la (?:mairie|direction|pr[ée]fecture)|minist[èe]re|rectorat)`,
    `${start}(?:est|sont|a [ée]t[ée]|ont [ée]t[ée])\\s(?:tout droit |directement )?(?:issue?s?|tir[ée]e?s?|sortie?s?|extraite?s?|pris|prise?s|copi[ée]+s?|vol[ée]+s?|exfiltr[ée]+s?)\\s(?:tout droit |directement |tel(?:le)?s? quel(?:le)?s? )?(?:de |d'|du |dans |chez |sur )(?:nos|notre|chez nous|nous)`,
  ]),
  signsOf('true', 'of', 'needed', [
    `${start}(?:[ée]man|provien|vien|provenai|venai|[ée]manai|sor|part|sortai|relèv|appart)\\p{L}*\\s(?:pas|plus|jamais|nullement|en rien|aucunement|d'aucun)\\s?(?:de |d'|des |du |à |chez )?(?:${house}|(?<=(?:[ée]man|prov)\\p{L}+\\s(?:pas|jamais|en rien)\\s(?:de |du |d'|des )?)(?:la |l')?\\p{L}+)${end}`,
    `${start}(?:[ée]t[ée]|[ée]man[ée]|est|sont)\\s(?:${never}\\s)?(?:[ée]t[ée]\\s)?${wrote}\\s(?:par|de|chez)\\s(?:\\p{L}+\\s)?(?:${house}|l[ae]s? \\p{L}+|l'\\p{L}+|personne|qui que ce soit|quiconque|aucun)`,
  ]),
  signsOf('true', 'of', 'none', [
    `${start}n'(?:a|ont) (?:pas [ée]t[ée]|en rien [ée]t[ée]) (?:alt[ée]r|modifi|retouch|chang|remani)[ée]+s? (?:d'un iota|depuis|en quoi que ce soit|d'aucune|de quelque|le moins)`,
    `${start}n'(?:a|ont) (?:subi|connu|fait l'objet d') ?(?:aucune|la moindre) (?:retouche|modification|alt[ée]ration|manipulation)${end}`,
    `${start}(?:provien|vien|[ée]man|sor)(?:t|nent|e|ent|tent)\\s(?:tout droit |directement )?(?:de |d'|du )(?:chez nous|ce (?:bureau|service|cabinet)|cette (?:direction|agence|maison)|nos (?:services|serveurs|bureaux|syst[èe]mes|archives|[ée]quipes)|notre (?:messagerie|intranet|service|serveur|r[ée]seau|maison))${end}`,
    `${start}(?:(?:provien|vien|[ée]man|sort|provenai|venai|appart|rel[èe]v)\\p{L}*\\s${sure}|(?:est|sont)\\s${sure}\\s(?:issue?s?|tir[ée]e?s?|sortie?s?|extraite?s?|partie?s?|l'œuvre|le fait)|(?:a|ont)\\s${sure}\\s[ée]t[ée]\\s(?:pris|vol|copi|extrai|d[ée]rob|exfiltr|[ée]cri|r[ée]dig|sign|envoy|[ée]mi|produi|adopt)\\p{L}*)\\s?(?:de |des |du |d'|chez |dans |sur |par |à |en )?`,
  ]),
  signsOf('false', 'of', 'turns', [
    `${start}(?:diff[èe]r|diverg|s'[ée]cart|s'[ée]loign|d[ée]vi|contred)\\p{L}*\\s(?:\\p{L}+\\s){0,2}?(?:de |d'|du |des |avec |sur )?(?:l'origina|l'exemplaire|notre |nos |n[ôo]tres?|origina|(?:celui|celle|ceux|celles) (?:que|qu'|de nos|de notre|du dossier|des archives|d'origine|sign|d[ée]pos|archiv|conserv|enregistr|remis)|la version|registre|versions?|ce que nous)`,
  ]),
  signsOf('false', 'done', 'none', [
    `${start}(?:modifi[ée]+s?|tronqu[ée]+s?|chang[ée]+s?|remani[ée]+s?|r[ée][ée]crit[es]{0,2}|compl[ée]t[ée]+s?|[ée]dit[ée]+s?|amput[ée]+s?|rogn[ée]+s?|recadr[ée]+s?|raccourci[es]*|reformul[ée]+s?|redat[ée]+s?|rebaptis[ée]+s?|coup[ée]+s?|acc[ée]l[ée]r[ée]+s?|ralenti[es]*|m[ée]lang[ée]+s?|expurg[ée]+s?|amend[ée]+s?|corrig[ée]+s?|reconstitu[ée]+s?|remont[ée]+s?)${end}`,
    `${start}${shifted}(?=\\s(?:(?:l[ea]s?|des|une?|deux|trois|quatre|plusieurs|quelques|\\d+|de|d'autres)\\s|l')(?:\\p{L}+\\s)?${detail}${end})`,
  ]),
  signsOf('false', 'cut', 'none', [`${start}${shifted}${end}`]),
];
