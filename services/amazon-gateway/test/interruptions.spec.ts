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

const importedNumbers = ({ service }: GatewayHarness) => service.published(AmazonOrderImported).map(({ data }) => data.amazonOrderId);

describe('a pass that is interrupted', () => {
  test('is continued where it stood by another instance, and no order is lost or imported twice', async () => {
    let numbers: string[] = [];
    const { service, proxy, ...rest } = await started({
      before: async ({ create, proxy: amazon }) => {
        numbers = await create(450);
        amazon.onSearch = (n) => (n >= 3 ? 'cut' : undefined);
      },
    });
    expect(await rest.store()).toMatchObject({
      ...{ status: 'failing', lastError: expect.stringContaining('cannot be reached') },
      failure: { code: 'amazon.unreachable' },
    });
    await eventually(() => expect(service.published(AmazonOrderImported)).toHaveLength(200));
    await service.app.stop();

    const third = proxy.searches.at(-1)?.get('paginationToken');
    const before = proxy.searches.length;
    proxy.onSearch = () => undefined;
    await service.another();
    await eventually(() => expect(service.published(AmazonOrderImported)).toHaveLength(450));
    expect(importedNumbers({ service, proxy, ...rest }).toSorted()).toEqual(numbers.toSorted());
    const continued = proxy.searches.slice(before);
    expect(continued[0]?.get('paginationToken')).toBe(third);
    expect(continued).toHaveLength(3);
  });

  test('pitfall 8: does not move the watermark before its last page', async () => {
    const harness = await started({
      before: async ({ create, proxy }) => {
        await create(150);
        proxy.onSearch = (n) => (n >= 2 ? 'cut' : undefined);
      },
    });
    expect((await harness.store()).watermark).toBe('2020-01-01T00:00:00.000Z');
    harness.proxy.onSearch = () => undefined;
    await harness.sync();
    expect(Date.parse((await harness.store()).watermark ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  test('pitfall 6: begins its window anew when Amazon refuses the page token', async () => {
    const refusal = { errors: [{ code: 'InvalidInput', message: "Value at 'paginationToken' has expired" }] };
    const harness = await started({
      before: async ({ create, proxy }) => {
        await create(250);
        proxy.onSearch = (n) => (n === 2 ? { status: 400, body: refusal } : undefined);
      },
    });
    await eventually(() => expect(harness.service.published(AmazonOrderImported)).toHaveLength(250));
    expect(await harness.store()).toMatchObject({ status: 'ok' });
    expect(harness.proxy.searches.map((query) => query.has('paginationToken'))).toEqual([false, true, false, true, true]);
  });

  test('ends with an error when Amazon sends it in a circle, and begins its window anew', async () => {
    const harness = await started({
      before: async ({ create, proxy }) => {
        await create(250);
        proxy.onSearch = (n, query) =>
          n === 2 ? { rewrite: (body) => ({ ...body, pagination: { nextToken: query.get('paginationToken') } }) } : undefined;
      },
    });
    expect(await harness.store()).toMatchObject({ status: 'failing', lastError: expect.stringContaining('same page token twice') });
    await harness.sync();
    await eventually(() => expect(harness.service.published(AmazonOrderImported)).toHaveLength(250));
    expect(harness.proxy.searches[2]?.has('paginationToken')).toBe(false);
  });

  test('and could not give its lease back, because the database was gone, holds up nobody but other instances', async () => {
    const harness = await started({ before: async ({ create }) => void (await create(3)) });
    const { database } = harness.service.app;
    await database.query(`create function no_giving_back() returns trigger language plpgsql as $$ begin
      if new.lease_owner is null then raise exception 'the database is gone'; end if; return new; end $$`);
    await database.query('create trigger no_giving_back before update on sync_cursor for each row execute function no_giving_back()');
    await harness.service.send('POST', '/stores/na/sync');
    await eventually(async () => expect((await harness.store()).status).toBe('running'));
    await eventually(async () => expect((await harness.service.send('POST', '/stores/na/sync')).body.state).toBe('started'));
    await database.query('drop trigger no_giving_back on sync_cursor');

    await harness.create(2);
    await eventually(async () => {
      await harness.service.send('POST', '/stores/na/sync');
      expect(harness.service.published(AmazonOrderImported)).toHaveLength(5);
    });
    await eventually(async () => expect(await harness.store()).toMatchObject({ status: 'ok' }));
  });

  test('takes a hiccup in its stride', async () => {
    const harness = await started({
      before: async ({ create, proxy }) => {
        await create(3);
        proxy.onSearch = (n) => (n === 1 ? { status: 503, body: { errors: [] } } : undefined);
      },
    });
    expect(await harness.store()).toMatchObject({ status: 'ok', consecutiveFailures: 0 });
  });
});
