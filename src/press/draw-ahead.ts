/** Cards that are drawn without anybody asking, one at a time, and each once for however many publications wanted it meanwhile. */
export type DrawAhead = {
  /** Draws these in a moment: a start and a publication have other work first. Whoever asks for one before has it drawn at once. */
  want(paths: readonly string[]): void;
  /** Draws what waits now; resolves when nothing waits any more. */
  idle(): Promise<void>;
  /** Nothing more is drawn ahead. */
  stop(): void;
};

const afterMs = 2_000;

/** @param draw makes and keeps the picture at a path; one that cannot be drawn is drawn when somebody asks, and whoever draws says so in the log */
export function createDrawAhead(draw: (path: string) => Promise<unknown>): DrawAhead {
  const undrawn = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let drawing: Promise<void> | null = null;

  async function drawAll(): Promise<void> {
    for (const path of undrawn) {
      undrawn.delete(path);
      await draw(path).catch(() => undefined);
    }
    drawing = null;
  }

  function begin(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (undrawn.size > 0) drawing ??= drawAll();
  }

  return {
    want(paths) {
      for (const path of paths) undrawn.add(path);
      if (undrawn.size > 0) timer ??= setTimeout(begin, afterMs).unref();
    },
    async idle() {
      begin();
      while (drawing !== null) await drawing;
    },
    stop() {
      undrawn.clear();
      begin();
    },
  };
}
