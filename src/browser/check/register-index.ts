import { parseSketch, type Sketch } from '../../leak/fingerprint/sketch.ts';
import { isFalsified } from '../../leak/grounds.ts';
import type { Register, RegisterCollection, RegisterItem } from '../../leak/register.ts';
import type { Levels } from '../fingerprint/messages.ts';

/** An item of the register with what a reader has to know beside it. */
export type Known = { item: RegisterItem; isStatementWithdrawn: boolean; collections: readonly KnownCollection[] };
export type KnownCollection = { collection: RegisterCollection; namesFalsified: boolean };
/** The register as it is looked up: a step a file, however long it is. `levels`: those at which it lists anything. */
export type RegisterIndex = {
  register: Register | null;
  exact: ReadonlyMap<string, readonly Known[]>;
  text: ReadonlyMap<string, readonly Known[]>;
  sketches: readonly { sketch: Sketch; known: Known }[];
  levels: Levels;
};

export function indexRegister(register: Register | null): RegisterIndex {
  const [exact, text] = [new Map<string, Known[]>(), new Map<string, Known[]>()];
  const sketches: { sketch: Sketch; known: Known }[] = [];
  for (const known of register ? knownItems(register) : [])
    for (const { level, value } of known.item.fingerprints) {
      if (level === 'exact') put(exact, value, known);
      else if (level === 'text') put(text, value, known);
      else sketches.push(...readSketch(value, known));
    }
  return { register, exact, text, sketches, levels: { text: text.size > 0, sketch: sketches.length > 0 } };
}

function put(map: Map<string, Known[]>, key: string, known: Known): void {
  const listed = map.get(key);
  if (listed === undefined) map.set(key, [known]);
  else if (!listed.includes(known)) listed.push(known);
}

function readSketch(value: string, known: Known): readonly { sketch: Sketch; known: Known }[] {
  const sketch = parseSketch(value);
  return sketch === null ? [] : [{ sketch, known }];
}

function knownItems({ artefacts, collections, statements }: Register): readonly Known[] {
  const idOf = (statement: string, item: string): string => `${statement} ${item}`;
  const withdrawn = new Set(statements.filter(({ state }) => state === 'withdrawn').map(({ statement }) => statement));
  const verdicts = new Map(artefacts.map((one) => [idOf(one.statement, one.artefact), one.history.at(-1)?.verdict]));
  const memberships = new Map<string, KnownCollection[]>();
  for (const collection of collections) {
    const keys = collection.members.map((member) => idOf(collection.statement, member));
    const namesFalsified = keys.some((key) => isFalsified(verdicts.get(key) ?? 'unverified'));
    for (const key of keys) memberships.set(key, [...(memberships.get(key) ?? []), { collection, namesFalsified }]);
  }
  return artefacts.map((item) => {
    const of = memberships.get(idOf(item.statement, item.artefact)) ?? [];
    return { item, isStatementWithdrawn: withdrawn.has(item.statement), collections: of };
  });
}
