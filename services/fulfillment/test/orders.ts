import { randomUUID } from 'node:crypto';
import type { Event, EventDefinition, OrderCanceled, OrderCreated, OrderLine, OrderUpdated } from '@orderbus/contracts';

type DataOf<D> = D extends EventDefinition<infer Data> ? Data : never;
export type Created = DataOf<typeof OrderCreated>;
export type Updated = DataOf<typeof OrderUpdated>;
export type Canceled = DataOf<typeof OrderCanceled>;

export const aLine = (sku: string, quantity = 1, changes: Partial<OrderLine> = {}): OrderLine => ({
  ...{ lineId: `line-${sku}`, sku, title: 'Desk lamp', quantity, quantityShipped: 0, taxCollectedBy: 'marketplace' },
  ...changes,
});

/** An order that the seller ships. */
export const anOrder = (lines: readonly OrderLine[], changes: Partial<Created> = {}): Created => ({
  orderId: randomUUID(),
  number: '000000012',
  amazonOrderId: '114-0000000-0000012',
  marketplaceId: 'A1PA6795UKMFR9',
  fulfilledBy: 'merchant',
  purchasedAt: '2026-05-04T08:00:00.000Z',
  programs: [],
  lines: [...lines],
  balanced: true,
  ...changes,
});

export const updated = ({ orderId, number, amazonOrderId }: Created, lines: readonly OrderLine[]): Updated => ({
  ...{ orderId, number, amazonOrderId, status: 'processing', lines: [...lines] },
});

export const canceled = ({ orderId, number, amazonOrderId }: Created): Canceled => ({ orderId, number, amazonOrderId });

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
