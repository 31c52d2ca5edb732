import type { Known } from '../src/domain/stuck/facts.ts';
import type { Code } from '../src/domain/stuck.ts';
import {
  aBlocker,
  aMemo,
  anOrder,
  aParcel,
  aStore,
  billed,
  blockedBy,
  feedId,
  invoiceId,
  known,
  memoId,
  shippingWith,
  stockOf,
  waiting,
} from './stuck-builders.ts';

const refusal = { code: 'amazon.invalid-input', words: 'Amazon says: the carrier is invalid.' };
const cancellation = { id: 'c', at: '2026-03-02T10:00:00.000Z', reason: 'no-inventory' } as const;
const person = { name: 'Mara' };
const created = { type: 'order.created', occurredAt: '2026-03-01T09:01:00.000Z' };
const closedPlace = { location: 'ATTIC', onHand: 5, reserved: 0, available: 0 };
const later = '2026-03-02T12:07:00.000Z';
const refusedMemo = aMemo({ state: 'refused', refusal: { code: '18028', words: 'More than was paid.' } });
const store = (circuit: 'writes' | 'login') => aStore({ circuits: { ...aStore().circuits, [circuit]: 'open' } });
const pickup = (state: string) => ({ status: 'ready' as const, at: cancellation.at, amazon: { state, refusal } });
const letter = { service: 'fulfillment' as const, id: '7', topic: 'order.created.v1', reason: 'too-early: no', deadAt: cancellation.at };
const lastSuccessAt = '2026-03-02T11:00:00.000Z';

