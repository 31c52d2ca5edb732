import { AppError, type Clock } from '@orderbus/kernel';
import { type Breaker, breaker, type Log, type Metrics } from '@orderbus/service-kit';
import { z } from 'zod';
import type { StoreSettings } from '../config.ts';
import { codes, isIllness, lwaError } from './amazon-error.ts';
import { call, userAgent } from './http.ts';

export interface AccessTokenOptions {
  readonly store: StoreSettings;
  /** `https://api.amazon.com/auth/o2/token` */
  readonly endpoint: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Login with Amazon for one store. */
export interface AccessToken {
  /** A token that is good for some minutes yet. Callers at the same time wait for the same one. */
  get(): Promise<string>;
  /** This one was refused: the next `get` asks for another. */
  discard(token: string): void;
  stop(): Promise<void>;
}

interface Held {
  readonly token: string;
  readonly renewAt: number;
}

const Grant = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

/** A token lives an hour; it is renewed when a twelfth of its life is left. */
const renewalShare = 11 / 12;

export const accessToken = ({ store, endpoint, clock, log, metrics }: AccessTokenOptions): AccessToken => {
  const refreshes = metrics.counter({ name: 'lwa_refresh_total', help: 'Access tokens asked for, by how it went', labelNames: ['result'] });
  const login: Breaker<[], Held> = breaker(
    { name: `lwa.${store.id}`, timeoutMs: 15_000, log, metrics, isFailure: isIllness },
    async (signal) => {
      const answer = await call(endpoint, {
        method: 'POST',
        signal,
        headers: { 'content-type': 'application/x-www-form-urlencoded;charset=UTF-8', 'user-agent': userAgent },
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: store.refreshToken,
          client_id: store.clientId,
          client_secret: store.clientSecret,
        }),
      });
      if (!answer.ok) throw lwaError(answer);
      const grant = Grant.safeParse(answer.body);
      if (!grant.success) throw new AppError('unavailable', codes.garbled, { from: 'login' });
      const { access_token: token, expires_in: seconds } = grant.data;
      return { token, renewAt: clock.now().getTime() + seconds * 1_000 * renewalShare };
    },
  );

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
    stop: () => login.stop(),
  };
};
