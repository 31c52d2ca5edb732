import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, AmazonOrderReadable, AmazonOrderUnreadable } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type GatewayHarness, gatewayHarness } from './gateway-harness.ts';

describe("an order that does not fit Amazon's own model", () => {
  let gateway: GatewayHarness;
  let numbers: string[];
  const reports = () => gateway.service.published(AmazonOrderUnreadable);

  beforeAll(async () => {
    gateway = await gatewayHarness({
      before: async ({ create, patch }) => {
        numbers = await create(20);
        await patch(numbers[4] ?? '', { raw: { orderItems: null, buyer: { buyerName: 'Canary Unreadable' } } });
        await patch(numbers[9] ?? '', { raw: { proceeds: { grandTotal: { amount: 'a lot' } } } });
        await patch(numbers[14] ?? '', { raw: { fulfillment: { fulfilledBy: 'ROBOT' } } });
      },
    });
  });
  afterAll(() => gateway.stop());

  test('is kept and reported, while the others flow and the cursor moves on', async () => {
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(17));
    await eventually(() => expect(reports()).toHaveLength(3));
    for (const report of reports()) expect(AmazonOrderUnreadable.parse(report).aggregateVersion).toBe(1);
    expect(await gateway.store()).toMatchObject({ status: 'ok' });
    const { body } = await gateway.service.get('/unreadable-orders?limit=2');
    expect(body.items).toHaveLength(2);
    const rest = await gateway.service.get(`/unreadable-orders?limit=2&cursor=${body.nextCursor}`);
    const problems = Object.fromEntries(
      [...body.items, ...rest.body.items].map((item: { amazonOrderId: string; problems: string[] }) => [item.amazonOrderId, item.problems]),
    );
    expect(problems[numbers[4] ?? '']).toEqual(['orderItems: Invalid input: expected array, received null']);
    expect(problems[numbers[9] ?? '']?.[0]).toMatch(/not-a-decimal/);
    expect(problems[numbers[14] ?? '']?.[0]).toMatch(/unknown-fulfiller/);
  });

  test('is reported once per content', async () => {
    await gateway.sync();
    expect(reports()).toHaveLength(3);
    await gateway.patch(numbers[4] ?? '', { raw: { orderItems: 'none' } });
    await gateway.sync();
    await eventually(() => expect(reports()).toHaveLength(4));
    expect(reports().at(-1)).toMatchObject({ aggregateVersion: 2, data: { amazonOrderId: numbers[4] } });
    expect((await gateway.service.get('/unreadable-orders')).body.items).toHaveLength(3);
  });

  test('is imported and off the list as soon as it can be read, and that is told', async () => {
    await gateway.patch(numbers[4] ?? '', { raw: null });
    await gateway.sync();
    await eventually(() => expect(gateway.service.published(AmazonOrderImported)).toHaveLength(18));
    const { body } = await gateway.service.get('/unreadable-orders');
    expect(body.items.map((item: { amazonOrderId: string }) => item.amazonOrderId)).not.toContain(numbers[4]);
    const { rawId } = reports().at(-1)?.data ?? {};
    await eventually(() => expect(gateway.service.published(AmazonOrderReadable)).toHaveLength(1));
    expect(AmazonOrderReadable.parse(gateway.service.published(AmazonOrderReadable)[0])).toMatchObject({
      ...{ aggregateId: rawId, aggregateVersion: 3 },
      data: { rawId, amazonOrderId: numbers[4] },
    });
  });

  test('without even a number is kept under its content', async () => {
    await gateway.patch(numbers[19] ?? '', { raw: { orderId: 7 } });
    await gateway.sync();
    await gateway.sync();
    const { body } = await gateway.service.get('/unreadable-orders');
    expect(body.items.filter((item: { amazonOrderId: string | null }) => item.amazonOrderId === null)).toHaveLength(1);
  });
});
