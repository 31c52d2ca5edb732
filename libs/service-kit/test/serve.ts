import { afterEach } from '@jest/globals';
import { authenticateWith } from '../src/access/authenticate.ts';
import { unauthenticated } from '../src/access/token.ts';
import { createHttp, type Http, type HttpOptions } from '../src/http/create-http.ts';
import type { Problem } from '../src/http/problem.ts';
import { createLog } from '../src/log.ts';
import { createMetrics } from '../src/metrics.ts';

const running: Http[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((http) => http.stop()));
});

const nobodyKnown = authenticateWith(
  () => Promise.reject(unauthenticated()),
  () => Promise.reject(unauthenticated()),
);

/** A server on a free port, which the end of the test stops. */
export const serve = async (options: Partial<HttpOptions>) => {
  const lines: string[] = [];
  const log = createLog({ service: 'order', level: 'debug', destination: { write: (line) => lines.push(line) } });
  const metrics = createMetrics('order');
  const openapi = { title: 'Order', version: '1.0.0' };
  const http = createHttp({
    service: 'order',
    log,
    metrics,
    health: {},
    authenticate: nobodyKnown,
    routes: [],
    openapi,
    port: 0,
    stopDeadlineMs: 1_000,
    ...options,
  });
  await http.start();
  running.push(http);
  const ask = (path: string, init?: RequestInit) => fetch(http.url + path, init);
  const send = (method: string, path: string, body: unknown, headers = {}) =>
    ask(path, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
  const logged = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { http, ask, send, logged, metrics };
};

export const problemOf = async (answer: Response): Promise<Problem> => (await answer.json()) as Problem;

/** Waits for what a socket or a log brings about. */
export const eventually = async (holds: () => boolean): Promise<void> => {
  const deadline = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`not within 5 s: ${holds}`);
    await new Promise(setImmediate);
  }
};
