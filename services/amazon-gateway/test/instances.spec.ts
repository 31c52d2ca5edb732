import { afterEach, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness, type HarnessWish } from './gateway-harness.ts';

let gateway: GatewayHarness | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

const started = async (wish: HarnessWish): Promise<GatewayHarness> => {
  gateway = await gatewayHarness(wish);
  return gateway;
};

const cursorRows = ({ service }: GatewayHarness) => service.app.database.query<{ fence: number }>('select fence from sync_cursor');

describe('two instances', () => {
  test('never run a pass of one store at the same time', async () => {
    const harness = await started({});
    const { service, proxy } = harness;
    await harness.create(250);
    let running = 0;
    let most = 0;
    proxy.onSearch = () => {
      running += 1;
      most = Math.max(most, running);
      return {
        rewrite: (body) => {
          running -= 1;
          return body;
        },
      };
    };
    const other = await service.another();
    const ask = () => Promise.all([service.app.url, other.url].map((url) => service.at(url).send('POST', '/stores/na/sync')));
    for (let round = 0; round < 10; round++) await ask();
    await eventually(() => expect(service.published(AmazonOrderImported)).toHaveLength(250));
    await eventually(async () => expect((await harness.store()).status).toBe('ok'));
    expect(most).toBe(1);
    expect(harness.published()).toHaveLength(250);
  });

  test('that both think that it is their turn: only one commits', async () => {
    let release = () => {};
    const harness = await started({});
    const { service, proxy } = harness;
    await harness.create(5);
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    proxy.onSearch = (n) => (n === 2 ? { rewrite: (body) => held.then(() => body) } : undefined);
    await service.send('POST', '/stores/na/sync');
    await eventually(() => expect(proxy.searches).toHaveLength(2));
    await service.app.database.query(`update sync_cursor set lease_until = clock_timestamp() - interval '1 s'`);

    await service.another();
    await eventually(() => expect(service.published(AmazonOrderImported)).toHaveLength(5));
    const [taken] = await cursorRows(harness);
    release();
    await eventually(async () => expect((await service.get('/metrics')).body).toMatch(/op="searchOrders",status="200".*} 2/));
    // The one who came too late has noticed, and is free for the next pass.
    await eventually(async () => expect((await service.send('POST', '/stores/na/sync')).body.state).toBe('started'));
    await eventually(async () => expect((await cursorRows(harness))[0]?.fence).toBeGreaterThan(taken?.fence ?? 0));
    expect(harness.published()).toHaveLength(5);
    expect((await service.get('/metrics')).body).not.toMatch(/sync_orders_total\{result="(new|changed)"/);
  });
});
