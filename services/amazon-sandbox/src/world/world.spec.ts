import { describe, expect, test } from '@jest/globals';
import { parseMoney } from '@orderbus/kernel';
import type { Money, Order } from '@sp-api-sdk/orders-api-2026-01-01';
import { renderWholeOrder } from '../amazon/render-order.ts';
import { marketplaces } from './marketplaces.ts';
import type { WorldOrder } from './order.ts';
import { sellers } from './sellers.ts';
import { World, type WorldConfig } from './world.ts';

const start = Date.parse('2026-10-05T08:00:00.000Z');

const aWorld = (overrides: Partial<WorldConfig> = {}, at = start) => {
  let time = at;
  const changes: WorldOrder[] = [];
  const config = { seed: 1, ordersPerMinute: 0, initialOrders: 0, ...overrides };
  const world = new World(config, { now: () => new Date(time) }, { saved: (order) => void changes.push(order), reset: () => undefined });
  world.begin(config);
  const forward = (ms: number): void => {
    time += ms;
    world.advance();
  };
  return { world, forward, changes, all: () => [...world.orders.all()] };
};

const minorOf = (amount: Money | undefined): number => parseMoney(amount?.amount ?? '', amount?.currencyCode ?? '').minor;
const sum = (amounts: readonly (Money | undefined)[]): number => amounts.reduce((total, amount) => total + minorOf(amount), 0);

describe('the same seed and start', () => {
  test('tell the same story, however often somebody looks', () => {
    const config = { ordersPerMinute: 20, initialOrders: 50 };
    const [once, often] = [aWorld(config), aWorld(config)];
    once.forward(600_000);
    for (let step = 0; step < 600; step++) often.forward(1000);
    expect(often.all()).toEqual(once.all());
    expect(once.all().length).toBeGreaterThan(200);
  });

  test('are both needed: another seed or another start gives other orders', () => {
    const idsOf = ({ all }: ReturnType<typeof aWorld>) => all().map(({ orderId }) => orderId);
    const ids = [aWorld({ initialOrders: 20 }), aWorld({ initialOrders: 20, seed: 2 }), aWorld({ initialOrders: 20 }, start + 1)].flatMap(
      idsOf,
    );
    expect(new Set(ids).size).toBe(60);
  });
});

test.each(marketplaces.map(({ country, id }) => [country, id]))('the sums hold for 2,000 orders in %s', (_country, marketplaceId) => {
  const { world } = aWorld();
  for (const order of world.create({ marketplaceId }, 2000).map(renderWholeOrder)) expect(sumsOf(order)).toEqual(expectedSumsOf(order));
});

test('lines that somebody names take part in no program by chance', () => {
  const { world } = aWorld();
  const orders = world.create({ lines: [{ sku: 'SKU-TOWEL-3', quantity: 1 }] }, 2000);
  expect(orders.filter(({ lines }) => lines.some(({ transparency, subscribed }) => transparency || subscribed))).toEqual([]);
});

const sumsOf = ({ proceeds, orderItems }: Order) => ({
  grandTotal: minorOf(proceeds?.grandTotal),
  items: orderItems.map((item) => minorOf(item.proceeds?.proceedsTotal)),
  details: orderItems.flatMap((item) => explained(item).map(({ subtotal }) => minorOf(subtotal))),
});

const expectedSumsOf = ({ proceeds, orderItems }: Order) => ({
  grandTotal: sum(partsOf(proceeds)),
  items: orderItems.map((item) => sum(partsOf(item.proceeds))),
  details: orderItems.flatMap((item) =>
    explained(item).map(({ detailedBreakdowns }) => sum(detailedBreakdowns?.map(({ value }) => value) ?? [])),
  ),
});

/** What the buyer pays for. A tax that the prices contain is none of it. */
const partsOf = (proceeds: Order['proceeds'] | Order['orderItems'][number]['proceeds']) =>
  (proceeds?.breakdowns ?? [])
    .filter(({ type, subtotal }) => type !== 'TAX' || ['USD', 'CAD'].includes(subtotal.currencyCode))
    .map(({ subtotal }) => subtotal);

const explained = (item: Order['orderItems'][number]) =>
  item.proceeds?.breakdowns?.filter(({ detailedBreakdowns }) => detailedBreakdowns) ?? [];

