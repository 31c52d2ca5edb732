import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonRefundAccepted, AmazonRefundSettled, AmazonWriteUncertain } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type AnOrder, type FeedsHarness, feedsHarness } from './feeds-harness.ts';

let gateway: FeedsHarness;
beforeAll(async () => {
  gateway = await feedsHarness({ env: { AMAZON_BOOKING_PATIENCE: '20ms' }, sandbox: { financesDelayMs: 0, transactionsPerPage: 1 } });
});
afterEach(() => fetch(`${gateway.sandbox.url}/sandbox/faults`, { method: 'DELETE' }));
afterAll(() => gateway?.stop());

const shipped = (wish: object = {}) => gateway.order({ fulfillmentStatus: 'SHIPPED', ...wish });
const refund = ({ lines, ...order }: AnOrder, amountMinor = 100, kinds: readonly (readonly [string, number])[] = []) =>
  gateway.refund({ lines, ...order }, [
    {
      lineId: lines[0]?.lineId ?? '',
      components: [['item', amountMinor] as const, ...kinds].map(([kind, minor]) => ({ kind, amountMinor: minor })),
    },
  ]);
const settled = ({ orderId }: AnOrder) => gateway.service.published(AmazonRefundSettled).filter(({ data }) => data.orderId === orderId);
const settlements = (order: AnOrder, count: number) =>
  eventually(() => {
    const found = settled(order);
    if (found.length !== count) throw new Error(`${found.length} are settled`);
    return found;
  });
const effectsOn = async ({ amazonOrderId }: AnOrder) => (await gateway.ledger({ orderId: amazonOrderId })).map(({ effect }) => effect);

describe("a refund that Amazon's books show", () => {
  test('is settled once: what the buyer got, not what Amazon gave back of its fee', async () => {
    const order = await shipped();
    const id = await refund(order, 300, [
      ['item-tax', 31],
      ['restocking-fee', -50],
    ]);
    await gateway.command(id, 'done');
    const [event] = await settlements(order, 1);
    expect(event?.data).toMatchObject({ currency: 'USD', amountMinor: 281, transactionId: expect.stringMatching(/^[\w-]{20,}$/) });
    const accepted = gateway.service.published(AmazonRefundAccepted).find(({ data }) => data.orderId === order.orderId);
    expect(event?.aggregateId).toBe(accepted?.aggregateId);
    expect((await gateway.service.get(`/commands/${id}`)).body.booking).toMatchObject({ amountMinor: 281 });
  });

  test('and that is equal to another one is another transaction', async () => {
    const order = await shipped();
    const ids = [await refund(order), await refund(order), await refund(order, 101)];
    for (const id of ids) await gateway.command(id, 'done');
    const events = await settlements(order, 3);
    expect(new Set(events.map(({ data }) => data.transactionId)).size).toBe(3);
    expect(events.map(({ data }) => data.amountMinor).sort()).toEqual([100, 100, 101]);
  });

  test('late is settled then', async () => {
    const end = await gateway.fault('finances-late', { lateByMs: 3_600_000 });
    const order = await shipped();
    await gateway.command(await refund(order), 'done');
    await gateway.command(await refund(await shipped()), 'done');
    expect(settled(order)).toEqual([]);
    await end();
    await settlements(order, 1);
  });

  test('is asked for again when Amazon could not be asked', async () => {
    await gateway.fault('error', { status: 500, operations: ['listTransactions'], times: 1 });
    const order = await shipped();
    await gateway.command(await refund(order), 'done');
    await settlements(order, 1);
  });

  test('of a price that contains the tax is settled, too', async () => {
    const order = await shipped({ marketplaceId: 'A1AM78C64UM0Y8' });
    const id = await gateway.refund(order, [{ lineId: order.lines[0]?.lineId ?? '', components: [{ kind: 'item', amountMinor: 1_234 }] }], {
      currency: 'MXN',
    });
    await gateway.command(id, 'done');
    expect((await settlements(order, 1))[0]?.data).toMatchObject({ currency: 'MXN', amountMinor: 1_234 });
  });
});

describe('pitfall 26: a refund of which nobody knows whether it was paid', () => {
  test('is found in the books, and settled, without a person', async () => {
    await gateway.fault('feeds-fatal-after-effect', { times: 1 });
    const order = await shipped();
    const id = await refund(order);
    expect(await gateway.command(id, 'done')).toMatchObject({
      attempts: 1,
      readBack: { result: 'found', words: expect.stringContaining('books') },
    });
    await settlements(order, 1);
    expect(await effectsOn(order)).toEqual(['refunded']);
    const told = gateway.service.published(AmazonRefundAccepted).filter(({ data }) => data.orderId === order.orderId);
    expect(told).toHaveLength(1);
  });

  test('and that the books do not show, is not taken for unpaid: a person decides', async () => {
    await gateway.fault('feeds-fatal', { times: 1 });
    const order = await shipped();
    const id = await refund(order);
    await eventually(() => {
      if (!gateway.service.published(AmazonWriteUncertain).some(({ data }) => data.commandId === id)) throw new Error('nobody was told');
    });
    await eventually(async () => {
      const [row] = await gateway.service.app.database.query<{ looks: number }>(
        'select booking_looks as looks from amazon_command where id = $1',
        [id],
      );
      expect(row?.looks).toBeGreaterThan(2);
    });
    expect(await gateway.command(id, 'unknown')).toMatchObject({ attempts: 1 });
    expect(await effectsOn(order)).toEqual([]);
  });

  test('leaves the transaction to the one that was surely accepted', async () => {
    await gateway.fault('feeds-fatal', { times: 1 });
    const order = await shipped();
    const doubtful = await refund(order);
    await gateway.command(doubtful, 'unknown');
    await gateway.service.send('POST', `/commands/${doubtful}/settle`, { as: 'failed', note: 'not in Seller Central' });
    const sure = await refund(order);
    await gateway.command(sure, 'done');
    const [event] = await settlements(order, 1);
    expect((await gateway.service.get(`/commands/${sure}`)).body.booking.transactionId).toBe(event?.data.transactionId);
    expect(await gateway.command(doubtful, 'failed')).not.toHaveProperty('booking');
  });
});
