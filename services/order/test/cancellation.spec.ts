import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AmazonOrder, OrderCanceled, OrderCancellationRequested, OrderUnitsCanceled } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import { aLine } from './builders.ts';
import { orderHarness } from './harness.ts';
import { people } from './people.ts';

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
});
afterAll(() => harness.stop());

const { as, tell, shows, anotherOrder, logOf, refusal } = people(() => harness, '882');
const lineId = '10000000000001';

const askToCancel = async ({ orderId }: AmazonOrder, body: object = { reason: 'no-inventory' }) => {
  const answer = await as('Ada', 'POST', `/orders/${orderId}/cancel`, body);
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};

const accepted = (cancellationId: string) => ({ type: 'cancellation-accepted', cancellationId }) as const;
const refused = (cancellationId: string) => ({ type: 'cancellation-refused', cancellationId, words: 'It has been shipped.' }) as const;

describe('a cancellation that we ask for', () => {
  test('leaves the order as it is until Amazon has accepted it; then the order is canceled for our reason', async () => {
    const order = await anotherOrder();
    const body = await askToCancel(order);
    expect(body).toMatchObject({ state: 'processing', cancellation: { state: 'requested', reason: 'no-inventory', by: { name: 'Ada' } } });
    expect(body.cancellation).not.toHaveProperty('lines');
    expect(await refusal('POST', `/orders/${order.orderId}/cancel`, { reason: 'no-inventory' })).toContain('has not answered yet');

    await tell(order, accepted(body.cancellation.id));
    await shows(order.orderId, { state: 'canceled', cancellation: { state: 'accepted' }, money: { canceledMinor: 2600, dueMinor: 0 } });
    await eventually(() => {
      const ofOrder = <Event extends { aggregateId: string }>(events: Event[]) =>
        events.filter((event) => event.aggregateId === order.orderId);
      expect(ofOrder(harness.published(OrderCancellationRequested))).toMatchObject([
        { data: { cancellationId: body.cancellation.id, reason: 'no-inventory', actor: { kind: 'person', name: 'Ada' } } },
      ]);
      expect(ofOrder(harness.published(OrderCanceled))).toMatchObject([{ data: { reason: 'no-inventory' } }]);
    });
  });

  test('of some units leaves the others; their number follows with what Amazon shows', async () => {
    const order = await anotherOrder();
    expect(
      await refusal('POST', `/orders/${order.orderId}/cancel`, { reason: 'no-inventory', lines: [{ lineId, quantity: 3 }] }),
    ).toContain('2 can be canceled, not 3');
    const { cancellation } = await askToCancel(order, { reason: 'pricing-error', lines: [{ lineId, quantity: 1 }] });
    await tell(order, accepted(cancellation.id));
    await shows(order.orderId, { state: 'processing', cancellation: { state: 'accepted', lines: [{ lineId, quantity: 1 }] } });
    await tell(order, { type: 'observe', snapshot: { ...order, lines: [aLine({ quantity: 1 })] }, version: 2 });
    await shows(order.orderId, { ledger: [{ ordered: 2, canceled: 1, toShip: 1 }] });
    await eventually(() =>
      expect(harness.published(OrderUnitsCanceled)).toMatchObject([
        { data: { lines: [{ lineId, quantity: 1 }], reason: 'pricing-error' } },
      ]),
    );
  });

  test('of an order that is shipped in part is for the rest only; of a shipped one, a refund is what can be done', async () => {
    const order = await anotherOrder();
    const shipped = { ...order, status: 'partially-shipped' as const, lines: [aLine({ quantityShipped: 1 })] };
    await tell(order, { type: 'observe', snapshot: shipped, version: 2 });
    await shows(order.orderId, { ledger: [{ shipped: 1 }] });
    expect((await askToCancel(order)).cancellation.lines).toEqual([{ lineId, quantity: 1 }]);

    const gone = await anotherOrder({ status: 'shipped' });
    expect(await refusal('POST', `/orders/${gone.orderId}/cancel`, { reason: 'no-inventory' })).toContain(
      'it has been shipped: what can be done is a refund',
    );
  });

  test('that Amazon refuses leaves the order as it was, with the reason, and a person should know', async () => {
    const order = await anotherOrder();
    const { cancellation } = await askToCancel(order);
    await tell(order, refused(cancellation.id));
    await shows(order.orderId, {
      state: 'processing',
      attention: ['cancellation-refused'],
      cancellation: { state: 'refused', refusal: 'It has been shipped.' },
    });
    expect((await logOf(order.orderId)).slice(2)).toEqual(['cancellation_requested', 'cancellation_refused', 'attention_raised']);
    // It may be asked for again.
    expect(await askToCancel(order)).toMatchObject({ attention: [], cancellation: { state: 'requested' } });
  });

  test.each([
    ['before', true],
    ['after', false],
  ])('ends the same when Amazon shows the order canceled %s it answers', async (_, isFirst) => {
    const order = await anotherOrder();
    const { cancellation } = await askToCancel(order);
    const shown = { type: 'observe', snapshot: { ...order, status: 'canceled' }, version: 2 } as const;
    const answer = accepted(cancellation.id);
    await tell(order, ...(isFirst ? [shown, answer] : [answer, shown]));
    await shows(order.orderId, { state: 'canceled', amazonStatus: 'canceled', cancellation: { state: 'accepted' } });
    expect((await logOf(order.orderId)).filter((type) => type === 'canceled')).toHaveLength(1);
  });

  test('needs an order: what Amazon holds back cannot be canceled here', async () => {
    const order = await anotherOrder();
    await tell(order, { type: 'observe', snapshot: { ...order, status: 'canceled' }, version: 2 });
    await shows(order.orderId, { state: 'canceled' });
    expect(await refusal('POST', `/orders/${order.orderId}/cancel`, { reason: 'no-inventory' })).toContain('it is canceled');
  });
});

