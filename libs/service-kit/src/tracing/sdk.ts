import { type ContextManager, context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracingConfig } from './settings.ts';

/** Told of each attempt to hand spans over. */
export type Delivered = (error: Error | undefined, spans: number) => void;

export interface Sdk {
  readonly tracer: Tracer;
  /** Hands over what is left. */
  shutdown(): Promise<void>;
}

/** Spans beyond that are dropped: a collector that is away must not cost memory. */
const mostWaiting = 4_096;
/** A batch of messages has so many at most, each from a place of its own. */
const mostLinks = 1_000;

/** Loaded only where traces are on. */
export const startSdk = (service: string, collector: string, config: TracingConfig, delivered: Delivered): Sdk => {
  const manager: ContextManager = new AsyncLocalStorageContextManager();
  // Of one process there is one, whoever comes first.
  context.setGlobalContextManager(manager.enable());
  const exporter = reporting(new OTLPTraceExporter({ url: collector, timeoutMillis: config.OTEL_EXPORTER_OTLP_TIMEOUT }), delivered);
  const provider = new TracerProvider({
    resource: detectResources({ detectors: [envDetector] }).merge(
      resourceFromAttributes({ 'service.name': service, 'service.namespace': 'orderbus' }),
    ),
    sampler: samplerOf(config),
    spanLimits: { linkCountLimit: mostLinks },
    spanProcessors: [new BatchSpanProcessor({ exporter, maxQueueSize: mostWaiting, scheduledDelayMillis: config.OTEL_BSP_SCHEDULE_DELAY })],
  });
  return { tracer: provider.getTracer('orderbus'), shutdown: () => provider.shutdown() };
};

/** What cannot be handed over is gone, and told of here: the SDK would write a line for each attempt. */
const reporting = (exporter: SpanExporter, delivered: Delivered): SpanExporter => ({
  export: (spans, done) =>
    exporter.export(spans, ({ code, error }) => {
      delivered(code === 0 ? undefined : (error ?? new Error('not accepted')), spans.length);
      done({ code: 0 });
    }),
  shutdown: () => exporter.shutdown(),
});

const samplerOf = ({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: ratio }: TracingConfig): Sampler => {
  const root = rootSamplerOf(name, ratio);
  return name.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root;
};

const rootSamplerOf = (name: TracingConfig['OTEL_TRACES_SAMPLER'], ratio: number): Sampler => {
  if (name.endsWith('traceidratio')) return new TraceIdRatioBasedSampler(ratio);
  return name.endsWith('always_on') ? new AlwaysOnSampler() : new AlwaysOffSampler();
};
