import type { Request, RequestHandler } from 'express';
import { HttpError } from '../http/problem.ts';
import type { Route } from '../http/route.ts';
import type { Authenticate } from './authenticate.ts';
import { type Caller, nobody } from './caller.ts';
import type { Limits } from './limits.ts';
import { checkPermissions } from './rule.ts';

/** Lets through whoever may use the route, before anything of the body is read, and says who it is in `locals.caller`. */
export const guard =
  (
    { access, path, method, perMinute }: Pick<Route, 'access' | 'path' | 'method' | 'perMinute'>,
    authenticate: Authenticate,
    limits: Limits,
  ): RequestHandler =>
  async (request, response, next) => {
    const address = addressOf(request);
    if (access === 'public' || perMinute !== undefined) await limits.route(`${method} ${path}`, address, perMinute);
    if (access === 'public') {
      response.locals.caller = nobody;
      return next();
    }
    const caller = await known(request, address, authenticate, limits);
    response.locals.caller = caller;
    await limits.caller(caller);
    checkPermissions(access, caller);
    next();
  };

export const addressOf = ({ ip }: Request): string => ip ?? 'unknown';

const known = async (request: Request, address: string, authenticate: Authenticate, limits: Limits): Promise<Caller> => {
  await limits.address(address);
  try {
    return await authenticate(request.headers, { method: request.method, address });
  } catch (error) {
    if (error instanceof HttpError && error.status === 401) await limits.failed(address);
    throw error;
  }
};
