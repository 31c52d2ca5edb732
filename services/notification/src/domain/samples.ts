import type { AlertKind } from './alert.ts';
import type { FactsOf } from './facts.ts';

/** Facts with nothing left out. */
type Complete<Value> = Value extends object ? { readonly [Name in keyof Value]-?: Complete<Value[Name]> } : Value;

const order = { number: '000000012', amazonOrderId: '114-1234567-1234567' };
const store = { storeId: 'main', storeName: 'Harbor & Pine' };
const command = { amazonOrderId: order.amazonOrderId, commandId: '0198c2a4-5b1e-7c3d-9e2f-1a2b3c4d5e6f' };
const refusal = {
  facts: {},
  code: 'amazon.invalid-input',
  words: 'The carrier code is not valid for this marketplace.',
  requestId: '8f1c2d3e-request',
};
const rejected = { ...command, refusal };
const shipBy = '2026-05-04T21:59:59.000Z';

/**
 * An invented example of each kind: what its templates may use is what stands here, and previews and tests show it. The compiler names what
 * is missing.
 */
export const samples: { readonly [Kind in AlertKind]: Complete<FactsOf<Kind>> } = {
  'order-new': { kind: 'order-new', ...order, units: 2, country: 'DE', total: { minor: 4990, currency: 'EUR' } },
  'order-blocked': {
    kind: 'order-blocked',
    ...order,
    reasons: [
      { sku: 'MUG-BLUE', cause: 'out-of-stock', wanted: 2, available: 0 },
      { sku: 'TRAY-OAK', cause: 'unknown-sku', wanted: 1, available: 0 },
    ],
  },
  'order-canceled': { kind: 'order-canceled', ...order, reason: 'no-inventory' },
  'cancel-requested': { kind: 'cancel-requested', ...order },
  'address-unacceptable': { kind: 'address-unacceptable', ...order },
  'ship-by-at-risk': { kind: 'ship-by-at-risk', ...order, shipBy, obstacles: ['stock'] },
  'ship-by-missed': { kind: 'ship-by-missed', ...order, shipBy, obstacles: ['hold'] },
  'order-unreadable': {
    ...{ kind: 'order-unreadable', rawId: '0198c2a4-5b1e-7c3d-9e2f-6f5e4d3c2b1a', amazonOrderId: order.amazonOrderId },
    problems: ['orderItems: expected array'],
  },
  'shipment-rejected': { kind: 'shipment-rejected', ...rejected, shipmentId: 'a3f0c1d2', revision: 2 },
  'pickup-rejected': { kind: 'pickup-rejected', ...rejected, status: 'ready' },
  'cancellation-rejected': { kind: 'cancellation-rejected', ...rejected, cancellationId: 'b4a1d2e3' },
  'refund-rejected': { kind: 'refund-rejected', ...rejected, refundId: 'c5b2e3f4' },
  'invoice-rejected': { kind: 'invoice-rejected', ...rejected, documentId: 'd6c3f4a5', attempt: 1 },
  'write-uncertain': {
    ...{ kind: 'write-uncertain', ...command, write: 'refund', since: '2026-05-04T10:00:00.000Z' },
    words: 'Amazon did not answer.',
  },
  'sync-stalled': {
    ...{ kind: 'sync-stalled', ...store, since: '2026-05-04T10:00:00.000Z', needsPerson: true },
    refusal: {
      code: 'amazon.access-denied',
      words: 'Access to the requested resource is denied.',
      facts: {},
      requestId: '8f1c2d3e-request',
    },
  },
  'sync-recovered': { kind: 'sync-recovered', ...store },
  'gap-found': {
    ...{ kind: 'gap-found', ...store, sweepId: 'e7d4a5b6', from: '2026-05-01T03:00:00.000Z', until: '2026-05-04T03:00:00.000Z' },
    ...{ seen: 812, missing: 7, amazonOrderIds: ['114-0000001-0000001', '114-0000002-0000002'] },
  },
  'secret-expiring': {
    ...{ kind: 'secret-expiring', ...store, secret: 'client-secret', expiresAt: '2026-05-31T10:00:00.000Z', daysBefore: 7 },
  },
  'read-only': { kind: 'read-only', storeId: 'main', reason: 'copied-database' },
  'feed-stuck': {
    ...{ kind: 'feed-stuck', feedId: '50001', feedType: 'POST_PAYMENT_ADJUSTMENT_DATA' },
    ...{ submittedAt: '2026-05-04T10:00:00.000Z', commands: 3 },
  },
  'stock-low': { kind: 'stock-low', sku: 'MUG-BLUE', title: 'Blue mug', available: 3, lowAt: 5 },
  'dead-letter': {
    ...{ kind: 'dead-letter', service: 'billing', topic: 'order.created.v1', reason: 'error', errorClass: 'TypeError', open: 12 },
    ...{ since: '2026-05-04T10:00:00.000Z', letterIds: ['41', '42'], orderIds: ['0198c2a4-5b1e-7c3d-9e2f-000000000012'] },
  },
  'circuit-open': {
    ...{ kind: 'circuit-open', service: 'amazon-gateway', system: 'amazon.main', circuits: ['spapi.main.reads'] },
    since: '2026-05-04T10:00:00.000Z',
  },
  'webhook-paused': {
    ...{ kind: 'webhook-paused', webhookId: '0198c2a4-5b1e-7c3d-9e2f-0a1b2c3d4e5f', description: 'Warehouse', target: 'hooks.example.com' },
    ...{ reason: 'failing', since: '2026-05-01T10:00:00.000Z', failures: 312 },
  },
};
