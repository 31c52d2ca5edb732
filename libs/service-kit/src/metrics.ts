import { AppError } from '@orderbus/kernel';
import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  type Metric,
  Registry,
} from 'prom-client';

export type { Counter, Gauge, Histogram } from 'prom-client';

/** One value for each of some labels. */
export interface Reading<L extends string = string> {
  readonly labels: Readonly<Record<L, string>>;
  readonly value: number;
}

/** The metrics of one service. Asking twice for one name gives the same metric. */
export interface Metrics {
  readonly registry: Registry;
  counter<L extends string>(config: CounterConfiguration<L>): Counter<L>;
  gauge<L extends string>(config: GaugeConfiguration<L>): Gauge<L>;
  histogram<L extends string>(config: HistogramConfiguration<L>): Histogram<L>;
  /** A gauge that is looked up when the metrics are read. What cannot be read, or is undefined, is left out instead of being zero. */
  observed<L extends string = never>(
    config: Omit<GaugeConfiguration<L>, 'collect'>,
    read: () => Promise<number | readonly Reading<L>[] | undefined>,
  ): void;
}

/**
 * One answer for everybody who asks within this time: gauges that share a query, and more than one Prometheus. `/metrics` is open to whoever
 * reaches it, and must not become a load on the database. An answer that could not be had is asked for again at once.
 */
export const remembered = <T>(ask: () => Promise<T>, forMs = 1_000): (() => Promise<T>) => {
  let answer: Promise<T> | undefined;
  let askedAt = 0;
  return () => {
    if (answer !== undefined && performance.now() - askedAt < forMs) return answer;
    askedAt = performance.now();
    const asked = ask();
    answer = asked;
    asked.catch(() => {
      if (answer === asked) answer = undefined;
    });
    return asked;
  };
};

/**
 * A registry of its own for each service, since several may share one process; every series is labelled with the service.
 * `processMetrics` adds memory, event loop and garbage collection: for the one service that has the process to itself.
 */
export const createMetrics = (service: string, { processMetrics = false } = {}): Metrics => {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  if (processMetrics) collectDefaultMetrics({ register: registry });

  const once = <M extends Metric>(kind: new (config: never) => M, config: { name: string }): M => {
    const known = registry.getSingleMetric(config.name);
    if (known === undefined) return new kind({ ...config, registers: [registry] } as never);
    if (known instanceof kind) return known;
    throw new AppError('bug', 'metrics.other-kind', { name: config.name });
  };

  return {
    registry,
    counter: <L extends string>(config: CounterConfiguration<L>) => once(Counter<L>, config),
    gauge: <L extends string>(config: GaugeConfiguration<L>) => once(Gauge<L>, config),
    histogram: <L extends string>(config: HistogramConfiguration<L>) => once(Histogram<L>, config),
    observed: <L extends string>(config: GaugeConfiguration<L>, read: () => Promise<number | readonly Reading<L>[] | undefined>) => {
      const collect = async function (this: Gauge<L>): Promise<void> {
        const found = await read().catch(() => undefined);
        // Of a gauge without labels, `reset` would leave a zero.
        if (config.labelNames === undefined) this.remove();
        else this.reset();
        if (typeof found === 'number') this.set(found);
        else for (const { labels, value } of found ?? []) this.set(labels, value);
      };
      const observed: GaugeConfiguration<L> = { ...config, collect };
      once(Gauge<L>, observed);
    },
  };
};
