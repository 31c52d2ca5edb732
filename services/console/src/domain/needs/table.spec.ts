import { describe, expect, test } from '@jest/globals';
import type { allEvents, Event } from '@orderbus/contracts';
import * as contracts from '@orderbus/contracts';
import { example } from '@orderbus/contracts/examples';
import { blank, type NeedKind, needKinds, needOf, remember } from './need.ts';
import { meanings, noticesOf } from './table.ts';

type Told = { readonly event: unknown; readonly data?: Record<string, unknown> };

/** Each kind: what opens it, and everything that settles it. */
const happenings: Record<NeedKind, { readonly opens: Told; readonly settles: readonly Told[] }> = {
  'order-blocked': {
    opens: { event: contracts.OrderBlocked },
    settles: [
      { event: contracts.OrderProcessingStarted },
      { event: contracts.OrderUpdated, data: { status: 'new' } },
      { event: contracts.OrderReleased, data: { state: 'processing' } },
      { event: contracts.OrderClosed },
      { event: contracts.OrderCanceled },
      { event: contracts.OrderAttentionCleared, data: { cause: 'stock-missing' } },
    ],
  },
  'buyer-cancel-request': attention('buyer-cancel-request'),
  'address-unacceptable': attention('address'),
  'cancellation-refused': attention('cancellation-refused'),
  'shipment-refused': {
    opens: { event: contracts.AmazonShipmentRejected, data: { revision: 1 } },
    settles: [
      { event: contracts.AmazonShipmentConfirmed, data: { revision: 1 } },
      { event: contracts.ShipmentCorrected, data: { revision: 2 } },
      { event: contracts.ShipmentVoided, data: { revision: 1 } },
    ],
  },
  'pickup-refused': {
    opens: { event: contracts.AmazonPickupRejected, data: { status: 'ready' } },
    settles: [
      { event: contracts.AmazonPickupConfirmed, data: { status: 'ready' } },
      { event: contracts.PickupProgressed, data: { status: 'picked-up' } },
    ],
  },
  'refund-refused': {
    opens: { event: contracts.AmazonRefundRejected },
    settles: [{ event: contracts.AmazonRefundAccepted }, { event: contracts.RefundRequested }],
  },
  'invoice-refused': {
    opens: { event: contracts.AmazonInvoiceRejected, data: { attempt: 1 } },
    settles: [
      { event: contracts.AmazonInvoiceAccepted, data: { attempt: 1 } },
      { event: contracts.InvoiceUploadRequested, data: { attempt: 2 } },
    ],
  },
  'write-uncertain': {
    opens: { event: contracts.AmazonWriteUncertain },
    settles: [
      contracts.AmazonShipmentConfirmed,
      contracts.AmazonShipmentRejected,
      contracts.AmazonPickupConfirmed,
      contracts.AmazonPickupRejected,
      contracts.AmazonCancellationAccepted,
      contracts.AmazonCancellationRejected,
      contracts.AmazonRefundAccepted,
      contracts.AmazonRefundRejected,
      contracts.AmazonInvoiceAccepted,
      contracts.AmazonInvoiceRejected,
      contracts.AmazonContactSent,
      contracts.AmazonContactRefused,
    ].map((event) => ({ event })),
  },
  'totals-do-not-add-up': {
    opens: { event: contracts.AmazonOrderImported, data: { balanced: false, status: 'unshipped' } },
    settles: [
      { event: contracts.AmazonOrderUpdated, data: { balanced: true } },
      { event: contracts.AmazonOrderUpdated, data: { balanced: false, status: 'canceled' } },
      { event: contracts.InvoiceIssued },
    ],
  },
  'ship-by-at-risk': {
    opens: { event: contracts.ShipByAtRisk },
    settles: [{ event: contracts.ShipByMissed }, { event: contracts.ShipBySettled }],
  },
  'ship-by-missed': { opens: { event: contracts.ShipByMissed }, settles: [{ event: contracts.ShipBySettled }] },
  'order-unreadable': { opens: { event: contracts.AmazonOrderUnreadable }, settles: [{ event: contracts.AmazonOrderReadable }] },
  'sync-stalled': { opens: { event: contracts.AmazonSyncStalled }, settles: [{ event: contracts.AmazonSyncRecovered }] },
  'gap-found': { opens: { event: contracts.AmazonGapFound }, settles: [] },
  'feed-stuck': { opens: { event: contracts.AmazonFeedStuck }, settles: [{ event: contracts.AmazonFeedFinished }] },
  'secret-expiring': { opens: { event: contracts.AmazonSecretExpiring }, settles: [{ event: contracts.AmazonSecretRenewed }] },
  'read-only': {
    opens: { event: contracts.AmazonReadOnlySwitched, data: { readOnly: true } },
    settles: [{ event: contracts.AmazonReadOnlySwitched, data: { readOnly: false } }],
  },
  'dead-letters': { opens: { event: contracts.DeadLettersOpened }, settles: [{ event: contracts.DeadLettersSettled }] },
  'circuit-open': { opens: { event: contracts.CircuitOpened }, settles: [{ event: contracts.CircuitClosed }] },
  'waiting-at-amazon': {
    opens: { event: contracts.ShipmentDispatched, data: { revision: 1, labelFrom: 'seller' } },
    settles: [
      { event: contracts.AmazonShipmentConfirmed, data: { revision: 1 } },
      { event: contracts.AmazonShipmentRejected, data: { revision: 1 } },
      { event: contracts.ShipmentVoided, data: { revision: 1 } },
    ],
  },
};

