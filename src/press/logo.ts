/**
 * The agency's logo. Its SVG comes from one place, the theme; the masthead, the social cards and the icon are made from it.
 * It has a `viewBox` and no place or size of its own; what it draws in `currentColor` takes the colour of where it stands.
 */

/** The logo as a part of another drawing. */
export function placedLogo(logo: string, { x, y, size, colour }: { x: number; y: number; size: number; colour: string }): string {
  return logo.replace('<svg', `<svg x="${x}" y="${y}" width="${size}" height="${size}" color="${colour}"`);
}

/** The icon of the site: a logo in one colour stands on a ground, for it has to be seen in a dark browser as well; one in colours of its own needs none. */
export function iconSvg(logo: string): string {
  const isPlain = logo.includes('currentColor');
  const ground = isPlain ? '<rect width="48" height="48" rx="9" fill="#12295f"/>' : '';
  const placed = placedLogo(logo, isPlain ? { x: 7, y: 7, size: 34, colour: '#ffffff' } : { x: 0, y: 0, size: 48, colour: '#12295f' });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48" viewBox="0 0 48 48">${ground}${placed}</svg>\n`;
}

/** An ICO file around one PNG of this many pixels a side: a directory of one line, then the picture. */
export function icoFile(png: Buffer, pixels: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(pixels, 6);
  head.writeUInt8(pixels, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, png]);
}
