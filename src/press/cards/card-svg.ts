import { element, type Xml } from '../feeds/xml.ts';
import { placedLogo } from '../logo.ts';
import { type CardModel, cardSize } from './drawing.ts';
import { fitLine, fitTitle, type Measure, remember } from './fit.ts';

/** The drawing of a social card. Colours are those of tokens.css in the light. */

const colours = { paper: '#f7f6f2', ink: '#15203a', muted: '#4d5870', line: '#8a8f9c', head: '#12295f', onHead: '#ffffff', danger: '#b3261e' } as const;
const fonts = {
  title: { family: 'Source Serif 4', weight: 600 },
  strong: { family: 'Source Sans 3', weight: 600 },
  plain: { family: 'Source Sans 3', weight: 400 },
} as const;
type Font = keyof typeof fonts;

const { width, height } = cardSize;
const margin = 72;
const inner = width - 2 * margin;
const headHeight = 128;
const bandHeight = 56;
const baseline = 560;
const titleSizes = [
  { size: 66, lines: 3 },
  { size: 58, lines: 3 },
  { size: 50, lines: 4 },
  { size: 44, lines: 4 },
] as const;

/** @param measure the width at size 1 of a text in a font family and weight that the renderer has */
export function cardSvg(card: CardModel, measure: (text: string, family: string, weight: number) => number): string {
  const plain = withoutPictograms(card);
  const widthOf = ({ family, weight }: (typeof fonts)[Font]): Measure => remember((text) => measure(text, family, weight));
  const widths = { title: widthOf(fonts.title), strong: widthOf(fonts.strong), plain: widthOf(fonts.plain) };
  const widthIn = (font: Font): Measure => widths[font];
  const top = headHeight + (plain.band === null ? 0 : bandHeight);
  const shapes = [
    rectangle(0, 0, width, height, colours.paper),
    ...head(plain, widthIn),
    ...(plain.band === null ? [] : band(plain.band, widthIn)),
    ...middle(plain, top, widthIn),
    ...foot(plain, widthIn),
  ];
  const size = { width: String(width), height: String(height), viewBox: `0 0 ${width} ${height}` };
  return element('svg', { xmlns: 'http://www.w3.org/2000/svg', ...size }, shapes).xml;
}

type WidthIn = (font: Font) => Measure;

function head({ logo, agency, record }: CardModel, widthIn: WidthIn): readonly Xml[] {
  const [size, left] = [64, margin + 88];
  const room = width - margin - left;
  return [
    rectangle(0, 0, width, headHeight, colours.head),
    { xml: placedLogo(logo, { x: margin, y: (headHeight - size) / 2, size, colour: colours.onHead }) },
    line(fitLine(agency, 32, room, widthIn('strong')), { x: left, y: 60, size: 32, font: 'strong', colour: colours.onHead }),
    line(fitLine(record, 25, room, widthIn('plain')), { x: left, y: 96, size: 25, font: 'plain', colour: colours.onHead }),
  ];
}

function band(text: string, widthIn: WidthIn): readonly Xml[] {
  const words = fitLine(text, 30, inner, widthIn('strong'));
  return [
    rectangle(0, headHeight, width, bandHeight, colours.danger),
    line(words, { x: margin, y: headHeight + 38, size: 30, font: 'strong', colour: colours.onHead }),
  ];
}

/** Stamps and title, together in the middle of what is left of the card. */
function middle({ stamps, title, edition }: CardModel, top: number, widthIn: WidthIn): readonly Xml[] {
  const stampHeight = stamps.length === 0 ? 0 : 72;
  const { size, lines } = fitTitle(title, inner, titleSizes, widthIn('title'));
  const leading = Math.round(size * 1.16);
  const room = (edition === '' ? height : baseline - 60) - top;
  const begin = Math.round(top + (room - stampHeight - lines.length * leading) / 2);
  const at = (index: number): number => begin + stampHeight + Math.round(size * 0.86) + index * leading;
  return [
    ...stampRow(stamps, begin, widthIn),
    ...lines.map((text, index) => line(text, { x: margin, y: at(index), size, font: 'title', colour: colours.ink })),
  ];
}

function stampRow(stamps: readonly string[], y: number, widthIn: WidthIn): readonly Xml[] {
  const measure = widthIn('strong');
  let x = margin;
  return stamps.flatMap((stamp) => {
    const room = width - margin - x - 40;
    if (room < 160) return [];
    const text = fitLine(stamp, 28, room, measure);
    const [left, wide] = [x, Math.ceil(measure(text) * 28) + 40];
    x += wide + 16;
    return [
      element('rect', { x: String(left), y: String(y), width: String(wide), height: '48', rx: '6', fill: colours.danger }),
      line(text, { x: left + 20, y: y + 34, size: 28, font: 'strong', colour: colours.onHead }),
    ];
  });
}

function foot({ kind, time, edition, code }: CardModel, widthIn: WidthIn): readonly Xml[] {
  if (edition === '') return [];
  const [first, second] = [
    { left: kind, right: edition, font: 'strong', y: baseline, colour: colours.ink },
    { left: time, right: code, font: 'plain', y: baseline + 38, colour: colours.muted },
  ] as const;
  return [rectangle(margin, baseline - 48, inner, 2, colours.line), ...row(first, widthIn), ...row(second, widthIn)];
}

type Row = { left: string; right: string; font: Font; y: number; colour: string };

/** Two texts at the ends of a line: in the first size in which both stand whole, for a time without its end is none. */
function row({ left, right, font, y, colour }: Row, widthIn: WidthIn): readonly Xml[] {
  const [measure, gap, sizes] = [widthIn(font), 32, [27, 25, 23, 21]];
  const size = sizes.find((one) => (measure(left) + measure(right)) * one + gap <= inner * 0.98) ?? 21;
  const ending = fitLine(right, size, inner * 0.6, measure);
  const begin = fitLine(left, size, inner - Math.ceil(measure(ending) * size) - gap, measure);
  return [line(begin, { x: margin, y, size, font, colour }), line(ending, { x: width - margin, y, size, font, colour, anchor: 'end' })];
}

type Line = { x: number; y: number; size: number; font: Font; colour: string; anchor?: 'end' };

function line(text: string, { x, y, size, font, colour, anchor }: Line): Xml {
  const { family, weight } = fonts[font];
  const place = { x: String(x), y: String(y), 'font-family': family, 'font-weight': String(weight), 'font-size': String(size), fill: colour };
  return element('text', { ...place, 'text-anchor': anchor }, [text]);
}

function rectangle(x: number, y: number, wide: number, high: number, fill: string): Xml {
  return element('rect', { x: String(x), y: String(y), width: String(wide), height: String(high), fill });
}

/** No font of ours has pictograms, nor marks that show nothing: they would stand as empty boxes. */
function withoutPictograms(card: CardModel): CardModel {
  const plain = (text: string): string =>
    text
      .replaceAll(/\p{Emoji_Presentation}|\p{Cf}|\p{Cc}|\ufe0f|\u20e3/gu, ' ')
      .replaceAll(/ {2,}/g, ' ')
      .trim();
  const { agency, record, band, stamps, title, kind, time, edition, code } = card;
  const rows = { kind: plain(kind), time: plain(time), edition: plain(edition), code: plain(code) };
  return {
    ...card,
    ...rows,
    agency: plain(agency),
    record: plain(record),
    band: band === null ? null : plain(band),
    stamps: stamps.map(plain).filter(Boolean),
    title: plain(title),
  };
}
