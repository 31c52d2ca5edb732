import { randomUUID } from 'node:crypto';
import type { Event, EventDefinition } from '@orderbus/contracts';
import * as contracts from '@orderbus/contracts';
import { example } from '@orderbus/contracts/examples';
import type { Heard } from '../src/domain/timeline-entry.ts';

/** What one of the services has published, with its definition. */
export interface Told {
  readonly definition: EventDefinition;
  readonly event: Event;
}

export const fates = [
  'open',
  'shipped',
  'canceled',
  'blocked',
  'held',
  'refunded',
  'pending',
  'dismissed',
  'buyer-cancels',
  'closed',
] as const;
export type Fate = (typeof fates)[number];

export interface AnOrder {
  readonly fate: Fate;
  readonly tenant: string;
  readonly country: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly units: number;
  readonly purchasedAt: string;
}

interface Tale {
  readonly orderId: string;
  readonly told: readonly Told[];
}

/** The life of an order as all services tell it, in the order in which they do. Each publisher counts the events of its aggregates from 1. */
export const lifeOf = (order: AnOrder): Tale => {
  const orderId: string = randomUUID();
  const told: Told[] = [];
  const versions = new Map<string, number>();
  let at = Date.parse(order.purchasedAt);

  const tell = (definition: unknown, data: Record<string, unknown> = {}, aggregate = orderId): void => {
    const known = definition as EventDefinition;
    const sample = example(known) as Event<Record<string, unknown>>;
    const counter = `${known.type.split('.')[0]} ${aggregate}`;
    const version = (versions.get(counter) ?? 0) + 1;
    versions.set(counter, version);
    at += 60_000;
    const own = { orderId, ...('number' in sample.data && known.type.startsWith('order.') ? { number: numberOf(orderId) } : {}) };
    const event = {
      ...sample,
      ...{ id: randomUUID(), tenant: order.tenant, aggregateId: aggregate, aggregateVersion: version, correlationId: orderId },
      occurredAt: new Date(at).toISOString(),
      data: { ...sample.data, ...own, ...data },
    };
    told.push({ definition: known, event: known.parse(event) });
  };
  tellLife(order, orderId, tell);
  return { orderId, told };
};

type Tell = (definition: unknown, data?: Record<string, unknown>, aggregate?: string) => void;

export const numberOf = (orderId: string): string => `10-${orderId.slice(0, 8)}`;

const tellLife = ({ fate, country, currency, totalMinor, units, purchasedAt }: AnOrder, orderId: string, tell: Tell): void => {
  const [line] = (example(contracts.OrderCreated) as Event<{ lines: object[] }>).data.lines;
  const content = {
    ...{ lines: [{ ...line, quantity: units }], totals: { currency, grandTotalMinor: totalMinor, tipMinor: 0 }, purchasedAt, country },
    marketplaceId: `M-${country}`,
  };
  const shown = (status: string, more: object = {}): void =>
    tell(status === 'pending' ? contracts.AmazonOrderImported : contracts.AmazonOrderUpdated, {
      ...content,
      status,
      balanced: true,
      ...more,
    });

  shown('pending', { totals: undefined });
  if (fate === 'dismissed') shown('canceled');
  if (fate === 'pending' || fate === 'dismissed') return;
  shown('unshipped', { balanced: units !== 3 });
  tell(contracts.OrderCreated, content);
  tell(contracts.OrderBlocked);
  if (fate === 'blocked') return;
  tell(contracts.StockReserved);
  tell(contracts.OrderProcessingStarted);
  tell(contracts.OrderCommented, { text: 'Canary wants it on Monday', actor: { kind: 'person', name: 'Mara' } });
  const rest = ends[fate];
  rest?.({ tell, shown, content, orderId });
};

interface End {
  readonly tell: Tell;
  readonly shown: (status: string, more?: object) => void;
  readonly content: Record<string, unknown>;
  readonly orderId: string;
}

const ship = ({ tell, shown, content }: End): void => {
  const [shipmentId, commandId] = [randomUUID(), randomUUID()];
  tell(contracts.ShipmentDispatched, { shipmentId, revision: 1, labelFrom: 'seller' }, shipmentId);
  tell(contracts.AmazonWriteUncertain, { commandId }, commandId);
  tell(contracts.AmazonShipmentRejected, { shipmentId, revision: 1 }, commandId);
  tell(contracts.ShipmentCorrected, { shipmentId, revision: 2, labelFrom: 'seller' }, shipmentId);
  tell(contracts.AmazonShipmentConfirmed, { shipmentId, revision: 2 }, randomUUID());
  shown('shipped');
  tell(contracts.OrderUpdated, { ...content, status: 'complete' });
  tell(contracts.InvoiceIssued, {}, randomUUID());
};

const refund = (end: End): void => {
  const [refundId, commandId] = [randomUUID(), randomUUID()];
  ship(end);
  end.tell(contracts.RefundRequested, { refundId, attempt: 1 }, refundId);
  end.tell(contracts.AmazonRefundRejected, { refundId }, commandId);
  end.tell(contracts.RefundRequested, { refundId, attempt: 2 }, refundId);
  end.tell(contracts.AmazonRefundAccepted, { refundId }, randomUUID());
};

const hold = ({ tell, content }: End): void => {
  tell(contracts.OrderHeld, { cause: 'person' });
  tell(contracts.OrderUpdated, { ...content, status: 'processing' });
};

const ends: Partial<Record<Fate, (end: End) => void>> = {
  shipped: ship,
  held: hold,
  refunded: refund,
  canceled: ({ tell, shown }) => {
    tell(contracts.OrderCancellationRequested);
    shown('canceled');
    tell(contracts.OrderCanceled);
  },
  closed: (end) => {
    refund(end);
    end.tell(contracts.OrderUpdated, { ...end.content, status: 'complete' });
    end.tell(contracts.OrderClosed);
  },
  'buyer-cancels': ({ tell, content }) => {
    tell(contracts.OrderHeld, { cause: 'buyer-cancel-request' });
    tell(contracts.OrderAttentionRaised, { cause: 'buyer-cancel-request' });
    tell(contracts.OrderReleased, { state: 'processing' });
    tell(contracts.OrderAttentionCleared, { cause: 'buyer-cancel-request' });
    tell(contracts.OrderHeld, { cause: 'person' });
    // What was shipped elsewhere needs no hold, and nobody says that it is over.
    tell(contracts.OrderUpdated, { ...content, status: 'complete' });
  },
};

/** What no order is in the middle of. */
export const troubles = (tenant: string): Told[] =>
  [
    contracts.AmazonSyncStalled,
    contracts.AmazonGapFound,
    contracts.AmazonSecretExpiring,
    contracts.AmazonReadOnlySwitched,
    contracts.DeadLettersOpened,
    contracts.CircuitOpened,
    contracts.CircuitClosed,
    contracts.StockLow,
  ].map((definition) => {
    const known = definition as unknown as EventDefinition;
    return { definition: known, event: { ...(example(known) as Event), id: randomUUID(), tenant } };
  });

/** When its publisher wrote it down: soon after it happened. */
export const heardOf = ({ event }: Told): Heard => ({
  event,
  recordedAt: new Date(Date.parse(event.occurredAt) + 1_000).toISOString(),
});
