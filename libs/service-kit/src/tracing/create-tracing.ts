import { setTimeout as pause } from 'node:timers/promises';
import type { Tracer } from '@opentelemetry/api';
import type { Tracing } from '@orderbus/outbox';
import type { Log } from '../log.ts';
import type { Part } from '../parts.ts';
import type { Delivered, Sdk } from './sdk.ts';
import { collectorOf, type TracingConfig } from './settings.ts';

export interface TracingOptions {
  readonly service: string;
  readonly broker: string;
  readonly config: TracingConfig;
  readonly log: Log;
}

/** How long a stop waits for the collector to take what is left. */
const lastWordsMs = 2_000;
/** A collector that is away is spoken of once, and not again before this. */
const silenceMs = 600_000;

/** The traces of one service: on as soon as it is started, where a collector is set. */
export const createTracing = ({ service, broker, config, log }: TracingOptions): Tracing & Required<Part> => {
  const collector = collectorOf(config);
  let sdk: Sdk | undefined;
  return {
    name: 'traces',
    service,
    broker,
    get tracer(): Tracer | undefined {
      return sdk?.tracer;
    },
    start: async () => {
      if (collector === undefined || sdk !== undefined) return;
      const { startSdk } = await import('./sdk.ts');
      sdk = startSdk(service, collector, config, complaints(log));
    },
    stop: async () => {
      const leaving = sdk;
      sdk = undefined;
      const tired = new AbortController();
      const patience = pause(lastWordsMs, undefined, { signal: tired.signal });
      await Promise.race([leaving?.shutdown(), patience]).catch(() => {});
      tired.abort();
      await patience.catch(() => {});
    },
  };
};

/** One line when a collector is away, and one when it is back. */
export const complaints = (log: Log, now: () => number = () => performance.now()): Delivered => {
  let lost = 0;
  let saidAt = Number.NEGATIVE_INFINITY;
  return (error, spans) => {
    if (error) {
      lost += spans;
      if (now() - saidAt < silenceMs) return;
      saidAt = now();
      log.warn({ reason: error.message.slice(0, 200), spans: lost }, 'the collector takes no traces: they are dropped until it does');
    } else if (lost > 0) {
      log.info({ lost }, 'the collector takes traces again');
      lost = 0;
    }
  };
};
