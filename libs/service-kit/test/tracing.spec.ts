import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { eventually } from '@orderbus/testkit';
import { type Collector, collector } from '@orderbus/testkit/collector';
import { z } from 'zod';
import { askService, context, createLog, route } from '../src/index.ts';
import { complaints, createTracing } from '../src/tracing/create-tracing.ts';
import { tracingSettings } from '../src/tracing/settings.ts';
import { serve } from './serve.ts';

const parent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const tracingTo = async (environment: Record<string, string>) => {
  const lines: string[] = [];
  const log = createLog({ service: 'order', destination: { write: (line) => lines.push(line) } });
  const config = z.object(tracingSettings).parse({ OTEL_BSP_SCHEDULE_DELAY: '20', OTEL_EXPORTER_OTLP_TIMEOUT: '300', ...environment });
  const tracing = createTracing({ service: 'order', broker: 'rabbitmq', config, log });
  await tracing.start();
  stops.push(tracing.stop);
  return { tracing, lines };
};

const openCollector = async (): Promise<Collector> => {
  const opened = await collector();
  stops.push(opened.stop);
  return opened;
};

/** It listens, and says nothing. */
const unanswering = async (): Promise<string> => {
  const server = createServer((request) => void request.resume());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

const seen = route({
  ...{ method: 'post', path: '/orders/:id/seen', access: 'public', summary: 'Seen' },
  ...{ params: z.object({ id: z.string() }), query: z.object({ by: z.string().optional() }), body: z.object({ next: z.string() }) },
  responses: { 200: z.object({ traceparent: z.string().optional() }) },
  handle: async ({ body, log }) => {
    log.info('seen');
    if (body.next) await askService({ peer: 'billing', route: '/orders/:id/seen' }, body.next, { method: 'POST' });
    return { traceparent: context().traceparent };
  },
});

describe('traces', () => {
  test('show a request under the pattern of its route, as a part of what its caller does, and what it asks of others as a part of it', async () => {
    const traces = await openCollector();
    const { tracing } = await tracingTo({ OTEL_EXPORTER_OTLP_ENDPOINT: traces.url });
    const { send, http, logged } = await serve({ tracing, routes: [seen] });
    const answer = await send('POST', '/orders/8812/seen?by=canary', { next: `${http.url}/orders/8813/seen` }, { traceparent: parent });
    const [server, client, other] = await eventually(() => {
      const found = ['server', 'client'].map((kind) => traces.spans.find((span) => span.kind === kind && span.service === 'order'));
      const inner = traces.spans.find(({ kind, parentSpanId }) => kind === 'server' && parentSpanId === found[1]?.spanId);
      expect([...found, inner]).not.toContain(undefined);
      const outer = traces.spans.find(({ parentSpanId }) => parentSpanId === parent.split('-')[2]);
      return [outer, found[1], inner];
    });
    const [, traceId, parentSpanId] = parent.split('-');
    const name = 'POST /orders/:id/seen';
    expect(server).toMatchObject({
      name,
      traceId,
      parentSpanId,
      attributes: { 'http.route': seen.path, 'http.response.status_code': 200 },
    });
    expect(client).toMatchObject({ name, traceId, parentSpanId: server?.spanId, attributes: { 'service.peer.name': 'billing' } });
    // It had no body: refused, and told so on both sides.
    expect([client?.failed, client?.attributes['http.response.status_code'], other?.failed]).toEqual([true, 400, false]);
    expect((await answer.json()) as object).toEqual({ traceparent: `00-${traceId}-${server?.spanId}-01` });
    expect(logged().find(({ msg }) => msg === 'seen')).toMatchObject({
      trace_id: traceId,
      span_id: server?.spanId,
      correlationId: expect.any(String),
    });
    expect(traces.bodies.join()).not.toMatch(/8812|8813|canary/);
  });

  test('are off unless somebody says where they go', async () => {
    const { tracing } = await tracingTo({});
    expect(tracing.tracer).toBeUndefined();
  });

  test.each([
    ['always_off', '1', 0],
    ['traceidratio', '0', 0],
    ['parentbased_traceidratio', '1', 1],
  ])('are sampled as OTEL_TRACES_SAMPLER=%s and %s say', async (sampler, ratio, spans) => {
    const traces = await openCollector();
    const { tracing } = await tracingTo({
      ...{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${traces.url}/v1/traces`, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio },
    });
    tracing.tracer?.startSpan('one').end();
    await tracing.stop();
    expect(traces.spans).toHaveLength(spans);
  });

  test.each([
    ['is not there', async () => 'http://127.0.0.1:1'],
    ['takes what it is told and never answers', unanswering],
  ])('are dropped when their collector %s: one line says so, and a stop is not held up', async (_, open) => {
    const { tracing, lines } = await tracingTo({ OTEL_EXPORTER_OTLP_ENDPOINT: await open() });
    for (let n = 0; n < 10_000; n++) tracing.tracer?.startSpan('lost').end();
    await eventually(() => expect(lines).toHaveLength(1));
    expect(JSON.parse(lines[0] as string)).toMatchObject({
      level: 'warn',
      msg: 'the collector takes no traces: they are dropped until it does',
    });
    const startedAt = performance.now();
    await tracing.stop();
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(lines).toHaveLength(1);
  });

  test('a collector that comes and goes is spoken of once in ten minutes, and when it is back', () => {
    const lines: string[] = [];
    let now = 0;
    const delivered = complaints(
      createLog({ service: 'order', destination: { write: (line) => lines.push(JSON.parse(line).level) } }),
      () => now,
    );
    for (let n = 0; n < 50; n++) delivered(new Error('refused'), 100);
    expect(lines).toEqual(['warn']);
    delivered(undefined, 100);
    delivered(undefined, 100);
    expect(lines).toEqual(['warn', 'info']);
    delivered(new Error('refused'), 100);
    expect(lines).toEqual(['warn', 'info']);
    now = 600_001;
    delivered(new Error('refused'), 100);
    expect(lines).toEqual(['warn', 'info', 'warn']);
  });
});
