import { Router } from 'express';
import { failingChecks, type HealthChecks } from '../health.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { version } from '../version.ts';
import { type OpenApiInfo, openApiDocument } from './openapi.ts';
import { HttpError } from './problem.ts';

export interface OperationsOptions {
  readonly health: HealthChecks;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly openApi: OpenApiInfo;
  readonly isStopping: () => boolean;
}

/** What the platform asks of every service: `/live`, `/ready`, `/metrics`, `/openapi.json`. */
export const operations = ({ health, metrics, log, openApi, isStopping }: OperationsOptions): Router => {
  const router = Router();
  let document: string | undefined;

  router.get('/live', (_request, response) => {
    response.json({ status: 'live' });
  });

  router.get('/ready', async (_request, response) => {
    if (isStopping()) throw new HttpError(503, 'service.stopping', 'The service is stopping');
    const failed = await failingChecks(health);
    for (const { name, error } of failed) log.warn({ err: error, check: name }, 'not ready');
    if (failed.length > 0) throw new HttpError(503, 'service.not-ready', `Failing: ${failed.map(({ name }) => name).join(', ')}`);
    response.json({ status: 'ready', version, checks: Object.keys(health) });
  });

  router.get('/metrics', async (_request, response) => {
    response.setHeader('content-type', metrics.registry.contentType);
    response.end(await metrics.registry.metrics());
  });

  router.get('/openapi.json', (_request, response) => {
    document ??= JSON.stringify(openApiDocument(openApi));
    response.type('json').end(document);
  });

  return router;
};
