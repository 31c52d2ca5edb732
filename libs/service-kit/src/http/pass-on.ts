import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request as safeRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@orderbus/kernel';
import { answeredAttributes, clientAttributes, SpanKind, spanNames, tracedPart } from '@orderbus/outbox';
import type { Request, Response } from 'express';
import { belonging } from './ask-service.ts';

export interface PassOnOptions {
  /** Who is asked, as people know him: errors name him. */
  readonly name: string;
  /** Where he is. */
  readonly url: string;
  /** What he is asked for: path and query, as they came. */
  readonly path: string;
  /** Who asks, and from where. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where his paths begin for our callers: what he says about places is put behind it. */
  readonly prefix: string;
  /** How long he may be silent. Default: a minute. */
  readonly timeoutMs?: number;
  /** What to do before his answer is passed back. */
  readonly answered?: (status: number, response: Response) => void;
}

/**
 * Passes a request on and its answer back, both as they come: nothing is kept in memory, and whoever is slow slows down the other end. Only
 * the headers named here pass; cookies do in neither direction.
 * @throws AppError `service.away` that names who does not answer, or breaks off
 */
export const passOn = (request: Request, response: Response, options: PassOnOptions): Promise<void> => {
  const { method } = request;
  const attributes = clientAttributes(options.name, method);
  return tracedPart(spanNames.request(method, `${options.prefix}/*`), { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const status = await passedOn(request, response, options);
    if (status !== undefined) span?.setAttributes(answeredAttributes(status));
  });
};

/** The status of the answer; nothing when the one who asked has left. */
const passedOn = async (request: Request, response: Response, options: PassOnOptions): Promise<number | undefined> => {
  const upstream = ask(request, options);
  let answer: IncomingMessage | undefined;
  let hasLeft = false;
  response.once('close', () => {
    hasLeft = !answer?.errored;
    upstream.destroy();
  });
  // Not a pipeline: when the other end goes, ours is still to be answered.
  request.pipe(upstream);
  try {
    answer = await answerOf(upstream);
    passBack(answer, response, options);
    await pipeline(answer, response);
  } catch (cause) {
    if (!hasLeft) throw new AppError('unavailable', 'service.away', { service: options.name }, { cause });
  }
  return answer?.statusCode;
};

const ask = (request: Request, { url, path, headers, timeoutMs = 60_000 }: PassOnOptions): ClientRequest => {
  const base = new URL(url);
  const open = base.protocol === 'https:' ? safeRequest : plainRequest;
  const upstream = open(base, {
    ...{ method: request.method, path: base.pathname.replace(/\/$/, '') + path, timeout: timeoutMs },
    headers: { ...picked(request.headers, requestHeaders), ...belonging(), ...headers },
  });
  return upstream.once('timeout', () => upstream.destroy(new Error(`silent for ${timeoutMs} ms`)));
};

const answerOf = (upstream: ClientRequest): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    upstream.once('response', resolve);
    // Stays: what breaks once the answer has begun breaks the answer, too.
    upstream.on('error', reject);
  });

const passBack = ({ statusCode: status = 502, headers }: IncomingMessage, response: Response, options: PassOnOptions): void => {
  options.answered?.(status, response);
  response.status(status);
  for (const [name, value] of Object.entries(backwards(headers, options.prefix))) if (value !== undefined) response.setHeader(name, value);
};

const requestHeaders = [
  ...['accept', 'accept-language', 'content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'user-agent'],
  ...['if-match', 'if-none-match', 'if-modified-since', 'range', 'idempotency-key'],
] as const;

const responseHeaders = [
  ...['content-type', 'content-length', 'content-encoding', 'content-disposition', 'content-language', 'content-range', 'accept-ranges'],
  ...['etag', 'last-modified', 'cache-control', 'vary', 'retry-after', 'allow', 'idempotency-replayed'],
] as const;

const backwards = (headers: IncomingHttpHeaders, prefix: string): OutgoingHttpHeaders => {
  const { location } = headers;
  return {
    ...picked(headers, responseHeaders),
    ...(location === undefined ? {} : { location: location.startsWith('/') ? prefix + location : location }),
  };
};

const picked = (headers: IncomingHttpHeaders, names: readonly string[]): OutgoingHttpHeaders =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
