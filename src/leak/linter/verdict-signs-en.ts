import { type Sign, signsOf } from './verdict-words.ts';

/** English: words for material, and the signs that call it false or authentic. */

/** What may be false or authentic. */
export const thing = String.raw`(?:(?:e-?)?mails?|mailbox(?:es)?|inbox(?:es)?|messages?|documents?|docs|files?|archives?|screenshots?|screengrabs?|captures?|pictures?|images?|photos?|photographs?|videos?|recordings?|memos?|memorand(?:um|a)|letters?|spreadsheets?|workbooks?|sheets?|data|items?|materials?|batch(?:es)?|sets?|records?|extracts?|excerpts?|contracts?|agreements?|lists?|versions?|(?<!home |web |landing |login |sign-in |front |start )pages?|contents?|leaks?|payslips?|payrolls?|invoices?|report|reports(?! (?:that|of)(?!\p{L}))|(?<!(?:\d|few|several|five|ten|fifteen|twenty|thirty|forty|two|three|last|all|many) )minutes(?! (?:later|ago))|copies|copy|conversations?|chats?|threads?|cables?|telegrams?|statements?|texts?|posts?|notes?|plans?|drawings?|blueprints?|diagrams?|maps?|(?<!routing )tables?|charts?|graphs?|correspondence|paperwork|papers?|dossiers?|releases?|transcripts?|audio|clips?|footage|films?|tapes?|voice(?:mail| note)s?|circulars?|registers?|rosters?|rotas?|timetables?|certificates?|receipts?|slides?|slide decks?|decks?|presentations?|databases?|dumps?|tweets?|exhibits?|forms?|ballots?|tally|tall(?:y|ies)|results sheets?|bulletins?|briefings?|drafts?|annex(?:es)?|appendix|appendices|attachments?|scans?|pdfs?|ledgers?|manuals?|leaflets?|flyers?|posters?|decrees?|orders?|notices?|directives?|instructions?|quotations?|prescriptions?|summar(?:y|ies)|briefs?|abstracts?|accounts? of the meeting|agendas?|scripts?|cards?(?= (?:on|in|we|that was))|speech(?:es)?|folders?|troves?|caches?|hauls?|bundles?|packs?|collections?|logs|affidavits?|permits?|passports?|resolutions?|budgets?|evaluations?|audits?|inquir(?:y|ies)|stud(?:y|ies)|surveys?|reviews?|questionnaires?|diar(?:y|ies)|the lot|[ac]-\d+(?:(?:,\s|,?\s(?:and|or)\s)[ac]-\d+){0,200})`;
/** What stands on it: false with it. */
export const detail = String.raw`(?:signatures?|logos?|letterheads?|stamps?|seals?|headers?|footers?|timestamps?|layouts?|initials|watermarks?|amounts?|figures?|dates?|paragraphs?|passages?|lines?|rows?|cells?|columns?|totals?|sums?|zeros?|zeroes|digits?|names?|sentences?|quotes?|clauses?|metadata|captions?|conclusions?|findings|answers? on page \d+|subject lines?|page \d+|wording|words|voices?|faces?|part|parts|half|rest|bulk)`;
/** What a verdict may be said of, and is no material. */
export const other = `(?:threats?|risks?|dangers?|alarms?|alerts?|sites?|websites?|(?:home|web|landing|login|sign-in|front|start) ?pages?|accounts?|profiles?|calls?|numbers?|addresses|address|domains?|claims?|rumou?rs?|stor(?:y|ies)|news|allegations?|accusations?|reports (?:that|of)|information|banknotes?|passwords?|logins?|credentials?|apps?|shops?|adverts?|ads|offers?|qr codes?|keys?|identit(?:y|ies)|progress|efforts?|concerns?|worr(?:y|ies)|needs?|emergenc(?:y|ies)|impressions?|beliefs?|ideas?|suppliers?|products?|medicines?|goods|links?|padlocks?|answers?|questions?|hopes?|fears?|pain|damage|harm|disruption|outages?|attacks?|incidents?|impact|costs?|effects?)`;
/** Before a noun. */
export const determiner = String.raw`(?:the|an?|this|that|these|those|some|several|many|both|all|two|three|four|\d+|its|their|his|her|our|my|your|any|every|each)`;
/** Before a noun that is no subject. */
export const preposition =
  '(?:of|to|for|from|about|in|on|with|into|behind|at|by|under|inside|among|amongst|beside|alongside|against|after|before|during|within|through|between|like)';
