import { AppError, type Clock } from '@orderbus/kernel';
import type { Metrics } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Credentials } from '../domain/store.ts';
import { codes, lwaError } from './amazon-error.ts';
import type { Exchange } from './exchange.ts';
import { jsonOf, userAgent } from './http.ts';

export interface AccessTokenOptions {
  readonly credentials: () => Credentials | Promise<Credentials>;
  /** `https://api.amazon.com/auth/o2/token` */
  readonly endpoint: string;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

/** Login with Amazon for one store. */
export interface AccessToken {
  /** A token that is good for some minutes yet. Callers at the same time wait for the same one. */
  get(): Promise<string>;
  /** This one was refused: the next `get` asks for another. */
  discard(token: string): void;
}

interface Held {
  readonly token: string;
  readonly renewAt: number;
}

const Grant = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** A token lives an hour; it is renewed when a twelfth of its life is left. */
const renewalShare = 11 / 12;

export const accessToken = ({ credentials, endpoint, exchange, clock, metrics }: AccessTokenOptions): AccessToken => {
  const refreshes = metrics.counter({ name: 'lwa_refresh_total', help: 'Access tokens asked for, by how it went', labelNames: ['result'] });

  const login = async (): Promise<Held> => {
    const { refreshToken, clientId, clientSecret } = await credentials();
    const { access_token: token, expires_in: seconds } = await exchange(
      {
        operation: 'login',
        circuit: 'login',
        url: endpoint,
        init: {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', 'user-agent': userAgent },
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: refreshToken,
            client_id: clientId,
            client_secret: clientSecret,
          }),
        },
        read: (answer) => {
          const grant = Grant.safeParse(jsonOf(answer));
          if (!grant.success) throw new AppError('unavailable', codes.garbled, { operation: 'login' });
          return grant.data;
        },
        refusal: lwaError,
      },
      unstoppable,
    );
    return { token, renewAt: clock.now().getTime() + seconds * 1_000 * renewalShare };
  };

  let held: Held | undefined;
  let asking: Promise<Held> | undefined;

  const refresh = async (): Promise<Held> => {
    try {
      held = await login();
      refreshes.inc({ result: 'ok' });
      return held;
    } catch (error) {
      refreshes.inc({ result: error instanceof AppError && error.code === codes.loginRefused ? 'refused' : 'failed' });
      throw error;
    } finally {
      asking = undefined;
    }
  };

  return {
    get: async () => {
      if (held && clock.now().getTime() < held.renewAt) return held.token;
      asking ??= refresh();
      return (await asking).token;
    },
    discard: (token) => {
      if (held?.token === token) held = undefined;
    },
  };
};

/** Several callers may wait for one login: none of them may end it for the others. Its deadline does. */
const unstoppable = new AbortController().signal;
