/** Ways to rewrite what lies in a data directory behind the back of the service. */

export type Files = ReadonlyMap<string, Buffer>;
/** `changed`: the new bytes by path; null removes the file. */
export type Mutation = { what: string; changed: ReadonlyMap<string, Buffer | null> };

const masks = [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x03, 0x0c, 0x30, 0xc0, 0x0f, 0xf0, 0x55, 0xaa, 0xff] as const;

/** Every byte flipped with one mask after the other: all bytes with the first mask come first. */
function* flips(files: Files): Generator<Mutation> {
  for (const mask of masks) {
    for (const [path, bytes] of files) {
      for (let place = 0; place < bytes.length; place += 1) {
        const flipped = Buffer.from(bytes);
        flipped[place] = (bytes[place] ?? 0) ^ mask;
        yield { what: `${path}: byte ${place} flipped by ${mask}`, changed: new Map([[path, flipped]]) };
      }
    }
  }
}

function* removals(files: Files): Generator<Mutation> {
  for (const path of files.keys()) yield { what: `${path} removed`, changed: new Map([[path, null]]) };
}

function* swaps(files: Files): Generator<Mutation> {
  for (const [one, bytes] of files)
    for (const [other, otherBytes] of files)
      if (one < other && !bytes.equals(otherBytes))
        yield {
          what: `${one} and ${other} swapped`,
          changed: new Map([
            [one, otherBytes],
            [other, bytes],
          ]),
        };
}

function* truncations(files: Files): Generator<Mutation> {
  for (const [path, bytes] of files)
    for (const share of [0, 0.25, 0.5, 0.75, 0.99]) {
      const length = Math.floor(bytes.length * share);
      yield { what: `${path} cut to ${length} bytes`, changed: new Map([[path, bytes.subarray(0, length)]]) };
    }
}

/** All of an earlier state put back, and each of its files alone. */
function* returns(files: Files, earlier: readonly Files[]): Generator<Mutation> {
  for (const [age, old] of earlier.entries()) {
    const paths = [...new Set([...files.keys(), ...old.keys()])];
    const different = paths.filter((path) => !old.get(path)?.equals(files.get(path) ?? Buffer.of(0)));
    const back = different.map((path): [string, Buffer | null] => [path, old.get(path) ?? null]);
    yield { what: `all as it was in state ${age}`, changed: new Map(back) };
    for (const [path, bytes] of back) if (bytes !== null) yield { what: `${path} as it was in state ${age}`, changed: new Map([[path, bytes]]) };
  }
}

/** All the ways that are not flips, then `count` in all: flips spread evenly over the bytes, and over as many masks as it takes. */
export function* mutationsOf(files: Files, earlier: readonly Files[], count: number): Generator<Mutation> {
  const others = [...returns(files, earlier), ...removals(files), ...swaps(files), ...truncations(files)];
  yield* others;
  const bytes = [...files.values()].reduce((sum, { length }) => sum + length, 0);
  const wanted = count - others.length;
  // Prime to most lengths, so that each field is met in another place.
  const step = Math.max(1, Math.floor(bytes / wanted));
  let place = 0;
  let given = 0;
  for (const mutation of flips(files)) {
    if (given === wanted) return;
    if (place % step === 0) {
      given += 1;
      yield mutation;
    }
    place += 1;
  }
}
