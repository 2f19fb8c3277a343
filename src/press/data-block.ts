/** JSON as it may stand in a script element of HTML: no `<` in it can end that element. JSON has it in strings alone, where the escape says the same. */
export function dataBlock(json: string): string {
  return json.replaceAll('<', '\\u003c');
}
