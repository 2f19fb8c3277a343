import type { Frames } from './assertion-frames.ts';

/** French: what may be false, what is said of it, and by which turns. Parts are put together below, so that each subject meets each word. */

const papers = String.raw`e-?mails?|courriels?|mails?|messages?|documents?|fichiers?|archives?|captures?|pi[èe]ces?|images?|photos?|vid[ée]os?|enregistrements?|notes?|lettres?|tableaux?|donn[ée]es|[ée]l[ée]ments?|s[ée]ries?|lots?|extraits?|contrats?|listes?|pages?(?! d'accueil| web)|bulletins?|relev[ée]s?|factures?|rapports?|proc[èe]s-verba(?:ux|l)|copies?|conversations?|[ée]changes?|t[ée]l[ée]grammes?|fiches?|comptes? rendus?|courriers?|m[ée]mos?|textes?|registres?|attestations?|ordonnances?|arr[êe]t[ée]s? (?:municipa|pr[ée]fectora|minist[ée]rie)\p{L}+|circulaires?|communiqu[ée]s?|certificats?|organigrammes?|diaporamas?|pr[ée]sentations?|sms|tweets?|publications?|bandes?(?: sonores?)?|audios?|dossiers?|d[ée]vis|virements?|bordereaux?|plans?|t[ée]l[ée]copies?|visuels?|transcriptions?|pv`;
const thing = String.raw`(?:(?:${papers})(?!\p{L})|[ac]-\d+)`;
/** What stands on a paper: false with it. */
const detail = String.raw`(?:(?:signatures?|logos?|en-t[êe]tes?|tampons?|cachets?|papier à en-t[êe]te|mises? en page|paraphes?|horodatages?)(?!\p{L}))`;
const figure = String.raw`(?:(?:montants?|chiffres?|dates?|paragraphes?|passages?|lignes?|colonnes?|versions?|noms?|phrases?|contenus?|m[ée]tadonn[ée]es)(?!\p{L}))`;
const subject = `(?:${thing}|${detail})`;
const is = `(?:est|sont|[ée]tait|[ée]taient|a [ée]t[ée]|ont [ée]t[ée]|avai(?:t|ent) [ée]t[ée]|fut|furent|s'av[èe]re(?:nt)?(?: [êe]tre)?|se r[ée]v[èe]le(?:nt)?(?: [êe]tre)?|demeure(?:nt)?|reste(?:nt)?)`;
const adverb = String.raw`(?:(?:bien|donc|en partie|partiellement|enti[èe]rement|totalement|manifestement|clairement|[ée]videmment|grossi[èe]rement|compl[èe]tement|tous|toutes|tout|tout simplement|tout à fait|en fait|en r[ée]alit[ée]|purement|purement et simplement|des|un|une|de|du|d'[ée]vidents|pour partie|largement|d[ée]lib[ée]r[ée]ment|le (?:r[ée]sultat|produit|fruit) d'une?|visiblement|assur[ée]ment|grossi(?:er|ers|[èe]re|[èe]res)|vulgaires?|purs?|pures?|simples?|mauvais|habiles?|[ée]vident\p{L}*)\s|de l')`;
const adverbs = `${adverb}{0,3}`;
const notItem = String.raw`(?!\s(?:alertes?|alarmes?|positifs?|n[ée]gatifs?|pas|d[ée]parts?|bruits?|rumeurs?|informations?|nouvelles?|id[ée]es?|pistes?|sites?|conseillers?|profils?|comptes?(?! rendu)|agents?|bons?|num[ée]ros?|probl[èe]mes?|manips?|manipulations?|manœuvres?|impressions?|d[ée]bats?|jours?))`;
const forged = `falsifi[ée]+s?|fabriqu[ée]+s?|truqu[ée]+s?|forg[ée]+s?|contrefaite?s?|trafiqu[ée]+s?|invent[ée]+s?|bidonn[ée]+s?|bricol[ée]+s?|bidouill[ée]+s?|concoct[ée]+s?|maquill[ée]+s?|imit[ée]+s?|photoshop+[ée]+s?|mont[ée]+s? de toutes pi[èe]ces|cr[ée][ée]+s? de toutes pi[èe]ces|g[ée]n[ée]r[ée]+s? par (?:une |l')?(?:ia|intelligence artificielle)`;
const nouns = `contrefa[çc]ons?|falsifications?|fabrications?|montages?|photomontages?|canulars?|hoax|intox|supercheries?|pastiches?|deepfakes?|hypertrucages?|fakes?|trucages?|bidonnages?|forgeries?|inventions?|mystifications?|fictions?|affabulations?`;
const bad = String.raw`(?:(?:${forged}|${nouns}|faux|alt[ée]r[ée]+s?|manipul[ée]+s?|inauthentiques?|apocryphes?|bidons?|retouch[ée]+s?|mensong(?:e|es|er|ers|[èe]re|[èe]res))(?!\p{L})|fausses?(?!\p{L}))${notItem}`;
const changed =
  '(?:modifi[ée]+s?|tronqu[ée]+s?|retouch[ée]+s?|chang[ée]+s?|remani[ée]+s?|r[ée][ée]crit[es]{0,2}|caviard[ée]+s?|compl[ée]t[ée]+s?|[ée]dit[ée]+s?)';
