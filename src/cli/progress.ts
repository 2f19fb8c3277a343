type Progress = { step(count?: number): void; end(): void };

const width = 30;
const everyMs = 100;

function showProgress(label: string, total: number): Progress {
  const { stderr } = process;
  let [done, drawnAt, tenths] = [0, Number.NEGATIVE_INFINITY, 0];
  const draw = (): void => {
    const share = total === 0 ? 1 : done / total;
    const filled = Math.round(share * width);
    stderr.write(`\r${label} [${'#'.repeat(filled)}${' '.repeat(width - filled)}] ${done} of ${total}`);
    drawnAt = performance.now();
  };
  return {
    step(count = 1) {
      done += count;
      if (stderr.isTTY) {
        if (performance.now() - drawnAt >= everyMs) draw();
      } else if (total >= 100 && Math.floor((10 * done) / total) > tenths) {
        tenths = Math.floor((10 * done) / total);
        stderr.write(`${label}: ${done} of ${total}\n`);
      }
    },
    end() {
      if (!stderr.isTTY) return;
      draw();
      stderr.write('\n');
    },
  };
}

/** Says on standard error how far a long piece of work has come: a bar on a terminal, a line a tenth elsewhere. */
export async function withProgress<Value>(label: string, total: number, work: (step: Progress['step']) => Promise<Value>): Promise<Value> {
  const progress = showProgress(label, total);
  return work(progress.step).finally(progress.end);
}
