import { AppError } from '@orderbus/kernel';
import { answeredAttributes, clientAttributes, SpanKind, tracedPart } from '@orderbus/outbox';
import type { Log, Metrics } from '@orderbus/service-kit';
import { codes } from './amazon-error.ts';
import type { CircuitName, Circuits } from './circuits.ts';
import { call, type HttpAnswer } from './http.ts';

/** One question and its answer, over HTTP. */
interface Question<T> {
  /** As it is called in metrics and in the error log. */
  readonly operation: string;
  readonly circuit: CircuitName;
  /** The order or the feed that it is about. */
  readonly subject?: string | undefined;
  readonly url: string;
  readonly init: RequestInit;
  /** Told of every answer, before it is judged. */
  readonly answered?: (answer: HttpAnswer) => void;
  /** Makes sense of a success. */
  readonly read: (answer: HttpAnswer) => T;
  /** What an answer that is not a success means. */
  readonly refusal: (answer: HttpAnswer) => AppError;
}

export type Exchange = <T>(question: Question<T>, signal: AbortSignal) => Promise<T>;

/** A call that went wrong. */
export interface FailedCall {
  readonly storeId: string;
  readonly operation: string;
  readonly subject: string | undefined;
  readonly error: unknown;
}

export interface ExchangeOptions {
  readonly storeId: string;
  readonly circuits: Circuits;
  readonly failed: (call: FailedCall) => void;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Everything that leaves for Amazon goes through here: behind its circuit, with a deadline, counted, measured, and on record if it fails. */
export const exchanges = ({ storeId, circuits, failed, log, metrics }: ExchangeOptions): Exchange => {
  const requests = metrics.counter({ name: 'spapi_requests_total', help: 'Calls by operation and answer', labelNames: ['op', 'status'] });
  const duration = metrics.histogram({
    name: 'spapi_duration_seconds',
    help: 'Seconds that Amazon took to answer',
    labelNames: ['op'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  });

  const ask = async <T>(question: Question<T>, stop: AbortSignal, deadline: AbortSignal): Promise<T> => {
    const { operation: op, url, init, answered, read, refusal } = question;
    const startedAt = performance.now();
    let status = 'none';
    try {
      const answer = await call(url, { ...init, signal: AbortSignal.any([stop, deadline]) });
      status = String(answer.status);
      log.debug({ op, store: storeId, status: answer.status, requestId: answer.requestId }, 'Amazon answered');
      answered?.(answer);
      if (!answer.ok) throw refusal(answer);
      return read(answer);
    } catch (error) {
      // Whoever asked has gone: that says nothing about Amazon.
      if (stop.aborted && !(error instanceof AppError)) throw new AppError('unavailable', codes.aborted, { operation: op });
      throw error;
    } finally {
      requests.inc({ op, status });
      duration.observe({ op }, (performance.now() - startedAt) / 1_000);
    }
  };

  /** By the name of the operation, as Amazon documents it: paths and bodies hold orders and buyers. */
  const askInSpan = <T>(question: Question<T>, stop: AbortSignal, deadline: AbortSignal): Promise<T> => {
    const attributes = clientAttributes('amazon', question.init.method ?? 'GET');
    return tracedPart(question.operation, { kind: SpanKind.CLIENT, attributes }, (span) => {
      const answered = (answer: HttpAnswer): void => {
        span?.setAttributes(answeredAttributes(answer.status));
        question.answered?.(answer);
      };
      return ask({ ...question, answered }, stop, deadline);
    });
  };

  return async (question, signal) => {
    try {
      return await circuits.through(question.circuit, (deadline) => askInSpan(question, signal, deadline));
    } catch (error) {
      const wasMade = !(error instanceof AppError) || (error.code !== 'circuit.open' && error.code !== codes.aborted);
      if (wasMade) failed({ storeId, operation: question.operation, subject: question.subject, error });
      throw error;
    }
  };
};
