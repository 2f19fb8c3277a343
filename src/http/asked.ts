/** What an answer of the public site depends on, besides method and target. */
export type Asked = {
  /** In lower case; empty when there is none, or more than one. */
  host: string;
  encoding: string | undefined;
  /** If-None-Match. */
  condition: string | undefined;
  /** Accept-Datetime. */
  datetime: string | undefined;
};

/** Reads these headers in one pass over what the parser gave; of one that is sent twice all values, as one list (RFC 9110 §5.3). */
export function readAsked(rawHeaders: readonly string[]): Asked {
  const asked: Asked = { host: '', encoding: undefined, condition: undefined, datetime: undefined };
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const value = rawHeaders[index + 1] ?? '';
    switch (name.length) {
      case 4:
        if (!is(name, 'Host', 'host')) break;
        hosts += 1;
        asked.host = hosts === 1 ? value.toLowerCase() : '';
        break;
      case 13:
        if (is(name, 'If-None-Match', 'if-none-match')) asked.condition = listed(asked.condition, value);
        break;
      case 15:
        if (is(name, 'Accept-Encoding', 'accept-encoding')) asked.encoding = listed(asked.encoding, value);
        else if (is(name, 'Accept-Datetime', 'accept-datetime')) asked.datetime = listed(asked.datetime, value);
        break;
      default:
    }
  }
  return asked;
}

/** The two spellings that clients use come first: nothing is made in lower case for them. */
function is(name: string, usual: string, lower: string): boolean {
  return name === usual || name === lower || name.toLowerCase() === lower;
}

function listed(before: string | undefined, value: string): string {
  return before === undefined ? value : `${before}, ${value}`;
}