describe('a buyer who asks to cancel', () => {
  const asking = () => anotherOrder({ cancelRequested: { reason: 'bought twice' } });

  test('stops the order at once, for a person to answer', async () => {
    const { orderId } = await asking();
    const body = await shows(orderId, {
      state: 'held',
      attention: ['buyer-cancel-request'],
      hold: { cause: 'buyer-cancel-request', reason: 'bought twice', state: 'processing', by: { kind: 'amazon' } },
    });
    const allowed = body.actions
      .filter((action: { allowed: boolean }) => action.allowed)
      .map((action: { action: string }) => action.action);
    expect(allowed).toEqual(expect.arrayContaining(['accept-buyer-cancel', 'decline-buyer-cancel']));
    expect(await refusal('POST', `/orders/${orderId}/release`)).toContain('accept or decline');
  });

  test('gets it when the seller accepts and Amazon does, too', async () => {
    const order = await asking();
    const { body } = await as('Ada', 'POST', `/orders/${order.orderId}/accept-cancel-request`);
    expect(body).toMatchObject({ state: 'held', attention: [], buyerRequest: 'accepted', cancellation: { reason: 'buyer-canceled' } });
    await tell(order, accepted(body.cancellation.id));
    await shows(order.orderId, { state: 'canceled' });
  });

  test('does not get it when the seller declines, and is not heard twice', async () => {
    const order = await asking();
    const { body } = await as('Ada', 'POST', `/orders/${order.orderId}/decline-cancel-request`);
    expect(body).toMatchObject({ state: 'processing', attention: [], buyerRequest: 'declined' });
    await tell(order, { type: 'observe', snapshot: { ...order, lines: [aLine({ quantity: 1 })] }, version: 2 });
    await shows(order.orderId, { state: 'processing', ledger: [{ canceled: 1 }] });
    expect(await refusal('POST', `/orders/${order.orderId}/decline-cancel-request`)).toContain('the buyer has not asked for it');
  });

  test('lets the order go when he takes it back', async () => {
    const order = await asking();
    const { cancelRequested: _, ...calm } = order;
    await tell(order, { type: 'observe', snapshot: calm, version: 2 });
    await shows(order.orderId, { state: 'processing', attention: [], cancelRequested: false });
    expect((await logOf(order.orderId)).slice(-2)).toEqual(['released', 'attention_cleared']);
  });
});
