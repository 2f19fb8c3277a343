import PostalMime from 'postal-mime';

/** The text of a file, as far as it has one that levels 1 and 2 can compare. */

/** In bytes: what is larger is compared byte for byte alone, since all of it has to be in memory at once. */
const largestText = 20_000_000;
const largestMail = 50_000_000;

/** The decoded text; null for a file that is none, `too_long` for one that would not fit. */
export async function textOf(file: Blob, name: string): Promise<string | 'too_long' | null> {
  const isMail = isMailFile(file, name);
  if (file.size > (isMail ? largestMail : largestText)) return 'too_long';
  const bytes = new Uint8Array(await file.arrayBuffer());
  return isMail ? mailText(bytes) : decode(bytes);
}

export function isMailFile(file: Blob, name: string): boolean {
  return file.type === 'message/rfc822' || /\.eml$/i.test(name);
}

/** UTF-16 where a byte order mark says so, else UTF-8 in which every byte is right and none is NUL; null for anything else. */
function decode(bytes: Uint8Array): string | null {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    const text = new TextDecoder(marked, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/** The body of a mail: its plain text, else its HTML as text. No headers, no attachments. Null where it cannot be read. */
async function mailText(bytes: Uint8Array): Promise<string | null> {
  const options = { forceRfc822Attachments: true };
  try {
    const { text, html } = await PostalMime.parse(bytes, options);
    if (text !== undefined || html === undefined) return text ?? null;
    return (await PostalMime.parse(besideText(html), options)).text ?? null;
  } catch {
    return null;
  }
}

/** postal-mime turns HTML into text only where it stands beside text. */
function besideText(html: string): string {
  const mark = 'onrecord-html-beside-text';
  const part = (type: string, body: string): string => `--${mark}\r\nContent-Type: ${type}; charset=utf-8\r\n\r\n${body}\r\n`;
  return `Content-Type: multipart/mixed; boundary=${mark}\r\n\r\n${part('text/plain', '')}${part('text/html', html.replaceAll(mark, ''))}--${mark}--\r\n`;
}
