import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonRefundAccepted, AmazonRefundRejected, AmazonWriteUncertain } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type AnOrder, type FeedsHarness, feedsHarness } from './feeds-harness.ts';

let gateway: FeedsHarness;
beforeAll(async () => {
  gateway = await feedsHarness();
});
afterAll(() => gateway?.stop());

const shipped = () => gateway.order({ fulfillmentStatus: 'SHIPPED' });
const lineOf = (order: AnOrder) => order.lines[0] as AnOrder['lines'][number];
const item = (order: AnOrder, amountMinor: number) => [{ lineId: lineOf(order).lineId, components: [{ kind: 'item', amountMinor }] }];
const refunds = async ({ amazonOrderId }: AnOrder) =>
  (await gateway.ledger({ orderId: amazonOrderId })).filter(({ effect }) => effect === 'refunded');
const rejectionOf = ({ orderId }: AnOrder) =>
  eventually(() => {
    const found = gateway.service.published(AmazonRefundRejected).find(({ data }) => data.orderId === orderId);
    if (!found) throw new Error('nothing was published');
    return found.data.refusal;
  });

describe('a refund', () => {
  test('gives back each part under its own name', async () => {
    const order = await shipped();
    const { lineId } = lineOf(order);
    const components = [
      { kind: 'item', amountMinor: 300 },
      { kind: 'item-tax', amountMinor: 31 },
      { kind: 'restocking-fee', amountMinor: -50 },
    ];
    await gateway.command(await gateway.refund(order, [{ lineId, components }]), 'done');
    const [entry] = await refunds(order);
    expect(entry?.request).toMatchObject({
      ActionType: 'Refund',
      AdjustedItem: [{ AmazonOrderItemCode: lineId, AdjustmentReason: 'CustomerReturn' }],
    });
    const told = JSON.stringify(entry?.request.AdjustedItem[0].ItemPriceAdjustments);
    for (const part of ['Principal', '3.00', 'Tax', '0.31', 'RestockingFee', '-0.50']) expect(told).toContain(`"${part}"`);
    await eventually(() =>
      expect(gateway.service.published(AmazonRefundAccepted).filter(({ data }) => data.orderId === order.orderId)).toHaveLength(1),
    );
  });

  test('that is asked for twice is paid once', async () => {
    const order = await shipped();
    const refundId = '0198c2a4-7000-7000-8000-0000000000d1';
    const id = await gateway.refund(order, item(order, 100), { refundId });
    await gateway.command(id, 'done');
    await gateway.refund(order, item(order, 100), { refundId });
    await gateway.command(await gateway.refund(order, item(order, 101)), 'done');
    expect(await refunds(order)).toHaveLength(2);
  });

  test('gives back, with those before it, no more than was paid', async () => {
    const order = await shipped();
    const { totalMinor } = lineOf(order);
    const first = await gateway.refund(order, item(order, totalMinor - 10));
    const second = await gateway.refund(order, item(order, 11));
    await gateway.command(first, 'done');
    await gateway.command(second, 'failed');
    expect(await rejectionOf(order)).toMatchObject({ code: 'refund.too-much', words: expect.stringContaining('0.11 USD') });
    await gateway.command(await gateway.refund(order, item(order, 10)), 'done');
    expect(await refunds(order)).toHaveLength(2);
  });

  test('of what was not shipped is refused: it is canceled instead', async () => {
    const order = await gateway.order();
    await gateway.command(await gateway.refund(order, item(order, 100)), 'failed');
    expect(await rejectionOf(order)).toMatchObject({ code: 'refund.too-early', words: expect.stringContaining('cancel it') });
  });

  test('of what was shipped without our hearing of it goes out', async () => {
    const order = await gateway.order();
    await gateway.patch(order.amazonOrderId, { fulfillmentStatus: 'SHIPPED' });
    await gateway.command(await gateway.refund(order, item(order, 100)), 'done');
    expect(await refunds(order)).toHaveLength(1);
  });
});

describe('pitfall 26: a refund whose feed was handed in without an answer', () => {
  test('is found, and paid once', async () => {
    const order = await shipped();
    const end = await gateway.fault('error-after-effect', { operations: ['createFeed'], times: 1 });
    const command = await gateway.command(await gateway.refund(order, item(order, 100)), 'done');
    expect(command.attempts).toBe(1);
    expect(await refunds(order)).toHaveLength(1);
    await end();
  });

  test('and does not show, is not sent again before a person says so', async () => {
    const order = await shipped();
    await gateway.fault('error', { status: 503, operations: ['createFeed'], times: 1 });
    const id = await gateway.refund(order, item(order, 100));
    const uncertain = await eventually(() => {
      const found = gateway.service.published(AmazonWriteUncertain).find(({ data }) => data.orderId === order.orderId);
      if (!found) throw new Error('nothing was published');
      return found.data;
    });
    expect(uncertain).toMatchObject({ kind: 'refund', commandId: id, words: expect.stringContaining('Seller Central') });
    const other = await shipped();
    await gateway.command(await gateway.refund(other, item(other, 100)), 'done');
    expect(await gateway.command(id, 'unknown')).toMatchObject({ attempts: 1, waits: expect.stringContaining('a person decides') });
    expect(await refunds(order)).toEqual([]);

    await gateway.service.send('POST', `/commands/${id}/retry`, { by: 'Kim' });
    await gateway.command(id, 'done');
    expect(await refunds(order)).toHaveLength(1);
  });
});
