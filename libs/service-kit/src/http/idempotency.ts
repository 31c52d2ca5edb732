import { createHash } from 'node:crypto';
import { isTransient, newId, requestIdOf } from '@orderbus/kernel';
import type { ClaimedRequest, IdempotencyKeys, IdempotentRequest, KeptAnswer } from '@orderbus/outbox';
import type { Request } from 'express';
import type { Caller } from '../access/caller.ts';
import { HttpError, problemAnswer, problemMediaType } from './problem.ts';
import { type HttpResponse, Raw } from './reply.ts';

const header = 'idempotency-key';

/** What an answer that was given before says of itself. */
export const replayedHeader = 'idempotency-replayed';

/** The id of what this request is going to create. Under a key it is the same each time, also when the first one died half way. */
export const requestIdFor = (request: Request, caller: Caller): string => {
  const key = request.get(header);
  return key === undefined ? newId() : requestIdOf(operationOf(request, caller), key);
};

/**
 * Does the work of a POST once per `Idempotency-Key`: sent again, it is answered the same. Without a key, or where nobody remembers, it is
 * simply done. A failure of ours, or one that passes by itself, is not remembered: it may be tried again.
 * @throws HttpError 400 for a key that cannot be one, 409 while the first one is under way, 422 for the same key with other content.
 */
export const idempotently = async (
  keys: IdempotencyKeys | undefined,
  request: Request,
  caller: Caller,
  work: () => Promise<HttpResponse>,
): Promise<HttpResponse | KeptAnswer> => {
  const key = request.get(header);
  if (keys === undefined || key === undefined || request.method !== 'POST') return work();
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw new HttpError(400, 'idempotency.bad-key', 'Idempotency-Key: expected 1 to 255 characters, without spaces');
  const claim: IdempotentRequest = { operation: operationOf(request, caller), key, fingerprint: fingerprintOf(request) };
  const met = await keys.claim(claim);
  if (met !== 'ours') return metBefore(met);
  const letGo = keys.hold(claim);
  try {
    const reply = await work();
    if (reply.body instanceof Raw) await keys.release(claim);
    else await keys.keep(claim, keptOf(reply));
    return reply;
  } catch (error) {
    const { status, headers, problem } = problemAnswer(error);
    if (status >= 500 || isTransient(error)) await keys.release(claim);
    else await keys.keep(claim, { status, headers: { ...headers, 'content-type': problemMediaType }, body: JSON.stringify(problem) });
    throw error;
  } finally {
    letGo();
  }
};

const metBefore = (met: Exclude<ClaimedRequest, 'ours'>): KeptAnswer => {
  if (met === 'in-flight')
    throw new HttpError(409, 'idempotency.in-flight', 'The request under this key is still being worked on', { 'retry-after': '1' });
  if (met === 'other-content')
    throw new HttpError(422, 'idempotency.other-content', 'This key was used for a request with other content: take a new one');
  return met;
};

const keptOf = ({ status, headers, body }: HttpResponse): KeptAnswer => ({
  status,
  headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }) },
  body: body === undefined ? null : JSON.stringify(body),
});

/** A key is its sender's: under the same one, somebody else asks for something else. */
const operationOf = ({ method, path }: Request, { id, onBehalfOf }: Caller): string =>
  [method, path, id, ...(onBehalfOf === undefined ? [] : [onBehalfOf])].join(' ');

const fingerprintOf = ({ originalUrl, body }: Request): string => {
  const hash = createHash('sha256').update(JSON.stringify([originalUrl, Buffer.isBuffer(body) ? body.length : (body ?? null)]));
  return (Buffer.isBuffer(body) ? hash.update(body) : hash).digest('base64url');
};
