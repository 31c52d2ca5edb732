import { pipeline } from 'node:stream/promises';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '@orderbus/kernel';
import type { KeptAnswer } from '@orderbus/outbox';
import type { Response } from 'express';
import { replayedHeader } from './idempotency.ts';
import { fieldIssues } from './problem.ts';
import { HttpResponse, noContent, plainStatuses, Raw, type ResponseSpec, schemaOf } from './reply.ts';
import type { Route } from './route.ts';

/** What a route answered, with its status. With `check`, an answer that its own documentation does not allow is a bug, not an answer. */
export const replyOf = (route: Route, answer: unknown, check: boolean): HttpResponse => {
  const reply = answer instanceof HttpResponse ? answer : new HttpResponse(plainStatus(route), answer);
  const spec = specOf(route, reply.status);
  if (check) checkBody(spec, reply.body, { status: reply.status, route: route.operationId });
  return reply;
};

const specOf = ({ responses, operationId }: Route, status: number): ResponseSpec => {
  const spec = responses[status];
  if (spec === undefined) throw new AppError('bug', 'response.undeclared-status', { status, route: operationId });
  return spec;
};

/** Sends what was answered before. */
export const respondAgain = (response: Response, { status, headers, body }: KeptAnswer): void => {
  response.status(status).set({ 'cache-control': 'no-store', ...headers, [replayedHeader]: 'true' });
  response.end(body ?? undefined);
};

export const respond = async (response: Response, route: Route, { status, body, headers }: HttpResponse): Promise<void> => {
  const spec = specOf(route, status);
  response.status(status);
  if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-store');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (body instanceof Raw) await sendRaw(response, body);
  else if (spec === noContent) response.end();
  else response.json(body);
};

const plainStatus = ({ responses, operationId }: Route): number => {
  const status = plainStatuses.find((candidate) => candidate in responses);
  if (status === undefined) throw new AppError('bug', 'response.status-missing', { route: operationId });
  return status;
};

const sendRaw = async (response: Response, { contentType, body }: Raw): Promise<void> => {
  response.setHeader('content-type', contentType);
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response.end(body);
    return;
  }
  await pipeline(body, response);
};

const checkBody = (spec: ResponseSpec, body: unknown, where: Record<string, unknown>): void => {
  if (spec === noContent) {
    if (body !== undefined && body !== null) throw new AppError('bug', 'response.unexpected-body', where);
    return;
  }
  const schema = schemaOf(spec, body);
  if (!schema) {
    const type = body instanceof Raw ? body.contentType : 'application/json';
    if (!('contentTypes' in spec) || spec.contentTypes.every((declared) => !type.startsWith(declared)))
      throw new AppError('bug', 'response.other-media-type', { ...where, type });
    return;
  }
  // What goes over the wire is what must fit.
  const wire: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  const result = schema.safeParse(wire);
  if (!result.success) throw new AppError('bug', 'response.does-not-fit', { ...where, errors: fieldIssues(result.error) });
  // The schema drops what it does not know: if something is missing afterwards, we were about to show more than documented.
  const fit: unknown = JSON.parse(JSON.stringify(result.data));
  if (!isDeepStrictEqual(fit, wire)) throw new AppError('bug', 'response.shows-too-much', { ...where, fields: extraFields(wire, fit) });
};

const extraFields = (wire: unknown, fit: unknown, path = ''): string[] => {
  if (isDeepStrictEqual(wire, fit)) return [];
  if (!isRecord(wire) || !isRecord(fit)) return [path || 'body'];
  const names = new Set([...Object.keys(wire), ...Object.keys(fit)]);
  return [...names].flatMap((name) => extraFields(wire[name], fit[name], path === '' ? name : `${path}.${name}`));
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
