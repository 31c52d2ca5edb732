import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import fc from 'fast-check';
import { forgetNeeds } from '../src/store/forget-needs.ts';
import { forgetTimeline } from '../src/store/forget-timeline.ts';
import { emptyReadModel, readModel } from '../src/store/read-model.ts';
import { type AnOrder, fates, heardOf, lifeOf, type Told, troubles } from './a-shop.ts';
import { readModelOf } from './read-model-of.ts';
import { consoleWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await consoleWorld({ BATCH_SIZE: '7' });
});
afterAll(() => world?.stop());

const empty = () => world.app.database.transaction(emptyReadModel);
beforeEach(empty);

const keep = (told: readonly Told[]) =>
  world.app.database.transaction((tx) =>
    readModel.run(
      tx,
      told.map((one) => ({ key: one.event.id, command: heardOf(one), cause: { tenant: one.event.tenant, correlationId: 'c' } })),
    ),
  );

const anyOrder: fc.Arbitrary<AnOrder> = fc.record({
  fate: fc.constantFrom(...fates),
  tenant: fc.constantFrom('store-1', 'store-2'),
  country: fc.constantFrom('US', 'DE', 'XX'),
  currency: fc.constantFrom('USD', 'EUR'),
  totalMinor: fc.integer({ min: 0, max: 100_000 }),
  units: fc.integer({ min: 0, max: 4 }),
  purchasedAt: fc.date({ min: new Date('2026-05-01'), max: new Date('2026-05-05'), noInvalidDate: true }).map((at) => at.toISOString()),
});

const chunks = <Item>(all: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

const keepAll = async (told: readonly Told[], size: number): Promise<void> => {
  for (const chunk of chunks(told, size)) await keep(chunk);
};

describe('what the console keeps', () => {
  test('is the same in whatever order, however often and in whichever batches it is told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyOrder, { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        fc.integer({ min: 1, max: 40 }),
        async (orders, dice, size) => {
          const told = [...orders.flatMap((order) => lifeOf(order).told), ...troubles('store-1')];
          await empty();
          await keepAll(told, 1_000);
          const expected = await readModelOf(world.app.database);
          await empty();
          const arrivals = [...told, ...told.filter(() => (dice.next().value as number) % 4 === 0)].map((one) => ({
            ...{ one, at: dice.next().value as number },
          }));
          await keepAll(
            arrivals.sort((a, b) => a.at - b.at).map(({ one }) => one),
            size,
          );
          expect(await readModelOf(world.app.database)).toEqual(expected);
        },
      ),
      { numRuns: 12 },
    );
  });

  test('counts in its sums what its orders are', async () => {
    const orders = fc.sample(anyOrder, 60);
    await keepAll(
      orders.flatMap((order) => lifeOf(order).told),
      11,
    );
    const sold = orders.filter(({ fate }) => !['pending', 'dismissed', 'canceled'].includes(fate));
    const [sums] = await world.app.database.query('select sum(orders)::int as orders, sum(revenue_minor)::int as revenue from day_sales');
    expect(sums).toEqual({ orders: sold.length, revenue: sold.reduce((sum, { totalMinor }) => sum + totalMinor, 0) });
    const [counted] = await world.app.database.query<{ n: number }>('select sum(orders)::int as n from state_count');
    expect(counted?.n).toBe(orders.filter(({ fate }) => fate !== 'dismissed').length);
  });

  test('is fed by every event that any service publishes, with the moment at which it was recorded', async () => {
    const told = lifeOf({
      ...{ fate: 'refunded', tenant: 'store-1', country: 'DE', currency: 'EUR', totalMinor: 4_200, units: 1 },
      purchasedAt: '2026-05-04T10:00:00.000Z',
    }).told;
    const before = Date.now();
    await world.publishAll([...told, ...told.slice(0, 5)]);
    await eventually(async () => {
      const rows = await world.app.database.query<{ recordedAt: string }>('select recorded_at as "recordedAt" from timeline_entry');
      expect(rows).toHaveLength(told.length);
      for (const { recordedAt } of rows) expect(Date.parse(recordedAt)).toBeGreaterThanOrEqual(before);
    });
  });

  test('forgets what was settled, when nothing can come any more that would open it; not while it is being rebuilt', async () => {
    const purchasedAt = new Date(Date.now() - 20 * 86_400_000).toISOString();
    const wish = { tenant: 'store-1', country: 'DE', currency: 'EUR', totalMinor: 4_200, units: 3, purchasedAt } as const;
    await keepAll([...lifeOf({ ...wish, fate: 'refunded' }).told, ...lifeOf({ ...wish, fate: 'blocked' }).told], 1_000);
    const { database } = world.app;
    const needs = () => database.query<{ kind: string; open: boolean }>(`select kind, resolved_at is null as open from need order by kind`);
    const before = await needs();
    await database.query('update wholeness set whole_since = null');
    expect(await forgetNeeds(database, new Date())).toBe(0);
    await database.query('update wholeness set whole_since = now()');

    expect(await forgetNeeds(database, new Date())).toBeGreaterThan(0);
    const kept = await needs();
    expect(before.length).toBeGreaterThan(kept.length);
    expect(kept.filter(({ open }) => open)).toEqual([
      { kind: 'order-blocked', open: true },
      { kind: 'totals-do-not-add-up', open: true },
    ]);
    expect(kept.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['shipment-refused', 'refund-refused', 'write-uncertain']));
    expect(kept.map(({ kind }) => kind)).not.toContain('waiting-at-amazon');

    await forgetNeeds(database, new Date(Date.now() + 90 * 86_400_000));
    expect((await needs()).every(({ open }) => open)).toBe(true);
  });

  test('forgets what happened long ago, and still knows whose order it was', async () => {
    const purchasedAt = new Date().toISOString();
    const life = lifeOf({ fate: 'open', tenant: 'store-1', country: 'DE', currency: 'EUR', totalMinor: 4_200, units: 1, purchasedAt });
    const told = life.told.map((one) => ({ ...one, event: { ...one.event, id: newId() } }));
    await keepAll(told, 1_000);
    const count = async () => (await world.app.database.query('select from timeline_entry')).length;
    expect(await forgetTimeline(world.app.database, new Date(Date.now() - 60_000))).toBe(0);
    expect(await forgetTimeline(world.app.database, new Date(Date.now() + 60_000))).toBe(told.length);
    expect(await count()).toBe(0);
    const { status, body } = await world.get(`/api/orders/${life.orderId}/timeline`);
    expect([status, body.items]).toEqual([200, []]);
    expect(Date.now() - Date.parse(body.keptSince)).toBeGreaterThan(399 * 86_400_000);
  });

  test('holds neither sealed buyers nor what people write freely', async () => {
    const { told } = lifeOf({
      ...{ fate: 'open', tenant: 'store-1', country: 'DE', currency: 'EUR', totalMinor: 4_200, units: 1 },
      purchasedAt: '2026-05-04T10:00:00.000Z',
    });
    expect(JSON.stringify(told)).toMatch(/sealedBuyer.*Canary/s);
    await keep(told);
    expect(JSON.stringify(await readModelOf(world.app.database))).not.toMatch(/sealedBuyer|Canary/);
  });
});
