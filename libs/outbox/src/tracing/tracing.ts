import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  type Link,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { AppError } from '@orderbus/kernel';
import { errorAttribute } from './names.ts';
import { placeOf } from './traceparent.ts';

/** Where the spans of one service go. Several services may share a process. */
export interface Tracing {
  /** Undefined: traces are off. Nothing is noted then, and next to nothing is done. */
  readonly tracer: Tracer | undefined;
  readonly service: string;
  /** What its broker is, in the words of the conventions. */
  readonly broker: string;
}

export const noTracing: Tracing = { tracer: undefined, service: '', broker: '' };

export interface SpanWords {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
  /** The work that led to this, by their `traceparent`s: in as many traces. */
  readonly links?: readonly (string | null | undefined)[];
  /** What this is a part of. Default: the span that is being worked in. */
  readonly parent?: string | undefined;
  /** It begins a trace, whatever is being worked in. */
  readonly root?: boolean;
  readonly startTime?: number;
}

/** Whose spans are being worked in. */
const tracingKey = createContextKey('orderbus.tracing');

/** Does the work in a span of its own. */
export const traced = <T>(tracing: Tracing | undefined, name: string, words: SpanWords, work: (span?: Span) => Promise<T>): Promise<T> => {
  const span = tracing && begin(tracing, name, words);
  if (!span) return work();
  return within(tracing, span, async () => {
    try {
      return await work(span);
    } catch (error) {
      failed(span, typeOf(error));
      throw error;
    } finally {
      span.end();
    }
  });
};

/** The same as a part of what is being worked in; where that is no span, neither is this. */
export const tracedPart = <T>(name: string, words: SpanWords, work: (span?: Span) => Promise<T>): Promise<T> => {
  const tracing = context.active().getValue(tracingKey) as Tracing | undefined;
  return tracing ? traced(tracing, name, words, work) : work();
};

/** A span that whoever begins it ends; nothing while traces are off. */
export const begin = ({ tracer }: Tracing, name: string, { parent, links, ...words }: SpanWords): Span | undefined => {
  if (!tracer) return undefined;
  return tracer.startSpan(name, { ...words, links: linksTo(links ?? []) }, surroundings(parent));
};

/** Notes that what is being done here follows from this, too. */
export const linkHere = (traceparents: NonNullable<SpanWords['links']>): void => {
  trace.getActiveSpan()?.addLinks(linksTo(traceparents));
};

/** Works in this span, through all awaits. */
export const within = <T>(tracing: Tracing, span: Span, work: () => T): T =>
  context.with(trace.setSpan(context.active(), span).setValue(tracingKey, tracing), work);

/** `type`: a code or a name; an error's text may hold anything. */
export const failed = (span: Span, type: string): void => {
  span.setAttributes(errorAttribute(type)).setStatus({ code: SpanStatusCode.ERROR });
};

export const typeOf = (error: unknown): string => {
  if (error instanceof AppError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
};

const surroundings = (parent: string | undefined): Context => {
  const place = placeOf(parent);
  return place ? trace.setSpanContext(context.active(), place) : context.active();
};

/** Each once: the orders of a page, or the messages of a transaction, may come from one place. */
const linksTo = (traceparents: NonNullable<SpanWords['links']>): Link[] =>
  [...new Set(traceparents)].flatMap((traceparent) => {
    const place = placeOf(traceparent);
    return place ? [{ context: place }] : [];
  });

export { type Span, SpanKind };
