/**
 * Just enough of JSON Schema 2020-12 to check what we publish. A keyword that it does not know fails: nothing passes unread.
 * Gives the paths that do not fit, with the keyword.
 */
export type Schema = Readonly<Record<string, unknown>> | boolean;

export function findMisfits(schema: unknown, value: unknown, root: unknown = schema, at = ''): readonly string[] {
  if (schema === true) return [];
  if (!isObject(schema)) return [`${at} false`];
  return Object.entries(schema).flatMap(([keyword, rule]) => {
    const check = checks[keyword];
    if (check === undefined) throw new RangeError(`no check for ${keyword}`);
    return check(rule, value, { schema, root, at: `${at}` }).map((where) => (where.includes(' ') ? where : `${where} ${keyword}`));
  });
}

type Place = { schema: Readonly<Record<string, unknown>>; root: unknown; at: string };
type Check = (rule: unknown, value: unknown, place: Place) => readonly string[];

const silent: Check = () => [];
const unless = (fits: boolean, { at }: Place): readonly string[] => (fits ? [] : [at || '/']);
const fits = (rule: unknown, value: unknown, { root, at }: Place): boolean => findMisfits(rule, value, root, at).length === 0;
const listOf = (rule: unknown): readonly unknown[] => (Array.isArray(rule) ? rule : []);
const isNumber = (value: unknown): value is number => typeof value === 'number';
const characters = (value: string): number => [...value].length;

const checks: Readonly<Record<string, Check>> = {
  ...Object.fromEntries(['$schema', '$id', 'title', 'description', '$defs', 'contentEncoding'].map((name) => [name, silent])),
  $ref: (rule, value, { root, at }) => findMisfits(resolve(root, String(rule)), value, root, at),
  type: (rule, value, place) =>
    unless(
      listOf(Array.isArray(rule) ? rule : [rule]).some((type) => isType(type, value)),
      place,
    ),
  enum: (rule, value, place) => unless(listOf(rule).includes(value), place),
  const: (rule, value, place) => unless(rule === value, place),
  anyOf: (rule, value, place) =>
    unless(
      listOf(rule).some((one) => fits(one, value, place)),
      place,
    ),
  oneOf: (rule, value, place) => unless(listOf(rule).filter((one) => fits(one, value, place)).length === 1, place),
  allOf: (rule, value, { root, at }) => listOf(rule).flatMap((one) => findMisfits(one, value, root, at)),
  not: (rule, value, place) => unless(!fits(rule, value, place), place),
  required: (rule, value, place) => unless(!isObject(value) || listOf(rule).every((name) => Object.hasOwn(value, String(name))), place),
  properties: (rule, value, { root, at }) =>
    !isObject(rule) || !isObject(value)
      ? []
      : Object.entries(rule).flatMap(([name, one]) => (Object.hasOwn(value, name) ? findMisfits(one, value[name], root, `${at}/${name}`) : [])),
  additionalProperties: (rule, value, { schema, root, at }) => {
    const known = isObject(schema.properties) ? schema.properties : {};
    if (!isObject(value)) return [];
    return Object.keys(value).flatMap((name) => (Object.hasOwn(known, name) ? [] : findMisfits(rule, value[name], root, `${at}/${name}`)));
  },
  propertyNames: (rule, value, { root, at }) => (isObject(value) ? Object.keys(value).flatMap((name) => findMisfits(rule, name, root, `${at}/${name}`)) : []),
  items: (rule, value, { root, at }) => (Array.isArray(value) ? value.flatMap((item, index) => findMisfits(rule, item, root, `${at}/${index}`)) : []),
  minItems: (rule, value, place) => unless(!Array.isArray(value) || value.length >= Number(rule), place),
  maxItems: (rule, value, place) => unless(!Array.isArray(value) || value.length <= Number(rule), place),
  minLength: (rule, value, place) => unless(typeof value !== 'string' || characters(value) >= Number(rule), place),
  maxLength: (rule, value, place) => unless(typeof value !== 'string' || characters(value) <= Number(rule), place),
  pattern: (rule, value, place) => unless(typeof value !== 'string' || new RegExp(String(rule), 'u').test(value), place),
  format: (rule, value, place) => unless(typeof value !== 'string' || rule !== 'uri' || URL.canParse(value), place),
  minimum: (rule, value, place) => unless(!isNumber(value) || value >= Number(rule), place),
  exclusiveMinimum: (rule, value, place) => unless(!isNumber(value) || value > Number(rule), place),
  maximum: (rule, value, place) => unless(!isNumber(value) || value <= Number(rule), place),
};

function isType(type: unknown, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The part of a document that a local `$ref` points to. Throws when there is none. */
export function resolve(root: unknown, pointer: string): unknown {
  if (!pointer.startsWith('#/')) throw new RangeError(`${pointer} leaves the document`);
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((part, name) => {
      if (!isObject(part) || !Object.hasOwn(part, name)) throw new RangeError(`${pointer} leads nowhere`);
      return part[name];
    }, root);
}
