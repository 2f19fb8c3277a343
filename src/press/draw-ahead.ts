/** Cards that are drawn without anybody asking, one at a time, and each once for however many publications wanted it meanwhile. */
export type DrawAhead = {
  want(paths: readonly string[]): void;
  /** Resolves when nothing waits to be drawn. */
  idle(): Promise<void>;
};

/** @param draw makes and keeps the picture at a path; one that cannot be drawn is drawn when somebody asks, and whoever draws says so in the log */
export function createDrawAhead(draw: (path: string) => Promise<unknown>): DrawAhead {
  const undrawn = new Set<string>();
  let drawing: Promise<void> | null = null;

  async function drawAll(): Promise<void> {
    for (const path of undrawn) {
      undrawn.delete(path);
      await draw(path).catch(() => undefined);
    }
    drawing = null;
  }

  return {
    want(paths) {
      for (const path of paths) undrawn.add(path);
      if (undrawn.size > 0) drawing ??= drawAll();
    },
    async idle() {
      while (drawing !== null) await drawing;
    },
  };
}
