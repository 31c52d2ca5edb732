import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonFeedFinished, AmazonFeedStuck, AmazonWriteUncertain } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type AnOrder, type FeedsHarness, feedsHarness } from './feeds-harness.ts';

let gateway: FeedsHarness;
beforeAll(async () => {
  gateway = await feedsHarness({ env: { AMAZON_FEED_STUCK_AFTER: '200ms' } });
});
afterEach(() => fetch(`${gateway.sandbox.url}/sandbox/faults`, { method: 'DELETE' }));
afterAll(() => gateway?.stop());

const shipped = () => gateway.order({ fulfillmentStatus: 'SHIPPED' });
const refundOf = (order: AnOrder, amountMinor = 100) =>
  gateway.refund(order, [{ lineId: order.lines[0]?.lineId ?? '', components: [{ kind: 'item', amountMinor }] }]);
const effectsOn = async ({ amazonOrderId }: AnOrder) => (await gateway.ledger({ orderId: amazonOrderId })).map(({ effect }) => effect);
const uncertain = (commandId: string) =>
  eventually(() => {
    const found = gateway.service.published(AmazonWriteUncertain).filter(({ data }) => data.commandId === commandId);
    if (found.length !== 1) throw new Error(`${found.length} were published`);
  });
const feedOf = async (commandId: string) => {
  const { feedId } = (await gateway.service.get(`/commands/${commandId}`)).body;
  return (await gateway.service.get(`/feeds/${feedId}`)).body;
};
const readOnly = (isOn: boolean) => gateway.service.send('PUT', '/installation/read-only', { readOnly: isOn });

describe('a feed', () => {
  test('pitfall 25: carries what has gathered, and each command has its own answer', async () => {
    await readOnly(true);
    const [paid, kept, gone] = [await shipped(), await gateway.order({}, [3]), await gateway.order({}, [3])];
    const one = (order: AnOrder) => gateway.cancel(order, { lines: [{ lineId: order.lines[0]?.lineId ?? '', quantity: 1 }] });
    const ids = [await refundOf(paid), await one(gone), await one(kept)] as const;
    for (const id of ids) await gateway.command(id, 'pending');
    // We have not heard of it when the feed goes out.
    await gateway.patch(gone.amazonOrderId, { fulfillmentStatus: 'SHIPPED' });
    expect(await effectsOn(paid)).toEqual([]);

    await readOnly(false);
    for (const id of [ids[0], ids[2]]) await gateway.command(id, 'done');
    const { answer } = await gateway.command(ids[1], 'failed');
    expect(answer).toMatchObject({ code: 'amazon.report.18028', words: expect.any(String) });
    const feed = await feedOf(ids[0]);
    expect(feed).toMatchObject({ state: 'done', amazonStatus: 'DONE', messages: 3, accepted: 2, rejected: 1 });
    const states = new Map(feed.commands.map(({ commandId, state }: { commandId: string; state: string }) => [commandId, state]));
    expect(ids.map((id) => states.get(id))).toEqual(['done', 'failed', 'done']);
    const { messageId } = await gateway.command(ids[1], 'failed');
    expect(feed.report).toMatchObject({ processed: 3, successful: 2, results: [{ messageId, kind: 'error' }] });
  });

  test('is listed, newest first, by store, type and state', async () => {
    const { items, nextCursor } = (await gateway.service.get('/feeds?storeId=na&type=POST_PAYMENT_ADJUSTMENT_DATA&state=done&limit=1'))
      .body;
    expect(items).toHaveLength(1);
    expect((await gateway.service.get(`/feeds?limit=1&cursor=${nextCursor ?? ''}`)).status).toBe(nextCursor ? 200 : 400);
    expect((await gateway.service.get('/feeds?state=done&storeId=nobody')).body.items).toEqual([]);
    expect((await gateway.service.get('/feeds/7d0a4a1e-8d3b-5a52-9d65-0f7f1a5f2c31')).status).toBe(404);
  });

  test('that Amazon is through with cannot be taken back', async () => {
    const [feed] = await gateway.feeds();
    const { status, body } = await gateway.service.send('POST', `/feeds/${feed.id}/cancel`);
    expect([status, body.code]).toEqual([409, 'feed.not-at-amazon']);
  });
});

describe('pitfall 25: a feed that Amazon gives up on', () => {
  test('and that had no effect: its cancellations go out again by themselves, its refunds do not', async () => {
    await gateway.fault('feeds-fatal', { times: 2 });
    const [order, paid] = [await gateway.order({}, [2]), await shipped()];
    const [cancellation, refund] = [await gateway.cancel(order), await refundOf(paid)];
    await uncertain(refund);
    expect((await gateway.command(cancellation, 'done')).attempts).toBe(2);
    expect(await effectsOn(order)).toEqual(['cancelled']);
    expect((await gateway.command(refund, 'unknown')).attempts).toBe(1);
    expect(await effectsOn(paid)).toEqual([]);
  });

  test('though it was done: its cancellations are found, its refunds are not paid again', async () => {
    await gateway.fault('feeds-fatal-after-effect', { times: 2 });
    const [order, paid] = [await gateway.order({}, [2]), await shipped()];
    const lines = order.lines.map(({ lineId }) => ({ lineId, quantity: 1 }));
    const [cancellation, refund] = [await gateway.cancel(order, { lines }), await refundOf(paid)];
    await uncertain(refund);
    expect(await gateway.command(cancellation, 'done')).toMatchObject({ attempts: 1, readBack: { result: 'found' } });
    expect(await effectsOn(order)).toEqual(['cancelled']);
    expect(await effectsOn(paid)).toEqual(['refunded']);

    await gateway.service.send('POST', `/commands/${refund}/settle`, { as: 'done', note: 'Seller Central shows it' });
    await gateway.command(refund, 'done');
    expect(await effectsOn(paid)).toEqual(['refunded']);
  });
});

