import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonCancellationAccepted, AmazonCancellationRejected } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type FeedsHarness, feedsHarness } from './feeds-harness.ts';

let gateway: FeedsHarness;
beforeAll(async () => {
  gateway = await feedsHarness();
});
afterAll(() => gateway?.stop());

const effects = async (orderId: string) => (await gateway.ledger({ orderId })).map(({ operation, effect }) => `${operation} ${effect}`);
const acceptedOf = (orderId: string) =>
  gateway.service.published(AmazonCancellationAccepted).filter(({ data }) => data.orderId === orderId);
const rejectionOf = (orderId: string) =>
  eventually(() => {
    const found = gateway.service.published(AmazonCancellationRejected).find(({ data }) => data.orderId === orderId);
    if (!found) throw new Error('nothing was published');
    return found.data.refusal;
  });

describe('a cancellation', () => {
  test('of a whole order names all of its lines, and is accepted once, also when the order itself shows it', async () => {
    const order = await gateway.order({}, [2, 1]);
    const command = await gateway.command(await gateway.cancel(order, { reason: 'buyer-canceled' }), 'done');
    expect(command).toMatchObject({ attempts: 1, answer: { result: 'accepted' } });
    expect(await gateway.ledger({ orderId: order.amazonOrderId })).toMatchObject([
      {
        operation: 'POST_ORDER_ACKNOWLEDGEMENT_DATA',
        effect: 'cancelled',
        request: {
          StatusCode: 'Failure',
          Item: order.lines.map(({ lineId }) => ({ AmazonOrderItemCode: lineId, CancelReason: 'BuyerCanceled' })),
        },
      },
    ]);
    await gateway.sync();
    expect(acceptedOf(order.orderId)).toHaveLength(1);
  });

  test('of some units leaves the others', async () => {
    const order = await gateway.order({}, [3]);
    const lineId = order.lines[0]?.lineId ?? '';
    await gateway.command(await gateway.cancel(order, { lines: [{ lineId, quantity: 2 }] }), 'done');
    expect(await gateway.ledger({ orderId: order.amazonOrderId })).toMatchObject([
      {
        operation: 'POST_PAYMENT_ADJUSTMENT_DATA',
        effect: 'cancelled',
        request: { ActionType: 'Cancel', AdjustedItem: [{ AmazonOrderItemCode: lineId, AdjustmentReason: 'NoInventory' }] },
      },
    ]);
    await gateway.sync();
    const [row] = await gateway.service.app.database.query<{ quantity: number }>(
      `select (facts -> 'lines' -> 0 ->> 'quantity')::int as quantity from amazon_order where id = $1`,
      [order.orderId],
    );
    expect(row?.quantity).toBe(1);
  });

  test('of all units that there are cancels the order', async () => {
    const order = await gateway.order({}, [2]);
    await gateway.command(
      await gateway.cancel(order, { lines: order.lines.map(({ lineId, quantity }) => ({ lineId, quantity })) }),
      'done',
    );
    expect(await effects(order.amazonOrderId)).toEqual(['POST_ORDER_ACKNOWLEDGEMENT_DATA cancelled']);
  });

  test('of an order of which a unit was shipped, which we have not heard of, is not sent: Amazon would pay everything back', async () => {
    const order = await gateway.order({}, [1]);
    await gateway.patch(order.amazonOrderId, { fulfillmentStatus: 'SHIPPED' });
    await gateway.command(await gateway.cancel(order), 'failed');
    expect(await rejectionOf(order.orderId)).toEqual({
      code: 'order.shipped',
      words: 'Everything has been shipped: refund the order instead.',
    });
    expect(await effects(order.amazonOrderId)).toEqual([]);
  });

  test('of an order that was pending when it was asked, and is not any more, goes out', async () => {
    const order = await gateway.order({ fulfillmentStatus: 'PENDING' });
    await gateway.patch(order.amazonOrderId, { fulfillmentStatus: 'UNSHIPPED' });
    await gateway.command(await gateway.cancel(order), 'done');
    expect(await effects(order.amazonOrderId)).toEqual(['POST_ORDER_ACKNOWLEDGEMENT_DATA cancelled']);
  });

  test('of an order that is pending is refused, in words', async () => {
    const order = await gateway.order({ fulfillmentStatus: 'PENDING' });
    await gateway.command(await gateway.cancel(order), 'failed');
    expect(await rejectionOf(order.orderId)).toMatchObject({ code: 'order.pending', words: expect.stringContaining('Ask again') });
  });

  test('pitfall 17: of an order that Amazon fulfills is refused at once', async () => {
    const order = await gateway.order({ fulfilledBy: 'AMAZON' });
    await gateway.command(await gateway.cancel(order), 'failed');
    expect(await rejectionOf(order.orderId)).toMatchObject({ code: 'order.fulfilled-by-amazon' });
    expect(await effects(order.amazonOrderId)).toEqual([]);
  });

  test('of an order that the buyer has canceled meanwhile is accepted, and nothing is sent', async () => {
    const order = await gateway.order();
    await gateway.patch(order.amazonOrderId, { fulfillmentStatus: 'CANCELLED', cancelledBy: 'BUYER' });
    const command = await gateway.command(await gateway.cancel(order), 'done');
    expect(command.answer).toMatchObject({ words: 'The order is canceled already.' });
    expect(await effects(order.amazonOrderId)).toEqual([]);
    await eventually(() => expect(acceptedOf(order.orderId)).toHaveLength(1));
  });

  test('that is asked while another one of its order is on its way comes after it', async () => {
    const order = await gateway.order({}, [3]);
    const lineId = order.lines[0]?.lineId ?? '';
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push(await gateway.cancel(order, { lines: [{ lineId, quantity: 1 }] }));
    for (const id of ids) await gateway.command(id, 'done');
    expect(await effects(order.amazonOrderId)).toEqual(Array(3).fill('POST_PAYMENT_ADJUSTMENT_DATA cancelled'));
    const feedIds = (await gateway.ledger({ orderId: order.amazonOrderId })).map(({ feedId }) => feedId);
    expect(new Set(feedIds).size).toBe(3);
  });
});
