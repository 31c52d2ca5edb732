import { createHash } from 'node:crypto';
import { AppError, type Clock } from '@orderbus/kernel';
import { askService, type HttpError, type ServiceHeaders } from '@orderbus/service-kit';
import { z } from 'zod';
import type { Owner } from '../services/owners.ts';

export interface VisitorsOptions {
  /** Where this service finds access. */
  readonly accessUrl: string;
  /** In our own name. */
  readonly headersFor: ServiceHeaders;
  /** Says where to sign in. */
  readonly signedOut: () => HttpError;
  readonly clock: Clock;
}

/** Somebody's browser, for the time of one request. */
export interface Visit {
  /** `name=value` of the cookie that access has set. */
  readonly cookie: string;
  /** Where he is: access counts by it, and puts it on record. */
  readonly address: string;
  readonly browser?: string | undefined;
  /** A page that is open while nobody is at it: keeps no session alive. */
  readonly away: boolean;
}

/** The people whose pages are open here, known by their cookies: access gives out tokens of theirs, one for each service. */
export interface Visitors {
  /**
   * A token of his for this service, kept until a minute before it ends; with `freshMs`, not asked for longer ago than that.
   * @throws HttpError 401, AppError `access.unavailable`
   */
  tokenFor(visit: Visit, audience: Owner | 'console', freshMs?: number): Promise<string>;
  /** Drops the tokens: the next request asks whether he is still signed in. */
  forget(visit: Visit): void;
  /** Ends his session. */
  signOut(visit: Visit): Promise<void>;
}

const timeoutMs = 5_000;
/** A token is replaced this long before it ends. */
const earlyMs = 60_000;
/** Somebody who is there is shown to access this often: more than it writes down, and far more than a session needs to live. */
const seenEveryMs = 60_000;
/** How soon access is asked again that did not answer while a token is still good. */
const againMs = 5_000;
const mostKept = 5_000;

const Issued = z.object({ token: z.string(), expiresAt: z.iso.datetime() });
const Refused = z.object({ code: z.string() });

interface Kept {
  readonly token: string;
  readonly until: number;
  readonly askedAt: number;
}

interface Known {
  readonly tokens: Map<string, Kept>;
  /** When access was last told that he is there. */
  seenAt: number;
}

export const createVisitors = ({ accessUrl, headersFor, signedOut, clock }: VisitorsOptions): Visitors => {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<Kept>>();

  const call = async (path: string, { cookie, address, browser }: Visit, body?: object): Promise<Response> => {
    const own = await headersFor('access');
    return askService({ peer: 'access', route: path }, new URL(path, accessUrl), {
      ...{ method: 'POST', signal: AbortSignal.timeout(timeoutMs), body: JSON.stringify(body ?? {}) },
      headers: { ...own, 'content-type': 'application/json', cookie, 'x-forwarded-for': address, 'user-agent': browser ?? '' },
    }).catch((error: unknown) => {
      throw accessAway(error);
    });
  };

  const ask = async (key: string, visit: Visit, audience: string, touch: boolean): Promise<Kept> => {
    const askedAt = clock.now().getTime();
    const answer = await call('/tokens/session', visit, { audience, touch });
    if (answer.status === 401 && (await codeOf(answer)) === 'session.none') {
      known.delete(key);
      throw signedOut();
    }
    if (!answer.ok) throw accessAway(new Error(`No token for ${audience}: HTTP ${answer.status}`));
    const { token, expiresAt } = Issued.parse(await answer.json());
    const kept = { token, askedAt, until: Date.parse(expiresAt) - earlyMs };
    const { tokens, seenAt } = known.get(key) ?? { tokens: new Map<string, Kept>(), seenAt: 0 };
    remember(known, key, { tokens: tokens.set(audience, kept), seenAt: touch ? askedAt : seenAt });
    return kept;
  };

  /** Requests that come together ask once. */
  const askOnce = (key: string, visit: Visit, audience: string, touch: boolean): Promise<Kept> => {
    const question = `${key} ${audience} ${touch}`;
    const asked = asking.get(question) ?? ask(key, visit, audience, touch).finally(() => asking.delete(question));
    asking.set(question, asked);
    return asked;
  };

  return {
    tokenFor: async (visit, audience, freshMs = Number.POSITIVE_INFINITY) => {
      const key = keyOf(visit);
      const met = known.get(key);
      const kept = met?.tokens.get(audience);
      const now = clock.now().getTime();
      const touch = !visit.away && now - (met?.seenAt ?? 0) >= seenEveryMs;
      if (kept === undefined || kept.until <= now) return (await askOnce(key, visit, audience, touch)).token;
      if (!touch && now - kept.askedAt < freshMs) return kept.token;
      // One of those that come together says that he is there; and while access is away, what it has said is still good.
      if (met && touch) met.seenAt = now - seenEveryMs + againMs;
      const fresh = await askOnce(key, visit, audience, touch).catch((error: unknown) => {
        if (error instanceof AppError) return kept;
        throw error;
      });
      return fresh.token;
    },
    forget: (visit) => void known.delete(keyOf(visit)),
    signOut: async (visit) => {
      known.delete(keyOf(visit));
      const answer = await call('/tokens/session/end', visit);
      known.delete(keyOf(visit));
      if (!answer.ok) throw accessAway(new Error(`The session was not ended: HTTP ${answer.status}`));
    },
  };
};

const codeOf = async (answer: Response): Promise<string | undefined> =>
  Refused.safeParse(await answer.json().catch(() => undefined)).data?.code;

const keyOf = ({ cookie }: Visit): string => createHash('sha256').update(cookie).digest('base64url');

/** The latest to be seen are kept. */
const remember = (known: Map<string, Known>, key: string, value: Known): void => {
  known.delete(key);
  known.set(key, value);
  for (const oldest of known.keys()) {
    if (known.size <= mostKept) break;
    known.delete(oldest);
  }
};

const accessAway = (cause: unknown): AppError =>
  new AppError(
    'unavailable',
    'access.unavailable',
    { why: 'The access service does not answer: who is here cannot be checked' },
    { cause },
  );
