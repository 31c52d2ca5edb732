import { AppError, type Clock } from '@orderbus/kernel';
import type { Counter } from '@orderbus/service-kit';
import { z } from 'zod';
import type { AccessToken } from './access-token.ts';
import { codes, saysExpired, spApiError } from './amazon-error.ts';
import type { StoreBudget } from './budget.ts';
import type { Circuits } from './circuits.ts';
import type { Exchange } from './exchange.ts';
import { type HttpAnswer, jsonOf, userAgent } from './http.ts';
import { type OperationName, operations } from './operations.ts';

/** A last word before a call is made. */
export type Permit = () => Promise<void>;

/** One call of an operation. */
interface Call {
  readonly operation: OperationName;
  readonly method?: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The order or the feed that it is about: stands in the error log. */
  readonly subject?: string;
  /** What must not stand in any record, though Amazon may repeat it in its answer. */
  readonly secret?: string;
  /** Asked last, when everything else is there. @throws when the call must not be made any more. */
  readonly permit?: Permit | undefined;
  /** How many calls of the budget it leaves to more urgent work. */
  readonly spare?: number | undefined;
}

/** Makes a call and reads its answer. @throws AppError with Amazon's words; `sent: false` in its details if Amazon surely never saw it. */
export type Request = <S extends z.ZodType>(call: Call, answer: S, signal: AbortSignal) => Promise<z.output<S>>;

export interface RequestOptions {
  readonly base: string;
  readonly budget: StoreBudget;
  readonly tokens: AccessToken;
  readonly circuits: Circuits;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly throttled: Counter<'op'>;
}

/** For answers that have no body. */
export const Nothing = z.unknown().transform(() => {});

export const requests = ({ base, budget, tokens, circuits, exchange, clock, throttled }: RequestOptions): Request => {
  /** What a call needs before it is made: a circuit that lets it through, a token, its share of the quota, for which it may have to wait, and then leave. */
  const admitted = async ({ operation, spare = 0, permit }: Call, signal: AbortSignal): Promise<string> => {
    try {
      circuits.throwIfOpen(operations[operation].class);
      const token = await tokens.get();
      await budget.take(operation, { spare, signal });
      await permit?.();
      return token;
    } catch (error) {
      throw neverSent(error, signal);
    }
  };

  const send = async <S extends z.ZodType>(call: Call, answer: S, token: string, signal: AbortSignal): Promise<z.output<S>> => {
    const { operation, method = 'GET', path, body, subject, secret } = call;
    let announced: number | undefined;
    try {
      return await exchange(
        {
          operation,
          circuit: operations[operation].class,
          subject,
          url: `${base}${path}`,
          init: { method, headers: headersFor(token, clock, body), ...(body !== undefined && { body: JSON.stringify(body) }) },
          answered: ({ rateLimit }) => {
            announced = rateLimit;
          },
          read: (response) => understood(response, answer, operation),
          refusal: (answered) => spApiError(answered, secret),
        },
        signal,
      );
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== codes.quota) throw error;
      throttled.inc({ op: operation });
      throw await budget.pause(operation, error);
    } finally {
      if (announced !== undefined) await budget.adopt(operation, announced);
    }
  };

  return async (call, answer, signal) => {
    const token = await admitted(call, signal);
    try {
      return await send(call, answer, token, signal);
    } catch (error) {
      if (!isStale(error)) throw error;
      tokens.discard(token);
      return send(call, answer, await admitted(call, signal), signal);
    }
  };
};

/** Lists are comma separated; everything else in a value is encoded: a bare `+` or `=` of a token would arrive as something else. */
export const queryOf = (parameters: Readonly<Record<string, string | readonly string[] | undefined>>): string =>
  Object.entries(parameters)
    .map(([name, value]): [string, readonly string[]] => [name, typeof value === 'string' ? [value] : (value ?? [])])
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}=${values.map(encodeURIComponent).join(',')}`)
    .join('&');

/** Amazon says of an old token what it says of a missing role, but for its words; 401 is documented, too. */
const isStale = (error: unknown): boolean => saysExpired(error) || (error instanceof AppError && error.details.status === 401);

const neverSent = (error: unknown, signal: AbortSignal): AppError => {
  if (error instanceof AppError) return new AppError(error.kind, error.code, { ...error.details, sent: false }, { cause: error.cause });
  const code = signal.aborted ? codes.aborted : 'call.not-made';
  return new AppError('unavailable', code, { sent: false }, { cause: error });
};

const understood = <S extends z.ZodType>(response: HttpAnswer, answer: S, operation: string): z.output<S> => {
  const result = answer.safeParse(jsonOf(response));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.map(String).join('.') || 'body';
  throw new AppError('unavailable', codes.garbled, { operation, where, ...(response.requestId && { requestId: response.requestId }) });
};

const headersFor = (token: string, clock: Clock, body: unknown): Record<string, string> => ({
  accept: 'application/json',
  ...(body !== undefined && { 'content-type': 'application/json' }),
  'user-agent': userAgent,
  'x-amz-access-token': token,
  'x-amz-date': clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, ''),
});
