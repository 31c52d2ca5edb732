import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { askService } from '../http/ask-service.ts';
import { HttpError } from '../http/problem.ts';
import type { Caller } from './caller.ts';
import { accessAway, keysOf, type ReadToken, tokenReader, unauthenticated } from './token.ts';

/** Who sends this request. @throws HttpError 401, AppError `access.unavailable`. */
export type Authenticate = (headers: IncomingHttpHeaders, request: AskedFor) => Promise<Caller>;

/** The same, for whom the headers are enough. */
export type AuthenticateByHeaders = (headers: IncomingHttpHeaders) => Promise<Caller>;

/** What somebody who is known by his browser alone has to be asked more about. */
export interface AskedFor {
  /** `GET`, `POST`, … */
  readonly method: string;
  readonly address: string;
}

export interface AuthenticateOptions {
  readonly accessUrl: string;
  /** This service's name: tokens for others are not for us. */
  readonly audience: string;
}

/** Callers who present a token of the access service, or an API key, which is exchanged there for a token. */
export const authenticateAt = ({ accessUrl, audience }: AuthenticateOptions): AuthenticateByHeaders => {
  const read = tokenReader(keysOf(accessUrl), audience);
  return authenticateWith(read, exchangeAt(accessUrl, audience, read));
};

export const authenticateWith =
  (readToken: ReadToken, readKey: ReadToken): AuthenticateByHeaders =>
  async (headers) => {
    const credential = credentialIn(headers);
    if (credential === undefined) throw unauthenticated();
    const caller = await (credential.startsWith(keyPrefix) ? readKey : readToken)(credential);
    const other = headers['x-on-behalf-of'];
    return caller.kind === 'service' && typeof other === 'string' ? { ...caller, onBehalfOf: nameIn(other) } : caller;
  };

/** An API key, which is good at every service, and no token, which is good at one. */
export const bearsKey = (headers: IncomingHttpHeaders): boolean => credentialIn(headers)?.startsWith(keyPrefix) === true;

const credentialIn = ({ authorization }: IncomingHttpHeaders): string | undefined =>
  /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(authorization ?? '')?.[1];

const keyPrefix = 'obk_';

/** A key that was revoked dies within this time. */
const rememberedMs = 15_000;
const mostRemembered = 1_000;
const timeoutMs = 3_000;

const Exchanged = z.object({ token: z.string() });

/** Remembers what a key was exchanged for, good or bad, by its hash. Requests that come together ask once. */
const exchangeAt = (accessUrl: string, audience: string, read: ReadToken): ReadToken => {
  const known = new Map<string, { readonly until: number; readonly caller: Promise<Caller> }>();
  return (key) => {
    const hash = createHash('sha256').update(key).digest('base64url');
    const met = known.get(hash);
    if (met !== undefined && met.until > Date.now()) return met.caller;
    const caller = exchange(accessUrl, audience, key).then(read);
    known.delete(hash);
    known.set(hash, { until: Date.now() + rememberedMs, caller });
    // A key that could not be checked is checked again.
    caller.catch((error: unknown) => {
      if (!(error instanceof HttpError) && known.get(hash)?.caller === caller) known.delete(hash);
    });
    for (const oldest of known.keys()) {
      if (known.size <= mostRemembered) break;
      known.delete(oldest);
    }
    return caller;
  };
};

const exchange = async (accessUrl: string, audience: string, key: string): Promise<string> => {
  const answer = await askService({ peer: 'access', route: '/tokens/key' }, new URL('/tokens/key', accessUrl), {
    ...{ method: 'POST', signal: AbortSignal.timeout(timeoutMs) },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key, audience }),
  }).catch((error: unknown) => {
    throw accessAway(error);
  });
  if (answer.status === 401) throw unauthenticated('This API key is not valid: unknown, expired or revoked');
  if (!answer.ok) throw accessAway(new Error(`HTTP ${answer.status}`));
  return Exchanged.parse(await answer.json()).token;
};

const nameIn = (header: string): string => {
  const name = decodeURIComponent(header);
  if (!/^[^\p{Cc}]{1,200}$/u.test(name)) throw new HttpError(400, 'access.malformed', 'X-On-Behalf-Of: expected a name');
  return name;
};
