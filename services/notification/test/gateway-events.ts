import { randomUUID } from 'node:crypto';
import {
  AmazonCancellationAccepted,
  AmazonCancellationRejected,
  AmazonContactRefused,
  AmazonContactSent,
  AmazonFeedFinished,
  AmazonFeedStuck,
  AmazonGapFound,
  AmazonInvoiceAccepted,
  AmazonInvoiceRejected,
  AmazonOrderReadable,
  AmazonOrderUnreadable,
  AmazonPickupConfirmed,
  AmazonPickupRejected,
  AmazonReadOnlySwitched,
  AmazonRefundAccepted,
  AmazonRefundRejected,
  AmazonSecretExpiring,
  AmazonSecretRenewed,
  AmazonShipmentConfirmed,
  AmazonShipmentRejected,
  AmazonSyncRecovered,
  AmazonSyncStalled,
  AmazonWriteUncertain,
  type Event,
  type EventDefinition,
} from '@orderbus/contracts';
import type { Message } from './builders.ts';

type Uncertain = Event<ReturnType<typeof AmazonWriteUncertain.of>['data']>['data'];

const time = '2026-03-01T10:00:00.000Z';

export const refusal = { code: 'amazon.invalid-input', words: 'Amazon says: OrderItemId is invalid.', requestId: 'request-1' };

/** The events of one aggregate, numbered as they are told. */
export const aggregate = (tenant: string, aggregateId: string, begun = time) => {
  let version = 0;
  return <Data>(definition: EventDefinition<Data>, data: Data): Message => {
    version += 1;
    return {
      definition: definition as unknown as EventDefinition,
      event: definition.parse({
        ...{ id: randomUUID(), type: definition.type, version: definition.version, tenant, aggregateId, aggregateVersion: version },
        ...{ occurredAt: new Date(Date.parse(begun) + version * 1_000).toISOString(), correlationId: `test ${tenant}`, data },
      }),
    };
  };
};

/** What the gateway tells of the writes for one order, each command an aggregate of its own. */
export const anAmazonOrder = (tenant: string) => {
  const order = { orderId: randomUUID(), amazonOrderId: '114-1234567-1234567' };
  const command = (begun = time) => {
    const commandId = randomUUID();
    const tell = aggregate(tenant, commandId, begun);
    const uncertain = (kind: Uncertain['kind']) =>
      tell(AmazonWriteUncertain, { ...order, kind, commandId, since: time, words: 'Amazon did not answer.' });
    return { tell, uncertain };
  };
  return {
    ...order,
    shipment: (shipmentId: string = randomUUID(), revision = 1) => {
      const { tell, uncertain } = command();
      const shipment = { ...order, shipmentId, revision };
      return {
        confirmed: () => tell(AmazonShipmentConfirmed, { ...shipment, packageReference: '1', acceptedAt: time }),
        rejected: (words = refusal.words) => tell(AmazonShipmentRejected, { ...shipment, refusal: { ...refusal, words } }),
        /** By a person, in the gateway's ledger. */
        givenUp: () =>
          tell(AmazonShipmentRejected, { ...shipment, refusal: { code: 'ledger.settled-by-hand', words: 'lost in the post' } }),
        uncertain: () => uncertain('shipment'),
      };
    },
    pickup: (status: 'ready' | 'picked-up') => {
      const { tell, uncertain } = command();
      return {
        confirmed: () => tell(AmazonPickupConfirmed, { ...order, status, acceptedAt: time }),
        rejected: () => tell(AmazonPickupRejected, { ...order, status, refusal }),
        uncertain: () => uncertain('pickup'),
      };
    },
    cancellation: () => {
      const { tell, uncertain } = command();
      const cancellation = { ...order, cancellationId: randomUUID() };
      return {
        accepted: () => tell(AmazonCancellationAccepted, { ...cancellation, acceptedAt: time }),
        rejected: () => tell(AmazonCancellationRejected, { ...cancellation, refusal }),
        uncertain: () => uncertain('cancellation'),
      };
    },
    /** Asked for again, it is a command of its own, whose events name the refund alone. */
    refund: (refundId: string = randomUUID(), attempt = 1) => {
      const { tell, uncertain } = command(new Date(Date.parse(time) + attempt * 60_000).toISOString());
      const refund = { ...order, refundId };
      return {
        accepted: () => tell(AmazonRefundAccepted, { ...refund, acceptedAt: time }),
        rejected: () => tell(AmazonRefundRejected, { ...refund, refusal }),
        uncertain: () => uncertain('refund'),
      };
    },
    contact: () => {
      const { tell, uncertain } = command();
      const contact = { ...order, contactId: randomUUID(), contact: 'unexpected-problem' } as const;
      return {
        sent: () => tell(AmazonContactSent, { ...contact, sentAt: time }),
        refused: () => tell(AmazonContactRefused, { ...contact, refusal }),
        uncertain: () => uncertain('contact'),
      };
    },
    invoice: (documentId: string = randomUUID(), attempt = 1) => {
      const { tell, uncertain } = command();
      const invoice = { ...order, documentId, attempt };
      return {
        accepted: () => tell(AmazonInvoiceAccepted, { ...invoice, acceptedAt: time }),
        rejected: () => tell(AmazonInvoiceRejected, { ...invoice, refusal }),
        uncertain: () => uncertain('invoice'),
      };
    },
  };
};

