import { randomUUID } from 'node:crypto';
import type { Amounts, Event, EventDefinition, OrderCanceled, OrderCreated, OrderLine, OrderUpdated, Totals } from '@orderbus/contracts';

type DataOf<D> = D extends EventDefinition<infer Data> ? Data : never;
export type Created = DataOf<typeof OrderCreated>;
export type Updated = DataOf<typeof OrderUpdated>;
export type Canceled = DataOf<typeof OrderCanceled>;

/** An amount made of an item price alone. */
export const amounts = (itemMinor: number, parts: Partial<Omit<Amounts, 'itemMinor' | 'totalMinor'>> = {}): Amounts => {
  const all = { itemMinor, shippingMinor: 0, giftWrapMinor: 0, taxMinor: 0, discountMinor: 0, otherMinor: 0, ...parts };
  return { ...all, totalMinor: Object.values(all).reduce((sum, minor) => sum + minor, 0) };
};

export const aLine = (changes: Partial<OrderLine> = {}): OrderLine => ({
  lineId: '40000000000001',
  sku: 'SKU-LAMP',
  title: 'Desk lamp',
  quantity: 1,
  quantityShipped: 0,
  taxCollectedBy: 'marketplace',
  amounts: amounts(1_999),
  ...changes,
});

export const totals = (grandTotalMinor: number, tipMinor = 0, currency = 'EUR'): Totals => ({ currency, grandTotalMinor, tipMinor });

/** An order of one lamp for 19.99 EUR, unless told otherwise. */
export const anOrder = (changes: Partial<Created> = {}): Created => ({
  orderId: randomUUID(),
  number: '000000012',
  amazonOrderId: '114-0000000-0000012',
  marketplaceId: 'A1PA6795UKMFR9',
  country: 'DE',
  fulfilledBy: 'merchant',
  purchasedAt: '2026-05-04T08:00:00.000Z',
  programs: [],
  totals: totals(1_999),
  lines: [aLine()],
  balanced: true,
  ...changes,
});

export const updated = ({ orderId, number, amazonOrderId, lines, totals: known }: Created, changes: Partial<Updated> = {}): Updated => ({
  ...{ orderId, number, amazonOrderId, lines, status: 'processing' },
  ...(known === undefined ? {} : { totals: known }),
  ...changes,
});

export const canceled = ({ orderId, number, amazonOrderId }: Created, reason?: string): Canceled => ({
  ...{ orderId, number, amazonOrderId },
  ...(reason === undefined ? {} : { reason }),
});

/** The whole message, as the order service publishes it. */
export const message = <Data extends { orderId: string }>(
  definition: EventDefinition<Data>,
  data: Data,
  aggregateVersion: number,
  tenant = 'store-1',
): { definition: EventDefinition; event: Event } => ({
  definition: definition as unknown as EventDefinition,
  event: definition.parse({
    ...{ id: randomUUID(), type: definition.type, version: definition.version, aggregateId: data.orderId, aggregateVersion, tenant },
    ...{ occurredAt: '2026-05-04T08:00:00.000Z', correlationId: randomUUID(), data },
  }),
});
