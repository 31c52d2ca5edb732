import { context as active, type Context } from '@opentelemetry/api';
import { answeredAttributes, begin, failed, SpanKind, serverAttributes, spanNames, type Tracing, within } from '@orderbus/outbox';
import type { RequestHandler, Response } from 'express';

/** A span for each request, by the pattern of its route, as a part of what its caller is doing. */
export const traceRequests =
  (tracing: Tracing): RequestHandler =>
  (request, response, next) => {
    const { method } = request;
    const parent = request.get('traceparent');
    const attributes = serverAttributes(method);
    const span = begin(tracing, spanNames.request(method, undefined), { kind: SpanKind.SERVER, parent, attributes });
    if (!span) return next();
    response.once('close', () => {
      const { statusCode: status } = response;
      const route = response.locals.route as string | undefined;
      span.updateName(spanNames.request(method, route)).setAttributes(answeredAttributes(status, route));
      if (status >= 500) failed(span, String(status));
      span.end();
    });
    within(tracing, span, () => {
      response.locals.trace = active.active();
      next();
    });
  };

/** Goes on in the request's span. */
export const inTraceOf = <T>(response: Response, work: () => T): T => {
  const trace = response.locals.trace as Context | undefined;
  return trace ? active.with(trace, work) : work();
};
