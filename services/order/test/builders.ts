import { randomUUID } from 'node:crypto';
import type { AmazonOrder, BlockReason, Event, EventDefinition, OrderLine } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import type { NumberSeries } from '@orderbus/outbox';
import { decide } from '../src/domain/decide.ts';
import type { Status } from '../src/domain/lifecycle.ts';
import type { Command, Order, OrderState } from '../src/domain/order.ts';

export const aLine = (changes: Partial<OrderLine> = {}): OrderLine => ({
  lineId: '10000000000001',
  sku: 'MUG-BLUE',
  asin: 'B000000001',
  title: 'Blue mug',
  quantity: 2,
  quantityShipped: 0,
  taxCollectedBy: 'marketplace',
  amounts: { itemMinor: 2000, shippingMinor: 500, giftWrapMinor: 0, taxMinor: 200, discountMinor: -100, otherMinor: 0, totalMinor: 2600 },
  ...changes,
});

/** An order as the gateway shows it: merchant-fulfilled and unshipped, unless said otherwise. */
export const aSnapshot = (changes: Partial<AmazonOrder> & { readonly tenant?: string } = {}): AmazonOrder => {
  const { tenant = 'store-1', ...rest } = changes;
  const amazonOrderId = rest.amazonOrderId ?? '111-0000001-0000001';
  return {
    orderId: orderIdOf(tenant, amazonOrderId),
    amazonOrderId,
    marketplaceId: 'ATVPDKIKX0DER',
    country: 'US',
    status: 'unshipped',
    fulfilledBy: 'merchant',
    serviceLevel: 'standard',
    purchasedAt: '2026-03-01T10:00:00Z',
    updatedAt: '2026-03-01T10:30:00Z',
    shipBy: { from: '2026-03-02T08:00:00Z', to: '2026-03-04T08:00:00Z' },
    programs: ['prime'],
    totals: { currency: 'USD', grandTotalMinor: 2600, tipMinor: 0 },
    lines: [aLine()],
    balanced: true,
    buyerData: 'not-yet',
    ...rest,
  };
};

export const missing = (changes: Partial<BlockReason> = {}): BlockReason => ({
  sku: 'MUG-BLUE',
  cause: 'out-of-stock',
  wanted: 2,
  available: 0,
  ...changes,
});

export const seen = (snapshot: AmazonOrder, version = 1): Command => ({ type: 'observe', snapshot, version });

export const orderId = aSnapshot().orderId;
export const about = { id: orderId, tenant: 'store-1' };
export const numbers: NumberSeries = { take: () => '000000042' };

/** The row as the library would keep it. */
export const rowOf = (state: OrderState, version: number): Order => ({ ...state, ...about, version });

/** What a stream of commands makes of an order, from the beginning. Refusals leave it as it is. */
export const after = (...commands: readonly Command[]): Order => {
  let order: Order | undefined;
  for (const command of commands) {
    const decision = decide(order, command, about, numbers);
    if ('state' in decision) order = rowOf(decision.state, (order?.version ?? 0) + decision.events.length);
  }
  if (order === undefined) throw new Error('none of these commands was accepted');
  return order;
};

/** An order in this status, as it really gets there. */
export const anOrder = (status: Status, changes: Partial<AmazonOrder> = {}): Order => {
  const show = (amazonStatus: AmazonOrder['status'], version: number) => seen(aSnapshot({ ...changes, status: amazonStatus }), version);
  const ways: Record<Status, readonly Command[]> = {
    pending: [show('pending', 1)],
    new: [show('unshipped', 1)],
    blocked: [show('unshipped', 1), { type: 'stock-short', missing: [missing()], version: 1 }],
    processing: [show('unshipped', 1), { type: 'stock-reserved', version: 1 }],
    complete: [show('unshipped', 1), show('shipped', 2)],
    canceled: [show('unshipped', 1), show('canceled', 2)],
  };
  return after(...ways[status]);
};

/** A message as its publisher would send it. */
export const message = <Data>(
  definition: EventDefinition<Data>,
  data: Data & { readonly orderId: string },
  aggregateVersion: number,
  tenant = 'store-1',
): { definition: EventDefinition; event: Event } => ({
  definition: definition as unknown as EventDefinition,
  event: definition.parse({
    id: randomUUID(),
    type: definition.type,
    version: definition.version,
    aggregateId: data.orderId,
    aggregateVersion,
    tenant,
    occurredAt: new Date().toISOString(),
    correlationId: randomUUID(),
    data,
  }),
});
