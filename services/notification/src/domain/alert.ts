import type { Facts } from './facts.ts';

export type AlertKind = Facts['kind'];

export const severities = ['info', 'attention'] as const;
export type Severity = (typeof severities)[number];

/** `open` asks for something to be done; `info` asks for nothing. */
export const alertStatuses = ['open', 'resolved', 'info'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

export const resolvers = ['order', 'gateway', 'service', 'person'] as const;
export type Resolver = (typeof resolvers)[number];

interface Nature {
  readonly severity: Severity;
  /** Whose later event takes it back; a person may do so by hand as well. Nobody's: it only tells, and is never open. */
  readonly settledBy: Resolver | null;
  /** Is it about an order of ours? */
  readonly ofOrder: boolean;
}

/** Every kind of alert, and what it is like. */
export const natureOf = {
  'order-new': { severity: 'info', settledBy: null, ofOrder: true },
  'order-blocked': { severity: 'attention', settledBy: 'order', ofOrder: true },
  'order-canceled': { severity: 'attention', settledBy: null, ofOrder: true },
  'cancel-requested': { severity: 'attention', settledBy: 'order', ofOrder: true },
  'address-unacceptable': { severity: 'attention', settledBy: 'order', ofOrder: true },
  'ship-by-at-risk': { severity: 'attention', settledBy: 'order', ofOrder: true },
  'ship-by-missed': { severity: 'attention', settledBy: 'order', ofOrder: true },
  'order-unreadable': { severity: 'attention', settledBy: 'gateway', ofOrder: false },
  'shipment-rejected': { severity: 'attention', settledBy: 'gateway', ofOrder: true },
  'pickup-rejected': { severity: 'attention', settledBy: 'gateway', ofOrder: true },
  'cancellation-rejected': { severity: 'attention', settledBy: 'gateway', ofOrder: true },
  'refund-rejected': { severity: 'attention', settledBy: 'gateway', ofOrder: true },
  'invoice-rejected': { severity: 'attention', settledBy: 'gateway', ofOrder: true },
  'write-uncertain': { severity: 'attention', settledBy: 'gateway', ofOrder: true },
  'sync-stalled': { severity: 'attention', settledBy: 'gateway', ofOrder: false },
  'sync-recovered': { severity: 'info', settledBy: null, ofOrder: false },
  'gap-found': { severity: 'attention', settledBy: null, ofOrder: false },
  'secret-expiring': { severity: 'attention', settledBy: 'gateway', ofOrder: false },
  'read-only': { severity: 'attention', settledBy: 'gateway', ofOrder: false },
  'feed-stuck': { severity: 'attention', settledBy: 'gateway', ofOrder: false },
  'stock-low': { severity: 'attention', settledBy: 'service', ofOrder: false },
  'dead-letter': { severity: 'attention', settledBy: 'service', ofOrder: false },
  'circuit-open': { severity: 'attention', settledBy: 'service', ofOrder: false },
  'webhook-paused': { severity: 'attention', settledBy: 'person', ofOrder: false },
} as const satisfies Record<AlertKind, Nature>;

export const alertKinds = Object.keys(natureOf) as [AlertKind, ...AlertKind[]];

/** Something the staff should know. One per kind, subject and occurrence. */
export interface Alert {
  /** The id of the event that it was first told by. */
  readonly id: string;
  readonly tenant: string;
  readonly watchId: string;
  /** Absent: it is about no order of ours, or about none yet. */
  readonly orderId: string | null;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly status: AlertStatus;
  readonly data: Facts;
  readonly raisedAt: string;
  readonly resolvedAt: string | null;
  readonly resolvedBy: Resolver | null;
}