describe('2,000 invented orders', () => {
  const { world } = aWorld();
  const orders = world.create({ fulfillmentStatus: 'UNSHIPPED' }, 2000);
  const share = (has: (order: WorldOrder) => boolean): number => orders.filter(has).length / orders.length;

  test('have distinct numbers in the form 3-7-7', () => {
    expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(2000);
    expect(orders.every(({ orderId }) => /^\d{3}-\d{7}-\d{7}$/.test(orderId))).toBe(true);
  });

  test('come from every marketplace', () => {
    const shares = sellers.flatMap(({ sells }) => sells.filter(([, share]) => share > 0));
    expect(new Set(orders.map(({ marketplaceId }) => marketplaceId)).size).toBe(shares.length);
  });

  test('show every kind of order that a shop meets', () => {
    expect(share(({ fulfilledBy }) => fulfilledBy === 'MERCHANT')).toBeCloseTo(0.75, 1);
    expect(share(({ lines }) => lines.length > 1)).toBeGreaterThan(0.3);
    for (const program of ['AMAZON_BUSINESS', 'PRIME', 'PREMIUM', 'IN_STORE_PICK_UP', 'FBM_SHIP_PLUS']) {
      expect(share(({ programs }) => programs.includes(program))).toBeGreaterThan(0);
    }
    expect(share(({ buyer }) => buyer.vatNumber !== undefined && buyer.purchaseOrder !== undefined)).toBeGreaterThan(0);
    expect(share(({ tip }) => tip > 0)).toBeGreaterThan(0);
    expect(share(({ lines }) => lines.some(({ transparency }) => transparency))).toBeGreaterThan(0);
    expect(share(({ lines }) => lines.some(({ gift }) => gift?.wrapLevel !== undefined))).toBeGreaterThan(0);
    expect(share(({ lines }) => lines.some(({ amounts }) => amounts.itemDiscount > 0))).toBeGreaterThan(0.1);
    expect(orders.some(({ buyer }) => /[äöüß]/.test(buyer.name)) && orders.some(({ buyer }) => /\p{Script=Han}/u.test(buyer.name))).toBe(
      true,
    );
  });

  test('contain replacements of earlier orders, which cost nothing', () => {
    const replacements = orders.filter(({ replaces }) => replaces !== undefined);
    expect(replacements.length).toBeGreaterThan(10);
    for (const replacement of replacements) {
      expect(world.orders.get(String(replacement.replaces)).sequence).toBeLessThan(replacement.sequence);
      const { proceeds, associatedOrders } = renderWholeOrder(replacement);
      expect(minorOf(proceeds?.grandTotal)).toBe(0);
      expect(associatedOrders).toEqual([{ orderId: replacement.replaces, associationType: 'REPLACEMENT_ORIGINAL_ID' }]);
    }
  });

  test('list a discount as a negative amount', () => {
    const discounts = orders.flatMap(
      (order) => renderWholeOrder(order).proceeds?.breakdowns?.filter(({ type }) => type === 'DISCOUNT') ?? [],
    );
    expect(discounts.length).toBeGreaterThan(100);
    expect(discounts.every(({ subtotal }) => minorOf(subtotal) < 0)).toBe(true);
  });

  test('are taxed everywhere, by kind, and by the facilitator where prices exclude tax', () => {
    for (const order of orders.map(renderWholeOrder)) {
      const exclusive = ['USD', 'CAD'].includes(order.proceeds?.grandTotal?.currencyCode ?? '');
      expect(order.orderItems.every(({ tax }) => (tax?.taxCollections?.[0]?.model === 'MARKETPLACE_FACILITATOR') === exclusive)).toBe(true);
      for (const { proceeds } of order.orderItems.filter((item) => minorOf(item.proceeds?.proceedsTotal) > 20)) {
        const tax = proceeds?.breakdowns?.find(({ type }) => type === 'TAX');
        expect(tax?.detailedBreakdowns?.[0]).toMatchObject({ subtype: 'ITEM' });
        expect(minorOf(tax?.subtotal)).toBeGreaterThan(0);
      }
    }
  });

  test('say who is registered for the tax: buyer and seller in business, Amazon where it declares the tax itself', () => {
    const parties = orders.map(
      (order) =>
        renderWholeOrder(order)
          .tax?.taxRegistrations?.map(({ entityType }) => entityType)
          .join() ?? '',
    );
    expect(new Set(parties)).toEqual(new Set(['', 'BUYER,MERCHANT', 'MARKETPLACE']));
    expect(share(({ programs }) => programs.includes('INVOICE_BY_AMAZON'))).toBeGreaterThan(0);
  });
});

describe('left alone for an hour', () => {
  const { world, forward, changes } = aWorld();
  const born = world.create({}, 1000);
  forward(3_600_000);
  const now = [...world.orders.all()];
  const share = (fulfilledBy: string, has: (order: WorldOrder) => boolean): number => {
    const group = now.filter((order) => order.fulfilledBy === fulfilledBy);
    return group.filter(has).length / group.length;
  };

  test('no order is PENDING any more, and a few are CANCELLED', () => {
    expect(born.some(({ status }) => status === 'PENDING') && born.some(({ status }) => status === 'UNSHIPPED')).toBe(true);
    expect(now.filter(({ status }) => status === 'PENDING')).toEqual([]);
    expect(share('MERCHANT', ({ status }) => status === 'CANCELLED')).toBeGreaterThan(0.02);
  });

  test('Amazon has shipped its orders, and the merchant has most of them still to ship', () => {
    expect(share('AMAZON', ({ status }) => status === 'SHIPPED')).toBeGreaterThan(0.9);
    expect(share('MERCHANT', ({ status }) => status === 'UNSHIPPED')).toBeGreaterThan(0.75);
  });

  test('some merchant orders were shipped in Seller Central, some in two packages', () => {
    expect(share('MERCHANT', ({ status }) => status === 'SHIPPED')).toBeGreaterThan(0.05);
    expect(now.some(({ packages }) => packages.length === 2)).toBe(true);
    expect(now.filter(({ fulfilledBy, packages }) => fulfilledBy === 'AMAZON' && packages.length > 0)).toEqual([]);
  });

  test('some buyers regret', () => {
    expect(share('MERCHANT', ({ lines }) => lines.every(({ cancellationRequest }) => cancellationRequest !== undefined))).toBeGreaterThan(
      0.02,
    );
  });

  test('every change of an order has a later time than the one before', () => {
    const last = new Map<string, number>();
    for (const { orderId, lastUpdatedTime } of changes) {
      expect(lastUpdatedTime).toBeGreaterThan(last.get(orderId) ?? 0);
      last.set(orderId, lastUpdatedTime);
    }
    expect(changes.length).toBeGreaterThan(1500);
  });
});
