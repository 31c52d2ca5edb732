import type { Request, RequestHandler, Response } from 'express';
import type { Authenticate } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { guard } from '../access/guard.ts';
import type { Limits } from '../access/limits.ts';
import type { Closed } from '../access/rule.ts';

/** Everything below a prefix, of every method, unread: requests that are passed on. It has the guard of a route, and no documentation. */
export interface Passage {
  readonly prefix: string;
  readonly access: Closed<never>;
  /** `request.url` is what stands behind the prefix. */
  readonly handle: (request: Request, response: Response, caller: Caller) => Promise<void>;
}

export const passageHandlers = ({ prefix, access, handle }: Passage, authenticate: Authenticate, limits: Limits): RequestHandler[] => [
  (_request, response, next) => {
    response.locals.route = `${prefix}/*`;
    next();
  },
  guard({ access, path: prefix, method: 'get' }, authenticate, limits),
  (request, response) => handle(request, response, response.locals.caller as Caller),
];
