import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { AppError, type ErrorKind, errorKinds } from '@orderbus/kernel';
import { z } from 'zod';
import { context } from '../src/context.ts';
import { html, media, noContent, raw, response } from '../src/http/reply.ts';
import { type Route, route } from '../src/http/route.ts';
import { eventually, problemOf, serve } from './serve.ts';

const Order = z.object({ orderId: z.string(), status: z.enum(['unshipped', 'shipped']) });

const getOrder = route({
  method: 'get',
  access: 'public',
  path: '/orders/:orderId',
  summary: 'One order',
  responses: { 200: Order },
  handle: ({ params }) => ({ orderId: params.orderId, status: 'shipped' }),
});

const listOrders = route({
  method: 'get',
  access: 'public',
  path: '/orders',
  summary: 'Orders',
  query: z.object({ limit: z.coerce.number().int().max(200).default(50), late: z.stringbool().optional() }),
  responses: { 200: z.object({ limit: z.number(), late: z.boolean().optional() }) },
  handle: async ({ query }) => ({ limit: query.limit + 0, ...(query.late === undefined ? {} : { late: query.late }) }),
});

const hold = route({
  method: 'post',
  access: 'public',
  path: '/orders/:orderId/hold',
  summary: 'Hold an order',
  body: z.object({ reason: z.string().min(1), items: z.array(z.strictObject({ quantity: z.int() })).default([]) }),
  responses: { 201: Order, 204: noContent },
  handle: async ({ params, body, log }) => {
    log.info({ reason: body.reason }, 'held');
    return body.reason === 'quietly'
      ? response(204)
      : response(201, { orderId: params.orderId, status: 'unshipped' }, { location: '/orders/1' });
  },
});

const failing = (error: unknown): Route =>
  route({
    method: 'get',
    access: 'public',
    path: '/fails',
    summary: 'Fails',
    responses: { 200: Order },
    handle: () => {
      throw error;
    },
  });

describe('a route', () => {
  test('is given typed parameters and answers JSON that nobody stores', async () => {
    const { ask } = await serve({ routes: [getOrder, listOrders] });
    const answer = await ask('/orders/o-1');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-store',
    ]);
    expect(await answer.json()).toEqual({ orderId: 'o-1', status: 'shipped' });
    expect(await (await ask('/orders?limit=3&late=true')).json()).toEqual({ limit: 3, late: true });
    expect(await (await ask('/orders')).json()).toEqual({ limit: 50 });
  });

  test('answers with a status and headers of its own', async () => {
    const { send } = await serve({ routes: [hold] });
    const created = await send('POST', '/orders/o-1/hold', { reason: 'address' });
    expect([created.status, created.headers.get('location')]).toEqual([201, '/orders/1']);
    const silent = await send('POST', '/orders/o-1/hold', { reason: 'quietly' });
    expect([silent.status, await silent.text()]).toEqual([204, '']);
  });

  test('with a fixed name wins over a parameter, whatever the order of the list', async () => {
    const fixed = route({
      method: 'get',
      access: 'public',
      path: '/orders/export',
      summary: 'Export',
      responses: { 200: media('text/csv') },
      handle: () => raw('text/csv; charset=utf-8', Readable.from(['order\n', 'o-1\n'])),
    });
    const { ask } = await serve({ routes: [getOrder, fixed] });
    const answer = await ask('/orders/export');
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/csv; charset=utf-8', 'order\no-1\n']);
    expect(await (await ask('/orders/o-1')).json()).toMatchObject({ orderId: 'o-1' });
  });

  test('answers pages, without scripts', async () => {
    const page = route({
      method: 'get',
      access: 'public',
      path: '/slip',
      summary: 'Slip',
      responses: { 200: media('text/html') },
      handle: () => html('<p>Hi</p>'),
    });
    const { ask } = await serve({ routes: [page] });
    const answer = await ask('/slip');
    expect([answer.headers.get('content-type'), await answer.text()]).toEqual(['text/html; charset=utf-8', '<p>Hi</p>']);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-powered-by')).toBeNull();
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('whose parameters differ from its path is refused when it is declared', () => {
    const params = z.object({ id: z.string() });
    expect(() =>
      route({
        method: 'get',
        access: 'public',
        path: '/orders/:orderId',
        summary: '',
        params,
        responses: { 200: Order },
        handle: () => ({}) as never,
      }),
    ).toThrow('route.params-differ');
  });

  test('is told when its caller has left', async () => {
    let signal: AbortSignal | undefined;
    const slow = route({
      method: 'get',
      access: 'public',
      path: '/slow',
      summary: 'Slow',
      responses: { 204: noContent },
      handle: async (input) => {
        signal = input.signal;
        await new Promise((resolve) => input.signal.addEventListener('abort', resolve));
      },
    });
    const { ask } = await serve({ routes: [slow] });
    const leaving = new AbortController();
    const answer = ask('/slow', { signal: leaving.signal }).catch(() => undefined);
    await eventually(() => signal !== undefined);
    leaving.abort();
    await eventually(() => signal?.aborted === true);
    await answer;
  });

  test('is held to its types by the compiler', () => {
    const open = { method: 'get', access: 'public', summary: '' } as const;
    const wrong = () => [
      // @ts-expect-error: the status is not one of the schema's
      route({ ...open, path: '/a', responses: { 200: Order }, handle: () => ({ orderId: 'o', status: 'lost' }) }),
      // @ts-expect-error: the path has no such parameter
      route({ ...open, path: '/a/:b', responses: { 204: noContent }, handle: ({ params }) => void params.c }),
      // @ts-expect-error: 404 is not declared
      route({ ...open, path: '/a', responses: { 204: noContent }, handle: () => response(404) }),
      // @ts-expect-error: a page was promised
      route({ ...open, path: '/a', responses: { 200: media('text/html') }, handle: () => '<p>' }),
      // @ts-expect-error: nothing is said about who may use it
      route({ method: 'get', summary: '', path: '/a', responses: { 204: noContent }, handle: () => undefined }),
    ];
    expect(wrong).toBeInstanceOf(Function);
  });
});

