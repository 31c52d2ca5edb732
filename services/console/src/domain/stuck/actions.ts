import type { Permission } from '@orderbus/service-kit/permissions';

export type ServiceName = 'amazon-gateway' | 'order' | 'fulfillment' | 'billing' | 'notification' | 'access';

/** Why a person is asked once more before it is done. */
export const confirmations = [
  'amazon-cancels',
  'without-stock',
  'buyer-is-paid',
  'perhaps-paid-twice',
  'perhaps-done-twice',
  'parcel-is-dropped',
  'invoice-stays',
  'writes-begin',
  'original-has-stopped',
  'gives-up-message',
] as const;
type Confirmation = (typeof confirmations)[number];

/** A request to an owner that mends something, as the browser sends it. */
export interface Action {
  readonly kind: ActionKind;
  readonly service: ServiceName;
  readonly method: 'POST' | 'PUT' | 'PATCH';
  readonly path: string;
  /** As far as it is known; the person adds what `asks` names. */
  readonly body?: unknown;
  /** What only the person can say. Absent: nothing. */
  readonly asks?: readonly string[];
  /** All of these. */
  readonly needs: readonly Permission[];
  /** Only for whoever is not limited to some stores. */
  readonly allStores?: true;
  readonly confirm?: Confirmation;
}

type Declared = Pick<Action, 'service' | 'method' | 'needs' | 'confirm' | 'asks' | 'allStores'>;

const order = { service: 'order', method: 'POST', needs: ['operate'] } as const;
const parcel = { service: 'fulfillment', method: 'POST', needs: ['operate'] } as const;
const gateway = { service: 'amazon-gateway', method: 'POST', needs: ['operate'] } as const;
const installation = { service: 'amazon-gateway', needs: ['administer'], allStores: true } as const;
const store = { service: 'amazon-gateway', method: 'POST', needs: ['administer'] } as const;

/** Everything that mends something: where it is asked for, and who may. */
export const actionKinds = {
  'accept-cancel-request': { ...order, confirm: 'amazon-cancels' },
  'decline-cancel-request': order,
  release: order,
  'cancel-again': { ...order, confirm: 'amazon-cancels' },
  retry: order,
  admit: { ...order, confirm: 'without-stock' },
  'correct-address': { ...order, method: 'PUT', needs: ['operate', 'see-buyer-data'], asks: ['address', 'reason'] },
  'map-sku': { ...order, method: 'PUT', asks: ['sku'] },
  'make-product': { ...parcel, method: 'PUT', asks: ['title'] },
  'enable-product': { ...parcel, method: 'PUT' },
  restock: { ...parcel, asks: ['delta', 'reason'] },
  'enable-location': { ...parcel, method: 'PUT', needs: ['administer'], allStores: true },
  'edit-parcel': { ...parcel, method: 'PATCH', asks: ['carrier', 'trackingNumber', 'shippedAt', 'lines'] },
  'retry-parcel': parcel,
  'void-parcel': { ...parcel, confirm: 'parcel-is-dropped' },
  'hand-over': parcel,
  'report-fetched': parcel,
  'report-not-taken': parcel,
  ship: { ...parcel, asks: ['packages'] },
  'bill-rest': { service: 'billing', method: 'POST', needs: ['bill'], confirm: 'invoice-stays' },
  'credit-difference': { service: 'billing', method: 'POST', needs: ['refund'], asks: ['reason'], confirm: 'invoice-stays' },
  'retry-refund': { service: 'billing', method: 'POST', needs: ['refund'], confirm: 'buyer-is-paid' },
  'refund-otherwise': { service: 'billing', method: 'POST', needs: ['refund'], asks: ['lines', 'reason'], confirm: 'buyer-is-paid' },
  'hand-in-again': { service: 'billing', method: 'POST', needs: ['bill'] },
  'send-now': gateway,
  'send-waiting-refund': { ...gateway, needs: ['operate', 'refund'] },
  'send-refund': { ...gateway, needs: ['operate', 'refund'], confirm: 'perhaps-paid-twice' },
  'send-again': { ...gateway, confirm: 'perhaps-done-twice' },
  'read-back': gateway,
  'read-back-refund': { ...gateway, needs: ['operate', 'refund'] },
  'settle-done': { ...gateway, asks: ['note'] },
  'settle-failed': { ...gateway, asks: ['note'] },
  'settle-refund-done': { ...gateway, needs: ['operate', 'refund'], asks: ['note'] },
  'settle-refund-failed': { ...gateway, needs: ['operate', 'refund'], asks: ['note'] },
  'cancel-feed': gateway,
  'read-order': gateway,
  'sync-store': gateway,
  'resume-store': store,
  'test-store': store,
  'renew-credentials': { ...store, method: 'PUT', asks: ['clientId', 'clientSecret', 'refreshToken'] },
  'end-read-only': { ...installation, method: 'PUT', confirm: 'writes-begin' },
  'end-read-only-of-store': { ...store, method: 'PATCH', confirm: 'writes-begin' },
  'confirm-installation': { ...installation, method: 'POST', confirm: 'original-has-stopped' },
  'redrive-letter': { service: 'order', method: 'POST', needs: ['administer'], allStores: true },
  'discard-letter': {
    service: 'order',
    method: 'POST',
    needs: ['administer'],
    allStores: true,
    asks: ['reason'],
    confirm: 'gives-up-message',
  },
} as const satisfies Record<string, Declared>;

export type ActionKind = keyof typeof actionKinds;

/** `service` only where the kind does not say it: dead letters are everywhere. */
export const action = (kind: ActionKind, path: string, body?: unknown, service?: ServiceName): Action => ({
  ...{ kind, ...actionKinds[kind], path },
  ...(body === undefined ? {} : { body }),
  ...(service === undefined ? {} : { service }),
});
