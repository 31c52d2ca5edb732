import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { traceparentHere } from '@orderbus/outbox';

/** What belongs to the request or message that is being worked on. Every log line carries it. */
export interface Context {
  readonly correlationId?: string;
  /** W3C trace context, copied into the headers of the events that this work causes. */
  readonly traceparent?: string;
  readonly messageId?: string;
  readonly consumer?: string;
  readonly [field: string]: string | number | undefined;
}

const storage = new AsyncLocalStorage<Context>();
const nothing: Context = {};

/** Runs `fn` with these fields added to the surrounding context, through all its awaits. */
export const withContext = <T>(fields: Context, fn: () => T): T => storage.run({ ...storage.getStore(), ...fields }, fn);

/** While traces are on, its `traceparent` is that of the span that is being worked in. */
export const context = (): Context => {
  const fields = storage.getStore() ?? nothing;
  const traceparent = traceparentHere();
  return traceparent === undefined ? fields : { ...fields, traceparent };
};

/** The start of a new trace. */
export const newTraceparent = (): string => `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
