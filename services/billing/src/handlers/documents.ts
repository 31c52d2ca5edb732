import {
  type AmazonRefusal,
  type AmazonWriteUncertain,
  type Event,
  type ReturnReceived,
  type ShipmentDispatched,
  type ShipmentVoided,
  ToldDoubt,
  ToldRefusal,
} from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import type { z } from 'zod';
import type { BillingCommand } from '../domain/order-billing.ts';

type Shipment = z.infer<typeof ShipmentDispatched.schema>;
type Voided = z.infer<typeof ShipmentVoided.schema>;
type Return = z.infer<typeof ReturnReceived.schema>;
type Uncertain = z.infer<typeof AmazonWriteUncertain.schema>;

/** Which refund of an order a fact is about. */
interface AboutRefund {
  readonly orderId: string;
  readonly refundId: string;
  readonly refusal?: AmazonRefusal;
}

/** A parcel, when it left and when what was said about it is corrected: only what is in it matters here. */
export const shipped = {
  key: ({ data }: Event<Shipment>): string => data.orderId,
  command: ({ data: { shipmentId, revision, lines } }: Event<Shipment>): BillingCommand => ({ type: 'ship', shipmentId, revision, lines }),
};

export const unshipped = {
  key: ({ data }: Event<Voided>): string => data.orderId,
  command: ({ data: { shipmentId, revision } }: Event<Voided>): BillingCommand => ({ type: 'ship', shipmentId, revision, lines: [] }),
};

/** Units that came back, and whose money is to go back: one credit memo for each return, however often it is told. */
export const returned = {
  key: ({ data }: Event<Return>): string => data.orderId,
  command: ({ data, occurredAt: at }: Event<Return>): BillingCommand | undefined => {
    if (!data.refund) return undefined;
    const { returnId, reason, actor } = data;
    const lines = [...Map.groupBy(data.lines, ({ lineId }) => lineId)].map(([lineId, parts]) => ({
      lineId,
      quantity: parts.reduce((sum, { quantity }) => sum + quantity, 0),
      restock: parts.every(({ restocked }) => restocked),
    }));
    const wish = { kind: 'refund', reason, lines } as const;
    return { type: 'credit', memoId: documentIdOf(returnId, 'credit-memo'), wish, returnId, confirm: true, actor, at };
  },
};

/** What the gateway tells of a refund. */
export const heard = (fact: 'submit' | 'accept' | 'refuse' | 'settle') => ({
  key: ({ data }: Event<AboutRefund>): string => data.orderId,
  command: ({ data: { refundId: memoId, refusal }, occurredAt: at }: Event<AboutRefund>): BillingCommand => ({
    ...{ type: 'hear', fact, memoId, at },
    refusal: refusal && ToldRefusal.parse(refusal),
  }),
});

/** Only doubts about refunds are ours. */
export const doubted = {
  key: ({ data }: Event<Uncertain>): string => data.orderId,
  command: ({ data: { kind, commandId, since, ...told } }: Event<Uncertain>): BillingCommand | undefined =>
    kind === 'refund' ? { type: 'doubt', doubt: { commandId, since, ...ToldDoubt.parse(told) } } : undefined,
};
