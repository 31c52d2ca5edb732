import type {
  BillingFacts,
  BlockerFacts,
  CommandFacts,
  CreditMemoFacts,
  Known,
  OrderFacts,
  ParcelFacts,
  ShippingFacts,
  StockFacts,
  StoreFacts,
} from '../src/domain/stuck/facts.ts';

export const now = '2026-03-02T12:00:00.000Z';
export const orderId = '0197d3a0-1111-7000-8000-000000000001';
const id = (n: number): string => `0197d3a0-2222-7000-8000-${String(n).padStart(12, '0')}`;
export const [parcelId, commandId, memoId, invoiceId, feedId] = [id(1), id(2), id(3), id(4), id(5)] as const;

/** Whatever it is asked for. */
const everything = ['accept-buyer-cancel', 'decline-buyer-cancel', 'release', 'request-cancel', 'retry', 'admit', 'correct-address'];

export const anOrder = (differs: Partial<OrderFacts> = {}): OrderFacts => ({
  ...{ id: orderId, tenant: 'main', number: '100000482', amazonOrderId: '113-0482231-9911402' },
  ...{ state: 'processing', amazonStatus: 'unshipped', fulfilledBy: 'merchant', purchasedAt: '2026-03-01T09:00:00.000Z' },
  ...{ stock: 'reserved', blockReasons: [], addressIssues: [], attention: [] },
  actions: everything.map((action) => ({ action, allowed: true })),
  ...differs,
});

export const aStore = (differs: Partial<StoreFacts> = {}): StoreFacts => ({
  ...{ id: 'main', name: 'Main store', status: 'ok', readOnly: false, lastSuccessAt: '2026-03-02T11:58:00.000Z' },
  circuits: { login: 'closed', reads: 'closed', writes: 'closed', feeds: 'closed', contacts: 'closed' },
  ...differs,
});

export const aParcel = (differs: Partial<ParcelFacts> = {}): ParcelFacts => ({
  ...{ id: parcelId, position: 2, state: 'shipped', trackingNumber: '1Z999' },
  amazon: { state: 'accepted', words: 'Amazon knows of it.', toldAt: '2026-03-02T10:00:00.000Z' },
  actions: ['edit', 'retry', 'void', 'hand-over'].map((action) => ({ action, allowed: true })),
  ...differs,
});

export const shippingWith = (differs: Partial<ShippingFacts> = {}): ShippingFacts => ({
  ...{ state: 'open', toShip: 1, shipBy: '2026-03-03T18:00:00.000Z', ship: { allowed: true }, shipments: [] },
  ...differs,
});

export const billed = (differs: Partial<BillingFacts> = {}): BillingFacts => ({
  ...{ status: 'invoiced', currency: 'EUR', dueMinor: 1_000, invoicedMinor: 1_000, totalsDiffer: false, toBill: {} },
  ...differs,
});

export const aMemo = (differs: Partial<CreditMemoFacts> = {}): CreditMemoFacts => ({
  ...{ creditMemoId: memoId, kind: 'refund', state: 'requested', currency: 'EUR', totalMinor: 500 },
  ...{ requestedAt: '2026-03-02T09:00:00.000Z', upload: { state: 'none' } },
  ...differs,
});

/** Of the parcel that is waiting, unless it says otherwise. */
export const aCommand = (differs: Partial<CommandFacts> = {}): CommandFacts => ({
  ...{ id: commandId, kind: 'shipment', state: 'pending', attempts: 0, requestedAt: '2026-03-02T10:00:00.000Z' },
  request: { shipmentId: parcelId },
  ...differs,
});

export const aBlocker = (cause: string, sku?: string): BlockerFacts => ({
  ...{ since: '2026-03-01T09:05:00.000Z', attempts: 3, nextTryAt: '2026-03-02T12:16:00.000Z' },
  blockers: [{ cause, ...(sku === undefined ? {} : { sku }) }],
});

export const stockOf = (sku: string, locations: StockFacts['locations'] = []): StockFacts => ({
  ...{ sku, title: 'A blue mug', available: locations.reduce((sum, { available }) => sum + available, 0), locations },
});

/** An order that goes on: packed in time, invoiced, in step. */
export const known = (differs: Partial<Known> = {}): Known => ({
  ...{ orderId, now, order: anOrder(), log: [], blocker: null, missing: [], stock: [], shipping: shippingWith(), billing: billed() },
  ...{ invoices: [], creditMemos: [], commands: [], feeds: [], store: aStore(), unreadable: [] },
  installation: { readOnly: false, needsConfirmation: false },
  ...{ letters: [], outboxes: [], incomplete: [] },
  ...differs,
});

/** One parcel waits for Amazon, and this is how its command stands. */
export const waiting = (command: Partial<CommandFacts>, differs: Partial<Known> = {}): Known =>
  known({
    shipping: shippingWith({ shipments: [aParcel({ amazon: { state: 'waiting', words: '', toldAt: '2026-03-02T10:00:00.000Z' } })] }),
    commands: [aCommand(command)],
    ...differs,
  });

export const blockedBy = (cause: 'unknown-sku' | 'disabled' | 'out-of-stock', differs: Partial<Known> = {}): Known =>
  known({
    order: anOrder({ state: 'blocked', stock: 'short', blockReasons: [{ sku: 'MUG', cause, wanted: 3, available: 1 }] }),
    blocker: aBlocker(cause, 'MUG'),
    ...differs,
  });
