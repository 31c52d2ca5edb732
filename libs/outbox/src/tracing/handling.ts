import { type Span, SpanKind } from '@opentelemetry/api';
import type { Work } from '../process-batch.ts';
import type { Item } from '../subscription.ts';
import { messageAttributes, outcomeAttribute } from './names.ts';
import { traceparentHere, traceparentOf } from './traceparent.ts';
import { begin, failed, type Tracing, typeOf } from './tracing.ts';

/** The spans of messages that are handled together: each in the trace of its message, with a link to the batch. */
export interface Handling {
  /** The same item, but for its place in the trace: what follows from it follows from the span of its handling. */
  readonly begin: <Command>(work: Work, item: Item<Command>) => Item<Command>;
  readonly done: (outcomeOf: (work: Work) => string) => void;
  readonly failed: (error: unknown) => void;
}

const unnoted: Handling = { begin: (_work, item) => item, done: () => {}, failed: () => {} };

/** For one transaction: what is of no interest to its service, or has been seen, gets no span. */
export const handlingOf = (tracing: Tracing): Handling => {
  if (!tracing.tracer) return unnoted;
  const links = [traceparentHere()];
  const spans = new Map<Work, Span>();
  return {
    begin: (work, item) => {
      const { event, subscription } = work;
      const attributes = messageAttributes(tracing.broker, subscription.event.topic, event);
      const { traceparent: parent } = item.cause;
      const span = begin(tracing, subscription.name, { kind: SpanKind.CONSUMER, parent, root: parent === undefined, links, attributes });
      if (!span) return item;
      spans.set(work, span);
      return { ...item, cause: { ...item.cause, traceparent: traceparentOf(span.spanContext()) } };
    },
    done: (outcomeOf) => {
      for (const [work, span] of spans) span.setAttributes(outcomeAttribute(outcomeOf(work))).end();
    },
    failed: (error) => {
      for (const span of spans.values()) {
        failed(span, typeOf(error));
        span.end();
      }
    },
  };
};
