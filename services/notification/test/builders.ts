import { randomUUID } from 'node:crypto';
import {
  type Event,
  type EventDefinition,
  OrderAttentionCleared,
  OrderAttentionRaised,
  OrderBlocked,
  OrderCanceled,
  OrderCreated,
  OrderProcessingStarted,
  OrderUpdated,
} from '@orderbus/contracts';
import { generateKey } from '@orderbus/service-kit';
import fc from 'fast-check';

export const ringText = `test:${generateKey()}`;

export interface Message {
  readonly definition: EventDefinition;
  readonly event: Event;
}

/** A seed that is printed, so that a failure can be repeated. */
export const shuffled = (messages: readonly Message[]): Message[] => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  process.stderr.write(`notification: shuffled with seed ${seed}\n`);
  const all = fc.shuffledSubarray([...messages], { minLength: messages.length, maxLength: messages.length });
  return fc.sample(all, { seed, numRuns: 1 })[0] as Message[];
};

/** The events of one order, as the order service publishes them. */
export const anOrder = (number = '000000012') => {
  const orderId = randomUUID();
  const identity = { orderId, number, amazonOrderId: '114-1234567-1234567' };
  const message = <Data>(definition: EventDefinition<Data>, aggregateVersion: number, data: Data): Message => ({
    definition: definition as unknown as EventDefinition,
    event: definition.parse({
      id: randomUUID(),
      type: definition.type,
      version: definition.version,
      aggregateId: orderId,
      aggregateVersion,
      tenant: 'store-1',
      occurredAt: new Date(Date.UTC(2026, 2, 1, 10, 0, aggregateVersion)).toISOString(),
      correlationId: `test ${number}`,
      data,
    }),
  });
  return {
    orderId,
    created: () =>
      message(OrderCreated, 1, {
        ...identity,
        marketplaceId: 'A1PA6795UKMFR9',
        country: 'DE',
        fulfilledBy: 'merchant',
        purchasedAt: '2026-03-01T09:59:00Z',
        programs: [],
        totals: { currency: 'EUR', grandTotalMinor: 4990, tipMinor: 0 },
        lines: [{ lineId: '1', sku: 'SKU-7', title: 'A lamp', quantity: 2, quantityShipped: 0, taxCollectedBy: 'marketplace' }],
        balanced: true,
      }),
    blocked: (version: number, sku = 'SKU-7') =>
      message(OrderBlocked, version, { ...identity, reasons: [{ sku, cause: 'out-of-stock', wanted: 2, available: 0 }] }),
    processingStarted: (version: number) => message(OrderProcessingStarted, version, identity),
    updated: (version: number, status: 'blocked' | 'complete') => message(OrderUpdated, version, { ...identity, status, lines: [] }),
    attentionRaised: (version: number, cause: AttentionCause = 'buyer-cancel-request') =>
      message(OrderAttentionRaised, version, { ...identity, cause, actor: orderbus }),
    attentionCleared: (version: number, cause: AttentionCause = 'buyer-cancel-request') =>
      message(OrderAttentionCleared, version, { ...identity, cause, actor: orderbus }),
    canceled: (version: number) => message(OrderCanceled, version, { ...identity, reason: 'no-inventory' }),
  };
};

type AttentionCause = 'buyer-cancel-request' | 'cancellation-refused' | 'stock-missing' | 'address';

const orderbus = { kind: 'system', name: 'Orderbus' } as const;
