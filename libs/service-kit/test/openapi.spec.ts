import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { openApiDocument, toYaml } from '../src/http/openapi.ts';
import { pageOf, pageQuery } from '../src/http/page.ts';
import { jsonOr, media, noContent } from '../src/http/reply.ts';
import { route } from '../src/http/route.ts';

const Order = z.object({ orderId: z.string().meta({ description: 'Our id' }) }).meta({ id: 'Order' });

const routes = [
  route({
    method: 'get',
    access: { needs: 'read', store: 'shared' },
    path: '/orders',
    summary: 'Orders',
    tags: ['orders'],
    query: pageQuery,
    responses: { 200: pageOf(Order) },
    handle: () => ({ items: [] }),
  }),
  route({
    method: 'get',
    access: { needs: 'read', store: 'shared' },
    path: '/orders/:orderId',
    summary: 'One order',
    responses: { 200: Order },
    handle: ({ params }) => params,
  }),
  route({
    method: 'post',
    access: { needs: 'read', store: 'shared' },
    path: '/orders/:orderId/hold',
    summary: 'Hold',
    description: 'Keeps it from shipping.',
    body: z.object({ reason: z.string() }),
    responses: { 204: noContent },
    handle: () => undefined,
  }),
  route({
    method: 'get',
    access: { needs: 'read', store: 'shared' },
    path: '/slip',
    summary: 'Slip',
    operationId: 'packingSlip',
    responses: { 200: media('text/html') },
    handle: () => undefined as never,
  }),
  route({
    method: 'post',
    access: { needs: 'read', store: 'shared' },
    path: '/orders',
    summary: 'An order, sent as it is',
    responses: { 201: jsonOr(z.object({ secret: z.string() }), 'application/json') },
    handle: () => undefined as never,
  }),
];

const document = openApiDocument({ title: 'Order', version: '1.0.0', description: 'Orders.', routes });
const operation = (path: string, method: 'get' | 'post') => document.paths?.[path]?.[method] ?? {};

describe('the OpenAPI document', () => {
  test('is the same text whatever the order of the routes', () => {
    const reversed = openApiDocument({ title: 'Order', version: '1.0.0', description: 'Orders.', routes: routes.toReversed() });
    expect(toYaml(reversed)).toBe(toYaml(document));
  });

  test('says what is in JSON that is sent as it is', () => {
    const answer = (operation('/orders', 'post').responses as Record<string, unknown>)['201'];
    expect(answer).toMatchObject({ content: { 'application/json': { schema: { properties: { secret: { type: 'string' } } } } } });
  });

  test('names parameters of path and query', () => {
    expect(operation('/orders/{orderId}', 'get').parameters).toEqual([
      { in: 'path', name: 'orderId', required: true, schema: { type: 'string' } },
    ]);
    expect(operation('/orders', 'get').parameters).toMatchObject([
      { in: 'query', name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
      { in: 'query', name: 'cursor' },
    ]);
    expect(operation('/slip', 'get')).not.toHaveProperty('parameters');
  });

  test('describes bodies, answers and what is not JSON', () => {
    expect(operation('/orders/{orderId}/hold', 'post')).toMatchObject({
      operationId: 'postOrdersByOrderIdHold',
      description: 'Keeps it from shipping.',
      requestBody: { required: true, content: { 'application/json': { schema: { required: ['reason'] } } } },
      responses: { 204: { description: 'No Content' } },
    });
    expect(operation('/slip', 'get')).toMatchObject({
      operationId: 'packingSlip',
      responses: { 200: { content: { 'text/html': { schema: { type: 'string' } } } } },
    });
    expect(document.components?.schemas).toHaveProperty('Order');
  });

  test('names the problems that a route can answer', () => {
    const statuses = (path: string, method: 'get' | 'post') => Object.keys(operation(path, method).responses ?? {});
    expect(statuses('/orders', 'get')).toEqual(['200', '400', '401', '403', '429', '500']);
    expect(statuses('/orders/{orderId}', 'get')).toEqual(['200', '400', '401', '403', '404', '429', '500']);
    expect(statuses('/orders/{orderId}/hold', 'post')).toEqual([
      '204',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '422',
      '429',
      '500',
    ]);
    expect(operation('/orders', 'get').responses?.['400']).toMatchObject({
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    });
  });

  test('survives as YAML', () => {
    expect(parse(toYaml(document))).toEqual(JSON.parse(JSON.stringify(document)));
  });
});
