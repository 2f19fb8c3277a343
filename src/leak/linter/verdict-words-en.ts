import { detail, determiner, end, material, other, preposition, signs, start, thing } from './verdict-signs-en.ts';
import type { VerdictWords } from './verdict-words.ts';

/** English: what a sign is said of, and what takes a verdict back. */
export const en: VerdictWords = {
  signs,
  heads: new RegExp(
    `${start}(?:(?<aside>${preposition}\\s(?:${determiner}\\s){0,2}(?:(?!${material})[\\p{L}'-]+\\s)?)(?!of\\s))?(?:(?<other>${other})|(?<thing>${thing})|(?<detail>${detail}))${end}`,
    'gu',
  ),
  pointed: /(?<!\p{L})(?:this|these|those|that)\s(?:of\s)?(?:\p{L}+\s)?$/u,
  pronoun:
    /(?<![\p{L}'])(?:it|this|that|they|these|those|both|none|some|most|several|all|everything|the (?:whole )?(?:thing|lot|latter|former|first|second|third|\p{L}+th|last|rest|others?|two others)|which|one|neither|nothing|what (?:is|was|has been|we|you|people|they)(?!\p{L})[^,]{0,60})(?:'s|'re)?(?!\p{L})[^.!?]{0,80}$/u,
  object: new RegExp(
    `^\\s(?:(?!(?:and|or|but|of|in|on|from|by|at|to|for|with|as|than|because|before|after|since|when|that|which|who|is|are|was|were|so|if|not)\\s)(?!${other}${end})[\\p{L}'-]+\\s){0,3}?${material}`,
    'u',
  ),
  goesOn:
    /^(?!\s(?:alarms?|positives?|negatives?|starts?|flags?|impressions?|rumou?rs?|claims?|information|news|ideas?|sense|econom\p{L}+|sites?|websites?|profiles?|accounts?|numbers?|advis\p{L}+|agents?|calls?|callers?|trails?|leads?|dawn|mistakes?|errors?|concerns?|interest|progress|users?|customers?|time|estate|life|worth|name|economy|addresses|ids?|identit\p{L}+|money|notes|banknotes|goods|medicines?|apps?|shops?|invoices? scam|emergenc\p{L}+|need|problem|reason|risk|threat|danger|test|effort|people|suppliers?|companies|company|that|to say|believers?)(?!\p{L}))/u,
  adjacent: new RegExp(`(?:${material}),?\\s(?:\\p{L}+ly\\s|entirely\\s|wholly\\s)?$`, 'u'),
  link: new RegExp(
    `(?:${start}(?<!there )(?:is|are|was|were|be|been|being|isn't|aren't|wasn't|weren't|remains?|remained|prov(?:es?|ed|en)|turn(?:s|ed) out|look(?:s|ed)?(?= to us)|amounts? to|nothing but|anything but|smells? of|reeks? of|call(?:s|ed)?(?= it)|consider(?:s|ed)?|regards?|hold)|'s|'re)\\s(?:(?!(?!(?:being|nothing|anything|something|misleading|damning)\\s)\\p{L}+ing\\s|(?:is|are|was|were|and (?:we|it|they|he|she|the)|with|about|behind|against|for|from|on|over|by|that|which|who|if|whether|because|when|where|asked|warned|told|given|looking|trying|checking|examining|whose)\\s)[\\p{L}\\p{N}'-]+,?\\s){0,7}$`,
    'u',
  ),
  bare: /^\s{0,9}(?:(?:an?|all|both|some|just|plainly|pure|simply)\s){0,2}$/u,
  denial: /(?<!\p{L})(?:cannot|not(?! only)|never|no(?! longer in)|hardly|scarcely|anything but|none|neither|nor|nothing(?! but))(?!\p{L})|n't(?!\p{L})/u,
  none: /(?<!\p{L})(?:none|nothing|neither|not one|not a \p{L}+|no (?:part|page|line|word))\s(?:(?:of|in|about)\s(?:\p{L}+\s){0,2})?$/u,
  negation:
    /(?:(?<!\p{L})(?:not(?! only)|no(?! (?:longer|matter|one should|one needs)(?!\p{L}))|none|nothing(?! but)|never|nobody|neither|nor|without|cannot|few|little)|n't)(?!\p{L})[^,]{0,160}$/u,
  shown:
    /(?<!\p{L})(?:online|on the (?:forum|internet|web|site|channel)|on (?:that|their|his|her|a|the) (?:blog|forum|site|channel|page|board|wire|platform)|posted|published|leaked|circulat\p{L}*|released|going (?:a?round|the rounds)|do(?:ing|es|ne) the rounds|being (?:shared|passed)|shared|in circulation|out there|you (?:have )?(?:all )?(?:seen|saw)|reporters (?:have|hold)|journalists (?:have|hold)|on sale|for sale|put up|passed round|surfac\p{L}+|emerged|turned up|came to light|passed to|shown (?:on|to)|handed to|sent to (?:the )?(?:press|papers?|media|journalists|reporters))(?!\p{L})/u,
  hand: /(?<!\p{L})(?:attackers?|hackers?|leakers?|spreaders?|intruders?|criminals?|forgers?|thieves|thief|some(?:body|one)(?! (?:in|on|from) our)|whoever|an unknown hand|a third party|an outsider|pranksters?|the gang|(?:before|after|between|prior to|ahead of|since|when)\s(?:[\p{L}']+\s){0,4}?(?:publi|post|leak|release|shar|circulat|put (?:on|up)|going (?:on|up)|went (?:on|up)|stolen|theft|stole|signed?|signature|issu|sent|written|filed|dated|approved|spread|upload|appear|reach|pass|arriv|came out|sent on)\p{L}*|in transit|on the way|not in (?:the|our) \p{L}+|absent from|(?:in|of|on|from) the (?:original|signed|archived|filed)|deliberately|on purpose|so that|so as to|to (?:remove|hide|make|fit|suit|mislead|look|drop|leave out)|by hand|crudely|clumsily|with (?:an? )?(?:\p{L}+ )?(?:editor|software|app)|item [ac]-\d+|[ac]-\d+)(?!\p{L})/u,
  ownHand:
    /(?<!\p{L})(?:(?:we|our (?:own )?\p{L}+|staff|(?:the )?(?:agency|clerks?|registry|printers?|editors?))(?:\s(?:have|has|had|since|also|now|then|simply|just)){0,2}\s$|by (?:us|our|the (?:agency|registry|editor|author|clerk|printer)))/u,
  definite: /(?<!\p{L})(?:the|this|these|those|that|his|her|its|their)\s(?:[\p{L}-]+\s)?$/u,
  doubt:
    /^[^\p{L}]{0,4}(?:which|who|when|where|how|what (?:share|part|proportion|kind|sort))(?!\p{L})|(?<!\p{L})(?:(?<!(?:^|\s)\d{1,2}\s)may(?!\s\d)|might|could|can(?! (?:now )?(?:say|confirm|tell|state|be (?:sure|clear)))|whether|if|unless|possibl[ey]|perhaps|potential(?:ly)?|beware|how|recogni[sz]e (?!the|these|this|them)|detect|determin(?:e|ing)|unclear|unknown|seems?|appears?(?! nowhere)|probabl[ey]|likely|looks? like|resembl(?:es?|ing)|mimic\p{L}*|compare[sd]? (?:it |them |this |these )?with|would|should (?:it|they|this)|^should|(?:will|shall) (?:only |not )?(?:be|prove)|not yet|not necessarily|not (?:\p{L}+ )?(?:sure|certain|clear|known|in a position|able|ready|confirmed|established)|cannot (?:yet )?be (?:called|confirmed|said|shown|declared|considered|treated|regarded|sure|certain)|too (?:early|soon)|(?:know|say|see|tell|decide|judge|identify|establish|work out|find out|finding out)\s(?:[\p{L}']+\s){0,3}?(?:which|what|who|to what|when)|suspect(?:s|ed)?|fear(?:s|ed)?|wonder\p{L}*|suggestions?|examin(?:e|ing)|investigat(?:e|ing)|checking|check|make sure|making sure|ensure|verify|ascertain|the question|a question|remains? to be|pending|until|awaiting|(?:many|most|such) (?:leaks|archives|dumps)|restored|backups?|in case|wait\p{L}* for|so far as|where(?:ver)? (?:a|an|it))(?!\p{L})/u,
  theirs:
    /(?<!\p{L})(?:presented as|described as|passed off as|passing off|purport(?:s|ing|edly)|supposedly(?! from)|alleg(?:edly|es|ing|ations?)|(?:purported|supposed|alleged) (?=(?:\p{L}+ )?(?:forg|fals|fak|genuine|authentic|real|doctor|to(?!\p{L})))|(?:is|are|was|were) (?:said|thought|believed|reported|understood|rumoured|presumed|reputed) to|claim(?:s|ed|ing)?|asserts?|asserted|insist(?:s|ed)?|maintain(?:s|ed)? that|contends?|argues?|argued|denounc\p{L}+|dismiss\p{L}+|describ(?:es?|ed|ing)|call(?:s|ed|ing) (?:it|them|the|this|these|that|him)(?!\p{L})|label\p{L}*|brand(?:s|ed|ing)|according to|(?<!(?:we|analysis|agency|experts|findings|team|laboratory|lab|and|let us|can|now|as|to) )(?<!being )(?:says?|said)(?! to (?:have|be|come|show|contain))|says that|writes|wrote that|so-called (?=(?:\p{L}+ )?(?:forg|fals|fak|genuine|authentic|real|doctor))|holds that|swears?|swore|repeats?|convinced|rumou?rs?|thinks?|believes?|think that|reports? that|reports? of|den(?:y|ies|ied)|accus\p{L}+|exercises?|drills?|simulations?|rehears\p{L}+|training|test (?:file|data|message)s?|in the words of|asks?|asked|disputes?|disputed|novel|film about|play)(?!\p{L})/u,
  disowned:
    /(?:^["”']?,?\s(?:claims?|insists?|argues?|writes?|wrote|according to (?!(?:our|the (?:agency|lab|laboratory|service|legal|experts)))|in the words of|(?:says?|said)\s(?:(?:an?|one|the|his|her|its)\s(?:\p{L}+\s)?(?:party|candidate|campaign|opposition|lawyers?|newspapers?|papers?|union|forum|accounts?|gang|posts?|senator|mp|activists?|broadcasters?|journalists?|blog|website|spokes\p{L}+|broker|company)))|(?:those|these) (?:are|were) (?:his|her|their|its) words|(?:that|this|it) is (?:his|her|their|its|the \p{L}+'s) (?:\p{L}+\s)?(?:word|words|view|judge?ment|opinion|assessment|claim|reading)|(?:not|n't) (?:adopt\p{L}*|endors\p{L}+|mak\p{L}+ (?:it|them) ours)|we (?:have not|haven't|have yet to) (?:(?:ourselves|yet|ever) )?(?:examin|check|verif|seen|judg|compar|made ours|tak|reach|assess|form)|take no (?:position|view|side)|no (?:view|opinion|judge?ment) of our own|(?:was|were) (?:his|her|their) words)(?!\p{L})/u,
  advice:
    /(?<!\p{L})(?:beware(?: of)?|watch(?: out)? for|look(?:ing)? (?:out )?for|on the lookout for|report|forward|delete|ignore|spot|spots|spotting|recogni[sz]\p{L}+|detect\p{L}*|tell|telling|distinguish\p{L}*|identify|identifying|against|if you (?:get|receive|see)|for example|such as|suspicious or|victims? of|guard against|treat \p{L}+ as|send us|bring|keep|attach|show|produce|sell|sells|selling|seize[ds]?|use|uses|used|using|based on|need|needs|unlike)\s(?:(?!the|this|these|those)[\p{L}]+\s){0,2}$|(?<!\p{L})(?:any|each|every)\s(?:(?!and|or)\p{L}+\s)?$/u,
  swindler: /^(?:invent|made|fake|false|bogus|phon|counterfeit|fraudulent|genuine|spoofed)/u,
  swindle:
    /(?<!\p{L})(?:parcels?|deliver(?:y|ies)|courier|your (?:bank|card|account|password|details|pin)|bank(?:s|'s)? (?:details|card|fraud|adviser)|refunds?|phishing|scam\p{L}*|swindl\p{L}+|fraudsters?|7726|33700|click|qr code|toll|tax office|purchase orders?|premium rate|subscription|lottery|prize|wire transfer|pay the|customers?|shoppers|in the name of|posing as|pretend\p{L}*|impersonat\p{L}+|hang up|sms)(?!\p{L})/u,
  sure: /(?<!\p{L})(?:(?:contrary to|despite|whatever|after|in spite of) [^,]{0,80},|(?:nobody|no one)(?: now)? (?:disputes|doubts|questions)(?: that)?|there (?:is|can be) (?:no|little) (?:\p{L}+ )?(?:doubt|question) that|no doubt|without (?:a |any )?doubt|beyond (?:a |any |all )?(?:reasonable )?doubt|make no mistake|not surprisingly|no surprise|no longer|we (?:now )?know (?:for (?:certain|sure) )?that|no way round it|as (?:anyone|everyone|everybody) can see)(?!\p{L}| (?:about|over))/gu,
  later:
    /^(?:\s[\p{L}'-]+){0,3}?\s(?:may|might|could|can)\s(?:also |well |still |even |have been |be )*(?:mixed|among|circulat|part of|includ|add|insert|present|hidden|in circulation|publish|spread|exist|appear|turn up|slip|released|posted)/u,
  usual: /^[^.!?;]{0,60}?\s(?:often|usually|generally|typically|as a rule|sometimes|are a matter|remain a matter|tends? to)(?!\p{L})/u,
  generic:
    /^[^.!?;]{0,60}?\s(?:(?:does|do)(?: not|n't| never)|will|won't|never|always|can|should|must|(?:is|are) (?:easily|quickly|soon|readily|a matter|hard|common|easy)|do (?:harm|damage)|harms?|costs?|travels?|is a (?:crime|criminal|offence)|are a (?:crime|danger))(?!\p{L})/u,
};
