import { AppError } from '@orderbus/kernel';
import { type AuditLog, type IdempotencyKeys, noTracing, type Tracing } from '@orderbus/outbox';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request as ExpressRequest,
  type RequestHandler,
  type Response,
} from 'express';
import helmet, { type HelmetOptions } from 'helmet';
import type { Authenticate } from '../access/authenticate.ts';
import type { Caller } from '../access/caller.ts';
import { addressOf, guard } from '../access/guard.ts';
import { type Limits, limits as limitsOf } from '../access/limits.ts';
import { type Context, withContext } from '../context.ts';
import type { HealthChecks } from '../health.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Part } from '../parts.ts';
import { scrubText } from '../scrub.ts';
import { allowOrigins } from './cors.ts';
import { idempotently, requestIdFor } from './idempotency.ts';
import { trailOf } from './leave-trail.ts';
import { createListener } from './listener.ts';
import { measure } from './measure.ts';
import type { OpenApiInfo } from './openapi.ts';
import { operations } from './operations.ts';
import { type Passage, passageHandlers } from './passage.ts';
import { HttpError, problemAnswer, problemMediaType } from './problem.ts';
import { HttpResponse } from './reply.ts';
import { requestContext } from './request-context.ts';
import { replyOf, respond, respondAgain } from './respond.ts';
import { bySpecificity, type Route } from './route.ts';
import { inTraceOf, traceRequests } from './trace-requests.ts';
import type { Trail } from './trail.ts';

export interface HttpOptions {
  readonly service: string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** What `/ready` asks. A broker does not belong here when the outbox accepts without it. */
  readonly health: HealthChecks;
  readonly routes: readonly Route[];
  /** Who sends a request: asked for every route that is not public. */
  readonly authenticate: Authenticate;
  readonly limits?: Limits;
  /** The origins whose pages may call from a browser. Default: none. */
  readonly corsOrigins?: readonly string[];
  /** The proxies in front, by address or network, whose word for the caller's address counts. Default: none. */
  readonly trustedProxies?: readonly string[];
  readonly openapi: Omit<OpenApiInfo, 'routes'>;
  /** Default: this machine only. */
  readonly host?: string;
  /** 0 takes a free one; `url` knows it. */
  readonly port: number;
  /** Runs before the routes, within the request's context: the files of a web page. */
  readonly middleware?: readonly RequestHandler[];
  readonly passages?: readonly Passage[];
  /** Replaces the default headers, which allow a page nothing: an API has none. */
  readonly helmet?: HelmetOptions;
  /** Are answers held against their schemas? Default: outside production. */
  readonly checkResponses?: boolean;
  /** Remembers the POSTs that came with an `Idempotency-Key`. */
  readonly idempotency?: IdempotencyKeys;
  /** Keeps who has asked for what. Without it, nothing is on record. */
  readonly audit?: AuditLog;
  /** Default: off. */
  readonly tracing?: Tracing;
  /** How long running requests may take to finish when the server stops. */
  readonly stopDeadlineMs?: number;
}

export interface Http extends Required<Part> {
  readonly log: Log;
  /** Where it listens, once started. */
  readonly url: string;
}

/** A service's HTTP side: its routes, and everything around them that is the same for all services. */
export const createHttp = (options: HttpOptions): Http => {
  const { service, log, host = '127.0.0.1', port, stopDeadlineMs = 10_000 } = options;
  const app = express();
  const listener = createListener(app, host, port);
  buildApp(app, options, () => listener.stopping);
  return {
    name: `${service}.http`,
    log,
    async start() {
      await listener.start();
      log.info({ url: listener.url }, 'listening');
    },
    stop: () => listener.stop(stopDeadlineMs),
    get url() {
      return listener.url;
    },
  };
};

const bodyLimit = 256 * 1024;

const apiHeaders: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
};

const buildApp = (app: Express, options: HttpOptions, isStopping: () => boolean): void => {
  // biome-ignore lint/style/noProcessEnv: a default for all services, and no service's setting
  const { log, metrics, health, openapi, middleware = [], passages = [], checkResponses = process.env.NODE_ENV !== 'production' } = options;
  const { authenticate, limits = limitsOf({ perCaller: 600, perAddress: 120 }), corsOrigins = [], trustedProxies = [] } = options;
  const routes = options.routes.toSorted(bySpecificity);
  app.disable('x-powered-by');
  app.set('trust proxy', [...trustedProxies]);
  // Answers are not stored, so there is nothing to revalidate.
  app.disable('etag');
  app.use(requestContext);
  app.use(helmet(options.helmet ?? apiHeaders));
  if (corsOrigins.length > 0) app.use(allowOrigins(corsOrigins));
  app.use(operations({ health, metrics, log, openApi: { ...openapi, routes }, isStopping }));
  app.use(traceRequests(options.tracing ?? noTracing));
  app.use(measure(metrics, log));
  for (const handler of middleware) app.use(handler);
  // Before anything reads a body: what is passed on is passed on whole.
  for (const passage of passages) app.use(passage.prefix, ...passageHandlers(passage, authenticate, limits));
  // Not strict: what is JSON but no object is refused by the route, which names it.
  const parseBody = express.json({ limit: bodyLimit, strict: false, type: ['application/json', 'application/*+json'] });
  for (const route of routes) {
    const read = route.upload ? express.raw({ limit: route.upload.maxBytes, type: [...route.upload.contentTypes] }) : parseBody;
    const handlers = [guard(route, authenticate, limits), read, answerWith(route, options, checkResponses)];
    app[route.method](route.path, label(route, options), ...handlers, endTrail);
  }
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, offer(routes.filter((route) => route.path === path)));
  app.use(notFound);
  app.use(answerProblem(log));
};