describe('a feed that Amazon does not finish', () => {
  test('is told of once, holds up what comes after it, and is told of again when it ends', async () => {
    await gateway.fault('feeds-stuck', { times: 1 });
    const [first, second] = [await shipped(), await shipped()];
    const ids = [await refundOf(first)];
    const feedId = await eventually(() => {
      const [stuck, ...others] = gateway.service.published(AmazonFeedStuck);
      if (!stuck || others.length > 0) throw new Error('not once');
      return stuck.data.feedId;
    });
    ids.push(await refundOf(second));
    expect(await feedOf(ids[0] ?? '')).toMatchObject({ state: 'processing', amazonStatus: 'IN_PROGRESS', stuckAt: expect.any(String) });
    const cancel = await gateway.service.send('POST', `/feeds/${(await feedOf(ids[0] ?? '')).id}/cancel`);
    expect([cancel.status, cancel.body.code]).toEqual([409, 'feed.begun']);
    await gateway.command(ids[1] ?? '', 'pending');

    await fetch(`${gateway.sandbox.url}/sandbox/feeds/${feedId}/release`, { method: 'POST' });
    for (const id of ids) await gateway.command(id, 'done');
    await eventually(() =>
      expect(gateway.service.published(AmazonFeedFinished).map(({ data }) => data)).toEqual([
        { feedId, feedType: 'POST_PAYMENT_ADJUSTMENT_DATA', accepted: 1, rejected: 0 },
      ]),
    );
    expect(gateway.service.published(AmazonFeedStuck)).toHaveLength(1);
  });
});

describe('a feed that waits in the queue at Amazon', () => {
  test('can be taken back, and its commands go out with the next one', async () => {
    const slow = await feedsHarness({ sandbox: { feedDelayMs: { queueMs: 3_600_000, processingMs: 0 } } });
    try {
      const id = await slow.cancel(await slow.order());
      const { feedId } = await slow.command(id, 'sending');
      await eventually(async () => expect((await slow.feeds())[0]?.state).toBe('processing'));
      expect((await slow.service.send('POST', `/feeds/${feedId}/cancel`)).status).toBe(202);
      await eventually(async () => expect((await slow.service.get(`/feeds/${feedId}`)).body.state).toBe('cancelled'));
      await eventually(async () => expect((await slow.feeds()).map(({ state }) => state)).toEqual(['processing', 'cancelled']));
      expect((await slow.command(id, 'sending')).feedId).not.toBe(feedId);
      expect(await slow.ledger()).toEqual([]);
    } finally {
      await slow.stop();
    }
  });
});

describe('a store whose seller id nobody has entered', () => {
  const enter = async (sellerId: string | null): Promise<void> => {
    await gateway.service.app.database.query('update store set seller_id = $1', [sellerId]);
    // A change that is made here counts here at once.
    await gateway.service.send('PATCH', '/stores/na', { nonAmazonOrders: 'leave-out' });
  };

  test('refuses what needs it, in words', async () => {
    const order = await gateway.order();
    await enter(null);
    const { answer } = await gateway.command(await gateway.cancel(order), 'failed');
    expect(answer).toMatchObject({ code: 'store.no-seller-id', words: expect.stringContaining('sellerId') });
    await enter(gateway.sellerId);
  });
});

describe('a process that is gone in the middle of', () => {
  /** The process hangs where it is, for good; another one finds out when the lease is over. */
  const hung = async (operation: string, kind: 'hang' | 'hang-after-effect'): Promise<void> => {
    await eventually(async () => {
      const { faults } = (await (await fetch(`${gateway.sandbox.url}/sandbox/faults`)).json()) as { faults: unknown[] };
      if (faults.length > 0) throw new Error(`${operation} does not ${kind} yet`);
    });
    await gateway.service.app.database.query(
      `update amazon_feed set lease_until = clock_timestamp() - interval '1 s' where lease_until is not null`,
    );
    await gateway.service.another();
  };

  const moments = [
    ['createFeedDocument', 'hang', 'done'],
    ['uploadFeedDocument', 'hang-after-effect', 'done'],
    ['createFeed', 'hang', 'unknown'],
    ['createFeed', 'hang-after-effect', 'done'],
    ['getFeed', 'hang', 'done'],
    ['getFeedDocument', 'hang', 'done'],
    ['downloadFeedDocument', 'hang', 'done'],
  ] as const;

  test.each(moments)(
    '%s (%s) leaves a cancellation that happens once, and a refund that is %s and paid once at most',
    async (...moment) => {
      const [operation, kind, end] = moment;
      const [order, paid] = [await gateway.order({}, [2]), await shipped()];
      const lines = order.lines.map(({ lineId }) => ({ lineId, quantity: 1 }));
      await readOnly(true);
      const [cancellation, refund] = [await gateway.cancel(order, { lines }), await refundOf(paid)];
      for (const id of [cancellation, refund]) await gateway.command(id, 'pending');
      await gateway.fault(kind, { operations: [operation], times: 1 });
      await readOnly(false);
      await hung(operation, kind);

      await gateway.command(cancellation, 'done');
      expect(await effectsOn(order)).toEqual(['cancelled']);
      if (end === 'unknown') await uncertain(refund);
      await gateway.command(refund, end);
      expect(await effectsOn(paid)).toEqual(end === 'done' ? ['refunded'] : []);
    },
  );
});
