/** The table of docs/security/asvs.md as a machine reads it. */

export type Row = { items: readonly string[]; shown: string };
export type Kind = (typeof kinds)[number];

const reasons = ['read', 'in part', 'not met', 'the operator’s', 'not applicable'] as const;
export const kinds = ['tests', ...reasons] as const;
const shortestReason = 4;

/** Every item of the levels named, from lines `V1.2 L1 1 2 3`. */
export function itemsOf(list: string): readonly string[] {
  const lines = list.split('\n').filter((line) => line.startsWith('V'));
  return lines.flatMap((line) => {
    const [section = '', _level, ...numbers] = line.split(' ');
    return numbers.map((number) => `${section}.${number}`);
  });
}

/** Rows of every chapter's table; `V9.*` stands for each item of its chapter. */
export function rowsOf(table: string, items: readonly string[]): readonly Row[] {
  const lines = table.split('\n').filter((line) => /^\| V\d/.test(line));
  return lines.map((line) => {
    const cells = line.slice(2, -2).split(' | ');
    const named = (cells[0] ?? '').split(' ');
    return {
      items: named.flatMap((name) => (name.endsWith('.*') ? items.filter((item) => item.startsWith(name.slice(0, -1))) : [name])),
      shown: cells[3] ?? '',
    };
  });
}

export const namesIn = (text: string): readonly string[] => [...text.matchAll(/“([^”]+)”/g)].map((match) => match[1] ?? '');

/** By what an item is shown: by tests, or for which kind of reason not. Null: by neither. */
export function kindOf(shown: string): Kind | null {
  const reason = reasons.find((name) => shown.startsWith(`${name}: `) && shown.length - name.length > shortestReason);
  return reason ?? (shown.startsWith('“') && namesIn(shown).length > 0 ? 'tests' : null);
}

/** The names of all tests in these sources. */
export function testNamesIn(sources: readonly string[]): ReadonlySet<string> {
  const calls = /\.test\(\s*(?:'((?:[^'\\\n]|\\.)+)'|`([^`]+)`)/g;
  return new Set(sources.flatMap((source) => [...source.matchAll(calls)].map((match) => (match[1] ?? match[2] ?? '').replaceAll("\\'", "'"))));
}

/** What is wrong with the table: an item that is missing, double or unknown, that nothing shows, or whose test there is not. */
export function objectionsTo(table: string, items: readonly string[], tests: ReadonlySet<string>): readonly string[] {
  const rows = rowsOf(table, items);
  const named = rows.flatMap((row) => row.items);
  return [
    ...items.filter((item) => !named.includes(item)).map((item) => `${item} has no row`),
    ...named.filter((item, at) => named.indexOf(item) !== at).map((item) => `${item} has two rows`),
    ...named.filter((item) => !items.includes(item)).map((item) => `${item} is no item of these levels`),
    ...rows.filter(({ shown }) => kindOf(shown) === null).map((row) => `${row.items.join(' ')} has neither a test nor a reason`),
    ...rows.flatMap((row) =>
      namesIn(row.shown)
        .filter((name) => !tests.has(name))
        .map((name) => `${row.items.join(' ')}: there is no test “${name}”`),
    ),
  ];
}
