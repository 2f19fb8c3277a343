import { z } from 'zod';

/** What a lockfile says of the packages that run beside the signing key. */

const Package = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
  dev: z.boolean().optional(),
});
export const Lockfile = z.object({ packages: z.record(z.string(), Package) });
export const Floors = z.array(z.strictObject({ name: z.string(), floor: z.string().regex(/^\d+\.\d+\.\d+$/), why: z.string().min(10) }));

export type Lockfile = z.infer<typeof Lockfile>;
export type Floors = z.infer<typeof Floors>;

export type Locked = { name: string; version: string } & z.infer<typeof Package>;

/** Every package that is not for development alone, each copy once. */
export function productionOf({ packages }: Lockfile): readonly Locked[] {
  return everyOf({ packages }).filter(({ dev }) => !dev);
}

export function everyOf({ packages }: Lockfile): readonly Locked[] {
  const paths = Object.entries(packages).filter(([path]) => path !== '');
  return paths.map(([path, found]) => ({
    ...found,
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: found.version ?? '',
  }));
}

const numbersOf = (version: string): readonly number[] => version.split(/[-+]/, 1)[0]?.split('.').map(Number) ?? [];

export function isBelow(version: string, floor: string): boolean {
  const [own, least] = [numbersOf(version), numbersOf(floor)];
  const at = least.findIndex((number, index) => number !== own[index]);
  return at !== -1 && (own[at] ?? 0) < (least[at] ?? 0);
}

/** A package with floors in several major versions is held to that of its own, else to the highest. */
function floorFor({ name, version }: Locked, floors: Floors): Floors[number] | undefined {
  const own = floors.filter((floor) => floor.name === name).sort((left, right) => (isBelow(left.floor, right.floor) ? 1 : -1));
  return own.find(({ floor }) => numbersOf(floor)[0] === numbersOf(version)[0]) ?? own[0];
}

/** Packages below their floor, and floors of packages that are not here any more. */
export function belowFloor(lockfile: Lockfile, floors: Floors): readonly string[] {
  const production = productionOf(lockfile);
  const old = production.flatMap((locked) => {
    const floor = floorFor(locked, floors);
    return floor && isBelow(locked.version, floor.floor) ? [`${locked.name} ${locked.version} is below ${floor.floor}: ${floor.why}`] : [];
  });
  const gone = floors.filter(({ name }) => !production.some((locked) => locked.name === name)).map(({ name }) => `${name} is no production package`);
  return [...old, ...gone];
}

/** Packages with an installation script that `allowScripts` does not forbid. */
export function withScript(lockfile: Lockfile, allowScripts: Readonly<Record<string, boolean>>): readonly string[] {
  return everyOf(lockfile).flatMap(({ name, hasInstallScript }) => (hasInstallScript && allowScripts[name] !== false ? [name] : []));
}

/** Packages without a hash, or with an address to come from. */
export function unpinned(lockfile: Lockfile): readonly string[] {
  return everyOf(lockfile).flatMap(({ name, integrity, resolved }) => (integrity?.startsWith('sha512-') && resolved === undefined ? [] : [name]));
}
