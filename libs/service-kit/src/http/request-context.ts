import { newId } from '@orderbus/kernel';
import { placeOf } from '@orderbus/outbox';
import type { RequestHandler } from 'express';
import { type Context, newTraceparent, withContext } from '../context.ts';

const acceptableId = /^[\w.:-]{1,128}$/;

/** Takes over the caller's correlation id and trace, or starts them; answers with the id, and keeps both as context. */
export const requestContext: RequestHandler = (request, response, next) => {
  const given = [request.get('x-correlation-id'), request.get('x-request-id')].find((id) => id !== undefined && acceptableId.test(id));
  const trace = request.get('traceparent');
  const fields = {
    correlationId: given ?? newId(),
    traceparent: trace !== undefined && placeOf(trace) ? trace : newTraceparent(),
  } satisfies Context;
  response.setHeader('x-correlation-id', fields.correlationId);
  response.setHeader('x-request-id', fields.correlationId);
  response.locals.context = fields;
  withContext(fields, next);
};