/** Named before the body is read: a request that fails there belongs to its route too. */
const label =
  (route: Route, { audit }: HttpOptions): RequestHandler =>
  (request, response, next) => {
    response.locals.route = route.path;
    response.locals.trail = trailOf(audit, route, request, response);
    next();
  };

const endTrail: ErrorRequestHandler = async (error, _request, response, next) => {
  await (response.locals.trail as Trail).failed(error);
  next(error);
};

const answerWith =
  (route: Route, { log, idempotency }: HttpOptions, check: boolean): RequestHandler =>
  (request, response) => {
    const gone = new AbortController();
    response.once('close', () => {
      if (!response.writableFinished) gone.abort();
    });
    return reentered(response, async () => {
      const caller = response.locals.caller as Caller;
      const surroundings = { log, signal: gone.signal, caller, address: addressOf(request), requestId: requestIdFor(request, caller) };
      const trail = response.locals.trail as Trail;
      const work = async () => replyOf(route, await route.run(request, surroundings, trail), check);
      const reply = await idempotently(route.secret ? undefined : idempotency, request, caller, work);
      await trail.answered(reply.status);
      if (reply instanceof HttpResponse) await respond(response, route, reply);
      else respondAgain(response, reply);
    });
  };

/** Entered again: a body parser may continue in the connection's context instead of the request's. */
const reentered = <T>(response: Response, work: () => T): T =>
  withContext(response.locals.context as Context, () => inTraceOf(response, work));

/** Remembers which methods this path knows; whether the path is unknown or only the method shows at the end. */
const offer =
  (routes: readonly Route[]): RequestHandler =>
  (_request, response, next) => {
    const known = (response.locals.allow ?? new Set(['OPTIONS'])) as Set<string>;
    for (const { method } of routes) known.add(method.toUpperCase());
    if (known.has('GET')) known.add('HEAD');
    response.locals.allow = known;
    next();
  };

const notFound: RequestHandler = (request, response) => {
  const known = response.locals.allow as Set<string> | undefined;
  if (known === undefined) throw new HttpError(404, 'route.not-found', `Nothing at ${shownPath(request)}`);
  const allow = [...known].sort().join(', ');
  if (request.method !== 'OPTIONS') throw new HttpError(405, 'route.method-not-allowed', `Allowed here: ${allow}`, { allow });
  response.setHeader('allow', allow);
  response.status(204).end();
};

const answerProblem =
  (log: Log): ErrorRequestHandler =>
  (error, request, response, _next) => {
    const { status, headers, problem } = problemAnswer(error);
    const { correlationId } = response.locals.context as Context;
    const refused = error instanceof HttpError || (error instanceof AppError && error.kind === 'unavailable');
    reentered(response, () => {
      if (status < 500 || isAbandoned(error, response)) return;
      // Nobody's mistake, so there is no stack that somebody would need: one line.
      if (refused) log.warn({ status, code: problem.code }, `${request.method} refused`);
      else log.error({ err: error, status }, `${request.method} failed`);
    });
    if (response.headersSent) {
      // Half an answer is out: only a broken connection tells the caller not to trust it.
      response.destroy();
      return;
    }
    response.status(status).set({ 'cache-control': 'no-store', ...headers });
    response.setHeader('content-type', problemMediaType);
    response.end(JSON.stringify({ ...problem, instance: shownPath(request), ...(correlationId ? { correlationId } : {}) }));
  };

/** Of what somebody has asked for, as much as is an address: a name or a credential that was typed there is not repeated. */
const shownPath = ({ originalUrl }: ExpressRequest): string => {
  const [path = ''] = originalUrl.split('?');
  return scrubText(
    path
      .split('/')
      .map((part) => (/^[\w.:~-]{0,64}$/.test(part) ? part : '…'))
      .join('/'),
  );
};

/** A stream that broke because its reader left is nobody's mistake. */
const isAbandoned = (error: unknown, response: Response): boolean =>
  response.destroyed && error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE';
