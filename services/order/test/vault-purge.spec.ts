import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AmazonOrder, OrderBuyerPurged } from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { countOverdueBuyers } from '../src/store/buyer-retention.ts';
import { aBuyer, another, managing, type Shown, seeing, type VaultHarness, vaultHarness } from './vault-harness.ts';

let vault: VaultHarness;
beforeAll(async () => {
  vault = await vaultHarness({ VAULT_PURGE_EVERY: '100ms' });
});
afterAll(() => vault.stop());

const dayMs = 86_400_000;

const buyerOf = async (orderId: string) => (await vault.call('GET', `/orders/${orderId}/buyer`)).body;

/** Waits until the job has been through once more. */
const purged = async (): Promise<void> => {
  const runs = async () => (await vault.rows<{ runs: number }>('select count(*)::int as runs from vault_run'))[0]?.runs ?? 0;
  const before = await runs();
  await eventually(async () => expect(await runs()).toBeGreaterThan(before + 1));
};

const parcel = (status: string) => ({ reference: '1', status, lines: [{ lineId: '10000000000001', quantity: 2 }] });
const march = (day: number) => `2026-03-${String(day).padStart(2, '0')}T08:00:00Z`;

describe('a buyer has to be forgotten', () => {
  const purchase = { purchasedAt: march(1), shipBy: { to: march(4) }, deliverBy: { to: march(10) } };
  const shipped: Partial<AmazonOrder> = { ...purchase, status: 'shipped', packages: [parcel('delivered')], updatedAt: march(7) };
  const cases: [string, readonly Partial<AmazonOrder>[], string][] = [
    ['30 days after the last moment to deliver, as long as nothing is known of the delivery', [purchase], '2026-04-09T08:00:00.000Z'],
    ['and Amazon has moved that moment', [purchase, { ...purchase, deliverBy: { to: march(12) } }], '2026-04-11T08:00:00.000Z'],
    [
      '30 days after Amazon has first shown all its parcels as delivered',
      [shipped, { ...shipped, updatedAt: march(9) }],
      '2026-04-06T08:00:00.000Z',
    ],
    [
      'whatever a parcel on its way delays',
      [{ ...shipped, packages: [parcel('delivered'), parcel('in-transit')] }],
      '2026-04-09T08:00:00.000Z',
    ],
    ['30 days after it was canceled', [purchase, { ...purchase, status: 'canceled', updatedAt: march(3) }], '2026-04-02T08:00:00.000Z'],
    ['44 days after the last moment to ship, where no delivery is promised', [{ ...purchase, deliverBy: {} }], '2026-04-17T08:00:00.000Z'],
    ['180 days after the purchase, where nothing is known', [{ ...purchase, deliverBy: {}, shipBy: {} }], '2026-08-28T08:00:00.000Z'],
    ['180 days after the purchase at the latest', [{ ...purchase, deliverBy: { to: '2027-01-01T00:00:00Z' } }], '2026-08-28T08:00:00.000Z'],
  ];
  test.each(cases)('%s', async (_, shown, dueAt) => {
    const order = another();
    const snapshots = shown.map((changes, n): Shown => ({ snapshot: { ...order, ...changes }, buyer: aBuyer(), version: n + 1 }));
    // The latest first: the order of arrival makes no difference.
    for (const one of snapshots.toReversed()) await vault.show(one);
    expect(await buyerOf(order.orderId)).toMatchObject({ state: 'kept', purgeDueAt: dueAt });
  });
});

