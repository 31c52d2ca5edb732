import type { IncomingHttpHeaders } from 'node:http';
import { AppError, type FieldIssue } from '@orderbus/kernel';
import type { Request } from 'express';
import { z } from 'zod';
import type { Caller } from '../access/caller.ts';
import { type Access, checkStores, storesAbout } from '../access/rule.ts';
import type { Log } from '../log.ts';
import { nulIssues } from './nul.ts';
import { fieldIssues, HttpError, invalidRequest } from './problem.ts';
import type { Reply, ResponseSpecs } from './reply.ts';
import type { Trail } from './trail.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What a handler is given: the validated request. */
export interface RouteInput<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The whole content of an `upload`; empty for other routes. */
  readonly file: Buffer;
  readonly headers: IncomingHttpHeaders;
  readonly log: Log;
  /** Aborted when the caller has gone before the answer was complete. */
  readonly signal: AbortSignal;
  /** Who asks. */
  readonly caller: Caller;
  /** Where the request comes from, as far as the proxies in front are believed. */
  readonly address: string;
  /** The id for what this request creates: with an `Idempotency-Key`, the same each time it is sent. */
  readonly requestId: string;
}

/** A file that a route takes as its body. It is read to its end before anything is done: half a file changes nothing. */
export interface Upload {
  readonly contentTypes: readonly [string, ...string[]];
  readonly maxBytes: number;
}

export interface RouteSpec<
  Path extends string,
  Params extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Body extends z.ZodType | undefined,
  Responses extends ResponseSpecs,
> {
  readonly method: Method;
  /** Express style: `/orders/:orderId`. */
  readonly path: Path;
  /** Who may use it. Without one, nothing is checked. */
  readonly access: Access<Asked<Params, Path, Query, Body>>;
  /** Requests in a minute from one address, where that is to be less than elsewhere. */
  readonly perMinute?: number;
  /** Secrets go in or come out: nothing of it is remembered under an `Idempotency-Key`. */
  readonly secret?: boolean;
  /** Default: the `reason` or `purpose` of a request stands in the audit log. Not where a reason may name the buyer. */
  readonly auditsReason?: false;
  readonly summary: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  /** Default: method and path in one word, `getOrdersByOrderId`. */
  readonly operationId?: string;
  /** Default: every parameter of the path, as text. */
  readonly params?: Params;
  /** Default: no query parameters. Unknown ones are refused. */
  readonly query?: Query;
  readonly body?: Body;
  /** Instead of `body`: a file of one of these media types. */
  readonly upload?: Upload;
  readonly responses: Responses;
  readonly handle: (
    input: RouteInput<Params extends z.ZodObject ? z.output<Params> : PathParams<Path>, QueryOf<Query>, BodyOf<Body>>,
  ) => Reply<Responses> | Promise<Reply<Responses>>;
}

/** What is known of a request when it is asked which store it is about. */
interface Asked<Params, Path extends string, Query, Body> {
  readonly params: Params extends z.ZodObject ? z.output<Params> : PathParams<Path>;
  readonly query: Query extends z.ZodObject ? z.output<Query> : Record<string, never>;
  readonly body: Body extends z.ZodType ? z.output<Body> : undefined;
}

/** A route as the server and the OpenAPI document see it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly access: Access<never>;
  readonly perMinute?: number;
  readonly secret: boolean;
  readonly auditsReason: boolean;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly operationId: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  readonly upload?: Upload;
  readonly responses: ResponseSpecs;
  /** Validates the request, puts it on record, then handles it. @throws AppError `request.invalid` with every wrong field. */
  run(
    request: Request,
    surroundings: Pick<RouteInput<unknown, unknown, unknown>, 'log' | 'signal' | 'caller' | 'address' | 'requestId'>,
    trail: Trail,
  ): Promise<unknown>;
}

