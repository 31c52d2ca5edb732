import { AmazonRefusal, AmazonStatus, AmazonWriteKind, BlockReason } from '@orderbus/contracts';
import { z } from 'zod';
import type {
  BillingFacts,
  BlockerFacts,
  CommandFacts,
  CreditMemoFacts,
  FeedFacts,
  InstallationFacts,
  InvoiceFacts,
  OrderFacts,
  OutboxFacts,
  ParcelFacts,
  ShippingFacts,
  StockFacts,
  StoreFacts,
  UnreadableFacts,
} from '../domain/stuck/facts.ts';

/** What is read of the owners' answers. Whatever else stands in them is nobody's business here. */

const text = z.string();
const some = text.exactOptional();
const texts = z.array(text);
const page = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });

const facts = AmazonRefusal.shape.facts.unwrap().exactOptional();
const Refusal = z.object({ code: text, words: text, facts });
const Upload = z.object({ state: z.enum(['none', 'requested', 'accepted', 'refused']), refusal: Refusal.exactOptional() });

export const Order = z.object({
  ...{ id: text, tenant: text, number: text.nullable(), amazonOrderId: text, purchasedAt: text, stock: text },
  state: z.enum(['pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled']),
  amazonStatus: AmazonStatus,
  fulfilledBy: z.enum(['merchant', 'amazon']),
  blockReasons: z.array(BlockReason),
  ...{ addressIssues: texts, attention: texts, cancelReason: some, sellerCentralUrl: some },
  hold: z.object({ cause: z.enum(['person', 'buyer-cancel-request']), reason: some, by: z.object({ name: text }) }).exactOptional(),
  cancellation: z
    .object({
      ...{ id: text, at: text, reason: text, refusal: some, said: Refusal.exactOptional() },
      lines: z.array(z.object({ lineId: text, quantity: z.int() })).exactOptional(),
      state: z.enum(['requested', 'accepted', 'refused']),
    })
    .exactOptional(),
  actions: z.array(z.object({ action: text, allowed: z.boolean(), why: some })),
}) satisfies z.ZodType<OrderFacts>;

export const Log = page(z.object({ type: text, occurredAt: text, data: z.object({ cause: some }).catch({}) }));

export const Blockers = page(
  z.object({
    since: text,
    attempts: z.int(),
    nextTryAt: text,
    blockers: z.array(z.object({ cause: text, sku: some })),
  }) satisfies z.ZodType<BlockerFacts>,
);

export const Reservation = z.object({ missing: z.array(BlockReason) });

const Place = z.object({ location: text, onHand: z.int(), reserved: z.int(), available: z.int() });
export const Stock = page(
  z.object({ sku: text, title: text, available: z.int(), locations: z.array(Place) }) satisfies z.ZodType<StockFacts>,
);

const Parcel = z.object({
  ...{ id: text, position: z.int(), trackingNumber: some },
  state: z.enum(['packed', 'shipped', 'voided']),
  amazon: z.object({
    state: z.enum(['none', 'waiting', 'uncertain', 'accepted', 'refused']),
    ...{ words: text, toldAt: some, refusal: Refusal.exactOptional() },
  }),
  actions: z.array(z.object({ action: text, allowed: z.boolean() })),
}) satisfies z.ZodType<ParcelFacts>;

const Pickup = z.object({
  status: z.enum(['ready', 'picked-up', 'refused']),
  at: text,
  amazon: z.object({ state: text, words: some, refusal: Refusal.exactOptional() }),
});

export const Shipping = z.object({
  ...{ state: z.enum(['open', 'done', 'canceled']), toShip: z.int(), shipBy: some },
  ship: z.object({ allowed: z.boolean(), code: some }),
  shipments: z.array(Parcel),
  pickup: z.array(Pickup).exactOptional(),
}) satisfies z.ZodType<ShippingFacts>;

export const Billing = z.object({
  status: z.enum(['open', 'invoiced', 'not-needed', 'review', 'canceled']),
  ...{ reason: some, detail: some, currency: some, dueMinor: z.int(), invoicedMinor: z.int(), totalsDiffer: z.boolean() },
  toBill: z.object({ why: some }),
}) satisfies z.ZodType<BillingFacts>;

export const Invoices = page(
  z.object({ invoiceId: text, number: text, status: z.enum(['issued', 'canceled']), upload: Upload }) satisfies z.ZodType<InvoiceFacts>,
);

export const CreditMemos = page(
  z.object({
    ...{ creditMemoId: text, kind: z.enum(['refund', 'correction']), number: some },
    state: z.enum(['requested', 'submitted', 'accepted', 'refused', 'settled']),
    ...{ currency: text, totalMinor: z.int(), requestedAt: text, refusal: Refusal.exactOptional(), upload: Upload },
    uncertain: z.object({ commandId: text, since: text, words: text }).exactOptional(),
  }) satisfies z.ZodType<CreditMemoFacts>,
);

const commandHead = { id: text, storeId: text, state: z.enum(['pending', 'sending', 'unknown', 'done', 'failed']) };
export const Commands = page(z.object(commandHead));

const Word = z.object({ code: some, words: some, facts });
export const Command = z.object({
  ...commandHead,
  ...{ kind: AmazonWriteKind, attempts: z.int(), requestedAt: text, settledAt: some, nextAttemptAt: some, uncertainAt: some },
  ...{ behind: some, feedId: some, answer: Word.exactOptional(), readBack: Word.exactOptional() },
  request: z.object({ shipmentId: some, documentId: some, refundId: some }),
}) satisfies z.ZodType<CommandFacts>;

export const Feed = z.object({
  ...{ id: text, amazonStatus: some, submittedAt: some, nextLookAt: some, stuckAt: some },
}) satisfies z.ZodType<FeedFacts>;

const Circuit = z.enum(['closed', 'half-open', 'open']);
export const Store = z.object({
  ...{ id: text, name: text, readOnly: z.boolean() },
  status: z.enum(['connecting', 'running', 'ok', 'paused', 'failing', 'refused']),
  pausedBy: z.enum(['person', 'amazon']).exactOptional(),
  ...{ lastSuccessAt: some, lastError: some, pausedUntil: some, nextPollAt: some },
  failure: Refusal.omit({ words: true }).exactOptional(),
  degraded: z.object({ without: texts, since: text }).exactOptional(),
  circuits: z.object({ login: Circuit, reads: Circuit, writes: Circuit, feeds: Circuit, contacts: Circuit }),
}) satisfies z.ZodType<StoreFacts>;

export const Installation = z.object({
  ...{ readOnly: z.boolean(), needsConfirmation: z.boolean(), since: some, by: some },
}) satisfies z.ZodType<InstallationFacts>;

export const UnreadableOrders = page(
  z.object({ amazonOrderId: text.nullable(), problems: texts, changedAt: text }) satisfies z.ZodType<UnreadableFacts>,
);

export const Letters = page(z.object({ id: text, topic: text, reason: text, deadAt: text }));

export const Outbox = z.object({
  ...{ pending: z.int(), oldestAgeSeconds: z.number(), brokerHealthy: z.boolean() },
}) satisfies z.ZodType<Omit<OutboxFacts, 'service'>>;
