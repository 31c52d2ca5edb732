import { describe, expect, test } from '@jest/globals';
import { register } from 'prom-client';
import { createMetrics, remembered } from './metrics.ts';

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

  test('leave out what cannot be read, instead of calling it zero', async () => {
    const metrics = createMetrics('order');
    let depth: number | undefined | Error = 7;
    const read = async () => {
      if (depth instanceof Error) throw depth;
      return depth;
    };
    metrics.observed({ name: 'depth', help: 'Depth' }, read);
    const byPond = async () => (depth === 7 ? [{ labels: { pond: 'a' }, value: 1 }] : undefined);
    metrics.observed({ name: 'depth_by_pond', help: 'Depth', labelNames: ['pond'] }, byPond);
    const values = async () => (await metrics.registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(await values()).toEqual(['depth{service="order"} 7', 'depth_by_pond{pond="a",service="order"} 1']);
    for (const state of [undefined, new Error('away')]) {
      depth = state;
      expect(await values()).toEqual([]);
    }
    depth = 0;
    expect(await values()).toEqual(['depth{service="order"} 0']);
  });

  test('are asked for once by all who ask at the same time, and again after a failure', async () => {
    let asked = 0;
    const answers = [Promise.reject(new Error('away')), Promise.resolve(1), Promise.resolve(2)];
    const ask = remembered(() => answers[asked++] as Promise<number>, 60_000);
    await expect(ask()).rejects.toThrow('away');
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(asked).toBe(2);
    const forgetful = remembered(async () => ++asked, 0);
    expect([await forgetful(), await forgetful()]).toEqual([3, 4]);
  });

  test('include the process only for a service that asks', async () => {
    expect(await createMetrics('order').registry.metrics()).not.toContain('process_cpu');
    expect(await createMetrics('order', { processMetrics: true }).registry.metrics()).toContain('process_cpu');
  });
});
