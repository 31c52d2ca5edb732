import type { BlockReason } from '@orderbus/contracts';
import type { Money } from '@orderbus/kernel';

export const alertKinds = ['order-new', 'order-blocked', 'order-canceled', 'order-unreadable'] as const;
export type AlertKind = (typeof alertKinds)[number];

export const severities = ['info', 'attention'] as const;
export type Severity = (typeof severities)[number];

/** `open` asks for something to be done; `info` asks for nothing. */
export const alertStatuses = ['open', 'resolved', 'info'] as const;
export type AlertStatus = (typeof alertStatuses)[number];

/** Can somebody, or a later event, settle it? What only tells is never open. */
export const natureOf = {
  'order-new': { severity: 'info', open: false },
  'order-blocked': { severity: 'attention', open: true },
  'order-canceled': { severity: 'attention', open: false },
  'order-unreadable': { severity: 'attention', open: true },
} as const satisfies Record<AlertKind, { severity: Severity; open: boolean }>;

interface NamedOrder {
  readonly number: string;
  readonly amazonOrderId: string;
}

/** What an alert is about: kept beside its text, for programs. Nothing of the buyer. */
export type Facts =
  | (NamedOrder & { readonly kind: 'order-new'; readonly units: number; readonly country?: string; readonly total?: Money })
  | (NamedOrder & { readonly kind: 'order-blocked'; readonly reasons: readonly BlockReason[] })
  | (NamedOrder & { readonly kind: 'order-canceled'; readonly reason?: string })
  | { readonly kind: 'order-unreadable'; readonly rawId: string; readonly amazonOrderId?: string; readonly problems: readonly string[] };

/** Something the staff should know. One per order, kind and occurrence. */
export interface Alert {
  /** The id of the event that it was first told by. */
  readonly id: string;
  readonly tenant: string;
  readonly orderId: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly status: AlertStatus;
  /** One line: also the subject of the mail. */
  readonly title: string;
  readonly text: string;
  readonly data: Facts;
  readonly raisedAt: string;
  readonly resolvedAt: string | null;
  readonly resolvedBy: 'order' | 'person' | null;
}