describe('the purge', () => {
  const order = another({
    purchasedAt: '2026-01-01T00:00:00Z',
    shipBy: { to: '2026-01-02T00:00:00Z' },
    deliverBy: { to: '2026-03-01T00:00:00Z' },
  });
  const later = another({ purchasedAt: '2026-01-01T00:00:00Z', shipBy: {}, deliverBy: { to: '2026-03-02T00:00:00Z' } });

  test('forgets whose time is up, and nobody before', async () => {
    await vault.show({ snapshot: order, buyer: aBuyer() }, { snapshot: later, buyer: aBuyer() });
    vault.travel('2026-03-30T23:59:59Z');
    await purged();
    expect([await buyerOf(order.orderId), await buyerOf(later.orderId)]).toMatchObject([{ state: 'kept' }, { state: 'kept' }]);

    vault.travel('2026-03-31T00:00:00Z');
    await eventually(async () => expect(await buyerOf(order.orderId)).toMatchObject({ state: 'purged', buyer: {} }));
    expect(await buyerOf(order.orderId)).toMatchObject({ purged: { at: '2026-03-31T00:00:00.000Z', reason: 'retention' } });
    expect(await buyerOf(later.orderId)).toMatchObject({ state: 'kept' });
    expect(await vault.rows('select wrapped_key, sealed, arrived, correction from buyer_vault where order_id = $1', order.orderId)).toEqual(
      [{ wrapped_key: null, sealed: null, arrived: null, correction: null }],
    );
    expect(await vault.rows('select 1 from buyer_name_index where order_id = $1', order.orderId)).toEqual([]);
    const told = () => vault.published(OrderBuyerPurged).filter(({ data }) => data.orderId === order.orderId);
    await eventually(() =>
      expect(told()).toMatchObject([{ aggregateId: documentIdOf(order.orderId, 'buyer'), data: { reason: 'retention' } }]),
    );
  });

  test('is final: what Amazon goes on showing is not kept again, and nothing can be changed', async () => {
    await vault.show({ snapshot: order, buyer: aBuyer({ name: 'Again' }), version: 2 });
    expect(await buyerOf(order.orderId)).toMatchObject({ state: 'purged', buyer: {} });
    expect(await vault.rows('select 1 from buyer_name_index where order_id = $1', order.orderId)).toEqual([]);
    const until = '2026-12-31T00:00:00Z';
    expect(
      await vault.call('PUT', `/orders/${order.orderId}/legal-hold`, { as: managing, body: { reason: 'too late', until } }),
    ).toMatchObject({ status: 409, body: { detail: expect.stringContaining('the buyer has been purged') } });
  });

  test('passes over who is held, until the hold is over or ended', async () => {
    const [held, ended] = [another({ deliverBy: { to: '2026-03-02T00:00:00Z' } }), another({ deliverBy: { to: '2026-03-02T00:00:00Z' } })];
    const hold = (orderId: string, until: string) =>
      vault.call('PUT', `/orders/${orderId}/legal-hold`, { as: managing, body: { reason: 'case 12/26', until } });
    // Both at once, before the job sees either.
    vault.travel('2026-03-30T00:00:00Z');
    await vault.show({ snapshot: held, buyer: aBuyer() }, { snapshot: ended, buyer: aBuyer() });
    expect(await hold(held.orderId, '2026-06-01T00:00:00Z')).toMatchObject({
      status: 200,
      body: { reason: 'case 12/26', by: 'Grace', since: '2026-03-30T00:00:00.000Z', until: '2026-06-01T00:00:00.000Z' },
    });
    await hold(ended.orderId, '2026-06-01T00:00:00Z');
    expect(await hold(ended.orderId, '2026-03-01T00:00:00Z')).toMatchObject({ status: 400, body: { errors: [{ field: 'until' }] } });

    vault.travel('2026-05-31T00:00:00Z');
    await purged();
    expect([await buyerOf(held.orderId), await buyerOf(ended.orderId)]).toMatchObject([{ state: 'kept' }, { state: 'kept' }]);
    expect(
      await vault.call('POST', `/orders/${held.orderId}/buyer/purge`, { as: managing, body: { reason: 'erasure-request' } }),
    ).toMatchObject({ status: 409, body: { detail: expect.stringContaining('case 12/26') } });

    expect(await vault.call('DELETE', `/orders/${ended.orderId}/legal-hold`, { as: managing })).toMatchObject({ status: 204 });
    await eventually(async () => expect(await buyerOf(ended.orderId)).toMatchObject({ state: 'purged' }));
    expect(await buyerOf(held.orderId)).toMatchObject({ state: 'kept', legalHold: { by: 'Grace' } });
    vault.travel('2026-06-01T00:00:01Z');
    await eventually(async () => expect(await buyerOf(held.orderId)).toMatchObject({ state: 'purged' }));
    const { body } = await vault.call('GET', `/audit?subject=order:${ended.orderId}`);
    const done = body.items.filter(({ action }: { action: string }) => action.startsWith('buyer.'));
    expect(done.map(({ action, actorName, reason }: Record<string, string>) => [action, actorName, reason])).toEqual([
      ['buyer.purged', 'purge job', 'retention'],
      ['buyer.released', 'Grace', 'case 12/26'],
      ['buyer.held', 'Grace', 'case 12/26'],
    ]);
  });

  test('comes at once for whoever has a right to it', async () => {
    const snapshot = another({ purchasedAt: '2026-06-01T00:00:00Z', shipBy: {}, deliverBy: { to: '2026-12-01T00:00:00Z' } });
    await vault.show({ snapshot, buyer: aBuyer() });
    const erase = (as = managing) =>
      vault.call('POST', `/orders/${snapshot.orderId}/buyer/purge`, { as, body: { reason: 'erasure-request' } });
    expect(await erase(seeing)).toMatchObject({ status: 403 });
    expect(await erase()).toMatchObject({ status: 204 });
    expect(await erase()).toMatchObject({ status: 204 });
    expect(await buyerOf(snapshot.orderId)).toMatchObject({ state: 'purged', purged: { reason: 'erasure-request' } });
  });
});

