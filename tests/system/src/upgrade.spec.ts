import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '@orderbus/kernel';
import { eventually, firstAdmin } from '@orderbus/testkit';
import { compose, composeReleased, containersOf, docker } from './docker.ts';
import { askWith, everyItem, told } from './http.ts';
import { type ServiceName, serviceNames } from './installation.ts';
import { expectEverythingRight } from './judge.ts';
import { randomOf } from './random.ts';
import { everybodyReady, stack } from './stack.ts';
import { type Traffic, trafficOf } from './traffic.ts';

const imageOf = async (service: string): Promise<string> => {
  const [container = ''] = await containersOf(service);
  return docker('inspect', '--format', '{{.Image}}', container);
};

const isHealthy = async (container: string): Promise<void> =>
  eventually(async () => expect(await docker('inspect', '--format', '{{.State.Health.Status}}', container)).toBe('healthy'), {
    ...{ withinMs: 120_000, everyMs: 500 },
  });

describe('an upgrade from the last release, while orders come in', () => {
  // Buyers and packers know nothing of upgrades.
  let traffic: Traffic;
  let before: string;
  let after: string;

  beforeAll(async () => {
    await everybodyReady();
    const { key } = await firstAdmin(stack.urlOf('access'), await compose('logs', '--no-log-prefix', 'access'));
    askWith(`Bearer ${key}`, ...serviceNames.map((service) => stack.urlOf(service)));
    await eventually(async () => expect(await everyItem(`${stack.urlOf('fulfillment')}/stock`)).not.toEqual([]), {
      ...{ withinMs: 120_000, everyMs: 500 },
    });
    before = await docker('image', 'inspect', '--format', '{{.Id}}', 'orderbus:released');
    after = await docker('image', 'inspect', '--format', '{{.Id}}', 'orderbus');
    const skus: string[] = (await everyItem<{ sku: string }>(`${stack.urlOf('fulfillment')}/stock`)).map(({ sku }) => sku);
    await told(
      'PUT',
      `${stack.urlOf('fulfillment')}/stock`,
      skus.map((sku) => ({ sku, onHand: 100_000 })),
    );
    traffic = trafficOf(stack, systemClock, randomOf(1, 'upgrade'));
    traffic.start();
  }, 260_000);
  afterAll(() => traffic.finish());

  /** All that is sold by now goes through the whole of Orderbus. */
  const someArrive = async (): Promise<void> => {
    const ordersHere = async () => (await everyItem(`${stack.urlOf('order')}/orders`)).length;
    const wanted = (await ordersHere()) + 5;
    await eventually(async () => expect(await ordersHere()).toBeGreaterThanOrEqual(wanted), { withinMs: 90_000, everyMs: 500 });
  };

  test('begins on the last release', async () => {
    for (const service of serviceNames) expect(await imageOf(service)).toBe(before);
    await someArrive();
  });

  test('prepares database and broker first: the services of the last release go on', async () => {
    await compose('up', '-d', '--no-deps', '--no-build', 'setup');
    const [setup = ''] = await containersOf('setup');
    await eventually(
      async () => expect(await docker('inspect', '--format', '{{.State.Status}} {{.State.ExitCode}}', setup)).toBe('exited 0'),
      {
        ...{ withinMs: 90_000, everyMs: 500 },
      },
    );
    expect(await imageOf('setup')).toBe(after);
    await someArrive();
  });

  /** Both versions hear and tell at once; then the old one goes. */
  const replace = async (service: ServiceName): Promise<void> => {
    const beside = await compose('run', '-d', '--no-deps', service);
    try {
      await isHealthy(beside);
      expect(await docker('inspect', '--format', '{{.Image}}', beside)).toBe(after);
      expect(await imageOf(service)).toBe(before);
      await someArrive();
      await compose('up', '-d', '--no-deps', '--no-build', service);
      expect(await imageOf(service)).toBe(after);
    } finally {
      await docker('stop', beside);
      await docker('rm', beside);
    }
  };

  test.each(serviceNames)('%s runs in both versions, then in the new one', replace);

  test('one service goes back to the last release, on the new schema, and comes again', async () => {
    await composeReleased('up', '-d', '--no-deps', '--no-build', 'billing');
    expect(await imageOf('billing')).toBe(before);
    await everybodyReady();
    await someArrive();
    await compose('up', '-d', '--no-deps', '--no-build', 'billing');
    expect(await imageOf('billing')).toBe(after);
    await everybodyReady();
    await someArrive();
  });

  test('Amazon was told of shipments, cancellations and refunds meanwhile', async () => {
    await traffic.finish();
    expect(traffic.orders).toBeGreaterThan(50);
    for (const what of ['shipped', 'canceled by us', 'paid back']) expect([what, traffic.done[what] ?? 0]).not.toEqual([what, 0]);
  });

  test('ends with nothing lost, nothing twice, nothing dead, and each write at Amazon once', async () => {
    // The console of the last release listened to nobody.
    await expectEverythingRight(stack, { withinMs: 150_000, consoleIsLater: true });
    process.stderr.write(`Meanwhile: ${JSON.stringify(traffic.done)}\n`);
  });
});