describe('a request that is wrong', () => {
  test('is told every wrong field of path, query and body at once', async () => {
    const every = route({
      method: 'put',
      access: 'public',
      path: '/orders/:orderId',
      summary: 'All wrong',
      params: z.object({ orderId: z.uuid() }),
      query: z.object({ limit: z.coerce.number().max(200) }),
      body: z.object({ items: z.array(z.strictObject({ quantity: z.int() })) }),
      responses: { 204: noContent },
      handle: () => undefined,
    });
    const { send } = await serve({ routes: [every] });
    const answer = await send('PUT', '/orders/7?limit=900&sort=x', { items: [{ quantity: 'two', colour: 'red' }] });
    const problem = await problemOf(answer);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(problem).toMatchObject({
      type: 'urn:orderbus:problem:request.invalid',
      title: 'Request invalid',
      status: 400,
      code: 'request.invalid',
      instance: '/orders/7',
      correlationId: answer.headers.get('x-correlation-id'),
    });
    expect(problem.errors?.map(({ field }) => field)).toEqual(['orderId', 'limit', 'sort', 'items.0.quantity', 'items.0.colour']);
  });

  test('with a query parameter that the route does not know is refused, naming it', async () => {
    const { ask } = await serve({ routes: [getOrder] });
    expect(await problemOf(await ask('/orders/o-1?verbose=1'))).toMatchObject({ status: 400, errors: [{ field: 'verbose' }] });
  });

  test('with a text that no database can keep is refused, naming each', async () => {
    const { send } = await serve({ routes: [hold] });
    const answer = await send('POST', '/orders/a%00b/hold', { reason: 'a\0b' });
    expect(await problemOf(answer)).toMatchObject({ status: 400, errors: [{ field: 'orderId' }, { field: 'reason' }] });
  });

  test.each([null, 7, 'text', true])('with %j as its body is told that it is the body', async (body) => {
    const { send } = await serve({ routes: [hold] });
    expect(await problemOf(await send('POST', '/orders/o-1/hold', body))).toMatchObject({ status: 400, errors: [{ field: 'body' }] });
  });

  test.each([
    ['an unreadable body', { body: '{', type: 'application/json' }, 400, 'request.unreadable'],
    ['no body', { body: undefined, type: 'application/json' }, 400, 'request.invalid'],
    ['a form', { body: 'reason=x', type: 'application/x-www-form-urlencoded' }, 415, 'request.unsupported-media-type'],
    [
      'a body over 256 KiB',
      { body: JSON.stringify({ reason: 'x'.repeat(256 * 1024) }), type: 'application/json' },
      413,
      'request.too-large',
    ],
  ])('because of %s', async (_what, { body, type }, status, code) => {
    const { ask, metrics } = await serve({ routes: [hold] });
    const answer = await ask('/orders/o-1/hold', {
      method: 'POST',
      headers: { 'content-type': type },
      ...(body === undefined ? {} : { body }),
    });
    expect([answer.status, (await problemOf(answer)).code]).toEqual([status, code]);
    expect(await metrics.registry.metrics()).toContain(`route="/orders/:orderId/hold",method="POST",status="${status}"`);
  });

  test('because its path is not UTF-8', async () => {
    const { ask } = await serve({ routes: [getOrder] });
    expect(await problemOf(await ask('/orders/%E0%A4%A'))).toMatchObject({ status: 400, code: 'request.unreadable' });
  });

  test('because nothing is there', async () => {
    const { ask } = await serve({ routes: [getOrder] });
    expect(await problemOf(await ask('/nowhere?a=1'))).toMatchObject({ status: 404, code: 'route.not-found', instance: '/nowhere' });
  });

  test('because the path knows other methods only: it is told which', async () => {
    const { ask } = await serve({ routes: [getOrder, route({ ...anUpdate, method: 'put' }), route({ ...anUpdate, method: 'delete' })] });
    const answer = await ask('/orders/o-1', { method: 'PATCH' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'DELETE, GET, HEAD, OPTIONS, PUT']);
    expect((await problemOf(answer)).code).toBe('route.method-not-allowed');
    const options = await ask('/orders/o-1', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS, PUT']);
    expect((await ask('/orders/o-1', { method: 'HEAD' })).status).toBe(200);
  });
});

const anUpdate = {
  access: 'public',
  path: '/orders/:orderId',
  summary: 'Change',
  responses: { 204: noContent },
  handle: () => undefined,
} as const;

describe('an error', () => {
  test.each(Object.entries(errorKinds).filter(([kind]) => kind !== 'bug') as [ErrorKind, { http: number }][])(
    'of kind %s has its own status, code and details',
    async (kind, { http }) => {
      const { ask } = await serve({ routes: [failing(new AppError(kind, 'order.some-reason', { orderId: 'o-1' }))] });
      const answer = await ask('/fails');
      expect(answer.status).toBe(http);
      expect(answer.headers.get('retry-after')).toBe(kind === 'unavailable' ? '5' : null);
      expect(await problemOf(answer)).toMatchObject({
        type: 'urn:orderbus:problem:order.some-reason',
        title: 'Order some reason',
        code: 'order.some-reason',
        facts: { orderId: 'o-1' },
      });
    },
  );

  test('tells in words why, and beside them, as they are, the facts that pages put into words of their own', async () => {
    const facts = { stores: ['eu', 'na'], most: 3, status: 'open' };
    const { ask } = await serve({
      routes: [failing(new AppError('conflict', 'order.ambiguous', { ...facts, why: 'two stores have it' }))],
    });
    expect(await problemOf(await ask('/fails'))).toMatchObject({ status: 409, detail: 'two stores have it', facts });
  });

  test.each(['57P01', 'ECONNREFUSED', '40001'])('of a database that is away for a moment (%s) asks to come again', async (code) => {
    const { ask } = await serve({ routes: [failing(Object.assign(new Error('canary'), { code }))] });
    const answer = await ask('/fails');
    expect({ status: answer.status, retryAfter: answer.headers.get('retry-after') }).toEqual({ status: 503, retryAfter: '5' });
    expect(await answer.text()).not.toContain('canary');
  });

  test.each([
    new AppError('bug', 'order.impossible', { canary: 'canary' }),
    new TypeError('canary'),
    Object.assign(new Error('canary'), { status: 404, expose: true }),
    'canary',
  ])('of ours shows nothing, and is logged with its stack (%#)', async (error) => {
    const { ask, logged } = await serve({ routes: [failing(error)] });
    const answer = await ask('/fails');
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain('canary');
    expect(JSON.parse(text)).toMatchObject({ code: 'internal', correlationId: answer.headers.get('x-correlation-id') });
    const line = logged().find(({ level }) => level === 'error');
    expect(line).toMatchObject({ correlationId: answer.headers.get('x-correlation-id'), msg: 'GET failed' });
    expect(JSON.stringify(line)).toContain(error instanceof Error ? 'http.spec.ts' : 'canary');
  });

  test('of a dependency is a warning', async () => {
    const { ask, logged } = await serve({ routes: [failing(new AppError('unavailable', 'circuit.open', { name: 'spapi' }))] });
    expect((await ask('/fails')).status).toBe(503);
    expect(logged().map(({ level }) => level)).toContain('warn');
    expect(logged().map(({ level }) => level)).not.toContain('error');
  });

  test('in the middle of a stream breaks the connection: half an answer does not pass for a whole one', async () => {
    const broken = route({
      method: 'get',
      access: 'public',
      path: '/broken',
      summary: 'Broken',
      responses: { 200: media('text/csv') },
      handle: () =>
        raw(
          'text/csv',
          Readable.from(
            (async function* () {
              yield 'order\n';
              await new Promise(setImmediate);
              throw new Error('cursor lost');
            })(),
          ),
        ),
    });
    const { ask, logged } = await serve({ routes: [broken] });
    await expect(ask('/broken').then((answer) => answer.text())).rejects.toThrow();
    await eventually(() => logged().some(({ level }) => level === 'error'));
  });

  test('after an answer has begun breaks the connection too', async () => {
    const { ask } = await serve({
      middleware: [
        (_request, answer, next) => {
          answer.write('half');
          next(new Error('too late'));
        },
      ],
    });
    await expect(ask('/half').then((answer) => answer.text())).rejects.toThrow();
  });
});

describe('an answer that its documentation does not allow', () => {
  const answering = (value: unknown): Route =>
    route({ ...anUpdate, method: 'get', access: 'public', path: '/a', responses: { 200: Order }, handle: () => value as never });

  test.each([
    ['misses a field', { orderId: 'o-1' }, 'response.does-not-fit'],
    ['shows more than documented', { orderId: 'o-1', status: 'shipped', buyer: 'x' }, 'response.shows-too-much'],
    ['has another status', response(202, {}), 'response.undeclared-status'],
    ['is of another kind', html('<p>'), 'response.does-not-fit'],
  ])('because it %s is a bug', async (_what, value, code) => {
    const { ask, logged } = await serve({ routes: [answering(value)] });
    expect((await ask('/a')).status).toBe(500);
    expect(logged().find(({ level }) => level === 'error')).toMatchObject({ err: { code } });
  });

  test('is sent as it is where answers are not checked', async () => {
    const { ask } = await serve({ routes: [answering({ orderId: 'o-1' })], checkResponses: false });
    expect(await (await ask('/a')).json()).toEqual({ orderId: 'o-1' });
  });
});

describe('a request', () => {
  const whereAmI = route({
    method: 'post',
    access: 'public',
    path: '/context',
    summary: 'Context',
    body: z.object({}),
    responses: { 200: z.record(z.string(), z.unknown()) },
    handle: async () => ({ ...context() }),
  });
  const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

  test.each(['x-correlation-id', 'x-request-id'])('keeps the id of its caller (%s) in answer, context and log', async (header) => {
    const { send, logged } = await serve({ routes: [whereAmI] });
    const answer = await send('POST', '/context', {}, { [header]: 'cart-42', traceparent: trace });
    expect([answer.headers.get('x-correlation-id'), answer.headers.get('x-request-id')]).toEqual(['cart-42', 'cart-42']);
    expect(await answer.json()).toEqual({ correlationId: 'cart-42', traceparent: trace });
    await eventually(() => logged().some(({ msg }) => msg === 'request'));
    expect(logged().find(({ msg }) => msg === 'request')).toMatchObject({ correlationId: 'cart-42', route: '/context', status: 200 });
  });

  test.each(['', 'a b', 'x'.repeat(129), '<script>'])('gets a new id instead of %j, and a new trace instead of nonsense', async (id) => {
    const { send } = await serve({ routes: [whereAmI] });
    const answer = await send('POST', '/context', {}, { 'x-correlation-id': id, traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` });
    expect(await answer.json()).toEqual({
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      traceparent: expect.stringMatching(/^00-(?!0{32})[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    });
  });

  test('is measured by the pattern of its route, never by its path', async () => {
    const { ask, metrics } = await serve({ routes: [getOrder] });
    await ask('/orders/o-1');
    await ask('/orders/o-2');
    await ask('/nowhere');
    const text = await (await ask('/metrics')).text();
    expect(text).toContain('http_request_duration_seconds_count{service="order",route="/orders/:orderId",method="GET",status="200"} 2');
    expect(text).toContain('route="unmatched",method="GET",status="404"} 1');
    expect(text).not.toContain('o-1');
    expect(await metrics.registry.metrics()).toBe(text);
  });
});
