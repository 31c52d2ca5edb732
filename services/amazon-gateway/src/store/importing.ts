import {
  begin,
  type CausedEvent,
  failed,
  type Span,
  SpanKind,
  spanNames,
  storeAttribute,
  type Tracing,
  traceparentHere,
  traceparentOf,
  typeOf,
} from '@orderbus/outbox';
import { newTraceparent } from '@orderbus/service-kit';

/** The traces that begin with a page of orders. */
export interface Importing {
  /** Each order that is new or different begins a trace of its own, with a link to the page: whatever follows from it is in there. */
  begin(events: readonly CausedEvent[]): CausedEvent[];
  /** Ends what has begun, with the transaction. */
  committed<T>(transaction: Promise<T>): Promise<T>;
}

export const importing = (tracing: Tracing | undefined, storeId: string): Importing => {
  if (!tracing?.tracer) return untraced;
  const startTime = Date.now();
  const links = [traceparentHere()];
  const spans = new Map<string, Span>();
  const words = { kind: SpanKind.PRODUCER, root: true, links, startTime, attributes: storeAttribute(storeId) };

  const traceparentOfStory = (correlationId: string): string | undefined => {
    const span = spans.get(correlationId) ?? begin(tracing, spanNames.importOrder, words);
    if (span) spans.set(correlationId, span);
    return span && traceparentOf(span.spanContext());
  };

  return {
    begin: (events) =>
      events.map(({ event, cause }) => ({ event, cause: { ...cause, traceparent: traceparentOfStory(cause.correlationId) } })),
    committed: async (transaction) => {
      try {
        return await transaction;
      } catch (error) {
        for (const span of spans.values()) failed(span, typeOf(error));
        throw error;
      } finally {
        for (const span of spans.values()) span.end();
      }
    },
  };
};

/** All that follows from a page can be told by the logs of whoever is called. */
const untraced: Importing = {
  begin: (events) => {
    const traceparent = newTraceparent();
    return events.map(({ event, cause }) => ({ event, cause: { ...cause, traceparent } }));
  },
  committed: (transaction) => transaction,
};
