import { dayOfPurchase, type OrderFacts, stateOf } from './order-facts.ts';
import { isSold } from './states.ts';

/** Sold on one day in one marketplace, in one currency. Orders without a price, such as replacements, are those of the currency ''. */
export interface DaySales {
  readonly tenant: string;
  readonly marketplaceId: string;
  readonly timeZone: string;
  readonly day: string;
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  readonly revenueMinor: number;
}

/** How many orders of a store stand there. */
export interface StateCount {
  readonly tenant: string;
  readonly state: string;
  readonly orders: number;
}

/** What an order adds to what was sold. */
export const salesOf = (facts: OrderFacts): DaySales | undefined => {
  const { tenant, marketplaceId, timeZone, currency, units, totalMinor } = facts;
  const [state, day] = [stateOf(facts), dayOfPurchase(facts)];
  if (state === undefined || !isSold(state) || day === undefined || marketplaceId === null || timeZone === null) return undefined;
  return { tenant, marketplaceId, timeZone, day, currency: currency ?? '', orders: 1, units, revenueMinor: totalMinor ?? 0 };
};

const countOf = (facts: OrderFacts): StateCount | undefined => {
  const state = stateOf(facts);
  return state === undefined ? undefined : { tenant: facts.tenant, state, orders: 1 };
};

export interface Change {
  readonly before: OrderFacts | undefined;
  readonly after: OrderFacts;
}

/** What has to be added to the days so that they count the orders as they are now, and no longer as they were. */
export const salesChanges = (changes: readonly Change[]): DaySales[] => {
  const sums = new Map<string, DaySales>();
  const add = (sales: DaySales | undefined, sign: 1 | -1): void => {
    if (sales === undefined) return;
    const { tenant, marketplaceId, timeZone, day, currency } = sales;
    const key = [tenant, marketplaceId, timeZone, day, currency].join('\n');
    const sum = sums.get(key) ?? { ...sales, orders: 0, units: 0, revenueMinor: 0 };
    sums.set(key, {
      ...sum,
      orders: sum.orders + sign * sales.orders,
      units: sum.units + sign * sales.units,
      revenueMinor: sum.revenueMinor + sign * sales.revenueMinor,
    });
  };
  for (const { before, after } of changes) {
    add(before && salesOf(before), -1);
    add(salesOf(after), 1);
  }
  return inOrder(sums).filter(({ orders, units, revenueMinor }) => orders !== 0 || units !== 0 || revenueMinor !== 0);
};

export const countChanges = (changes: readonly Change[]): StateCount[] => {
  const sums = new Map<string, StateCount>();
  const add = (count: StateCount | undefined, sign: 1 | -1): void => {
    if (count === undefined) return;
    const key = [count.tenant, count.state].join('\n');
    sums.set(key, { ...count, orders: (sums.get(key)?.orders ?? 0) + sign });
  };
  for (const { before, after } of changes) {
    add(before && countOf(before), -1);
    add(countOf(after), 1);
  }
  return inOrder(sums).filter(({ orders }) => orders !== 0);
};

const inOrder = <Sum>(sums: ReadonlyMap<string, Sum>): Sum[] => [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum);
