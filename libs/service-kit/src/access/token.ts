import { AppError } from '@orderbus/kernel';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import { HttpError } from '../http/problem.ts';
import type { Caller } from './caller.ts';
import { permissionNames } from './permissions.ts';

export const issuer = 'orderbus';
export const tokenAlgorithm = 'EdDSA';
/** How far the clocks of two machines may be apart, in seconds. */
const clockTolerance = 5;

/** What a token says of its holder. Permissions that this version does not know are left out: they open nothing here. */
export const TokenClaims = z.object({
  sub: z.string().regex(/^(person|key|service):[\w-]{1,80}$/),
  name: z.string().min(1).max(200),
  permissions: z.array(z.string()).transform((names) => permissionNames.filter((known) => names.includes(known))),
  stores: z.union([z.literal('*'), z.array(z.string())]),
});
export type TokenClaims = z.output<typeof TokenClaims>;

/** Reads a token that was made for this audience. @throws HttpError 401, AppError `access.unavailable` when the keys cannot be had. */
export type ReadToken = (token: string) => Promise<Caller>;

export const tokenReader =
  (keys: JWTVerifyGetKey, audience: string): ReadToken =>
  async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer, audience, clockTolerance, algorithms: [tokenAlgorithm] },
        requiredClaims: ['exp', 'jti'],
      });
      return callerOf(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) && !isUnreadableAnswer(error))
        throw unauthenticated();
      if (error instanceof z.ZodError) throw unauthenticated();
      throw accessAway(error);
    }
  };

/**
 * The keys that access signs with. They are read again when a token names one that is not known, and every ten minutes; while access is
 * away, those that are known stay good.
 */
export const keysOf = (accessUrl: string): JWTVerifyGetKey => {
  const remote = createRemoteJWKSet(new URL('/.well-known/jwks.json', accessUrl), {
    ...{ cacheMaxAge: Number.POSITIVE_INFINITY, cooldownDuration: 1_000, timeoutDuration: 3_000 },
  });
  let readAt = Date.now();
  return async (header, token) => {
    if (remote.jwks() !== undefined && Date.now() - readAt > refreshMs) {
      readAt = Date.now();
      remote.reload().catch(() => {});
    }
    return remote(header, token);
  };
};

const refreshMs = 600_000;

export const unauthenticated = (why = 'Send a valid token or API key as Authorization: Bearer …'): HttpError =>
  new HttpError(401, 'access.unauthenticated', why, { 'www-authenticate': 'Bearer realm="orderbus"' });

export const accessAway = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    'access.unavailable',
    { why: 'The access service does not answer: who is asking cannot be checked' },
    { cause },
  );

/** An answer other than the keys: it speaks of the access service, not of the token. */
const isUnreadableAnswer = (error: errors.JOSEError): boolean => error.code === 'ERR_JOSE_GENERIC' || error instanceof errors.JWKSInvalid;

const callerOf = (payload: JWTPayload): Caller => {
  const { sub, name, permissions, stores } = TokenClaims.parse(payload);
  return { kind: sub.slice(0, sub.indexOf(':')) as Caller['kind'], id: sub, name, permissions, stores };
};