/** What the gateway tells of itself and of a store. */
export const aGateway = (storeId: string) => {
  const store = { storeId, storeName: 'Harbor & Pine' };
  const tellHealth = aggregate(storeId, randomUUID());
  const tellSwitch = aggregate(storeId, randomUUID());
  const tellSwitchOfAll = aggregate(storeId, randomUUID());
  return {
    stalled: (needsPerson = true) => tellHealth(AmazonSyncStalled, { ...store, since: time, refusal, needsPerson }),
    recovered: () => tellHealth(AmazonSyncRecovered, store),
    switched: (readOnly: boolean) => tellSwitch(AmazonReadOnlySwitched, { storeId, readOnly, reason: 'person' }),
    switchedAll: (readOnly: boolean) => tellSwitchOfAll(AmazonReadOnlySwitched, { readOnly, reason: 'copied-database' }),
    gap: () => {
      const sweepId = randomUUID();
      const window = { from: '2026-02-26T03:00:00.000Z', until: time };
      const amazonOrderIds = ['114-0000001-0000001', '114-0000002-0000002'];
      return aggregate(storeId, sweepId)(AmazonGapFound, { ...store, ...window, sweepId, seen: 812, missing: 2, amazonOrderIds });
    },
    secret: () => {
      const tell = aggregate(storeId, randomUUID());
      const secret = { ...store, secret: 'client-secret' } as const;
      return {
        expiring: (daysBefore: number) => tell(AmazonSecretExpiring, { ...secret, expiresAt: '2026-03-31T10:00:00.000Z', daysBefore }),
        renewed: () => tell(AmazonSecretRenewed, secret),
      };
    },
    feed: () => {
      const tell = aggregate(storeId, randomUUID());
      const feed = { feedId: '50001', feedType: 'POST_PAYMENT_ADJUSTMENT_DATA' };
      return {
        stuck: () => tell(AmazonFeedStuck, { ...feed, submittedAt: time, commands: 3 }),
        finished: () => tell(AmazonFeedFinished, { ...feed, accepted: 3, rejected: 0 }),
      };
    },
    unreadableOrder: () => {
      const rawId = randomUUID();
      const tell = aggregate(storeId, rawId);
      return {
        unreadable: () => tell(AmazonOrderUnreadable, { rawId, amazonOrderId: '114-7', problems: ['orderItems: expected array'] }),
        readable: () => tell(AmazonOrderReadable, { rawId, amazonOrderId: '114-7' }),
      };
    },
  };
};