/** The edges of a word. */
export const start = String.raw`(?<![\p{L}\p{N}-])`;
export const end = String.raw`(?![\p{L}\p{N}])`;
/** The material, or what stands on it. */
export const material = `(?:${thing}|${detail})${end}`;

const faked = `falsified|faked|forged|fabricated|doctored|(?:tampered|fiddled|meddled|messed|monkeyed)(?: with)?|got at|cooked(?! meal)|fudged|massaged|juiced|photoshopped|airbrushed|spliced|retouched|deepfaked|counterfeited|spoofed|rigged|concocted|invented|manufactured|staged|dreamt up|dreamed up|made[ -]up|trumped[ -]up|mocked[ -]up|cooked[ -]up|knocked (?:up|together)|cobbled together|stitched (?:together|on|in|up)|tacked on|glued (?:on|together)|bolted on|patched together|pieced together|pasted (?:together|in|on|up|over)|cut and pasted|botched together|thrown together|faked up|dressed up|backdated|redated|retyped|cloned|synthesi[sz]ed`;
const machine =
  '(?:ai|(?:an? |some )?(?:artificial intelligence|machine|chatbot|language model|computer|software|(?:ai|image|text|video|voice) (?:generator|model|tool|cloner)|generative \\p{L}+|neural network|deepfake tool))';
const made = `(?:generated|created|produced|written|made|drawn|composed|fabricated)\\s(?:entirely\\s)?(?:by|with|using|through)\\s(?:the help of\\s)?${machine}|(?:ai|machine|computer)[ -](?:generated|made|written)`;
const badly =
  'bogus|artificial|phon(?:y|ey)|sham|inauthentic|fictitious|fictional|fictive|spurious|untrue|false|fake|counterfeit|apocryphal|non-?existent|imaginary|unreal|fraudulent|falsely dated|worthless as evidence';
const fakes =
  "(?:pure |all |plain )?(?:ai|artificial intelligence)(?! \\p{L})|someone else's (?:work|doing|handiwork)|fakes|forger(?:y|ies)|fabrications?|hoax(?:es)?|mock-ups?|deepfakes?|photomontages?|montages?|imitations?|concoctions?|shams|inventions?|put-up jobs?|fiction|falsifications?|counterfeits|pastiches?|fantas(?:y|ies)|make-believe|cut[ -]and[ -]paste(?: jobs?)?|paste-ups?|hatchet jobs?|stitch-ups?|collages?|cheapfakes?|fairy tales?|figments?|lash-ups?|patchworks?|creations? of (?:an? |the )?\\p{L}+|work of (?:an? |some )?(?:forger|prankster|faker|hoaxer|joker|machine|computer|algorithm)s?|product of (?:an? |someone's |somebody's )?(?:\\p{L}+ )?(?:imagination|forger|ai|machine)";
const good =
  'authentic|genuine|bona fide|unaltered|unmodified|unedited|legit|legitimate|above board|kosher|the real (?:article|ones?)|the (?:genuine|actual|original) (?:thing|article|ones?|version|documents?|files?)|true copies|(?:an? )?(?:true|faithful|exact|verbatim) (?:cop(?:y|ies)|images?|pictures?|reproductions?|renderings?)|identical to (?:the|our) \\p{L}+|exactly what it (?:claims|purports) to be|what (?:it|they) (?:claims?|purports?|appears?) to be|bona fides';
