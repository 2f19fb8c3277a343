import { createHash } from 'node:crypto';
import type { PublicStatement } from '../../statement/facts.ts';
import { isExercise } from '../address.ts';
import { element, type Xml } from '../feeds/xml.ts';
import { placedLogo } from '../logo.ts';
import type { ResourceDraft } from '../resource.ts';
import { type ShownStance, stanceOf } from '../stance.ts';
import type { Reading } from './page.ts';

/** A statement's badge for the pages of others: it always shows how the statement stands now, so it is kept for a minute at most. */

export const badgeSize = { width: 340, height: 48 } as const;
const fontSize = 13;
const textLeft = 58;
const room = badgeSize.width - textLeft - 12;

/** The one rule that no attribute can say; the badge's policy names it by its hash and allows no other. */
const style = `.p{fill:#fff}.l{stroke:#d8d4c8}.i{fill:#15203a;color:#12295f}.m{fill:#4d5870}.live{fill:#2c7a43}.corrected,.owed,.redacted{fill:#8a5200}.under_recheck,.disowned,.withdrawn,.exercise{fill:#b3261e}@media(prefers-color-scheme:dark){.p{fill:#161e30}.l{stroke:#303c56}.i{fill:#e9ecf4;color:#a5bfff}.m{fill:#abb5ca}.live{fill:#79c98f}.corrected,.owed,.redacted{fill:#e5b04a}.under_recheck,.disowned,.withdrawn,.exercise{fill:#f2867c}}`;
const styleHash = createHash('sha256').update(style).digest('base64');
export const badgePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** SVG in one language: whose statement, which version, how it stands; every text also as the picture's name, for whoever does not see it. */
export function badgeFile(reading: Reading, statement: PublicStatement): ResourceDraft {
  const { speech, room: pressroom } = reading;
  const { reference, versions } = statement;
  const { shown, correction } = stanceOf(statement);
  const values = { version: versions.length, correction: correction?.version ?? 0 };
  const state = speech.say(`badge.state.${shown}`, values);
  const agency = speech.typeset(pressroom.agency.name[speech.language]);
  return {
    type: 'image/svg+xml',
    body: `${badgeSvg({
      language: speech.language,
      logo: pressroom.theme.logo,
      title: speech.say('badge.title', { ...values, agency, reference, state }),
      agency,
      edition: `${reference} · v${versions.length}`,
      state: speech.say(`badge.short.${shown}`, values),
      code: shown,
    })}\n`,
    cache: 'public, max-age=60',
    crossOrigin: true,
    policy: badgePolicy,
    headers: ['content-language', speech.language, ...(isExercise(reference) ? ['x-robots-tag', 'noindex'] : [])],
  };
}

type BadgeModel = { language: string; logo: string; title: string; agency: string; edition: string; state: string; code: ShownStance };

function badgeSvg({ language, logo, title, agency, edition, state, code }: BadgeModel): string {
  const { width, height } = badgeSize;
  const font = { 'font-family': 'system-ui, Segoe UI, Roboto, Noto Sans, Arial, sans-serif', 'font-size': String(fontSize) };
  const box = { xmlns: 'http://www.w3.org/2000/svg', width: String(width), height: String(height), viewBox: `0 0 ${width} ${height}` };
  const edge = { x: '0.5', y: '0.5', width: String(width - 1), height: String(height - 1), rx: '6' };
  return element('svg', { ...box, role: 'img', 'aria-label': title, lang: language }, [
    element('title', {}, [title]),
    element('style', {}, [style]),
    element('rect', { ...edge, class: 'p l', fill: '#ffffff', stroke: '#d8d4c8' }),
    element('rect', { x: '0', y: '6', width: '6', height: String(height - 12), class: code, fill: '#4d5870' }),
    element('g', { class: 'i' }, [{ xml: placedLogo(logo, { x: 18, y: 10, size: 28, colour: 'inherit' }) }]),
    element('g', { ...font }, [text(agency, 20, 'm'), text(edition, 37, 'i', [{ text: ` · ${state}`, kind: code }])]),
  ]).xml;
}

/** One line; where it may be too long for the room in an unknown font, it is told how long to be. */
function text(words: string, y: number, kind: string, more: readonly { text: string; kind: string }[] = []): Xml {
  const shown = shorten(words);
  const length = estimate(shown + more.map((part) => part.text).join(''));
  const fit = length > room ? { textLength: String(room), lengthAdjust: 'spacingAndGlyphs' } : {};
  const spans = more.map((part) => element('tspan', { class: part.kind }, [part.text]));
  return element('text', { x: String(textLeft), y: String(y), class: kind, 'font-weight': more.length > 0 ? '600' : undefined, fill: '#15203a', ...fit }, [
    shown,
    ...spans,
  ]);
}

const longest = 56;

function shorten(words: string): string {
  const letters = [...words];
  return letters.length <= longest
    ? words
    : `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

/** Wider than any usual font draws it. */
function estimate(words: string): number {
  return [...words].length * fontSize * 0.58;
}
