import type { RequestHandler } from 'express';
import { context, withContext } from '../context.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';

/** One observation and one log line for each request, by the pattern of its route: paths hold ids, and would be endless. */
export const measure = (metrics: Metrics, log: Log): RequestHandler => {
  const duration = metrics.histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds that requests took, by the pattern of their route',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 3, 10],
  });
  return (request, response, next) => {
    const startedAt = performance.now();
    const { method } = request;
    const around = context();
    response.once('close', () => {
      const ms = performance.now() - startedAt;
      const route = (response.locals.route as string | undefined) ?? 'unmatched';
      duration.observe({ route, method, status: response.statusCode }, ms / 1_000);
      withContext(around, () =>
        log[method === 'GET' || method === 'HEAD' ? 'debug' : 'info'](
          { method, route, status: response.statusCode, ms: Math.round(ms) },
          'request',
        ),
      );
    });
    next();
  };
};