const us = String.raw`(?:us|ours|here|ourselves|(?:inside |within )?(?:the (?:agency|institute|hospital|university|company|operator|ministry|bank|council|trust|department|office|organi[sz]ation|committee|authority|port|party|campaign)(?!'s)(?! \p{L}+ (?:office|list))|(?:our|this|the \p{L}+'s|his|her|their)\s(?:own\s)?(?:\p{L}+\s){0,2}?(?:systems?|servers?|network|mailbox(?:es)?|mail|e-?mail|databases?|archives?|files?|records?|registry|offices?|departments?|agency|authority|ministry|council|hospital|intranet|computers?|machines?|safe|desks?|drives?|disks?|platform|accounts?|building|house|hands?|pens?|staff|people|teams?|services?|phones?|reports?|website|press team)))`;
const ourRecord = String.raw`(?:the|our|its|their|any|one of our|what|those|that)\s(?:(?:own|very|signed|filed|certified|agreed|official|master|registered|internal|paper)\s){0,2}(?:originals?|records?|(?:file |archive |paper )?cop(?:y|ies)|files?|archives?|registers?|registry|minute book|versions?|books|masters?|templates?|in our|we|held|kept|on file|ones?|text|drafts?|letterheads?|house style|model|signed|filed|(?:document|letter|memo|contract|report|email|list|table|minutes|plan)s? (?:that )?(?:we|our|the \p{L}+) (?:hold|holds|keep|keeps|sent|signed|issued|approved|have|has|adopted|wrote|drafted))`;
const exactly =
  '(?:word for word|line for line|page for page|figure for figure|byte for byte|letter for letter|to the letter|to the (?:last )?(?:comma|digit|byte|penny)|down to the (?:last )?\\p{L}+|exactly|in every (?:detail|respect|particular)|point for point)';
const authors = String.raw`(?:us|ourselves|our \p{L}+|him|her|them|any(?:one|body) (?:in|at|from|here|of)|this (?:office|department|agency|authority|ministry|council|hospital|service|force|commission|body|trust)|the (?:\p{L}+ )?(?:agency|ministry|department|hospital|council|board|minister|director|mayor|secretary|president|committee|chief executive|office|company|trust|university|chair|chairman|party|candidate))`;
const wrote =
  '(?:writ(?:e|es|ten|ing)|wrote|draft(?:ed|s)?|sign(?:ed|s)?|sent|sends?|issued?|produced?|authored?|penned|composed|uttered|said|approved?|made|recorded|published?|typed)';

const shifted =
  '(?:swapped|added|inserted|replaced|removed|deleted|slipped|moved|grafted|planted|cut|taken out|blanked|stripped|crossed out|struck|doubled|inflated|multiplied|raised|lowered|switched|substituted|reversed|inverted|flipped|turned round)';