/** The other things that Amazon is asked for, and its answers. */
const writes: readonly { readonly opens: Told; readonly settles: readonly Told[] }[] = [
  {
    opens: { event: contracts.OrderCancellationRequested },
    settles: [{ event: contracts.OrderCanceled }, { event: contracts.OrderUnitsCanceled }, { event: contracts.OrderCancellationRefused }],
  },
  {
    opens: { event: contracts.RefundRequested },
    settles: [{ event: contracts.AmazonRefundAccepted }, { event: contracts.AmazonRefundRejected }],
  },
  {
    opens: { event: contracts.InvoiceUploadRequested, data: { attempt: 1 } },
    settles: [
      { event: contracts.AmazonInvoiceAccepted, data: { attempt: 1 } },
      { event: contracts.AmazonInvoiceRejected, data: { attempt: 1 } },
    ],
  },
  {
    opens: { event: contracts.PickupProgressed, data: { status: 'ready' } },
    settles: [
      { event: contracts.AmazonPickupConfirmed, data: { status: 'ready' } },
      { event: contracts.AmazonPickupRejected, data: { status: 'ready' } },
    ],
  },
];

function attention(cause: string) {
  return {
    opens: { event: contracts.OrderAttentionRaised, data: { cause } },
    settles: [{ event: contracts.OrderAttentionCleared, data: { cause } }],
  };
}

const exampleOf = ({ event, data }: Told): Event<Record<string, unknown>> => {
  const one = example(event as (typeof allEvents)[number]) as Event<Record<string, unknown>>;
  return { ...one, data: { ...one.data, ...data } };
};

/** What comes next of the thing that the first one is about, a minute later. */
const following = (first: Event<Record<string, unknown>>, second: Event<Record<string, unknown>>): Event => {
  const ids = Object.entries(first.data).filter(([name]) => /Id$/.test(name) && name in second.data);
  return {
    ...second,
    ...{ aggregateId: first.aggregateId, aggregateVersion: first.aggregateVersion + 1 },
    occurredAt: new Date(Date.parse(first.occurredAt) + 60_000).toISOString(),
    data: { ...second.data, ...Object.fromEntries(ids) },
  };
};

const needAfter = (kind: NeedKind, ...events: readonly Event[]) => {
  const notices = events.flatMap(noticesOf).filter((notice) => notice.kind === kind);
  expect(new Set(notices.map(({ subject }) => subject)).size).toBe(1);
  return needOf(notices.reduce(remember, blank));
};

const open = Object.entries(happenings) as [NeedKind, (typeof happenings)[NeedKind]][];
const settled = [...open, ...writes.map((write) => ['waiting-at-amazon', write] as const)].flatMap(([kind, { opens, settles }]) =>
  settles.map((settle) => ({
    kind: kind as NeedKind,
    opens,
    settle,
    by: (settle.event as { type: string }).type,
    of: (opens.event as { type: string }).type,
  })),
);

describe('the table of needs', () => {
  test.each(open)('%s is open after what opens it', (kind, { opens }) => {
    const event = exampleOf(opens);
    expect(needAfter(kind, event)).toMatchObject({ kind, since: new Date(event.occurredAt).toISOString(), resolvedAt: null });
  });

  test.each(settled)('$kind of $of is settled by $by', ({ kind, opens, settle }) => {
    const event = exampleOf(opens);
    const need = needAfter(kind, event, following(event, exampleOf(settle)));
    expect(need?.resolvedAt).toBe(new Date(Date.parse(event.occurredAt) + 60_000).toISOString());
  });

  test('opens every kind', () => {
    expect(open.map(([kind]) => kind).sort()).toEqual([...needKinds].sort());
  });

  test('holds no event that is told here of no kind', () => {
    const told = [...open.map(([, happening]) => happening), ...writes].flatMap(({ opens, settles }) => [opens, ...settles]);
    const types = new Set(told.map(({ event }) => (event as { type: string }).type));
    expect([...meanings.keys()].filter((type) => !types.has(type))).toEqual([]);
  });

  test('a gap is over after a week, since its orders have been imported', () => {
    const event = exampleOf({ event: contracts.AmazonGapFound });
    expect(needAfter('gap-found', event)?.until).toBe(new Date(Date.parse(event.occurredAt) + 7 * 86_400_000).toISOString());
  });

  test('what was given up by hand at the ledger needs nobody', () => {
    const refusal = { code: 'ledger.settled-by-hand', words: 'we sent it again' };
    expect(needAfter('refund-refused', exampleOf({ event: contracts.AmazonRefundRejected, data: { refusal } }))).toBeUndefined();
  });

  test('Amazon is not waited for where the label was bought there', () => {
    const event = exampleOf({ event: contracts.ShipmentDispatched, data: { labelFrom: 'channel' } });
    expect(noticesOf(event).filter(({ kind }) => kind === 'waiting-at-amazon')).toEqual([]);
  });
});
