import cors from 'cors';
import type { RequestHandler } from 'express';

/** Lets pages of these origins call and read the answers. Without credentials of the browser: who calls shows a token. */
export const allowOrigins = (origins: readonly string[]): RequestHandler =>
  cors({
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'if-match', 'idempotency-key', 'x-correlation-id', 'traceparent'],
    exposedHeaders: ['etag', 'location', 'retry-after', 'x-correlation-id', 'idempotency-replayed', 'content-disposition'],
    maxAge: 600,
  });
