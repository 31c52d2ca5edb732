import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { route } from '../src/http/route.ts';
import { version } from '../src/version.ts';
import { problemOf, serve } from './serve.ts';

describe('the platform', () => {
  test('learns that the process lives, whatever its dependencies do', async () => {
    const { ask } = await serve({ health: { database: () => Promise.reject(new Error('down')) } });
    expect(await (await ask('/live')).json()).toEqual({ status: 'live' });
  });

  test('learns that the service is ready', async () => {
    const { ask } = await serve({ health: { database: async () => undefined } });
    const answer = await ask('/ready');
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'ready', version, checks: ['database'] }]);
  });

  test('learns what the service is missing, while the reason stays in the log', async () => {
    const { ask, logged } = await serve({
      health: { database: () => Promise.reject(new Error('refused by postgres://app:hunter2@db')), disk: async () => undefined },
    });
    const answer = await ask('/ready');
    const problem = await problemOf(answer);
    expect([answer.status, problem.code, problem.detail]).toEqual([503, 'service.not-ready', 'Failing: database']);
    expect(logged()).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        check: 'database',
        err: expect.objectContaining({ message: 'refused by postgres://app:[redacted]@db' }),
      }),
    );
  });

  test('gets its answer although a check hangs', async () => {
    const { ask } = await serve({ health: { database: () => new Promise(() => undefined) } });
    expect((await ask('/ready')).status).toBe(503);
  });

  test('is served the OpenAPI document', async () => {
    const ping = route({
      method: 'get',
      access: 'public',
      path: '/ping',
      summary: 'Ping',
      responses: { 200: z.object({}) },
      handle: () => ({}),
    });
    const { ask } = await serve({ routes: [ping] });
    const answer = await ask('/openapi.json');
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await answer.json()).toMatchObject({
      openapi: '3.1.0',
      info: { title: 'Order' },
      paths: { '/ping': { get: { operationId: 'getPing' } } },
    });
  });
});