const pronoun =
  "ils|elles|il|elle|tous|toutes|certains|certaines|plusieurs|tout|tout cela|tout ceci|tout ça|cela|ceci|le tout|l'ensemble|la totalit[ée]|la plupart|une partie|(?:celui|celle|ceux|celles)-ci|ces derniers|ces derni[èe]res|ce dernier|cette derni[èe]re";
const spreaders =
  '(?:pirates?|attaquants?|auteurs?|faussaires?|hackers?|diffuseurs?|escrocs?|cybercriminels?|malfaiteurs?|groupe|tiers|intrus|inconnus?|plaisantins?)';
const good = String.raw`(?:authentiques?|v[ée]ritables?|conformes? (?:à l'original|aux originaux)|v[ée]ridiques?|d'origine)(?!\p{L})`;
const determined = String.raw`(?:l'|(?:l[ae]s?|ce|cet|cette|ces|des|un|une|plusieurs|de nombreux|de nombreuses|tous|toutes|notre|nos|son|sa|ses|leurs?)\s)(?:les\s|ces\s)?`;
const us = String.raw`(?:nous|chez nous|nos|notre|l'(?:agence|institut|h[ôo]pital|universit[ée]|entreprise|op[ée]rateur)|la (?:mairie|soci[ée]t[ée]|banque|direction)|le minist[èe]re)(?!\p{L})`;
const sure = '(?:bien|effectivement|r[ée]ellement|v[ée]ritablement|vraiment|bel et bien|assur[ée]ment|indubitablement)';
const ours = String.raw`(?:l[ea]s? n[ôo]tres?|[àa] nous|de nous)(?!\p{L})`;
const paper = String.raw`(?:(?:courriels?|mails?|e-?mails?|documents?|fichiers?|lettres?|courriers?|notes?|plans?|contrats?|tableaux?|comptes? rendus?|fiches?|proc[èe]s-verba(?:ux|l)|m[ée]mos?|factures?)(?!\p{L}))`;
const authenticity = `(?:l'authenticit[ée]|(?:leur|son) authenticit[ée]|(?:la|leur) v[ée]racit[ée])`;
const forging = `(?:falsification|contrefa[çc]on|fabrication|fausset[ée]|manipulation|supercherie)`;
const proven = `(?:[ée]tablie|confirm[ée]e|av[ée]r[ée]e|prouv[ée]e|certaine|d[ée]montr[ée]e|reconnue|[ée]vidente)`;
const pattern = (source: string): RegExp => new RegExp(source, 'gu');

