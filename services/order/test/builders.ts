import { randomUUID } from 'node:crypto';
import type { AmazonOrder, BlockReason, Event, EventDefinition, OrderLine } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import { decide } from '../src/domain/decide.ts';
import { type State, states } from '../src/domain/lifecycle.ts';
import type { Command, CommandOf, FactCommand, Order, OrderState } from '../src/domain/order.ts';
import { defaultSettings } from '../src/domain/settings.ts';
import type { Surroundings } from '../src/domain/surroundings.ts';

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

export const seen = (snapshot: AmazonOrder, version = 1): FactCommand => ({ type: 'observe', snapshot, version });

export const orderId = aSnapshot().orderId;
export const about = { id: orderId, tenant: 'store-1' };
/** A store without rules of its own. */
export const stores: Surroundings['stores'] = { settingsOf: () => defaultSettings, skuOf: (_, sellerSku) => sellerSku };

export const surroundings: Surroundings = {
  numbers: { take: () => '000000042' },
  statuses: { defaultOf: (state) => state, stateOf: (code) => states.find((state) => code === state || code === `${state}_later`) },
  stores,
  buyers: { addressIssuesOf: () => undefined, accountOf: () => undefined },
};

/** Who wants something, and when. */
export const ada = { actor: { kind: 'person', name: 'Ada' }, at: '2026-03-01T12:00:00.000Z' } as const;
export const cancellationId = '0198c2a4-7000-7000-8000-0000000000c1';
export const askToCancel: CommandOf<'request-cancel'> = { type: 'request-cancel', cancellationId, reason: 'no-inventory', ...ada };

/** The row as the library would keep it. */
export const rowOf = (state: OrderState, version: number): Order => ({ ...state, ...about, version });

/** What a stream of commands makes of an order, from the beginning. Refusals leave it as it is. */
export const after = (...commands: readonly Command[]): Order => {
  let order: Order | undefined;
  for (const command of commands) {
    const decision = decide(order, command, about, surroundings);
    if ('state' in decision) order = rowOf(decision.state, (order?.version ?? 0) + decision.events.length);
  }
  if (order === undefined) throw new Error('none of these commands was accepted');
  return order;
};

export const invoiceId = '0198c2a4-7000-7000-8000-0000000000a1';
export const invoiceIssued: FactCommand = {
  ...{ type: 'invoice-issued', documentId: invoiceId, number: '000000007', totalMinor: 2600, lines: null },
};

/** All the money goes back. */
export const refund = (refundId: string, unshipped = false): readonly FactCommand[] => [
  { type: 'refund-requested', refundId, totalMinor: 2600, lines: [{ lineId: '10000000000001', quantity: 2 }], unshipped },
  { type: 'refund-accepted', refundId },
];

/** An order in this state, as it really gets there. */
export const anOrder = (state: State, changes: Partial<AmazonOrder> = {}): Order => {
  const show = (amazonStatus: AmazonOrder['status'], version: number) => seen(aSnapshot({ ...changes, status: amazonStatus }), version);
  const ways: Record<State, readonly Command[]> = {
    pending: [show('pending', 1)],
    new: [show('unshipped', 1)],
    blocked: [show('unshipped', 1), { type: 'stock-short', missing: [missing()], version: 1 }],
    processing: [show('unshipped', 1), { type: 'stock-reserved', version: 1 }],
    complete: [show('unshipped', 1), show('shipped', 2)],
    held: [show('unshipped', 1), { type: 'stock-reserved', version: 1 }, { type: 'hold', ...ada }],
    closed: [show('unshipped', 1), show('shipped', 2), invoiceIssued, ...refund('0198c2a4-7000-7000-8000-0000000000f1')],
    canceled: [show('unshipped', 1), show('canceled', 2)],
  };
  return after(...ways[state]);
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
