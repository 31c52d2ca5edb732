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

/** The metrics of one service. Asking twice for one name gives the same metric. */
export interface Metrics {
  readonly registry: Registry;
  counter<L extends string>(config: CounterConfiguration<L>): Counter<L>;
  gauge<L extends string>(config: GaugeConfiguration<L>): Gauge<L>;
  histogram<L extends string>(config: HistogramConfiguration<L>): Histogram<L>;
}

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
  };
};
