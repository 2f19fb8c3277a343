/** Where the answer at a path lies in a mirror: under its own name, and a page, whose path is a folder as well, under that name and `.html`. */
export function fileOf(path: string, status: number, type: string): string {
  const place = status === 451 ? `/.gone${path}` : path;
  if (path === '/api/v1/statements') return `${place}/index.json`;
  const name = place.endsWith('/') ? `${place}index` : place;
  return type.startsWith('text/html') && !name.endsWith('.html') ? `${name}.html` : name;
}

/** The page for what is missing in a language: no path of the site, so that nothing public is in its way. */
export function missingPath(language: string): string {
  return `/.missing/${language}`;
}

export const isMissingPath = (path: string): boolean => path.startsWith('/.missing/');

/** What the site is asked for it: a path like any other that leads nowhere. */
export function addressOf(path: string, first: string): string {
  if (!isMissingPath(path)) return path;
  return path === missingPath(first) ? '/missing' : `${path.replace('/.missing', '')}/missing`;
}
