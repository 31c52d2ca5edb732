import type { EventDefinition, LineQuantity } from '@orderbus/contracts';
import * as events from '@orderbus/contracts';
import type { CallEntry } from './amazon-calls.ts';
import type { Facts } from './sentence.ts';

/**
 * What the line of an event in a timeline tells. Nothing for an event that we do not know. Who did it stands beside the line; what people
 * write freely is read at the order.
 */
export const factsOf = (type: string, data: unknown): Facts | undefined => {
  const tell = tellers.get(type);
  return tell?.(data as never);
};

/** What the line of a write to Amazon tells, or of a call that failed. */
export const factsOfCall = ({ kind, type, data }: Pick<CallEntry, 'kind' | 'type' | 'data'>): Facts => {
  const { write = '', result, did, attempts = 0 } = data as Readonly<Record<string, string | undefined>>;
  const said = saying(data as Said);
  if (kind === 'failed-call') return { ...said, operation: type };
  const context = result ?? did;
  return { ...said, write, attempts, ...(context === undefined ? {} : { context }) };
};

type Teller = (data: never) => Facts;

const telling = <Data>({ type }: EventDefinition<Data>, tell: (data: Data) => Facts): readonly [string, Teller] => [type, tell];

type Said = { readonly [Name in keyof events.AmazonRefusal]?: events.AmazonRefusal[Name] | undefined };

