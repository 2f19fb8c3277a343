import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { cardSvg } from '../press/cards/card-svg.ts';
import type { Drawing } from '../press/cards/drawing.ts';
import { escapeXml } from '../press/feeds/xml.ts';
import type { PictureAnswer } from './picture-gate.ts';
import { serveGate } from './serve-gate.ts';

/** Runs in a worker thread of its own: draws with the fonts that come with us and no other, so that each server draws the same. */
const { resolve } = createRequire(import.meta.url);
const font = {
  loadSystemFonts: false,
  defaultFontFamily: 'Source Sans 3',
  fontFiles: [
    resolve('@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf'),
    resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
    resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
  ],
};

serveGate(answer, true);

function answer(drawing: Drawing): PictureAnswer {
  try {
    if ('card' in drawing) return { png: new Resvg(cardSvg(drawing.card, measure), { font }).render().asPng() };
    return { png: new Resvg(drawing.svg, { font, fitTo: { mode: 'width', value: drawing.width } }).render().asPng() };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'for no reason given' };
  }
}

/** How far a text moves on at size 1, in the font that draws it: measured between two bars, for spaces at its ends show no ink. */
function measure(text: string, family: string, weight: number): number {
  return widthOf(`|${text}|`, family, weight) - widthOf('||', family, weight);
}

/** Cards share most of their words, and each width asked for costs a reading of the fonts: what was measured is kept, up to a bound. */
const widths = new Map<string, number>();
const mostWidths = 10_000;

function widthOf(text: string, family: string, weight: number): number {
  const key = `${family} ${weight} ${text}`;
  const width = widths.get(key) ?? inkWidth(text, family, weight);
  if (widths.size >= mostWidths) widths.clear();
  widths.set(key, width);
  return width;
}

function inkWidth(text: string, family: string, weight: number): number {
  const size = 100;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text font-family="${family}" font-weight="${weight}" font-size="${size}">${escapeXml(text)}</text></svg>`;
  return (new Resvg(svg, { font }).getBBox()?.width ?? 0) / size;
}
