import { describe, expect, test } from '@jest/globals';
import { register } from 'prom-client';
import { createMetrics } from './metrics.ts';

const config = { name: 'orders_total', help: 'Orders', labelNames: ['result'] as const };

describe('the metrics of a service', () => {
  test('are its own: two services in one process do not share, nor touch the global registry', async () => {
    const [order, billing] = [createMetrics('order'), createMetrics('billing')];
    order.counter(config).inc({ result: 'new' });
    billing.counter(config).inc({ result: 'new' }, 5);
    expect(await order.registry.metrics()).toContain('orders_total{result="new",service="order"} 1');
    expect(await billing.registry.metrics()).toContain('orders_total{result="new",service="billing"} 5');
    expect(await register.metrics()).not.toContain('orders_total');
  });

  test('are made once for each name', () => {
    const metrics = createMetrics('order');
    expect(metrics.counter(config)).toBe(metrics.counter(config));
    expect(metrics.gauge({ name: 'depth', help: 'Depth' })).toBe(metrics.gauge({ name: 'depth', help: 'Depth' }));
    expect(metrics.histogram({ name: 'wait_seconds', help: 'Wait' })).toBe(metrics.histogram({ name: 'wait_seconds', help: 'Wait' }));
  });

  test('refuse one name for two kinds of metric', () => {
    const metrics = createMetrics('order');
    metrics.counter(config);
    expect(() => metrics.gauge(config)).toThrow('metrics.other-kind');
  });

  test('include the process only for a service that asks', async () => {
    expect(await createMetrics('order').registry.metrics()).not.toContain('process_cpu');
    expect(await createMetrics('order', { processMetrics: true }).registry.metrics()).toContain('process_cpu');
  });
});