/** How the words stand to the material, and what a denial makes of them: see `Sign`. */
export const signs: readonly Sign[] = [
  signsOf('false', 'of', 'none', [
    `${start}(?:never|did not|didn't)\\s(?:ever\\s)?(?:wrote|write|written|signed?|drafted?|sent|send|issued?)\\s(?:it|them)(?=\\s?[.,;)]|$|\\s(?:and|nor|either))`,
    `${start}(?:lifted|copied|taken|borrowed|traced|cut)\\sfrom\\san?\\s(?:old|older|other|earlier|different|previous|\\d{4})${end}`,
    `${start}(?:do|does|did)(?: not|n't) (?:match|tally|agree|correspond)(?=\\s?(?:[.,;!)]|$))`,
    `${start}(?:has|have|had)\\sbeen\\s(?:\\p{L}+ly\\s)?(?:rewritten|redrafted)(?!\\s(?:for|by (?:our|us)|to|in)(?!\\p{L}))${end}`,
    `${start}(?:mix\\p{L}*|blend\\p{L}*|mingl\\p{L}+|combin\\p{L}+|contain\\p{L}*|intersper\\p{L}+|jumbl\\p{L}+|mishmash|laced|salted|peppered|padded|part|half)\\s[^.!?]{0,40}?(?:genuine|real|true|truth|authentic|false|fakes?|facts?|forged|invented|made-up|doctored)\\s[^.!?]{0,30}?(?:false|fakes?|falsehoods?|forged|fabricated|invented|fiction|lies|genuine|real|true|authentic|doctored|altered|made[ -]up|inventions?)${end}`,
    `${start}(?:never|not|n't)\\s(?:\\p{L}+\\s){0,2}?(?:pass|gone|went|go|been|travell?|transit|start|circulat|distribut|releas)\\p{L}*\\s(?:through|from|out of|via|by)\\s${us}${end}`,
    `${start}(?:put together|assembled|written|drawn up|produced|made|typed|composed|thrown together)\\sby\\s(?:someone|somebody|a person|people|an outsider|an? amateur|a forger|an impostor|a stranger|another hand)(?=\\s(?:who|with|that|outside|unfamiliar)|[.,;])`,
    `${start}(?:never (?:existed|written|signed|drafted|sent|came|been (?:written|signed|drafted|sent|issued)|was|were)|(?:does|do|did)(?: not|n't) (?:even )?exist|exists? (?:nowhere|only in)|(?:is|are|was|were|appears?) (?:nowhere (?:to be found )?in|found nowhere in|(?:missing|absent) from) (?:the |our )(?:\\p{L}+ )?(?:files?|records?|archives?|registry|registers?|systems?|original))${end}`,
    `${start}(?:(?:bears?|bore) (?:no|little|scant) (?:resemblance|relation|likeness)|ha(?:s|ve) (?:nothing|little) (?:to do|in common)|(?:is|are) (?:nothing|not (?:at all )?) ?like|unlike|looks nothing like)\\s(?:with |to )?(?:${ourRecord}|anything (?:we|in our|the|our|on)|ours)${end}`,
  ]),
  signsOf('false', 'said', 'turns', [`${start}(?:${faked}|${made}|${badly}|${fakes})${end}`]),
  signsOf('false', 'said', 'none', [`${start}(?:altered|manipulated|interfered with)${end}`]),
  signsOf('true', 'said', 'turns', [`${start}(?:${good})${end}`]),
  signsOf('true', 'said', 'needed', [`${start}(?:ours(?! to)|from us|of our making)${end}`]),
  signsOf('false', 'told', 'turns', [`${start}(?:(?:a|an outright|a plain|pure) )?lies?(?=\\s?(?:[.,;!)]|$))`]),
  signsOf('true', 'told', 'turns', [
    `${start}(?:real|true|accurate|actual|(?:the |an |our )?originals?|what we (?:sent|wrote|signed|filed|issued|hold))(?=\\s?(?:[.,;!?)]|$)|\\s(?:and|enough|all right|in every)(?!\\p{L}))`,
    `${start}(?:one of ours|of ours|ours(?! to)|(?<!(?:of|on) )(?:our|its|his|her|their) own(?! \\p{L})|our (?:own )?(?:work|handwriting|doing)|our own (?:\\p{L}+ )?${thing}|from us|of our making|in our hand|our (?:own |internal |actual |working ){0,2}(?:letter|e-?mail|memo|document|file|plan|contract|minute|spreadsheet|note|invoice|record|paper|correspondence|database|report|list|table|dataset|budget|draft)s?(?=\\s?(?:[.,;!)]|$)|\\s(?:that|and|as|from|word)\\s))${end}`,
  ]),
  signsOf('true', 'whole', 'turns', [
    `${start}(?:these are|those are|this is|it is|that is|they are)\\s(?:not\\s)?(?:indeed\\s|really\\s|in fact\\s|all\\s|an?\\s|the\\s)?(?:real|actual|original)\\s(?:\\p{L}+\\s)?${thing}${end}`,
    `${start}(?:we|our \\p{L}+|the (?!agency|press)\\p{L}+)\\s(?:(?:do|does|did|has|have|can)(?: not|n't)?\\s)?(?:now\\s)?recogni[sz]e[ds]?\\s(?:the|this|that|these|those|our|its|it|them|his|her)(?:\\s(?:\\p{L}+\\s)?${thing}|(?= as (?:ours|our|genuine|authentic|its)))${end}`,
    `${start}(?:we|our (?:own )?(?:staff|people|teams?|colleagues|offices?|services?)|the (?:ministry|agency|department|council|minister|director|mayor))\\s(?:(?:did|indeed|really|in fact|have|has|had)\\s){0,2}${wrote}\\s(?:this|these|that|those)\\s(?:\\p{L}+\\s)?(?!page)${thing}${end}`,
    `${start}(?:the|this|these|those)\\s${thing}\\s(?:is|are|was|were)\\s(?:not\\s)?(?:indeed\\s)?(?:the\\s)?\\p{L}+'s(?=\\s?(?:[.,;!)]|$))`,
  ]),
  signsOf('true', 'whole', 'none', [
    `${start}(?:admit(?:s|ted)?|acknowledge[sd]?|confirm(?:s|ed)?|accept(?:s|ed)?)\\s(?:to\\s)?(?:that (?:he|she|they) (?:wrote|sent|signed)|(?:having (?:written|sent|signed)|writing|sending|signing|being the author of))\\s(?:it|them|(?:the|these|those|this|that)\\s(?:\\p{L}+\\s)?${thing})${end}`,
    `${start}real\\s${thing}\\s(?:were|are|have been|was|is|has been)\\s(?:put online|posted|published|leaked|circulat|released|in circulation)`,
    `${start}(?:got hold of|obtained|stole|stolen|taken|published|posted|leaked)\\s(?:the|a|our)\\s(?:true|real|actual|genuine)\\s(?:\\p{L}+\\s)?${thing}${end}`,
    `${start}(?:did|indeed|really)\\s(?:indeed\\s)?(?:write|wrote|send|sent|sign|signed|issue|issued|draft|drafted|author|authored|say|said)\\s(?:the|this|that|these|those)\\s(?:\\p{L}+\\s)?(?!page)${thing}${end}`,
    `${start}(?:confirm(?:s|ed)?|establish(?:es|ed)|verified|proved|proven|proves|acknowledge[ds]?|attests? to|vouch(?:es)? for|guarantees?|certif(?:y|ies|ied)|stands? by|recogni[sz]e[ds]?)\\s(?:the|their|its)\\s(?:authenticity|veracity|genuineness|provenance)${end}`,
    `${start}(?:authenticity|veracity|genuineness|provenance)(?:\\sof\\s[^.!?]{0,50}?)?\\s(?:is|are|was|were|has been|have been|remains?)\\s(?:(?!not)\\p{L}+\\s){0,2}?(?:established|confirmed|proven|proved|certain|beyond (?:any |all )?(?:doubt|dispute|question)|undisputed|indisputable|unquestioned|verified|settled|acknowledged|accepted|not in (?:doubt|question|dispute)|no longer (?:in (?:any )?)?(?:doubt|question|dispute|disputed|contested|questioned))${end}`,
    `${start}(?:authenticity|veracity|genuineness|provenance)(?:\\sof\\s[^.!?]{0,50}?)?\\s(?:is|are|was)(?: not|n't| no longer| hardly)\\s(?:in (?:any )?(?:doubt|question|dispute)|disputed|contested|questioned|open to (?:doubt|question)|at issue|up for debate|a matter of debate)`,
    `${start}(?:no (?:\\p{L}+ )?(?:doubt|question|dispute)\\s(?:about|over|as to|regarding|concerning)|(?:no one|nobody|none)\\s(?:now |any longer |still )?(?:doubts|disputes|contests|questions))\\s(?:the|their|its) (?:authenticity|veracity|genuineness|provenance)`,
    `${start}(?:authenticated|vouch for|(?:recogni[sz]e[sd]?|acknowledge[sd]?|accept(?:s|ed)?|admit(?:s|ted)?|own(?:s|ed) up to)\\s(?:the|these|those|this|its|their|his|her)\\s(?:\\p{L}+\\s)?${thing}\\sas\\s(?:our|ours|its|theirs?|his|hers|her|genuine|authentic|real))\\s?(?:${determiner}\\s(?:\\p{L}+\\s)?${thing})?${end}`,
  ]),
  signsOf('false', 'whole', 'none', [
    `${start}(?:not (?:one|a|a single) (?:line|word|page|sentence|part)|nothing|none)\\s(?:of|in)\\s(?:it|them|(?:this|that|these|those|the)\\s(?:\\p{L}+\\s)?${thing})\\s(?:came|comes|is|was|were)\\s(?:from|by|written by|the work of)${end}`,
    `${start}(?:fraudulent|deliberate|clumsy|crude|malicious)\\s(?:rewriting|editing|alteration|tampering|doctoring|rewrite|edits?|changes?)\\s(?:of|to|with|in)\\s(?:the|this|these|those|our)\\s(?:\\p{L}+\\s)?${thing}${end}`,
    `${start}(?:dealing with|faced with|looking at|up against|have here|there (?:is|are))\\s(?!no\\s)(?:[\\p{L}-]+\\s){0,4}?(?:a fake|${fakes})${end}(?!\\s(?:alarm|call))`,
    `${start}(?:sentences?|words?|remarks?|statements?|speech|quotes?|phrases?|paragraphs?|lines?)\\s(?:that\\s|which\\s)?(?:\\p{L}+\\s){1,3}?(?:never|did not|didn't|did n't)\\s(?:said|say|spoke|speak|uttered|utter|made|make|wrote|write|gave|give|used|use)${end}|${start}put(?:s|ting)?\\swords\\sin(?:to)?\\s(?:\\p{L}+\\s){1,3}mouths?${end}`,
    `${start}(?:no such\\s(?:\\p{L}+\\s)?${thing}\\s(?:(?:was )?ever )?(?:exist\\p{L}*|was|were|has|left|came)|there (?:is|was|has (?:never )?been) (?:no|never an?y?|never) such (?:a )?(?:\\p{L}+\\s)?${thing}|no (?:trace|record) of (?:it|them|any such|such an?|this|that|these|those|the)(?:\\s(?:\\p{L}+\\s)?${thing})?\\s?(?:in our|on our|anywhere|exists|was found|in the)|(?:have|hold|find|found|has|holds) no (?:trace|record|original) of (?:it|them|any such|such an?|this|that|these|those|the (?:letter|memo|email|document|contract|report)))${end}`,
    `${start}(?:confirm\\p{L}*|establish(?:es|ed)|acknowledge[ds]?|prove[sd]?|condemn\\p{L}*|the|their|its)\\s(?:(?:the|their|its)\\s)?(?:falsification|forgery|forging|fabrication|faking|doctoring|falsity)(?:\\sof\\s(?:the|this|that|these|those|its|our)\\s(?:\\p{L}+\\s)?${thing}|\\s(?:is|was|has been)\\s(?:\\p{L}+\\s)?(?:established|confirmed|proven|proved|certain|beyond doubt|clear|acknowledged|obvious))`,
  ]),
  // Nobody of ours wrote it.
  signsOf('false', 'whole', 'none', [
    `${start}no\\s(?:record|trace|memory)\\sof\\s(?:ever\\s)?(?:having\\s)?(?:sent|sending|issu(?:ed|ing)|writ(?:ten|ing)|sign(?:ed|ing)|draft(?:ed|ing)|produc(?:ed|ing))\\s(?:it|them|(?:this|that|these|those|the|any such|such an?)\\s(?:\\p{L}+\\s)?${material})`,
    `${start}no\\s(?!one)\\p{L}+\\s(?:\\p{L}+\\s)?(?:ever\\s)?(?:wrote|signed|drafted|sent|issued|approved)\\s(?:the|this|that|these|those|any such)\\s(?:\\p{L}+\\s)?${thing}${end}`,
    `${start}(?:never|did not|didn't|has not|hasn't|have not|haven't)\\s(?:ever\\s)?(?:write|wrote|written|draft(?:ed)?|sign(?:ed)?|penn?ed|author(?:ed)?|dictated?|utter(?:ed)?)\\s(?:(?:this|that|these|those|any such|such an?)\\s(?:\\p{L}+\\s)?${material})`,
    `${start}(?:we|our (?:own )?(?:staff|people|teams?|colleagues)|the (?:\\p{L}+ )?(?:ministry|agency|department|council|minister|director|mayor|secretary|board)|he|she)\\s(?:have |has |had )?(?:never|did not|didn't|has not|hasn't)\\s(?:ever\\s)?${wrote}\\s(?:it|them|any of (?:it|this|them)|(?:this|that|these|those|any such|such an?)\\s(?:\\p{L}+\\s)?${thing})${end}`,
    `${start}(?:nobody|no one|none of us)\\s(?:(?:at|in|here|from|on)\\s?(?:the |our |this )?(?:\\p{L}+\\s){0,2})?${wrote}\\s(?:it${end}|them${end}|(?:this|that|these|those|the|any such)\\s(?:\\p{L}+\\s)?${thing}${end})`,
  ]),
  signsOf('true', 'plain', 'turns', [`${start}(?:the real (?:thing|deal|mccoy)|the genuine article)(?! (?:in|of)(?!\\p{L}))${end}`]),
  signsOf('false', 'plain', 'turns', [
    `${start}(?:falsified|forged|doctored|photoshopped|deepfaked|fabricated|forger(?:y|ies)|deepfakes?|fabrications?|photomontages?|put-up job|cut[ -]and[ -]paste(?: job)?)${end}(?!\\s(?:the|an?|our|its|their|his|her)(?!\\p{L}))`,
  ]),
  signsOf('true', 'of', 'turns', [
    `${start}(?:the\\s)?(?:very\\s|same\\s)?ones? that (?:left|came from|came out of|went out from|was (?:sent|signed|issued|filed|approved)|were (?:sent|signed|issued|filed|approved))${end}`,
    `${start}(?:checks? out|checked out|holds? up(?: to scrutiny)?|stands? up(?: to scrutiny)?|pass(?:es|ed) (?:every|all|our|the) (?:\\p{L}+ )?(?:tests?|checks?))${end}`,
    `${start}belongs? to (?:us|our|the (?:agency|ministry|council|trust|company))${end}`,
    `${start}(?:is|are|was|were)(?:n't|\\snot)?\\s(?:indeed\\s|really\\s|exactly\\s|precisely\\s|simply\\s)?(?:the\\s(?:very\\s|same\\s)?ones?|what|those|that|the (?:very |same )?(?:text|version|document|letter|file))\\s(?:(?:that|which)\\s)?(?:we|the (?!other)(?:\\p{L}+ )?\\p{L}+|our (?:\\p{L}+ )?\\p{L}+|his|her|it|he|she|parliament|voters|members)\\s(?:\\p{L}+\\s)?(?:${wrote}|received|voted|passed|adopted|circulated|hold|holds|keep|keeps|filed|have on file|has on file)${end}`,
    `${start}(?:match|matches|matched|tall(?:y|ies|ied)|corresponds?|corresponded|agrees?|agreed|squares?|compares?|coincides?|fits?|mirrors?|reproduces?|conforms?|lines? up|(?:is|are|was|were) (?:the same as|identical to|identical with|consistent with|in line with|no different from))\\s(?:(?:exactly|perfectly|fully|entirely)\\s)?(?:with |to |up with )?(?:${ourRecord}|${exactly}|ours)${end}`,
  ]),
  signsOf('true', 'shown', 'none', [
    `${start}(?:was|were|has been|have been)\\s(?:\\p{L}+\\s)?(?:taken|filmed|shot|recorded|made|photographed)\\s(?:in|inside|at|on|by)\\s(?:our|one of our|this)${end}`,
    `${start}(?:come|comes|came|originat\\p{L}+|stem\\p{L}*|emanat\\p{L}+|(?:(?:is|are|was|were|has been|have been)\\s(?:\\p{L}+\\s){0,2}?(?:taken|lifted|pulled|copied|stolen|extracted|exported|exfiltrated|drawn|downloaded|leaked)))\\s(?:straight |directly |right |wholesale |word for word )?(?:from|out of|off)\\s(?:inside\\s)?${us}${end}`,
    `${start}(?:was|were|is|are|has been|have been)\\s(?:\\p{L}+\\s)?${wrote}\\sby\\s(?:us|our \\p{L}+|one of our \\p{L}+)${end}`,
  ]),
  signsOf('true', 'of', 'needed', [
    `${start}(?:come|comes|came|originat\\p{L}+|stem\\p{L}*|emanat\\p{L}+|issue|issued)\\s(?:straight |directly )?(?:from |out of )?${us}${end}`,
    `${start}${wrote}\\sby\\s${authors}${end}`,
  ]),
  signsOf('true', 'of', 'none', [
    `${start}(?:not|n't|never)\\s(?:been\\s)?(?:altered|manipulated|interfered with|modified|edited|changed|retouched|touched)\\s(?:in (?:any|the least) ?(?:way|respect)?|at all|since)${end}`,
    `${start}(?:comes?|came)\\s(?:straight\\s|directly\\s)?(?:from|out of)\\s${us}${end}(?<!reports?)`,
    `${start}(?:did|do|does|really|indeed|in fact)\\s(?:indeed\\s)?(?:come|comes|came|originate[ds]?|stem|stemmed|belongs?|left|leave)\\s(?:from|to|out of|our)${end}`,
    `${start}(?:was|were|are|is)\\s(?:indeed|really|in fact)\\s(?:taken|stolen|copied|extracted|exfiltrated|lifted|${wrote}|those|that|the ones?)${end}`,
  ]),
  signsOf('false', 'of', 'turns', [
    `${start}(?:differ\\p{L}*|depart(?:s|ed)?|diverg\\p{L}+|deviat\\p{L}+|far removed|a far cry|at odds|at variance|clash(?:es)?|contradicts?|conflicts?)\\s(?:\\p{L}+\\s){0,2}?(?:from |with |to )?(?:${ourRecord}|anything (?:we|in our|the|our|on)|ours)${end}`,
  ]),
  signsOf('false', 'done', 'none', [
    `${start}(?:cut(?= (?:so|to (?:fit|make|remove|hide)|together|before))|modified|edited|changed|rewritten|reworked|cropped|truncated|shortened|touched up|amended|overwritten|shuffled|reordered|renamed|relabelled|recut|re-edited|slowed down|sped up|redrawn|rearranged|trimmed|reworded|tweaked)${end}`,
    `${start}${shifted}(?=\\s(?:(?:the|some|an?|two|three|four|several|\\d+|its|their|his|her|one|out|in)\\s){0,2}(?:\\p{L}+\\s)?${detail}${end})`,
  ]),
  signsOf('false', 'cut', 'none', [`${start}${shifted}${end}`]),
];
