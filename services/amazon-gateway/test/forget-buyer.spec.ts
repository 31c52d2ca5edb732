import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderUpdated, OrderBuyerPurged } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

describe('a buyer who has to be forgotten', () => {
  let gateway: GatewayHarness;
  let forgotten: string;
  let other: string;

  beforeAll(async () => {
    gateway = await gatewayHarness();
    [forgotten = '', other = ''] = await gateway.create(2);
    await gateway.patch(forgotten, { requestCancellation: {} });
    await gateway.sync();
    // One that nobody can read is kept as it came, sealed.
    await gateway.patch(forgotten, { raw: { salesChannel: 'nonsense' } });
    await gateway.sync();
    const orderId = orderIdOf('na', forgotten);
    const purged = { orderId, reason: 'retention' as const, purgedAt: new Date().toISOString() };
    await gateway.service.publish(OrderBuyerPurged, purged, { aggregateId: orderId, aggregateVersion: 1, tenant: 'na' });
    await eventually(async () => expect(await kept(forgotten)).toMatchObject({ buyerPurgedAt: purged.purgedAt }));
  });
  afterAll(() => gateway.stop());

  const rows = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> => gateway.service.app.database.query<Row>(sql, parameters);
  const kept = async (number: string) => {
    const sql = `select sealed_buyer as "sealedBuyer", buyer_purged_at as "buyerPurgedAt" from amazon_order where amazon_order_id = $1`;
    return (await rows<{ sealedBuyer: string | null; buyerPurgedAt: string | null }>(sql, [number]))[0];
  };
  const sealedIn = async (number: string) =>
    (await rows('select 1 from event_log where aggregate_id = $1 and data::text like $2', [orderIdOf('na', number), '%sealedBuyer%']))
      .length;

  test('is gone from everything that the gateway keeps, sealed or not, and nobody else with him', async () => {
    expect((await kept(forgotten))?.sealedBuyer).toBeNull();
    expect(await sealedIn(forgotten)).toBe(0);
    expect(await rows('select 1 from unreadable_order')).toEqual([]);
    expect((await kept(other))?.sealedBuyer).toMatch(/^v1\./);
    expect(await sealedIn(other)).toBe(1);
  });

  test('leaves the log of his order as it was in all else', async () => {
    const { items } = (await gateway.service.get(`/events/${orderIdOf('na', forgotten)}`)).body;
    const imported = gateway.service.published(AmazonOrderImported).find(({ data }) => data.amazonOrderId === forgotten);
    const { sealedBuyer, ...rest } = imported?.data ?? {};
    expect(sealedBuyer).toMatch(/^v1\./);
    expect(items[0]).toMatchObject({ id: imported?.id, data: rest });
  });

  test('does not come back when Amazon still shows him', async () => {
    await gateway.patch(forgotten, { raw: null, fulfillmentStatus: 'SHIPPED' });
    await gateway.sync();
    await eventually(() =>
      expect(gateway.service.published(AmazonOrderUpdated).findLast(({ data }) => data.amazonOrderId === forgotten)?.data.status).toBe(
        'shipped',
      ),
    );
    const last = gateway.service.published(AmazonOrderUpdated).findLast(({ data }) => data.amazonOrderId === forgotten);
    expect(last?.data).not.toHaveProperty('sealedBuyer');
    expect((await kept(forgotten))?.sealedBuyer).toBeNull();
    expect(await sealedIn(forgotten)).toBe(0);
  });
});
