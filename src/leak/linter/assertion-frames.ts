import type { LintLanguage } from './issue.ts';

/** How each language says that an item is false, or authentic, and how it doubts. All run on one clause of a folded text. */

/** `hint`: one word of them stands in every text that asserts something. `later`: what makes an item that may exist of one that does. */
export type Frames = { hint: RegExp; falsified: readonly RegExp[]; authentic: readonly RegExp[]; hedge: RegExp; later: RegExp };

const fr = (() => {
  const thing = String.raw`(?:(?:e-?mails?|courriels?|mails?|messages?|documents?|fichiers?|archives?|captures?|pi[èe]ces?|images?|photos?|vid[ée]os?|enregistrements?|notes?|lettres?|tableaux?|donn[ée]es|[ée]l[ée]ments?|s[ée]ries?|lots?|extraits?|contrats?|listes?|pages?|bulletins?|relev[ée]s?|factures?|rapports?|proc[èe]s-verbaux|proc[èe]s-verbal|copies?|conversations?|[ée]changes?|t[ée]l[ée]grammes?|fiches?)(?!\p{L})|[AC]-\d+)`;
  const is = `(?:est|sont|[ée]tait|[ée]taient|a [ée]t[ée]|ont [ée]t[ée]|s'av[èe]re(?:nt)?|demeure(?:nt)?|reste(?:nt)?)`;
  const adverb = String.raw`(?:(?:bien|donc|en partie|partiellement|enti[èe]rement|totalement|manifestement|clairement|tous|toutes|tout simplement|tout à fait|en fait|purement|des|un|une|de|pour partie|largement|d[ée]lib[ée]r[ée]ment)\s){0,3}`;
  const bad = String.raw`(?:falsifi[ée]+s?|faux|fausses?|fabriqu[ée]+s?|alt[ée]r[ée]+s?|truqu[ée]+s?|forg[ée]+s?|contrefaite?s?|trafiqu[ée]+s?|manipul[ée]+s?|inauthentiques?|invent[ée]+s?|montages?|photomontages?|apocryphes?|bidons?|bidonn[ée]+s?|canulars?|intox|supercheries?|retouch[ée]+s?|mensong(?:e|es|er|ers|[èe]re|[èe]res))(?!\p{L})`;
  const hint =
    /falsifi|faux|fauss|fabriqu|alt[ée]r|truqu|forg|contrefai|trafiqu|manipul|authenti|invent|montage|apocryph|bidon|canular|intox|supercherie|mensong|v[ée]rit|vrai|r[ée]el|conforme|origin|modifi|tronqu|retouch|chang|remani|crit|caviard|compl[ée]t/iu;
  const pronoun =
    "ils|elles|il|elle|tous|toutes|certains|certaines|plusieurs|tout|tout cela|tout ceci|cela|ceci|le tout|l'ensemble|la totalit[ée]|la plupart|une partie";
  const changed = '(?:modifi[ée]+s?|tronqu[ée]+s?|retouch[ée]+s?|chang[ée]+s?|remani[ée]+s?|r[ée][ée]crit[es]{0,2}|caviard[ée]+s?|complét[ée]+s?)';
  const spreaders = '(?:pirates?|attaquants?|auteurs?|faussaires?|hackers?|diffuseurs?|escrocs?|cybercriminels?|malfaiteurs?|groupe|tiers|intrus)';
  const good = String.raw`(?:authentiques?|v[ée]ritables?|conformes? (?:à l'original|aux originaux)|d'origine)(?!\p{L})`;
  return {
    hint,
    falsified: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${bad}`, 'giu'),
      new RegExp(
        `(?<!\\p{L})(?:il s'agit (?:donc |bien |manifestement )?(?:d'un|de|d'une)|c'est un|c'est une|ce sont (?:des|de))\\s(?:\\p{L}+\\s)?${bad}`,
        'giu',
      ),
      new RegExp(`(?<!\\p{L})(?:${pronoun})\\s${is}\\s${adverb}${bad}(?! qu[e'])`, 'giu'),
      new RegExp(
        `${thing}[^.!?]{0,60}?(?<!\\p{L})(?:a|ont) [ée]t[ée]\\s${adverb}${changed}\\s(?:par\\s(?:l[ae]s?|des|un|une|leurs?)\\s${spreaders}|avant\\s(?:leur|sa|d'[êe]tre|la|toute)\\s(?:mise en ligne|diffus|publi|divulg|partag)|depuis leur)`,
        'giu',
      ),
      new RegExp(
        `(?<!\\p{L})${spreaders}\\s(?:a|ont)\\s${adverb}(?:${changed}|falsifi[ée]|fabriqu[ée]|truqu[ée]|invent[ée]|forg[ée]|bidonn[ée])\\s(?:l[ae]s?|ce|cet|cette|ces|des|un|une|tous|toutes)\\s(?:les\\s)?${thing}`,
        'giu',
      ),
      new RegExp(`${thing}\\s${bad}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:faux|fausses?)\\s${thing}`, 'giu'),
      new RegExp(
        `(?:${thing}[^.!?]{0,60}?|ils |elles |il |elle )n(?:e |')(?:est|sont|[ée]tait|[ée]taient)\\s(?:donc |manifestement )?(?:pas|nullement|aucunement)\\s(?:\\p{L}+\\s)?${good}`,
        'giu',
      ),
    ],
    authentic: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${good}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:${pronoun})\\s${is}\\s${adverb}(?:${good}|vrai(?!\\p{L}| qu))`, 'giu'),
      new RegExp(
        `(?<!(?:de|des|du|à|aux|pour|dans|sur|sans)\\s)(?<!\\p{L})(?:l[ae]s?|ces?|cet(?:te)?|tous les|toutes les)\\s${thing}(?:\\s(?:diffus|publi|divulgu|circul|mis)\\p{L}+(?:\\sen ligne)?)?\\s${is}\\s${adverb}(?:vrai[es]{0,2}|r[ée]el(?:le)?s?)(?=\\s?(?:[.,;!?)]|$|et\\s))`,
        'giu',
      ),
      new RegExp(`${thing}\\s${good}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:authentiques|v[ée]ritables)\\s${thing}`, 'giu'),
      /(?<!\p{L})(?:confirmons|confirme|confirment|[ée]tabli(?:t|ssons|ssent)?|reconnaissons)\s(?:que\s)?l'authenticit[ée]/giu,
    ],
    hedge:
      /(?<!\p{L})(?:peut|peuvent|pourra(?:it|ient)?|pourront|pouvoir|susceptibles?|[ée]ventuel(?:le)?s?|[ée]ventuellement|possibles?|possiblement|peut-[êe]tre|si|s'ils?|s'elles?|ne|n'[\p{L}]+|aucune?|sans|non|pr[ée]sent[ée]e?s? comme|se pr[ée]sent\p{L}+ comme|qualifi[ée]e?s? de|pr[ée]tendu\p{L}*|pr[ée]tend\p{L}*|suppos[ée]e?s?|affirm\p{L}+|soutien\p{L}+|all[èe]gu\p{L}+|selon|revendiqu\p{L}+|assure\p{L}*|auraient|aurait|seraient|serait|m[ée]fiez-vous|attention|comment|reconna[îi]tre|d[ée]tecter|rumeurs?|quels?|quelles?|lesquel(?:le)?s|d[ée]terminer|chaque|tout(?! (?:est|[ée]tait|a [ée]t[ée]|cela|ceci)))(?!\p{L})/iu,
    later:
      /^\s(?:peuvent|peut|pourraient|pourrait|pourront|risquent)\s(?:aussi |[ée]galement |donc |encore |y |s'y |s'|se )*(?:[êe]tre (?:m[êe]l|gliss|ajout|ins[ée]r|inclus|diffus|pr[ée]sent|mis|publi|parmi|joint)|avoir [ée]t[ée] (?:m[êe]l|gliss|ajout|ins[ée]r|inclus|diffus|mis|publi|joint)|circul|figur|trouv|gliss|exist|appara[îi]|m[êe]l|cach|c[ôo]toy)/iu,
  };
})();

const en = (() => {
  const thing = String.raw`(?:(?:e-?mails?|messages?|documents?|files?|archives?|screenshots?|pictures?|images?|photos?|videos?|recordings?|memos?|letters?|spreadsheets?|data|items?|materials?|batch(?:es)?|sets?|records?|extracts?|contracts?|lists?|pages?|leak|payslips?|invoices?|reports?|minutes|copies|copy|conversations?|chats?|cables?|statements?|texts?|posts?)(?!\p{L})|[AC]-\d+)`;
  const is = '(?:is|are|was|were|has been|have been|had been|proved to be|turned out to be|remain|remains)';
  const adverb = String.raw`(?:(?:in part|partly|entirely|wholly|clearly|obviously|plainly|simply|largely|indeed|all|therefore|thus|deliberately|a|an|completely|totally|heavily|crudely|outright|in fact)\s){0,3}`;
  const bad = String.raw`(?:falsified|falsifications?|fakes?|faked|false|forged|forger(?:y|ies)|fabricat(?:ed|ions?)|doctored|altered|tampered(?: with)?|manipulated|counterfeit|bogus|inauthentic|hoax(?:es)?|invented|made up|photoshopped|fictitious|phon(?:y|ies)|untrue)(?!\p{L})`;
  const hint =
    /fals|fake|forg|fabricat|doctor|alter|tamper|manipulat|counterfeit|bogus|authentic|hoax|invent|made up|photoshop|fictitious|phon|untrue|genuine|identical|true|original|real|modif|edited|changed|rewritten|cropped|truncated|retouch/iu;
  const pronoun = 'this|that|it|they|these|those|some|most|several|all|everything';
  const spreaders = '(?:attackers?|hackers?|leakers?|spreaders?|intruders?|criminals?|forgers?|thieves|thief|group)';
  const changed = '(?:modified|edited|changed|rewritten|cropped|truncated|retouched)';
  const good = String.raw`(?:authentic|genuine|identical to the originals?|true copies|originals)(?!\p{L})`;
  return {
    hint,
    falsified: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${bad}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:${pronoun})\\s(?:of (?:them|it|these|those)\\s)?${is}\\s${adverb}${bad}(?! (?:that|to))`, 'giu'),
      new RegExp(
        `${thing}[^.!?]{0,60}?(?<!\\p{L})(?:was|were|has been|have been)\\s${adverb}${changed}\\s(?:by\\s(?:the|an?|some|their)\\s${spreaders}|before\\s(?:its|their|the|being|it was|they were)\\s?(?:release|publi|leak|spread|post|circulat)\\p{L}*)`,
        'giu',
      ),
      new RegExp(
        `(?<!\\p{L})${spreaders}\\s(?:have |has )?(?:${changed}|falsified|fabricated|faked|forged|doctored|altered|invented|tampered with)\\s(?:the|this|that|these|those|some|all|an?)\\s(?:the\\s|of the\\s)?${thing}`,
        'giu',
      ),
      new RegExp(
        `(?<!\\p{L})(?:falsified|fake|faked|false|forged|fabricated|doctored|altered|tampered|manipulated|counterfeit|bogus)\\s(?:(?!(?:and|or|but)\\s)\\p{L}+\\s)?${thing}`,
        'giu',
      ),
      new RegExp(`(?:${thing}[^.!?]{0,60}?|they |it |this |these )(?:is|are|was|were)(?: not|n't)\\s(?:\\p{L}+\\s)?${good}`, 'giu'),
    ],
    authentic: [
      new RegExp(`${thing}[^.!?]{0,80}?(?<!\\p{L})${is}\\s${adverb}${good}`, 'giu'),
      new RegExp(`(?<!\\p{L})(?:${pronoun})\\s(?:of (?:them|it|these|those)\\s)?${is}\\s${adverb}${good}`, 'giu'),
      new RegExp(
        `(?<!(?:to|of|for|from|about|in|with|on)\\s)(?<!\\p{L})(?:the|these|those|this|all|most|some)\\s(?!(?:\\p{L}+\\s)?leak)(?:\\p{L}+\\s)?${thing}(?:\\s(?:put online|posted|published|leaked|in circulation))?\\s${is}\\s${adverb}(?:real|true)(?=\\s?(?:[.,;!?)]|$|and\\s))`,
        'giu',
      ),
      /(?<!\p{L})(?:everything|all of (?:it|them)|they|these|it)\s(?:all\s)?(?:is|are)\s(?:all\s)?real(?=\s?(?:[.;!?)]|$))/giu,
      new RegExp(`(?<!\\p{L})(?:authentic|genuine)\\s(?:(?!(?:and|or|but)\\s)\\p{L}+\\s)?${thing}`, 'giu'),
      /(?<!\p{L})(?:confirm|confirms|confirmed|establish|established)\s(?:the|their|its)\sauthenticity/giu,
    ],
    hedge:
      /(?<!\p{L})(?:(?<!\d\s)may(?!\s\d)|might|could|can|cannot|whether|if|possibl[ey]|perhaps|potentially|not|no|none|nothing|never|any|presented as|described as|passed off as|purported\p{L}*|supposed\p{L}*|alleg\p{L}+|claim\p{L}*|asserts?|insists?|according|says that|so-called|beware|how|recogni[sz]e|detect|rumou?rs?|which|determin\p{L}+|each|every|unclear|unknown|\p{L}+n't)(?!\p{L})/iu,
    later:
      /^\s(?:may|might|could|can)\s(?:also |well |still |even |have been |be )*(?:mixed|among|circulat|part of|includ|add|insert|present|hidden|in circulation|publish|spread|exist|appear|turn up|slip|released|posted)/iu,
  };
})();

export const frames: Readonly<Record<LintLanguage, Frames>> = { fr, en };
