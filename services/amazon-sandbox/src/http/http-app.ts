import { randomUUID } from 'node:crypto';
import { AppError, errorKinds } from '@orderbus/kernel';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { AmazonError, internalFailure } from '../amazon/amazon-error.ts';
import type { ContactApi } from './contact.ts';
import { type ControlApi, controlRoutes } from './control-routes.ts';
import { feedDocumentRoutes } from './feed-document-routes.ts';
import { feedsRoutes } from './feeds-routes.ts';
import { type FinancesApi, financesRoutes } from './finances-routes.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { messagingRoutes } from './messaging-routes.ts';
import { type OrdersApi, ordersRoutes } from './orders-routes.ts';
import { shipmentRoutes, type WritesApi } from './shipment-routes.ts';
import { solicitationsRoutes } from './solicitations-routes.ts';
import { tokenRoutes } from './token-routes.ts';
import { uploadsRoutes } from './uploads-routes.ts';

export const buildHttpApp = (api: OrdersApi & WritesApi & FinancesApi & ContactApi & ControlApi): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(sign, api.requests.count);
  app.get('/health', (_request, response) => {
    response.json({ status: 'up' });
  });
  app.use(tokenRoutes(api.authorizations, api.faults));
  app.use(ordersRoutes(api), shipmentRoutes(api), feedsRoutes(api), feedDocumentRoutes(api), financesRoutes(api));
  app.use(messagingRoutes(api), solicitationsRoutes(api), uploadsRoutes(api));
  app.use('/sandbox', controlRoutes(api), ledgerRoutes(api), (request) => {
    throw new AppError('not-found', 'sandbox.no-such-route', { method: request.method, path: request.path });
  });
  app.use('/sandbox', answerControlError);
  app.use((request) => {
    throw new AmazonError(404, 'NotFound', 'The resource specified in the request does not exist.', `${request.method} ${request.path}`);
  });
  app.use(answerAmazonError);
  return app;
};

/** Every answer carries a request id; success, 400 and 404 the rate, if the operation has one. */
const sign: RequestHandler = (_request, response, next) => {
  response.set('x-amzn-RequestId', randomUUID());
  const { writeHead } = response;
  response.writeHead = ((...args: Parameters<typeof writeHead>) => {
    const rate = response.locals.rateLimit as string | undefined;
    if (rate && hasRate(response.statusCode)) response.set('x-amzn-RateLimit-Limit', rate);
    return writeHead.apply(response, args);
  }) as typeof writeHead;
  next();
};

const hasRate = (status: number): boolean => status < 300 || status === 400 || status === 404;

const answerControlError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (error instanceof AppError) {
    response.status(errorKinds[error.kind].http).json({ code: error.code, ...error.details });
    return;
  }
  const status = statusOf(error);
  if (status >= 500) process.emitWarning(error instanceof Error ? error : String(error));
  response.status(status).json({ code: status < 500 ? 'sandbox.bad-request' : 'sandbox.bug', message: messageOf(error) });
};

const answerAmazonError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (error instanceof AmazonError) {
    response.status(error.status).set('x-amzn-ErrorType', error.code).json(error.body);
    return;
  }
  const status = statusOf(error);
  if (status >= 500) process.emitWarning(error instanceof Error ? error : String(error));
  const known = status < 500 ? new AmazonError(status, 'InvalidInput', messageOf(error)) : internalFailure();
  response.status(known.status).set('x-amzn-ErrorType', known.code).json(known.body);
};

/** body-parser and the router mark what the caller did wrong with a status. */
const statusOf = (error: unknown): number =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
