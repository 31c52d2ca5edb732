import { randomUUID } from 'node:crypto';
import {
  type Event,
  type EventDefinition,
  type LineQuantity,
  type OrderCanceled,
  type OrderCreated,
  type OrderLine,
  type OrderUpdated,
  ReturnReceived,
  ShipmentCorrected,
  ShipmentDispatched,
  ShipmentVoided,
} from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';

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

const ada = { kind: 'person', name: 'Ada' } as const;

interface Said {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly revision: number;
  /** None: the parcel is voided. */
  readonly lines: readonly LineQuantity[];
}

/** What we ourselves say about a parcel of an order, which is no event of its stock. */
export const aboutParcel = ({ orderId, shipmentId, revision, lines }: Said, aggregateVersion: number) => {
  const aggregateId = documentIdOf(orderId, 'shipping');
  if (lines.length === 0) return message(ShipmentVoided, { orderId, shipmentId, revision, actor: ada }, aggregateVersion, { aggregateId });
  const parcel = { orderId, shipmentId, revision, shippedAt: '2026-05-05T08:00:00.000Z', carrier: 'DHL', labelFrom: 'seller' } as const;
  const definition = revision === 1 ? ShipmentDispatched : ShipmentCorrected;
  return message(definition, { ...parcel, lines: [...lines] }, aggregateVersion, { aggregateId });
};

/** Units that came back; only those that can be sold again are on the shelf again. */
export const returned = (orderId: string, lines: readonly (LineQuantity & { readonly restocked?: boolean })[], aggregateVersion = 1) =>
  message(
    ReturnReceived,
    {
      ...{ orderId, returnId: randomUUID(), receivedAt: '2026-05-09T08:00:00.000Z', reason: 'customer-return', refund: true, actor: ada },
      lines: lines.map(({ lineId, quantity, restocked = true }) => ({ lineId, quantity, restocked, condition: 'unopened' as const })),
    },
    aggregateVersion,
    { aggregateId: documentIdOf(orderId, 'returns') },
  );

/** The whole message, as its publisher sends it. */
export const message = <Data extends { orderId: string }>(
  definition: EventDefinition<Data>,
  data: Data,
  aggregateVersion: number,
  { aggregateId = data.orderId, tenant = 'store-1' } = {},
): { definition: EventDefinition; event: Event } => ({
  definition: definition as unknown as EventDefinition,
  event: definition.parse({
    ...{ id: randomUUID(), type: definition.type, version: definition.version, aggregateId, aggregateVersion, tenant },
    ...{ occurredAt: '2026-05-04T08:00:00.000Z', correlationId: randomUUID(), data },
  }),
});