/** Declares a route. The schemas type `handle`, guard it at runtime and become its documentation. */
export const route = <
  const Path extends string,
  Responses extends ResponseSpecs,
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  spec: RouteSpec<Path, Params, Query, Body, Responses>,
): Route => {
  const names = paramNames(spec.path);
  const params = spec.params ?? z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
  const declared = Object.keys(params.shape);
  if (declared.toSorted().join() !== names.toSorted().join())
    throw new AppError('bug', 'route.params-differ', { path: spec.path, declared });
  const query = (spec.query ?? z.object({})).strict();
  const { body, upload, method, path, perMinute } = spec;
  const access = spec.access as Access<never>;
  const handle = spec.handle as (input: RouteInput<unknown, unknown, unknown>) => unknown;

  return {
    method,
    path,
    access,
    ...(perMinute === undefined ? {} : { perMinute }),
    secret: spec.secret ?? false,
    auditsReason: spec.auditsReason ?? true,
    summary: spec.summary,
    ...(spec.description === undefined ? {} : { description: spec.description }),
    tags: spec.tags ?? [],
    operationId: spec.operationId ?? operationIdOf(method, path),
    params,
    query,
    ...(body === undefined ? {} : { body }),
    ...(upload === undefined ? {} : { upload }),
    responses: spec.responses,
    async run(request, surroundings, trail) {
      if (body !== undefined) requireJson(request);
      if (upload !== undefined) requireFile(request, upload);
      const errors: FieldIssue[] = [];
      const read = async (schema: z.ZodType | undefined, value: unknown, root: string): Promise<unknown> => {
        if (schema === undefined) return undefined;
        errors.push(...nulIssues(value));
        const result = await schema.safeParseAsync(value);
        if (!result.success) errors.push(...fieldIssues(result.error, root));
        return result.data;
      };
      const input = {
        params: await read(params, request.params, 'params'),
        query: await read(query, request.query, 'query'),
        body: await read(body, request.body, 'body'),
        file: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
        headers: request.headers,
        ...surroundings,
      };
      if (errors.length > 0) throw invalidRequest(errors);
      await admit(access, input, trail);
      return handle(input);
    },
  };
};

/** Keeps callers to their stores, and puts what they ask for on record. */
const admit = async (access: Route['access'], input: RouteInput<unknown, unknown, unknown>, trail: Trail): Promise<void> => {
  const closed = access === 'public' ? undefined : access;
  const stores = closed && (trail.isKept || input.caller.stores !== '*') ? await storesAbout(closed, input) : [];
  if (closed) checkStores(closed, input.caller, stores);
  await trail.asks(input, stores);
};

/** Static segments before parameters, so that `/orders/export` is not taken for an order's id, whatever order routes are listed in. */
export const bySpecificity = (a: Route, b: Route): number => compareText(sortKey(a.path), sortKey(b.path));

export const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

type QueryOf<Query> = Query extends z.ZodObject ? z.output<Query> : Record<string, never>;
type BodyOf<Body> = Body extends z.ZodType ? z.output<Body> : undefined;
type PathParams<Path extends string> = { readonly [Name in ParamName<Path>]: string };
type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

const paramNames = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

const operationIdOf = (method: Method, path: string): string =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => (segment.startsWith(':') ? `By${capital(segment.slice(1))}` : segment.split(/\W+/).map(capital).join('')))
    .reduce((id, word) => id + word, method as string);

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const sortKey = (path: string): string => path.replaceAll(/:\w+/g, '\uffff');

/** The parser leaves a body of another media type unread: that deserves a better answer than "body is missing". */
const requireJson = (request: Request): void => {
  const { 'content-length': length, 'transfer-encoding': chunked, 'content-type': type } = request.headers;
  const hasBody = chunked !== undefined || Number(length ?? 0) > 0;
  if (hasBody && !/^application\/(?:[\w.-]+\+)?json\b/i.test(type ?? ''))
    throw new HttpError(415, 'request.unsupported-media-type', 'Send the body as application/json');
};

/** The parser hands over a file only when it is of a media type that the route takes. */
const requireFile = (request: Request, { contentTypes }: Upload): void => {
  if (!Buffer.isBuffer(request.body))
    throw new HttpError(415, 'request.unsupported-media-type', `Send the file as ${contentTypes.join(' or ')}`);
};