/** For every reason orders that have it, one for each of its sentences. It is the first reason of each. */
export const examples: Readonly<Record<Code, readonly [Known, ...Known[]]>> = {
  'dead-letter': [known({ letters: [letter] }), known({ letters: [letter, { ...letter, id: '8' }] })],
  unreadable: [known({ unreadable: [{ problems: ['orderItems.0.quantity: expected a number'], changedAt: lastSuccessAt }] })],
  'buyer-asks-to-cancel': [
    known({ order: anOrder({ state: 'held', attention: ['buyer-cancel-request'] }) }),
    ...['found-cheaper', 'some-new-reason', 'I ordered twice.'].map((cancelReason) =>
      known({ order: anOrder({ state: 'held', attention: ['buyer-cancel-request'], cancelReason }) }),
    ),
  ],
  held: [
    known({ order: anOrder({ state: 'held', hold: { cause: 'person', by: person } }) }),
    known({ order: anOrder({ state: 'held', hold: { cause: 'person', by: person, reason: 'looks like fraud' } }) }),
    known({ order: anOrder({ state: 'held', hold: { cause: 'buyer-cancel-request', by: { name: 'Amazon' } } }) }),
  ],
  'pending-at-amazon': [known({ order: anOrder({ state: 'pending', number: null, amazonStatus: 'pending' }) })],
  'amazon-ships': [known({ order: anOrder({ state: 'pending', number: null, fulfilledBy: 'amazon' }) })],
  'amazon-cannot-fulfill': [known({ order: anOrder({ state: 'pending', fulfilledBy: 'amazon', amazonStatus: 'unfulfillable' }) })],
  'status-unknown': [known({ order: anOrder({ amazonStatus: 'unknown' }) })],
  'only-shown': [known({ order: anOrder({ state: 'pending', number: null, sellerCentralUrl: 'https://sellercentral.amazon.com/' }) })],
  'address-unacceptable': [
    known({ order: anOrder({ addressIssues: ['postalCode', 'city'], attention: ['address'] }) }),
    known({ order: anOrder({ state: 'pending', number: null, addressIssues: ['name'] }), blocker: aBlocker('address') }),
  ],
  'unknown-sku': [blockedBy('unknown-sku')],
  'product-disabled': [blockedBy('disabled', { stock: [stockOf('MUG')] })],
  'no-location': [blockedBy('out-of-stock', { stock: [stockOf('MUG', [closedPlace])] })],
  'out-of-stock': [
    blockedBy('out-of-stock'),
    blockedBy('out-of-stock', {
      order: anOrder({
        state: 'blocked',
        blockReasons: ['MUG', 'CUP', 'TEA'].map((sku) => ({ sku, cause: 'out-of-stock', wanted: 2, available: 0 })),
      }),
    }),
  ],
  'no-lines': [known({ order: anOrder({ state: 'pending', number: null }), blocker: aBlocker('no-lines') })],
  'stock-not-answered': [known({ order: anOrder({ state: 'new', stock: 'waiting' }), log: [created] })],
  'shipment-refused': [
    known({ shipping: shippingWith({ shipments: [aParcel({ amazon: { state: 'refused', words: refusal.words, refusal } })] }) }),
  ],
  'pickup-refused': [known({ shipping: shippingWith({ pickup: [pickup('refused')] }) })],
  'waits-for-pickup': [known({ shipping: shippingWith({ pickup: [pickup('accepted')] }) })],
  'write-uncertain': [
    waiting({ state: 'unknown', readBack: { words: 'The order does not show it.' } }),
    waiting({ kind: 'refund', state: 'unknown', request: { refundId: memoId } }, { creditMemos: [aMemo()] }),
    waiting({ kind: 'contact', state: 'unknown', request: {} }),
  ],
  'cancellation-refused': [
    known({
      order: anOrder({ attention: ['cancellation-refused'], cancellation: { ...cancellation, state: 'refused', refusal: 'Too late.' } }),
    }),
  ],
  'cancellation-awaited': [cancellationAwaited()],
  overdue: [
    known({ shipping: shippingWith({ shipBy: '2026-03-02T09:00:00.000Z', toShip: 3 }) }),
    known({
      shipping: shippingWith({
        ...{ shipBy: '2026-03-02T09:00:00.000Z', ship: { allowed: false, code: 'shipping.nothing-left' } },
        shipments: [aParcel({ state: 'packed', amazon: { state: 'none', words: '' } })],
      }),
    }),
  ],
  'refund-refused': [known({ creditMemos: [refusedMemo] })],
  'invoice-review': [known({ billing: billed({ status: 'review', reason: 'order-does-not-add-up', detail: 'lines 900, tip 0' }) })],
  'document-refused': [
    known({ invoices: [{ invoiceId, number: '000000012', status: 'issued', upload: { state: 'refused', refusal } }] }),
    known({ creditMemos: [aMemo({ state: 'settled', number: '000000003', upload: { state: 'refused', refusal } })] }),
  ],
  'money-differs': [
    known({ billing: billed({ totalsDiffer: true, dueMinor: 1_500 }) }),
    known({ billing: billed({ totalsDiffer: true, dueMinor: 500 }) }),
  ],
  'store-deleted': [waiting({}, { store: null })],
  'access-refused': [
    waiting({ nextAttemptAt: later, answer: { code: 'amazon.access-denied', words: 'Amazon refuses access: a role is missing.' } }),
  ],
  'read-only': [
    waiting({}, { installation: { readOnly: true, needsConfirmation: true } }),
    waiting({}, { installation: { readOnly: true, needsConfirmation: false, by: 'Ada' } }),
    waiting({}, { installation: { readOnly: true, needsConfirmation: false } }),
    waiting({}, { store: aStore({ readOnly: true }) }),
  ],
  'write-store-paused': [waiting({}, { store: aStore({ status: 'paused', pausedBy: 'person' }) })],
  'circuit-open': [waiting({ nextAttemptAt: later, answer: { code: 'circuit.open' } }), waiting({}, { store: store('login') })],
  'rate-limited': [waiting({ nextAttemptAt: later, answer: { code: 'amazon.quota-exceeded', words: 'Too many requests.' } })],
  'write-retries': [
    waiting({ nextAttemptAt: later, attempts: 2, answer: { code: 'amazon.unreachable', words: 'Amazon did not answer.' } }),
    waiting({ kind: 'refund', nextAttemptAt: later, attempts: 1, answer: { words: 'The feed was not taken.' }, request: {} }),
  ],
  'write-scheduled': [waiting({ nextAttemptAt: later })],
  'write-read-back': [waiting({ state: 'unknown', nextAttemptAt: later, answer: { words: 'Nobody heard an answer.' } })],
  'feed-stuck': [inFeed({ stuckAt: later, amazonStatus: 'IN_QUEUE' })],
  'feed-in-progress': [inFeed({ nextLookAt: later }), waiting({ kind: 'cancellation', state: 'sending', feedId, request: {} })],
  'write-under-way': [waiting({ state: 'sending' })],
  'write-next': [waiting({})],
  'write-behind': [waiting({ behind: 'another' })],
  'not-heard': [
    known({ log: [created], shipping: null }),
    known({ shipping: shippingWith({ shipments: [aParcel({ amazon: { state: 'waiting', words: '', toldAt: lastSuccessAt } })] }) }),
    known({ order: anOrder({ cancellation: { ...cancellation, state: 'requested' } }) }),
  ],
  'outbox-waits': [
    known({ outboxes: [{ service: 'order', pending: 1, oldestAgeSeconds: 400, brokerHealthy: false }] }),
    known({ outboxes: [{ service: 'order', pending: 12, oldestAgeSeconds: 400, brokerHealthy: true }] }),
  ],
  'sync-refused': [
    known({ store: aStore({ status: 'refused', lastError: 'Amazon refuses access.', failure: { code: 'amazon.access-denied' } }) }),
  ],
  'store-paused': [known({ store: aStore({ status: 'paused', pausedBy: 'person' }) })],
  'sync-late': [
    known({ store: aStore({ lastSuccessAt, nextPollAt: later }) }),
    known({ store: aStore({ lastSuccessAt, status: 'failing', lastError: 'Amazon did not answer.', nextPollAt: later }) }),
    known({ store: aStore({ lastSuccessAt, status: 'paused', pausedBy: 'amazon', pausedUntil: later }) }),
  ],
  'sync-degraded': [known({ store: aStore({ degraded: { without: ['promotion', 'packages'], since: lastSuccessAt } }) })],
  'owner-away': [known({ incomplete: ['billing'] }), known({ incomplete: ['billing', 'amazon-gateway'] })],
};

function cancellationAwaited(): Known {
  const { commands: _, ...others } = known({ order: anOrder({ cancellation: { ...cancellation, state: 'requested' } }) });
  return { ...others, incomplete: ['amazon-gateway'] };
}

function inFeed(feed: { readonly stuckAt?: string; readonly nextLookAt?: string; readonly amazonStatus?: string }): Known {
  const submitted = { id: feedId, submittedAt: lastSuccessAt, ...feed };
  const command = { kind: 'refund', state: 'sending', feedId, request: { refundId: memoId } } as const;
  return waiting(command, { feeds: [submitted], creditMemos: [aMemo({ state: 'submitted' })] });
}