const nothing = (): Facts => ({});
const unitsOf = (lines: readonly Pick<LineQuantity, 'quantity'>[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
const count = ({ lines }: { readonly lines: readonly Pick<LineQuantity, 'quantity'>[] }): Facts => ({ count: unitsOf(lines) });
const saying = ({ code, words, facts }: Said): Facts => ({ ...facts, words: words ?? '', ...(code !== undefined && { code }) });
const words = ({ refusal }: { readonly refusal: events.AmazonRefusal }): Facts => saying(refusal);
const maybe = (name: string, value: string | undefined, without = 'plain'): Facts =>
  value === undefined ? { context: without } : { context: name, [name]: value };

const missing = (all: readonly events.BlockReason[]): Facts => {
  const [{ sku, wanted, available }] = all as [events.BlockReason];
  return { sku, wanted, available, others: all.length - 1, context: all.length === 1 ? 'one' : 'several' };
};

const parcel = (data: {
  readonly carrier: string;
  readonly trackingNumber?: string | undefined;
  readonly lines: readonly LineQuantity[];
}) => ({
  ...{ carrier: data.carrier, ...count(data) },
  ...maybe('trackingNumber', data.trackingNumber, 'untracked'),
});

const tellers: ReadonlyMap<string, Teller> = new Map([
  telling(events.AmazonOrderImported, ({ status }) => ({ status })),
  telling(events.AmazonOrderUpdated, ({ status }) => ({ status })),
  telling(events.AmazonOrderUnreadable, ({ problems }) => ({ count: problems.length })),
  telling(events.AmazonOrderReadable, nothing),
  telling(events.AmazonShipmentConfirmed, ({ packageReference }) => ({ packageReference })),
  telling(events.AmazonShipmentRejected, words),
  telling(events.AmazonPickupConfirmed, ({ status }) => ({ status })),
  telling(events.AmazonPickupRejected, ({ status, refusal }) => ({ ...saying(refusal), status })),
  telling(events.AmazonCancellationAccepted, nothing),
  telling(events.AmazonCancellationRejected, words),
  telling(events.AmazonRefundSubmitted, nothing),
  telling(events.AmazonRefundAccepted, nothing),
  telling(events.AmazonRefundRejected, words),
  telling(events.AmazonRefundSettled, ({ amountMinor, currency }) => ({ amountMinor, currency })),
  telling(events.AmazonInvoiceAccepted, nothing),
  telling(events.AmazonInvoiceRejected, words),
  telling(events.AmazonContactSent, ({ contact }) => ({ contact })),
  telling(events.AmazonContactRefused, ({ contact, refusal }) => ({ ...saying(refusal), contact })),
  telling(events.AmazonWriteUncertain, ({ kind, ...said }) => ({ ...saying(said), kind })),
  telling(events.AmazonSyncStalled, ({ storeName, refusal, needsPerson }) => ({
    ...{ ...saying(refusal), store: storeName, context: needsPerson ? 'person' : 'passes' },
  })),
  telling(events.AmazonSyncRecovered, ({ storeName }) => ({ store: storeName })),
  telling(events.AmazonGapFound, ({ storeName, missing: found }) => ({ store: storeName, count: found })),
  telling(events.AmazonSecretExpiring, ({ storeName, secret, expiresAt, daysBefore }) => ({
    ...{ store: storeName, secret, expiresAt, context: daysBefore === 0 ? 'over' : 'soon' },
  })),
  telling(events.AmazonSecretRenewed, ({ storeName, secret }) => ({ store: storeName, secret })),
  telling(events.AmazonReadOnlySwitched, ({ readOnly, reason }) => ({ context: readOnly ? reason : 'off' })),
  telling(events.AmazonFeedStuck, ({ commands }) => ({ count: commands })),
  telling(events.AmazonFeedFinished, ({ accepted, rejected }) => ({ accepted, rejected })),

  telling(events.OrderCreated, ({ number }) => ({ number })),
  telling(events.OrderUpdated, ({ status }) => ({ status })),
  telling(events.OrderProcessingStarted, nothing),
  telling(events.OrderBlocked, ({ reasons }) => (reasons.length === 0 ? { context: 'plain' } : missing(reasons))),
  telling(events.OrderCanceled, ({ reason }) => maybe('reason', reason)),
  telling(events.OrderCancellationRequested, ({ reason, lines }) => ({
    ...{ reason, ...(lines === undefined ? { context: 'order' } : { context: 'units', ...count({ lines }) }) },
  })),
  telling(events.OrderCancellationRefused, ({ why, refusal }) => saying(refusal ?? { words: why })),
  telling(events.OrderUnitsCanceled, count),
  telling(events.OrderHeld, ({ cause, reason }) => (cause === 'person' ? maybe('reason', reason) : { context: 'buyer' })),
  telling(events.OrderReleased, ({ state }) => ({ status: state })),
  telling(events.OrderClosed, nothing),
  telling(events.OrderAttentionRaised, ({ cause }) => ({ cause })),
  telling(events.OrderAttentionCleared, ({ cause }) => ({ cause })),
  telling(events.OrderCommented, nothing),
  telling(events.OrderStatusChanged, ({ status, before }) => ({ status, before })),
  telling(events.OrderNoted, nothing),
  telling(events.OrderTagged, ({ tags }) => (tags.length === 0 ? { context: 'none' } : { context: 'some', tags })),
  telling(events.OrderAddressCorrected, nothing),
  telling(events.OrderRenumbered, ({ number, before }) => ({ number, before })),
  telling(events.OrderRetryRequested, nothing),
  telling(events.OrderReservationRequested, count),
  telling(events.OrderReservationDropped, nothing),
  telling(events.OrderBuyerPurged, nothing),

  telling(events.StockReserved, count),
  telling(events.StockShort, ({ missing: all }) => missing(all)),
  telling(events.StockReleased, count),
  telling(events.StockLow, ({ title, available }) => ({ title, count: available })),
  telling(events.StockReplenished, ({ title, available, reason }) => ({ title, count: available, context: reason })),
  telling(events.ShipmentPacked, count),
  telling(events.ShipmentDispatched, parcel),
  telling(events.ShipmentCorrected, parcel),
  telling(events.ShipmentVoided, ({ reason }) => maybe('reason', reason)),
  telling(events.PickupProgressed, ({ status }) => ({ status })),
  telling(events.ReturnReceived, ({ lines, refund }) => ({ ...count({ lines }), context: refund ? 'refund' : 'plain' })),
  telling(events.ShipByAtRisk, ({ shipBy }) => ({ shipBy })),
  telling(events.ShipByMissed, ({ shipBy }) => ({ shipBy })),
  telling(events.ShipBySettled, ({ outcome }) => ({ context: outcome })),

  telling(events.InvoiceIssued, ({ number, totalMinor, currency }) => ({ number, totalMinor, currency })),
  telling(events.InvoiceCanceled, ({ number }) => ({ number })),
  telling(events.RefundRequested, ({ currency, reason, lines, attempt = 1 }) => ({
    ...{ currency, reason, attempt, context: attempt === 1 ? 'first' : 'again' },
    totalMinor: lines.flatMap(({ components }) => components).reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  })),
  telling(events.CreditMemoIssued, ({ kind, number, totalMinor, currency }) => ({ number, totalMinor, currency, context: kind })),
  telling(events.InvoiceUploadRequested, ({ number, documentType, attempt }) => ({ number, attempt, context: documentType })),

  telling(events.DeadLettersOpened, ({ service, topic, reason, open }) => ({ service, topic, reason, count: open })),
  telling(events.DeadLettersSettled, ({ service, topic }) => ({ service, topic })),
  telling(events.CircuitOpened, ({ service, system }) => ({ service, system })),
  telling(events.CircuitClosed, ({ service, system }) => ({ service, system })),
]);