test('a buyer that the version before has kept without a key of his own is given one', async () => {
  const snapshot = another({ purchasedAt: '2026-06-01T00:00:00Z', shipBy: {}, deliverBy: { to: '2026-12-01T00:00:00Z' } });
  await vault.show({ snapshot, buyer: aBuyer() });
  await vault.rows(
    'update buyer_vault set sealed = $2, wrapped_key = null, arrived = null where order_id = $1',
    snapshot.orderId,
    vault.ring.seal(aBuyer(), snapshot.orderId),
  );
  await eventually(async () =>
    expect(await vault.rows('select 1 from buyer_vault where order_id = $1 and wrapped_key is not null', snapshot.orderId)).toHaveLength(1),
  );
  const { body } = await vault.call('GET', `/orders/${snapshot.orderId}/buyer?purpose=tax`, { as: seeing });
  expect(body.buyer).toEqual(aBuyer());
});

describe('the report', () => {
  test('says what is kept, what is due, who is held and why, what was forgotten, and when the job last ran; also as a table', async () => {
    const keptBefore = (await vault.call('GET', '/vault/report')).body.kept.orders;
    const snapshot = another({ purchasedAt: '2026-06-01T00:00:00Z', shipBy: {}, deliverBy: { to: '2026-05-05T00:00:00Z' } });
    await vault.show({ snapshot, buyer: aBuyer() });
    const until = '2026-09-01T00:00:00Z';
    await vault.call('PUT', `/orders/${snapshot.orderId}/legal-hold`, { as: managing, body: { reason: '=CASE(13), "tax"', until } });
    await purged();
    const { body } = await vault.call('GET', '/vault/report');
    expect(body).toMatchObject({
      rules: { keptDays: 30, transitDays: 14, longestDays: 180 },
      kept: { orders: keptBefore + 1, overdue: 0, held: 1 },
      holds: [{ orderId: snapshot.orderId, reason: '=CASE(13), "tax"', by: 'Grace', until: '2026-09-01T00:00:00.000Z' }],
      lastRun: { failure: null, startedAt: '2026-06-01T00:00:01.000Z' },
      lastFailure: null,
    });
    expect(body.purgedByMonth).toEqual(
      expect.arrayContaining([
        { month: '2026-06', reason: 'erasure-request', orders: 1 },
        expect.objectContaining({ month: '2026-03', reason: 'retention' }),
      ]),
    );
    // Were it next year, and the hold over, all of them would be.
    const rules = { keptMs: 30 * dayMs, transitMs: 14 * dayMs, longestMs: 180 * dayMs };
    expect(await countOverdueBuyers(vault.app.database, rules, '2027-06-01T00:00:00Z')).toBe(body.kept.orders);
    const metrics = (await vault.call('GET', '/metrics')).body;
    expect(metrics).toMatch(/^vault_purge_age_seconds\{.*\} 0$/m);
    expect(metrics).toMatch(/^pii_rows_overdue\{.*\} 0$/m);
    const csv = await vault.call('GET', '/vault/report.csv');
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.body.split('\r\n')).toEqual(
      expect.arrayContaining([
        'section,month,what,value',
        'kept,,held,1',
        'purged,2026-06,erasure-request,1',
        `held,2026-06,${snapshot.orderId},"until 2026-09-01T00:00:00.000Z, by Grace: =CASE(13), ""tax"""`,
      ]),
    );
  });
});
