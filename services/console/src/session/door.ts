import type { IncomingHttpHeaders } from 'node:http';
import { type AskedFor, type Authenticate, authenticateAt, type Caller, type HttpError, keysOf, tokenReader } from '@orderbus/service-kit';
import { readCookie } from './cookie.ts';
import { checkOrigin } from './origin.ts';
import type { Visit, Visitors } from './visitors.ts';

export interface DoorOptions {
  readonly visitors: Visitors;
  readonly accessUrl: string;
  /** Where browsers find access, and us. */
  readonly accessPublicUrl: string;
  readonly publicUrl: string;
  readonly signedOut: () => HttpError;
}

/** Who is here, by his browser's cookie. */
export interface Door {
  /** @throws HttpError 401 that says where to sign in; 403 for what comes from a page of somebody else */
  visitOf(headers: IncomingHttpHeaders, asked: AskedFor): Visit;
  /** With `freshMs`: asked of access no longer ago than that. */
  callerOf(visit: Visit, freshMs?: number): Promise<Caller>;
  /** A token or an API key, as everywhere; else the cookie. */
  readonly authenticate: Authenticate;
}

export const openDoor = ({ visitors, accessUrl, accessPublicUrl, publicUrl, signedOut }: DoorOptions): Door => {
  const usual = authenticateAt({ accessUrl, audience: 'console' });
  const readToken = tokenReader(keysOf(accessUrl), 'console');
  const ownOrigin = new URL(publicUrl).origin;

  const visitOf: Door['visitOf'] = (headers, { method, address }) => {
    const cookie = readCookie(headers.cookie, accessPublicUrl);
    if (cookie === undefined) throw signedOut();
    checkOrigin(headers, method, ownOrigin);
    return { cookie, address, browser: headers['user-agent'], away: isAway(headers) };
  };
  const callerOf: Door['callerOf'] = async (visit, freshMs) => readToken(await visitors.tokenFor(visit, 'console', freshMs));

  return {
    visitOf,
    callerOf,
    authenticate: (headers, asked) => (headers.authorization === undefined ? callerOf(visitOf(headers, asked)) : usual(headers)),
  };
};

/** Nobody is at the page; of an event stream, which no browser lets a page say it for, it is always so. */
const isAway = (headers: IncomingHttpHeaders): boolean =>
  headers['x-orderbus-visitor'] === 'away' || (headers.accept ?? '').startsWith('text/event-stream');
