import { detail, determiner, end, material, other, signs, start, thing } from './verdict-signs-fr.ts';
import { verdictWords } from './verdict-words.ts';

/** French: what a sign is said of, and what takes a verdict back. */
export const fr = verdictWords({
  signs,
  heads: new RegExp(
    `${start}(?:[ln]')?(?<aside>(?:de|du|des|à|aux?|pour|dans|sur|sous|sans|contre|avec|par|chez|en|parmi|entre|vers|d')\\s?(?:${determiner}\\s){0,2}(?:l')?(?:(?!${material})[\\p{L}-]+\\s)?)?(?:(?<other>${other})|(?<thing>${thing})|(?<detail>${detail}))${end}`,
    'gu',
  ),
  pointed: /(?<!\p{L})(?:ces?|cet|cette)\s(?:\p{L}+\s)?$/u,
  pronoun:
    /(?<![\p{L}'])(?:(?:ils?|elles?|ce(?= (?:n|sont|qui|doi|f|p))|c'|cela|ceci|ça|tous|toutes|certaine?s?|plusieurs|tout|rien|aucune?|le tout|l'ensemble|la totalit[ée]|la plupart|une partie|l'un|l'une|l'autre|les autres|(?:celui|celle|ceux|celles)(?:-ci|-là)?|ces derniers|ces derni[èe]res|ce dernier|cette derni[èe]re|qui|les deux|l[ae]s? (?:premi|deuxi|second|troisi|quatri|cinqui|sixi|septi|huiti|neuvi|dixi|derni)\p{L}+|ce qui (?:circule|est en ligne|a [ée]t[ée] (?:publi[ée]|mis en ligne|diffus[ée])))(?!\p{L})|l'(?=(?:a|ont|avons)(?!\p{L}))|les (?=(?:a|ont|avons)(?!\p{L})))[^.!?]{0,80}$/u,
  object: new RegExp(
    `^\\s(?:(?:${determiner})\\s|l'){0,2}(?:(?!(?:et|ou|mais|par|avant|apr[èe]s|depuis|pour|dans|sur|de|du|des|d|en|à|aux?|que|qui|est|sont|avec|chez|selon|car|parce|s'|n'|ne|a|ont|contre|comme)(?!\\p{L}))[\\p{L}-]+\\s){0,2}?${material}`,
    'u',
  ),
  goesOn:
    /^(?!\s(?:alertes?|alarmes?|positifs?|n[ée]gatifs?|pas|d[ée]parts?|bruits?|rumeurs?|informations?|nouvelles?|id[ée]es?|pistes?|sites?|conseill[eè]re?s?|profils?|comptes?(?! rendu)|agents?|num[ée]ros?|probl[èe]mes?|manips?|manipulations?|manœuvres?|impressions?|d[ée]bats?|jours?|appels?|policiers?|banquiers?|techniciens?|employ[ée]s?|livreurs?|billets?|monnaie|m[ée]dicaments?|d[ée]mocrat\p{L}+|espoirs?|amis?|raisons?|soucis?|soulagement|progr[èe]s|d[ée]fis?|dangers?|risques?|menaces?|urgences?|questions?|sujets?|temps|succ[èe]s|noms?|adresses?|identit[ée]s?|de (?:dire|croire|penser|pr[ée]tendre|parler)|d'affirmer|à la police|au guichet)(?!\p{L}))/u,
  adjacent: new RegExp(`${material},?(?:,?\\s\\p{L}+(?:ment|és|ée|ées|é))?\\s$`, 'u'),
  link: new RegExp(
    `${start}(?:est|sont|[ée]tait|[ée]taient|[ée]t[ée]|fut|furent|soit|soient|s'av[èe]re(?:nt)?|s'est av[ée]r[ée]e?|se r[ée]v[èe]le(?:nt)?|demeure(?:nt)?|reste(?:nt)?|c'est|n'est|n'[ée]tait|n'a|n'ont|a|ont|s'agit|s'agissait|d'[êe]tre|[êe]tre|rien d'autre|qualifions|jugeons|tenons|consid[ée]rons)\\s(?:(?!(?:est|sont|[ée]tai(?:t|ent)|derri[èe]re|sur|contre|pour|par|que|qu|qui|si|dont|quand|lorsque|car|parce|demand[ée]|pri[ée]|inform[ée]|averti|visant|selon|comme|re[çc]u|demandons)(?!\\p{L}))[\\p{L}\\p{N}'-]+,?\\s){0,6}(?:d'|l')?$`,
    'u',
  ),
  bare: /^\s{0,9}(?:(?:une?|des|du|de|tous|tout|toutes|simples?|purs?|vulgaires?)\s){0,2}$/u,
  denial:
    /(?<!\p{L})(?:tout sauf|pas(?! (?:que|seulement))|jamais|nullement|aucunement|en rien|gu[èe]re|aucune|aucun(?:e)? n'|ni)(?!\p{L})|(?<!\p{L})rien (?:n|d[e'])|(?<!\p{L})(?:n'est|ne sont|n'a|n'ont) plus(?!\p{L})/u,
  none: /(?<!\p{L})(?:aucune?|rien|nul(?:le)?|pas une? (?:seule? )?\p{L}*|ni)\s(?:(?:de|dans|parmi)\s(?:\p{L}+\s){0,2}|parmi\s)?$/u,
  negation:
    /(?<!\p{L})(?:ne(?! (?:vous y trompez|fait))|n'(?!est-ce)|aucune?|sans|non|rien|personne|nul|ni|pas|jamais)(?!\p{L})(?:(?! et (?:l[ae]s?|ils?|elles?|ces?|cette|sa|son|ses) )[^,]){0,160}$/u,
  shown:
    /(?<!\p{L})(?:en ligne|diffus[ée]+s?|publi[ée]+s?|divulgu[ée]+s?|circul\p{L}*|en circulation|partag[ée]+s?|relay[ée]+s?|post[ée]+s?|mis[es]{0,2} en (?:vente|ligne)|sur (?:le forum|la toile|internet|les r[ée]seaux|telegram)|remis[es]{0,2} (?:à la presse|aux journalistes)|que (?:vous|tout le monde) (?:avez|a) (?:tous )?vus?|fuit[ée]+s?|en vente|qui tourne(?:nt)?|transmis[es]{0,2} (?:à la presse|aux r[ée]dactions)|expos[ée]+s?)(?!\p{L})/u,
  hand: /(?<!\p{L})(?:pirates?|attaquants?|faussaires?|hackers?|diffuseurs?|escrocs?|cybercriminels?|malfaiteurs?|voleurs?|intrus|plaisantins?|quelqu'un|on (?:a|y a|lui a|en a)|un tiers|des tiers|une main|par (?:l[ae]s?|des|un|une|leurs?) (?:auteurs?|groupe|inconnus?)|celui qui|ceux qui|avant (?:leur|sa|son|d'[êe]tre|la|toute|de (?:le|la|les)|d'arriver|que)|apr[èe]s (?:leur|sa|son|le (?:vol|piratage)|la signature|signature|coup|l'envoi)|depuis (?:leur|sa|la signature|un (?:ancien|autre))|entre (?:le|la|leur) (?:vol|copie|signature)|en chemin|en route|au passage|d'un (?:ancien|autre)|ne figur\p{L}+ pas|sur l'original|dans l'original|[ac]-\d+|[àa] la main|volontairement|d[ée]lib[ée]r[ée]ment|grossi[èe]rement|avec un logiciel|pour (?:que|faire|cacher|masquer|retirer|laisser|tromper)|par rapport à (?:l'original|notre|nos))(?!\p{L})/u,
  ownHand:
    /(?<!\p{L})(?:(?:nous|nos \p{L}+|notre \p{L}+|l'agence|les [ée]quipes)\s(?:y\s|en\s|l'|les\s|avons|ont|a|avait)[^,.]{0,20}$|par (?:nous|nos|notre|l'agence|l'[ée]diteur|le (?:service|greffe|secr[ée]tariat)))/u,
  definite: /(?<!\p{L})(?:l[ae]s?|l'|ces?|cet|cette|son|sa|ses|leurs?)\s?$/u,
  doubt:
    /(?<!\p{L})(?:peut|peuvent|pourra(?:it|ient)?|pourront|pouvoir|puisse(?:nt)?|susceptibles?|[ée]ventuel(?:le)?s?|[ée]ventuellement|possibles?|possiblement|peut-[êe]tre|si|s'ils?|s'elles?|m[ée]fiez-vous|attention aux?|comment|d[ée]tecter|rep[ée]rer|quels?|quelles?|lesquel(?:le)?s|d[ée]terminer|signale[rz] (?:un|une|tout|toute)|compare[rz]|compar[ée]+s? (?:[àa]|avec|aux)|probable(?:ment)?|sans doute|semble(?:nt)?|para[îi](?:t|ssent)|v[ée]rifier (?:que|l)|v[ée]rifient|verra|diront?|dira|auraient|aurait|seraient|serait|attend\p{L}*|savons pas|ignor\p{L}+|trop t[ôo]t|reste à|pas encore|pas (?:forc[ée]ment|n[ée]cessairement|toujours|certain|s[ûu]r|en mesure)|(?:pas|plus) (?:reconnue?s?|jug[ée]e?s?|consid[ée]r[ée]e?s?|d[ée]clar[ée]e?s?|confirm[ée]e?s?)|soup[çc]onn\p{L}+|craign\p{L}+|crainte|examin(?:e|ons|er|ent)|hypoth[èe]ses?|(?:bien des|beaucoup de|la plupart des|les) fuites|restaur[ée]\p{L}*|sauvegardes?|piste d'un|en cas de|au cas o[ùu]|demand\p{L}+ si|d[ée]m[êe]ler|distinguer|la question|une question)(?!\p{L})/u,
  theirs:
    /(?<!\p{L})(?:pr[ée]sent[ée]e?s? comme|se pr[ée]sent\p{L}+ comme|qualifi\p{L}+|pr[ée]tendument|pr[ée]tendue?s? (?=(?:\p{L}+ )?(?:faux|fals|authent|vrai|original))|pr[ée]tend(?!u)\p{L}*|suppos[ée]e?s? (?=(?:\p{L}+ )?(?:faux|fals|authent|vrai|original))|affirm\p{L}+|soutien\p{L}+|all[èe]gu\p{L}+|selon|d'apr[èe]s|à en croire|revendi\p{L}+|(?<!vous |nous )assure\p{L}*|rumeurs?|parle(?:nt)? d|exercices?|simulations?|entra[iî]nement|d[ée]nonc\p{L}+|juge(?:nt)?|estime(?:nt)?|(?<!(?:nous|agence|experts|analyse) )(?:disent|dit(?! (?:l'agence|le service|nos)))|[ée]crivent|[ée]crit que|croit|croient|maintien\p{L}*|r[ée]p[èe]te\p{L}*|clame\p{L}*|jure(?:nt)?|insist\p{L}*|pense(?:nt)?|accus\p{L}+|d[ée]ment\p{L}*|nie(?:nt)?|conteste(?:nt)?|crie(?:nt)? (?:au|à)|roman|film sur|voient|voit|dixit|aux yeux de|pour (?:le|la|les) (?:parti|candidat|opposition|syndicat|journal)\p{L}*)(?!\p{L})/u,
  disowned:
    /(?:^\s?["»”']?\s?,?\s(?:affirme|soutient|assure|pr[ée]tend|estime|juge|(?:selon|d'apr[èe]s) (?!(?:nos|notre|l'agence|l'analyse|l'examen|le (?:service|laboratoire)|les experts))|[ée]crit|à en croire|(?:dit|disent|a dit|a lancé|a écrit)\s(?:(?:un|une|le|la|l'|son|sa)\s?(?:parti|candidate?|opposition|avocate?|journal|syndicat|forum|compte|groupe|message|s[ée]nat\p{L}+|d[ée]put[ée]e?|militante?|blog|site|porte-parole)))|ces? mots? (?:est|sont) l[ea]s? (?:siens?|leurs?)|c'est (?:son|leur|sa) (?:appr[ée]ciation|lecture|th[èe]se|version|interpr[ée]tation|avis|mot|jugement|opinion|affaire|analyse)|(?:n'engage\p{L}*) que|ne (?:reprend\p{L}*|les faisons|le faisons|la faisons|tranch\p{L}+|partage\p{L}*|nous prononç\p{L}+)|(?:nous |l'agence )?n'(?:a|avons) (?:pas|rien) (?:encore )?(?:examin|v[ée]rifi|vu|compar|eu acc[èe]s|jug|consult|tranch|ouvert)|pas (?:notre|l'avis de)|à son compte)(?!\p{L}{3})/u,
  advice:
    /(?<!\p{L})(?:m[ée]fi\p{L}+|gare aux?|garde à|signale\p{L}*|transf[ée]r\p{L}+|supprim\p{L}+|ignor\p{L}+|rep[ée]r\p{L}+|reconna[iî]tre|d[ée]tect\p{L}+|distinguer|contre|si vous recevez|par exemple|tels? que|victimes? d|employ\p{L}+|utilis\p{L}+|faux papiers et|vend\p{L}*|saisi\p{L}*|diffuser|besoin d|fourni\p{L}*|apporte\p{L}*|joign\p{L}+|envoyez)\s(?:d')?(?:(?!l[ae]s?(?!\p{L})|ces?(?!\p{L})|cette)[\p{L}]+\s){0,2}$|(?<!\p{L})(?:chaque|tout|toute)\s(?:\p{L}+\s)?$/u,
  swindler: /^(?:invent[ée]|faux|fausse|frauduleu|factice|contref|imit|v[ée]ritable|bidon)/u,
  swindle:
    /(?<!\p{L})(?:colis|livraisons?|livreurs?|conseillers? bancaires?|votre (?:banque|carte|compte|mot de passe|rib)|amendes?|imp[ôo]ts|remboursements?|hame[çc]onnages?|arnaqu\p{L}+|escroc\p{L}*|33700|cliqu\p{L}+|qr code|p[ée]age|bons? de commande|num[ée]ro surtax[ée]|abonnement|loterie|virement à|clients?|au nom d|se fai\p{L}+ passer|usurp\p{L}+|raccroch\p{L}+|sms|textos?|charte)(?!\p{L})/u,
  sure: /(?<!\p{L})(?:(?:contrairement à|malgr[ée]|quoi qu'|n'en d[ée]plaise|apr[èe]s|au terme d|à l'issue d) ?[^,]{0,80},|il ne fait (?:plus |pas )?(?:gu[èe]re |aucun |le moindre |de )*doute|il n'y a (?:plus |pas )?(?:aucun |le moindre |de )?doute|nul doute|aucun doute|sans (?:aucun |le moindre |nul )?doute possible|sans aucun doute|sans le moindre doute|sans surprise|comme on pouvait s'y attendre|en effet|si besoin [ée]tait|sans ambigu[iï]t[ée]|sans conteste|ni plus ni moins|aucune h[ée]sitation)(?!\p{L}| sur)/gu,
  later:
    /^(?:\s[\p{L}'-]+){0,3}?\s(?:peuvent|peut|pourraient|pourrait|pourront|risquent)\s(?:aussi |[ée]galement |donc |encore |y |s'y |s'|se )*(?:[êe]tre (?:m[êe]l|gliss|ajout|ins[ée]r|inclus|diffus|pr[ée]sent|mis|publi|parmi|joint)|avoir [ée]t[ée] (?:m[êe]l|gliss|ajout|ins[ée]r|inclus|diffus|mis|publi|joint)|circul|figur|trouv|gliss|exist|appara[îi]|m[êe]l|cach|c[ôo]toy)|^\s(?:parce qu|s'il|quand|lorsqu|d[èe]s lors qu)/u,
  partial:
    /(?<!\p{L})(?:(?:toute?s|tous|tout|chacune?|l'ensemble|l'int[ée]gralit[ée]|la totalit[ée])(?!\p{L})[^.!?;]{0,120}?(?<!\p{L})n(?:e\s|')|pas (?:tous|toutes|tout|toute)(?!\p{L})|(?:une|certaines) parties? de|certaine?s des)/u,
  usual: /^[^.!?;]{0,60}?\s(?:souvent|g[ée]n[ée]ralement|en g[ée]n[ée]ral|parfois|rel[èe]ve(?:nt)?|d'ordinaire|le plus souvent)(?!\p{L})/u,
  generic:
    /^[^.!?;]{0,60}?\s(?:(?:ne\s\p{L}{3,}|n'\p{L}{3,})\s(?:\p{L}+\s)?(?:jamais|pas)|toujours|rel[èe]ve(?:nt)? d|fon(?:t|t du) (?:du )?(?:mal|tort)|se \p{L}+ (?:vite|facilement|ais[ée]ment|souvent)|est (?:un d[ée]lit|puni|passible))(?!\p{L})/u,
});
