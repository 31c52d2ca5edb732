import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonRefundAccepted, AmazonRefundRejected, AmazonRefundSubmitted, AmazonWriteUncertain } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { chanceOf } from './chance.ts';
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

const told = (definition: typeof AmazonRefundSubmitted | typeof AmazonRefundAccepted, { orderId }: AnOrder) =>
  gateway.service.published(definition as typeof AmazonRefundAccepted).filter(({ data }) => data.orderId === orderId);

describe('a refund that Amazon has taken in', () => {
  test('says so once, before Amazon answers', async () => {
    const order = await shipped();
    await gateway.command(await gateway.refund(order, item(order, 100)), 'done');
    await eventually(() =>
      expect([told(AmazonRefundSubmitted, order), told(AmazonRefundAccepted, order)].map(({ length }) => length)).toEqual([1, 1]),
    );
    const [submitted, accepted] = [told(AmazonRefundSubmitted, order)[0], told(AmazonRefundAccepted, order)[0]];
    expect(submitted?.aggregateId).toBe(accepted?.aggregateId);
    expect(submitted?.aggregateVersion).toBeLessThan(accepted?.aggregateVersion ?? 0);
  });

  test('in a feed that is found says so, too; in one that Amazon never had, it does not', async () => {
    const [found, lost] = [await shipped(), await shipped()];
    const end = await gateway.fault('error-after-effect', { operations: ['createFeed'], times: 1 });
    await gateway.command(await gateway.refund(found, item(found, 100)), 'done');
    await end();
    await eventually(() => expect(told(AmazonRefundSubmitted, found)).toHaveLength(1));
    await gateway.fault('error', { status: 503, operations: ['createFeed'], times: 1 });
    await gateway.command(await gateway.refund(lost, item(lost, 100)), 'unknown');
    expect(told(AmazonRefundSubmitted, lost)).toEqual([]);
  });

  test('and that goes out again says nothing new', async () => {
    const order = await shipped();
    await gateway.fault('feeds-fatal', { times: 1 });
    const id = await gateway.refund(order, item(order, 100));
    await gateway.command(id, 'unknown');
    await gateway.service.send('POST', `/commands/${id}/retry`);
    await gateway.command(id, 'done');
    await eventually(() => expect(told(AmazonRefundAccepted, order)).toHaveLength(1));
    expect(told(AmazonRefundSubmitted, order)).toHaveLength(1);
  });
});

describe('pitfall 26: a refund that is asked for again', () => {
  const again = (id: string) => gateway.service.send('POST', `/commands/${id}/retry`);
  /** One that has failed: it was asked for too early. By now it could go out. */
  const failedOnce = async () => {
    const order = await gateway.order();
    const refundId = newId();
    const first = await gateway.refund(order, item(order, 100), { refundId });
    await gateway.command(first, 'failed');
    await gateway.patch(order.amazonOrderId, { fulfillmentStatus: 'SHIPPED' });
    return { order, refundId, first };
  };
  const attempt = (order: AnOrder, refundId: string, n: number) => gateway.refund(order, item(order, 100), { refundId, attempt: n });
  const known = async (id: string) => (await gateway.service.get(`/commands/${id}`)).status === 200;

  test('after it has failed is another command, and the one that failed is not sent by hand any more', async () => {
    const { order, refundId, first } = await failedOnce();
    const second = await attempt(order, refundId, 2);
    await gateway.command(second, 'done');
    expect(second).not.toBe(first);
    const { status, body } = await again(first);
    expect([status, body.detail ?? body.words ?? JSON.stringify(body)]).toEqual([409, expect.stringContaining('attempt 2')]);
    expect(await refunds(order)).toHaveLength(1);
  });

  test('while the first is under way, in doubt or done, is not asked for once more', async () => {
    const [done, doubtful] = [await shipped(), await shipped()];
    const ids = [newId(), newId()] as const;
    await gateway.command(await gateway.refund(done, item(done, 100), { refundId: ids[0] }), 'done');
    await gateway.fault('feeds-fatal', { times: 1 });
    await gateway.command(await gateway.refund(doubtful, item(doubtful, 100), { refundId: ids[1] }), 'unknown');
    const asked = [await attempt(done, ids[0], 2), await attempt(doubtful, ids[1], 2)];
    // Whatever was asked after them has been heard: so have they.
    const other = await shipped();
    await gateway.command(await gateway.refund(other, item(other, 100)), 'done');
    expect(await Promise.all(asked.map(known))).toEqual([false, false]);
    expect([await refunds(done), await refunds(doubtful)].map(({ length }) => length)).toEqual([1, 0]);
    expect(gateway.service.published(AmazonRefundRejected).filter(({ data }) => data.refundId === ids[0])).toEqual([]);
  });

  test('by events and by hand, in whatever order, is paid once', async () => {
    const chance = chanceOf(7);
    const runs = Array.from({ length: 8 }, async () => {
      const { order, refundId, first } = await failedOnce();
      const moves = [
        () => again(first),
        () => attempt(order, refundId, 2),
        () => attempt(order, refundId, 2),
        () => attempt(order, refundId, 3),
        async () => again(await attempt(order, refundId, 1)),
      ].map((move) => ({ move, rank: chance.next() }));
      for (const { move } of moves.toSorted((a, b) => a.rank - b.rank)) {
        const running = move();
        if (chance.happens(0.5)) await running;
      }
      await eventually(async () => expect(await refunds(order)).toHaveLength(1));
      return order;
    });
    const orders = await Promise.all(runs);
    const last = await shipped();
    await gateway.command(await gateway.refund(last, item(last, 100)), 'done');
    for (const order of orders) expect(await refunds(order)).toHaveLength(1);
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

    await gateway.service.send('POST', `/commands/${id}/retry`);
    await gateway.command(id, 'done');
    expect(await refunds(order)).toHaveLength(1);
  });
});
