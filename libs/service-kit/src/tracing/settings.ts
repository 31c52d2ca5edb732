import { z } from 'zod';
import { url } from '../config.ts';

const samplers = [
  ...['always_on', 'always_off', 'traceidratio'],
  ...['parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'],
] as const;

/** OpenTelemetry's own variables. Traces are off as long as nobody says where to. */
export const tracingSettings = {
  /** The collector that takes OTLP over HTTP, e.g. `http://collector:4318`. */
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http', 'https']).optional(),
  /** The same as a whole address, path and all. */
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url(['http', 'https']).optional(),
  OTEL_TRACES_SAMPLER: z.enum(samplers).default('parentbased_always_on'),
  /** Of the samplers by ratio: which share of traces is kept. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  /** How long one attempt to hand spans over may take, retries and all, in milliseconds. */
  OTEL_EXPORTER_OTLP_TIMEOUT: z.coerce.number().int().min(1).default(10_000),
  /** How long spans gather before they are handed over, in milliseconds. */
  OTEL_BSP_SCHEDULE_DELAY: z.coerce.number().int().min(1).default(5_000),
};

const TracingConfig = z.object(tracingSettings);
export type TracingConfig = z.output<typeof TracingConfig>;

/** Where traces go; nothing when they are off. */
export const collectorOf = (config: TracingConfig): string | undefined => {
  const { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: exact, OTEL_EXPORTER_OTLP_ENDPOINT: base } = config;
  return exact ?? (base === undefined ? undefined : `${base.replace(/\/$/, '')}/v1/traces`);
};
