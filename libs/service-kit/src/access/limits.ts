import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { HttpError } from '../http/problem.ts';
import type { Caller } from './caller.ts';

export interface LimitSettings {
  /** Requests in a minute of one person or key. Services are not limited: they answer for their callers. */
  readonly perCaller: number;
  /** Requests in a minute from one address of nobody that is known: of each public route, and with tokens that are not good. */
  readonly perAddress: number;
}

/** How many requests there may be, in each process. @throws HttpError 429 that says when to come again. */
export interface Limits {
  caller(caller: Caller): Promise<void>;
  /** Before anything is looked at: has this address failed too often? */
  address(address: string): Promise<void>;
  failed(address: string): Promise<void>;
  /** Of one route from one address; without a number of its own, what an address may. */
  route(name: string, address: string, perMinute?: number): Promise<void>;
}

export const limits = ({ perCaller, perAddress }: LimitSettings): Limits => {
  const callers = new RateLimiterMemory({ points: perCaller, duration: 60 });
  const addresses = new RateLimiterMemory({ points: perAddress, duration: 60 });
  const routes = new Map<string, RateLimiterMemory>();
  return {
    caller: async ({ kind, id }) => {
      if (kind !== 'service') await take(callers, id);
    },
    address: async (address) => {
      const met = await addresses.get(address);
      if (met !== null && met.consumedPoints >= perAddress) throw tooMany(met);
    },
    failed: (address) => take(addresses, address),
    route: (name, address, perMinute = perAddress) => {
      const limiter = routes.get(name) ?? new RateLimiterMemory({ points: perMinute, duration: 60 });
      routes.set(name, limiter);
      return take(limiter, address);
    },
  };
};

const take = async (limiter: RateLimiterMemory, key: string): Promise<void> => {
  await limiter.consume(key).catch((reached: unknown) => {
    throw reached instanceof RateLimiterRes ? tooMany(reached) : reached;
  });
};

const tooMany = ({ msBeforeNext }: RateLimiterRes): HttpError => {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  return new HttpError(429, 'access.too-many-requests', `Too many requests: come again in ${seconds} s`, {
    'retry-after': String(seconds),
  });
};
