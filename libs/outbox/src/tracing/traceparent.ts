import { isSpanContextValid, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';

const w3c = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** The place in a trace that a `traceparent` of W3C names; nothing if it is none. */
export const placeOf = (traceparent: string | null | undefined): SpanContext | undefined => {
  const [, traceId, spanId, flags] = w3c.exec(traceparent ?? '') ?? [];
  if (traceId === undefined || spanId === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags as string, 16) & TraceFlags.SAMPLED, isRemote: true };
};

/** What others have to be told to go on in this trace. */
export const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;

/** Of the span that is being worked in; nothing while traces are off. */
export const traceparentHere = (): string | undefined => {
  const place = trace.getActiveSpan()?.spanContext();
  return place && isSpanContextValid(place) ? traceparentOf(place) : undefined;
};
