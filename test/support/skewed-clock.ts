/** For `node --import`: this process's own clock is so many milliseconds ahead (SKEW_MS), as on a host whose clock is wrong. */
const ahead = Number(process.env.SKEW_MS ?? 0);
const Real = Date;

class Skewed extends Real {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [Real.now() + ahead] : given) as [number]));
  }
  static override now(): number {
    return Real.now() + ahead;
  }
}

globalThis.Date = Skewed as DateConstructor;
