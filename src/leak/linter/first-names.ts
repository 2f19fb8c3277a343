import { lowered, plainWord } from './fold.ts';
import { givenNames } from './given-names.ts';
import { matchesOf } from './matches.ts';

/** People by their first name, or in small letters: only where the words around speak of a person, for such a word may be any other. */

export type Named = { text: string; start: number };

/** Given names that are words or places as well: in small letters, or alone, they name nobody for certain. */
const alsoWords = new Set(
  `will mark bill frank grant rose grace hope may june pierre claire blanche aime said constance clemence victoire prudence olive max noel regis roman romane jade
  ambre aurore angel ange ray gene jack jean don rich sue pat penny ruby dawn iris lily violet robin christian lance guy drew josh long ali jo ben sam bob jan jun jin
  lin ling ming mei wei yan ying xin will rob van said chance faith joy florence victoria sydney charlotte georgia chelsea austin jackson lincoln madison marianne
  alexa claude siri olga wanda kim lea elsa sofia eva ida regine reine toussaint modeste fidele parfait desire salome malo luce mercedes salvador santiago paloma
  san diego orlando anil carol francis martin vincent laurent`.split(/\s+/),
);

/** What stands around a name; the patterns run on a text in small letters. */
const speaking =
  "vu avec|vu par|point avec|parl[ée]+ (?:à|avec)|discut[ée]+ avec|d'apr[èe]s|selon|demande[rz]? à|joindre|contacte[rz]|appele[rz]|[ée]cri(?:vez|re) à|voir avec|r[ée]dig[ée]e? par|[ée]crite?s? par|relue?s? par|valid[ée]e?s? par|sign[ée]e?s? (?:par|de)|transmi(?:se?|s) par|envoy[ée]e?s? par|alert[ée]e?s? par|pr[ée]venue?s? par|merci à|coll[èe]gue|de la part de|spoke (?:to|with)|check with|liaise with|speak (?:to|with)|talk(?:ed)? (?:to|with)|heard from|call|ring|phone|ask|contact|e-?mail|text|met(?: with)?|according to|written by|drafted by|signed by|reviewed by|approved by|sent by|reported by|told by|told|thanks to|colleague|on behalf of";
const role =
  "de (?:permanence|garde|service|quart|l'[ée]quipe|la (?:comptabilit[ée]|paie|dsi|direction|communication|com|s[ée]curit[ée]|mairie)|l'(?:accueil|informatique|astreinte))|d'astreinte|du (?:service|rectorat|cabinet|standard|support|secr[ée]tariat|si[èe]ge|chu|minist[èe]re)|des (?:rh|ressources humaines|finances)|(?:notre |le |la |l')?(?:directeur|directrice|responsable|chef|cheffe|secr[ée]taire|comptable|stagiaire|technicien|technicienne|infirmier|infirmi[èe]re|admin\\p{L}*|rssi|dsi|dpo|adjointe?|standardiste|porte-parole|m[ée]decin|maire|pr[ée]sidente?)|on (?:call|duty|shift)|(?:in|from) (?:hr|it|accounts|finance|legal|payroll|comms|communications|procurement|security|the (?:press|finance|it|legal|security|hr) \\p{L}+)|(?:at|from|of) the (?:registry|desk|helpdesk|council|ministry|hospital|trust|office|front desk|switchboard)|(?:our |the |a |an |its )?(?:director|head of|chief|manager|secretary|accountant|intern|technician|nurse|engineer|officer|ciso|dpo|cio|deputy|receptionist|spokes\\p{L}+|doctor|mayor|clerk)";
const tail = `(?:,?\\s(?:${role})(?!\\p{L})|\\s(?:a dit|a confirm[ée]|a pr[ée]venu|a vu|nous a|m'a|dit que|said|says|told|confirmed|reported|noticed|wrote)(?!\\p{L}))`;
const name = '[\\p{L}][\\p{L}\\p{M}]{1,24}(?:-[\\p{L}][\\p{L}\\p{M}]{1,24})?';
const afterSpeaking = new RegExp(`(?<!\\p{L})(?:${speaking})\\s(?=(?<named>${name}(?:\\s${name})?)(?![\\p{L}\\p{N}@]|-|\\.\\p{L}))`, 'gu');
const beforeRole = new RegExp(`(?<![\\p{L}\\p{N}@.'-])(?<named>${name}(?:\\s${name})?)(?=${tail})`, 'gu');
const cleft = new RegExp(`(?<!\\p{L})(?:c'est|c'[ée]tait|it is|it was)\\s(?=(?<named>${name}(?:\\s${name})?)\\s(?:qui|who)\\s)`, 'gu');
const apposed = new RegExp(
  `(?<!\\p{L})(?:stagiaire|technicien(?:ne)?|infirmi(?:er|[èe]re)|coll[èe]gue|secr[ée]taire|comptable|responsable|adjointe?|intern|technician|nurse|colleague|secretary|accountant|manager|deputy|clerk|trainee|assistant|victime?|patiente?),?\\s(?=(?<named>${name}(?:\\s${name})?)(?:,|\\s(?:a|has|had)\\s))`,
  'gu',
);
/** Small words after a first name that are no surname. */
const noSurname =
  /^(?:a|à|au|aux|de|du|des|d|et|ou|en|pour|par|sur|dans|hier|avant|apr[èe]s|demain|ce|cette|que|qui|pas|ne|n|le|la|les|se|s|y|on|nous|vous|ils?|elles?|est|sera|is|was|has|had|at|in|on|to|from|of|for|the|and|or|about|before|after|today|tomorrow|yesterday|tonight|now|if|when|who|that|this|by|with|first|again|back|directly|said|says|told|immediately|d[èe]s|vers|depuis|chez|sans|via|puis|ensuite|directement|aujourd|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)$/iu;

/** First names alone and whole names in small letters, as people are named in haste. */
export function findFirstNames(text: string): readonly Named[] {
  const finds: Named[] = [];
  const low = lowered(text);
  for (const pattern of [afterSpeaking, cleft, apposed, beforeRole])
    for (const match of matchesOf(pattern, low)) {
      const start = pattern === beforeRole ? match.index : match.index + match[0].length;
      const whole = text.slice(start, start + (match.groups?.named ?? '').length);
      const found = personIn(whole);
      if (found !== null) finds.push({ text: whole.slice(found.from, found.to), start: start + found.from });
    }
  return finds;
}

/** Where in one or two words a person stands; null for none. Two capitals are the general rule's to judge. */
function personIn(whole: string): { from: number; to: number } | null {
  const [first = '', second = ''] = whole.split(/\s/u);
  if (isFirstName(first)) {
    const isSurname = second !== '' && !noSurname.test(second) && isSmall(first) === isSmall(second);
    return { from: 0, to: isSurname ? whole.length : first.length };
  }
  return second !== '' && isFirstName(second) && noSurname.test(first) ? { from: first.length + 1, to: whole.length } : null;
}

function isFirstName(one: string): boolean {
  const plain = plainWord(one);
  return plain.length > 2 && !alsoWords.has(plain) && !/^\p{Lu}{2,}$/u.test(one) && (givenNames.has(plain) || isDouble(plain));
}

function isDouble(plain: string): boolean {
  const parts = plain.split('-');
  return parts.length === 2 && parts.every((part) => givenNames.has(part));
}

function isSmall(one: string): boolean {
  return /^\p{Ll}/u.test(one);
}