export const fr: Frames = {
  hint: /falsifi|faux|fauss|fabriqu|alt[ée]r|truqu|forg|contref|trafiqu|manipul|authenti|invent|mont[ée]|montage|apocryph|bidon|canular|hoax|intox|supercherie|mensong|v[ée]rit|vrai|r[ée]el|conforme|origin|modifi|tronqu|retouch|chang|remani|crit|caviard|compl[ée]t|[ée]dit[ée]|bricol|maquill|imit|photoshop|toutes pi|artificielle|\bia\b|pastiche|fake|trucage|n'(?:a|ont|existe)|[ée]man|provien|provenai|prouv|vien\p{L}* (?:bien|pas|effectiv|r[ée]ell|v[ée]rit|vraim|assur|indub|bel|de (?:nos|notre|chez)|nullem|en rien|aucun)|issu|r[ée]dig|sign[ée]|n[ôo]tre|(?:[àe]|chez) nous|nous (?:avons|n'avons)|(?:bien|est|sont|pas|de) (?:de )?(?:nos|notre)(?!\p{L})|exact|\brecoll|\bcoll[ée]|rapport[ée]|copi[ée]|d[ée]coup|gliss[ée]|remplac|supprim|permut|interverti|sor(?:t|tent) d'|adopt|approuv|v[ée]ridique|v[ée]racit|bidouill|concoct|myst|fiction|affab|ajout|ins[ée]r|ceux|celui|celle|reconn/u,
  falsified: [
    pattern(`(?<!\\p{L})${detail}[^.!?]{0,40}?\\s(?:a|ont)\\s[ée]t[ée]\\s(?:recoll|coll|ajout|rapport|copi|d[ée]coup)\\p{L}+`),
    pattern(
      `(?<!\\p{L})(?:quelqu'un|on|${spreaders})\\s(?:a|ont)\\s(?:r?ajout[ée]|ins[ée]r[ée]|gliss[ée]|remplac[ée]|supprim[ée]|permut[ée]|interverti|chang[ée])\\s(?:l[ea]s?|des|une?|deux|trois|plusieurs|quelques|\\d+)\\s${figure}`,
    ),
    pattern(
      `${thing}[^.!?]{0,40}?\\s(?:sor(?:t|tent)|[ée]man(?:e|ent)|provien(?:t|nent)|vien(?:t|nent))\\sd'(?:une? )?(?:ia|intelligence artificielle|g[ée]n[ée]rateur|logiciel de)(?!\\p{L})`,
    ),
    pattern(`${subject}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverbs}${bad}`),
    pattern(
      `(?<!\\p{L})(?:il s'agi(?:t|ssait) (?:donc |bien |manifestement )?(?:d'un|de|d'une)|c'[ée]tait une?|c'est une?|ce sont (?:des|de))\\s(?:\\p{L}+\\s)?${bad}`,
    ),
    pattern(`(?<!\\p{L})(?:c'est|c'[ée]tait)\\s${adverbs}(?:${forged}|${nouns}|bidons?)(?!\\p{L})`),
    pattern(`(?<!\\p{L})(?:${pronoun})\\s${is}\\s${adverbs}${bad}(?! qu[e'])`),
    pattern(
      `${thing}[^.!?]{0,60}?(?<!\\p{L})(?:a|ont) [ée]t[ée]\\s${adverbs}${changed}\\s(?:par\\s(?:l[ae]s?|des|un|une|leurs?)\\s${spreaders}|avant\\s(?:leur|sa|d'[êe]tre|la|toute)\\s(?:mise en ligne|diffus|publi|divulg|partag)|depuis leur|apr[èe]s\\s(?:leur|sa|le)\\s(?:vol|piratage|exfiltration|copie))`,
    ),
    pattern(
      `(?<![\\p{L}\\p{N}])(?:[ac]-\\d+|${thing}\\s(?:diffus|publi|divulgu|mise?s? en|qui circul|en circul)\\p{L}*(?:\\sligne)?)\\s(?:a|ont) [ée]t[ée]\\s${adverbs}${changed}(?!\\p{L}| (?:le|en|au|pour) )`,
    ),
    pattern(`(?<!\\p{L})(?:${spreaders}|quelqu'un|on)\\s(?:a|ont|avait|avaient)\\s${adverbs}(?:${changed}|${forged}|alt[ée]r[ée])\\s${determined}${subject}`),
    pattern(`(?<!\\p{L})(?:ils|elles|il|elle)\\s(?:a|ont|avait|avaient)\\s${adverbs}(?:${forged})\\s${determined}${subject}`),
    pattern(`${thing}\\s${bad}`),
    pattern(`(?<!\\p{L})(?:faux|fausses?)\\s(?:${thing}|${detail})`),
    pattern(
      `(?<!\\p{L})(?:m[êe]l|m[ée]lang|contien|compren|amalgam|combin|r[ée]uni)\\p{L}*\\s(?:[\\p{L}']+\\s){0,3}?(?:vrai|authentique|v[ée]ritable|r[ée]el|faux)(?:e?s)?\\s(?:et|avec|comme|[àa]|au)\\s(?:[\\p{L}']+\\s){0,3}?(?:faux|fausse|vrai|authentique|falsifi|fabriqu|invent|truqu)\\p{L}*`,
    ),
    pattern(
      `${thing}[^.!?]{0,40}?(?<!\\p{L})${is}\\s(?:un m[ée]lange|un m[ée]li-m[ée]lo)\\s(?:de |du |d')[^.!?]{0,20}?(?:vrai|authentique|r[ée]el)[^.!?]{0,20}?(?:faux|falsifi|invent|fabriqu)`,
    ),
    pattern(`(?<!\\p{L})et\\s${is}\\s${adverbs}(?:${forged}|${nouns}|bidons?)(?!\\p{L})`),
    pattern(
      `${subject}[^.!?]{0,60}?(?<!\\p{L})(?:sent|sentent|rel[èe]ve(?:nt)?|tien(?:t|nent))\\s(?:le |la |l'|du |de la |de l'|d'une? )(?:${nouns}|faux)(?!\\p{L})`,
    ),
    pattern(`(?<!\\p{L})(?:affaire à|face à|en pr[ée]sence d[e'])\\s?(?:une? |des |d'une? )?(?:\\p{L}+\\s)?(?:faux|${nouns})(?!\\p{L})${notItem}`),
    pattern(
      `(?<!\\p{L})(?:confirm|[ée]tabli|reconna|constat|d[ée]nonc|d[ée]montr|prouv)(?!er|ir)\\p{L}*\\s(?:la|leur|une)\\s${forging}(?:\\s(?:du|des|de la|de l'|de ce\\p{L}*)\\s?${thing})`,
    ),
    pattern(
      `(?<!\\p{L})(?:la|leur)\\s${forging}(?:\\s(?:du|des|de la|de l'|de ce\\p{L}*)\\s?[^.!?]{0,40}?)?\\s(?:est|a [ée]t[ée])\\s${adverbs}(?:d[ée]sormais )?${proven}(?!\\p{L})`,
    ),
    pattern(
      `(?<!\\p{L})il y a (?:aussi |[ée]galement |bien )?(?:des|plusieurs|beaucoup de|de nombreux|quelques)\\s(?:faux|${nouns})(?=\\s(?:parmi|dans|au milieu)|\\s?[.,;!])`,
    ),
    pattern(
      `(?<!\\p{L})(?:${figure}|pages? \\d+)[^.!?]{0,30}?\\s(?:a|ont) [ée]t[ée]\\s${adverbs}(?:ajout|ins[ée]r|gliss|supprim|modifi|chang|remplac)[ée]+s?\\s(?:après coup|par\\s(?:l[ae]s?|des|un|une|leurs?)\\s${spreaders}|avant\\s(?:leur|sa|la)\\s(?:mise en ligne|diffus|publi|divulg))`,
    ),
  ],
  falsifiedByDenial: [
    pattern(
      `(?<!\\p{L})(?:cette?|ces?|la|le|les)\\s${thing},[^.!?]{0,40}?\\sne\\s(?:l'a|l'ont|l'avons|les a|les ont|les avons)\\s(?:pas|jamais)\\s(?:[ée]crite?s?|r[ée]dig[ée]+s?|sign[ée]+s?|envoy[ée]+s?)`,
    ),
    pattern(
      `(?:(?:${subject}|${figure})[^.!?]{0,60}?|(?<!\\p{L})(?:${pronoun})\\s)n(?:e |')(?:est|sont|[ée]tait|[ée]taient)\\s(?:donc |manifestement )?(?:pas|plus|nullement|aucunement|en rien)\\s(?!forc|n[ée]cess|encore|toujours|s[ûu]r|certain|reconnu|jug|confirm|d[ée]clar|consid)(?:\\p{L}+\\s)?(?:${good}|l'original(?!\\p{L})|les originaux|la version originale|${ours})`,
    ),
    pattern(`(?<!\\p{L})ce (?:n'est|ne sont|n'[ée]tait) pas\\s(?:l'original|les originaux|la version originale|${ours}|(?:notre|nos)\\s${paper})`),
    pattern(
      `(?:${thing}[^.!?]{0,60}?|(?<!\\p{L})(?:${pronoun})\\s)n(?:e |')(?:[ée]mane|provien|vien|provenai|venai|[ée]manai)\\p{L}*\\s(?:pas|nullement|en rien|aucunement)\\s(?:de |d')${us}`,
    ),
    pattern(
      `(?<!\\p{L})(?:ce|cet|cette|ces|le|la|les|l')\\s?${thing}[^.!?]{0,40}?\\sn'(?:a|ont) (?:jamais|pas) (?:exist[ée]|[ée]t[ée] (?:[ée]crit|r[ée]dig|sign)\\p{L}*)`,
    ),
    pattern(`(?<!\\p{L})(?:ce|cet|cette|ces)\\s${thing}\\sn'(?:existe|existent)\\s(?:pas|tout simplement pas)`),
    pattern(
      `(?<!\\p{L})(?:nous n'avons|l'agence n'a|le minist[èe]re n'a|personne (?:chez nous )?n'a)\\s(?:jamais |pas )?(?:[ée]crit|r[ée]dig[ée]|sign[ée]|produit)\\s(?:ce|cet|cette|ces)\\s${thing}`,
    ),
    pattern(
      `(?<!\\p{L})aucune? (?:de ces|des|de nos|parmi ces)\\s${thing}[^.!?]{0,30}?\\sn'(?:est|[ée]tait)\\s(?:\\p{L}+ment\\s)?(?:${good}|vraie?(?!\\p{L})|r[ée]el(?:le)?(?!\\p{L}))`,
    ),
    pattern(`(?<!\\p{L})rien n'(?:est|[ée]tait|y est) (?:vrai|authentique|r[ée]el|v[ée]ridique)(?!\\p{L})`),
    pattern(`${thing}[^.!?]{0,40}?\\sne correspond(?:ent)? (?:pas|en rien|nullement) (?:à l'|à notre |à nos |aux )origina`),
  ],
  authentic: [
    pattern(`(?<!\\p{L})(?:il s'agit|c'est|ce sont)\\s(?:bien\\s)?(?:du|de la|des?|le|la|les)\\svraie?s?\\s${thing}`),
    pattern(
      `${thing}[^.!?]{0,40}?\\s(?:est|sont)\\s(?:bien\\s)?(?:celui|celle|ceux|celles)\\s(?:que|qu')\\s?(?:nous|l[ea]s?|l'|notre|nos)\\s?(?:\\p{L}+\\s)?(?:a|ont|avons|avait|avaient)?\\s?(?:sign|[ée]crit|r[ée]dig|adopt|envoy|approuv|d[ée]tien|conserv)\\p{L}*`,
    ),
    pattern(`(?<!\\p{L})l'origine\\s(?:de la |de l'|du |des |de ces |de ce |de cette )\\s?${thing}[^.!?]{0,20}?\\s(?:est|[ée]tait)\\s${adverbs}${proven}`),
    pattern(
      `(?<!\\p{L})l'origine\\s(?:de la |de l'|du |des |de ces |de ce |de cette )\\s?${thing}\\s(?:ne fait (?:plus|pas|aucun) (?:de )?doute|n'est plus (?:contest[ée]e|discut[ée]e))`,
    ),
    pattern(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverbs}${good}`),
    pattern(`(?<!\\p{L})(?:${pronoun})\\s${is}\\s${adverbs}(?:${good}|vrai(?!\\p{L}| qu))`),
    pattern(
      `(?<!(?:de|des|du|à|aux|pour|dans|sur|sans)\\s)(?<!\\p{L})(?:l[ae]s?|ces?|cet(?:te)?|tous les|toutes les)\\s${thing}(?:\\s(?:diffus|publi|divulgu|circul|mis)\\p{L}+(?:\\sen ligne)?)?\\s${is}\\s${adverbs}(?:vrai[es]{0,2}|r[ée]el(?:le)?s?)(?=\\s?(?:[.,;!?)]|$|et\\s))`,
    ),
    pattern(
      `(?<!\\p{L})(?:leur|le|son) contenu(?:\\s(?:des?|du|de l[a'])\\s?[^.!?]{0,30}?)?\\s(?:est|[ée]tait|reste)\\s${adverbs}(?:r[ée]el|vrai|authentique|exact|v[ée]ridique)(?!\\p{L})`,
    ),
    pattern(`${thing}\\s${good}`),
    pattern(`(?<!\\p{L})(?:authentiques|v[ée]ritables)\\s${thing}`),
    pattern(`(?<!\\p{L})(?:les|de|des|nos)\\svraie?s\\s${thing}`),
    pattern(
      `(?<!\\p{L})(?:ce sont|c'est|c'[ée]taient|il s'agit)\\s(?:${sure}\\s|donc\\s)?(?:de |d')?(?:l[ae]s? (?:vrai|v[ée]ritable|bon)e?s?\\s${thing}|les vrais(?!\\p{L}| \\p{L})|l[ae]s? originau?x?(?!\\p{L})|l'original(?!\\p{L}))`,
    ),
    pattern(`(?<!\\p{L})(?:ce sont|c'est|il s'agit)\\s(?:${sure}\\s(?:de\\s)?(?:notre|nos)\\s${paper}|(?:notre|nos)\\s${paper}(?=\\s?(?:[.,;!)]|$|qui )))`),
    pattern(`(?:${thing}[^.!?]{0,60}?|(?<!\\p{L})(?:${pronoun})\\s)(?<!\\p{L})(?:est|sont|[ée]taient)\\s(?:${sure}\\s)?${ours}`),
    pattern(
      `(?:${thing}[^.!?]{0,60}?|(?<!\\p{L})(?:${pronoun})\\s)(?<!\\p{L})(?:(?:provien|vien|[ée]man|sort|provenai|venai)\\p{L}*\\s${sure}|(?:est|sont)\\s${sure}\\s(?:issue?s?|tir[ée]e?s?|sortie?s?|extraite?s?)|(?:a|ont)\\s${sure}\\s[ée]t[ée]\\s(?:pris|vol|copi|extrai|d[ée]rob|exfiltr|[ée]cri|r[ée]dig|sign|envoy)\\p{L}*)\\s(?:de |des |du |d'|chez |dans |sur |par )`,
    ),
    pattern(
      `(?<!\\p{L})(?:ces?|cet|cette)\\s${thing}[^.!?]{0,40}?(?<!\\p{L})(?:provien|vien|[ée]man|sort)(?:t|nent|e|ent)\\s(?:de |d')(?:nos|notre|chez nous)`,
    ),
    pattern(
      `(?<!\\p{L})(?:confirm|[ée]tabli|reconnai|reconnu|v[ée]rifi[ée]|prouv|d[ée]montr|attest|certifi)(?!er|ir)\\p{L}*\\s(?:que\\s|de\\s)?${authenticity}`,
    ),
    pattern(
      `${authenticity}[^.!?]{0,60}?(?<!\\p{L})${is}\\s${adverbs}(?:d[ée]sormais |maintenant )?(?:[ée]tablie|confirm[ée]e|av[ée]r[ée]e|prouv[ée]e|certaine|incontestable|incontest[ée]e|acquise|d[ée]montr[ée]e|v[ée]rifi[ée]e|reconnue|indiscutable|hors de doute|attest[ée]e|indubitable)(?!\\p{L})`,
    ),
    pattern(
      `(?<!\\p{L})(?:nous avons|l'agence a|le minist[èe]re a)\\s${sure}\\s(?:[ée]crit|r[ée]dig[ée]|sign[ée]|envoy[ée]|produit)\\s(?:ce|cet|cette|ces|le|la|les|l')\\s?${thing}`,
    ),
    pattern(`${thing}[^.!?]{0,60}?(?<!\\p{L})(?:est|sont)\\s${sure}\\s(?:celui|celle|ceux|celles)\\s(?:de|du|des|d'|que)(?!\\s\\d)`),
    pattern(
      `(?<!\\p{L})(?:reconna[iî]\\p{L}*|reconnu)\\s${determined}${thing}\\scomme\\s(?:${ours}|${good}|l[ea]s? siens?|l[ea]s? siennes?|[ée]tant|originaux)`,
    ),
    pattern(`(?<!\\p{L})(?:a|ont|avons)\\s(?:bien\\s)?reconnu\\s(?:ses|leurs|nos|son|sa|notre)\\s${thing}`),
    pattern(`${thing}[^.!?]{0,60}?(?<!\\p{L})(?:est|sont)\\s(?:bien\\s)?(?:un|des|les|l'|le)\\s?origina(?:l|ux)(?!\\p{L}| d)`),
    pattern(`${thing}[^.!?]{0,40}?(?<!\\p{L})correspond(?:ent)?\\s(?:bien\\s|exactement\\s|en tout point\\s)?(?:à l'|à notre |à nos |aux )origina`),
    pattern(`(?<!\\p{L})(?:authentifi(?:ons|ent|e)|(?:a|ont|avons) authentifi[ée])\\s${determined}${thing}`),
  ],
  authenticByDenial: [
    pattern(
      `${authenticity}[^.!?]{0,60}?(?<!\\p{L})n(?:e |')(?:fait|laisse|pose|soul[èe]ve|souffre|est|[ée]tait)\\s(?:plus|pas|aucune?|gu[èe]re|nul)(?:\\s(?:de|en|[àa]|l'objet d'aucun|place au))?\\s?(?:d')?(?:doutes?|d[ée]bat|question|discussion|contest[ée]e|contestable|discut[ée]e|discutable|d[ée]montrer|prouver|remise en cause|aucun doute)(?!\\p{L})`,
    ),
    pattern(
      `(?<!\\p{L})(?:il n'y a (?:plus |pas )?)?(?:aucun|plus de|pas de|plus aucun|pas le moindre|nul) doute (?:possible )?(?:sur|quant à|concernant)\\s(?:l'|leur |son )authenticit[ée]`,
    ),
    pattern(
      `(?:${thing}[^.!?]{0,60}?|(?<!\\p{L})(?:ils|elles|il|elle)\\s)n(?:e |')(?:(?:est|sont)\\s(?:pas|en rien|nullement)\\s${adverb}?(?:faux|fausses?|montages?|falsifi[ée]+s?|truqu[ée]+s?|bidons?|contrefa\\p{L}+)|(?:a|ont)\\s(?:pas|en rien|nullement) [ée]t[ée]\\s${adverb}?(?:${forged}))(?!\\p{L})`,
    ),
    pattern(`(?<!\\p{L})ce (?:ne sont|n'est) pas\\s(?:des|un|une|du)\\s(?:faux|montages?|contrefa[çc]ons?|canular|fakes?)(?!\\p{L})${notItem}`),
    pattern(`(?<!\\p{L})rien n'(?:a [ée]t[ée]|est)\\s(?:${forged})[^.!?]{0,20}?(?:dans|de)\\s(?:ces|ce|cette|cet|les|l')\\s?${thing}`),
  ],
  hedge:
    /(?<!\p{L})(?:peut|peuvent|pourra(?:it|ient)?|pourront|pouvoir|susceptibles?|[ée]ventuel(?:le)?s?|[ée]ventuellement|possibles?|possiblement|peut-[êe]tre|si|s'ils?|s'elles?|ne|n'[\p{L}]+|aucune?|sans|non|pr[ée]sent[ée]e?s? comme|se pr[ée]sent\p{L}+ comme|qualifi[ée]e?s? de|pr[ée]tendu\p{L}*|pr[ée]tend\p{L}*|suppos[ée]e?s?|affirm\p{L}+|soutien\p{L}+|all[èe]gu\p{L}+|selon|revendiqu\p{L}+|assure\p{L}*|auraient|aurait|seraient|serait|m[ée]fiez-vous|attention|comment|reconna[îi]tre|d[ée]tecter|rumeurs?|quels?|quelles?|lesquel(?:le)?s|d[ée]terminer|chaque|signale[rz] (?:un|une|tout|toute)|compare[rz]|ressembl\p{L}+|imite(?:nt)?|probable(?:ment)?|exercices?|simulations?|semble(?:nt)?|para[îi](?:t|ssent)|v[ée]rifier que|verra|diront?|attend\p{L}+ de|tout(?! (?:est|[ée]tait|a [ée]t[ée]|cela|ceci|ça|simplement|à fait)))(?!\p{L})/u,
  sure: /(?<!\p{L})(?:il ne fait (?:plus |pas )?(?:aucun |le moindre |de )?doute|il n'y a (?:plus |pas )?(?:aucun |le moindre |de )?doute|nul doute|aucun doute|sans (?:aucun |le moindre |nul )?doute possible|sans aucun doute|sans le moindre doute|sans surprise|comme on pouvait s'y attendre|en effet|si besoin [ée]tait)(?!\p{L}| sur)/gu,
  later:
    /^\s(?:peuvent|peut|pourraient|pourrait|pourront|risquent)\s(?:aussi |[ée]galement |donc |encore |y |s'y |s'|se )*(?:[êe]tre (?:m[êe]l|gliss|ajout|ins[ée]r|inclus|diffus|pr[ée]sent|mis|publi|parmi|joint)|avoir [ée]t[ée] (?:m[êe]l|gliss|ajout|ins[ée]r|inclus|diffus|mis|publi|joint)|circul|figur|trouv|gliss|exist|appara[îi]|m[êe]l|cach|c[ôo]toy)/u,
  generic: /^[^.!?;]{0,60}?\s(?:ne\s\p{L}{3,}|n'\p{L}{3,})\s(?:\p{L}+\s)?(?:jamais|pas)(?!\p{L})/u,
};
