import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Metric } from '../office.ts';

export type Metrics = {
  count(metric: Metric, labels?: Record<string, string>): void;
  countAnswer(status: number, count?: number): void;
  text(): Promise<string>;
};

const described: Readonly<Record<Metric, { help: string; labels: readonly string[] }>> = {
  onrecord_acts_total: { help: 'Acts of the desk that succeeded.', labels: ['act'] },
  onrecord_refusals_total: { help: 'Refused requests of the desk by code.', labels: ['code'] },
  onrecord_notices_total: { help: 'Notices told to people by code.', labels: ['code'] },
};

/** One number, or with a `label` one for each of its values. Asked at each scrape. */
export type GaugeSource = { help: string } & ({ read(): number | Promise<number> } | { label: string; readEach(): ReadonlyMap<string, number> });

/** Prometheus counters and gauges. */
export function openMetrics(gauges: Readonly<Record<string, GaugeSource>>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const counters = new Map(
    Object.entries(described).map(([name, { help, labels }]) => [name, new Counter({ name, help, labelNames: labels, registers: [registry] })]),
  );
  // Counted plainly, since every answer does it; Prometheus gets its labels when it asks.
  const answers = new Map<number, number>();
  new Counter({
    name: 'onrecord_public_answers_total',
    help: 'Answers of the public site by status.',
    labelNames: ['status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [status, count] of answers) this.inc({ status: String(status) }, count);
    },
  });
  for (const [name, source] of Object.entries(gauges)) {
    new Gauge({
      name,
      help: source.help,
      labelNames: 'label' in source ? [source.label] : [],
      registers: [registry],
      async collect() {
        // What cannot be asked now is no number; the others are still told.
        if ('read' in source) this.set(await Promise.resolve(source.read()).catch(() => Number.NaN));
        else for (const [value, number] of source.readEach()) this.set({ [source.label]: value }, number);
      },
    });
  }
  return {
    count: (metric, labels = {}) => counters.get(metric)?.inc(labels),
    countAnswer: (status, count = 1) => {
      answers.set(status, (answers.get(status) ?? 0) + count);
    },
    text: () => registry.metrics(),
  };
}
