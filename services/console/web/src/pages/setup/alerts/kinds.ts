export const alertKinds = [
  ...(['order-new', 'order-blocked', 'order-canceled', 'cancel-requested', 'address-unacceptable', 'ship-by-at-risk'] as const),
  ...(['ship-by-missed', 'order-unreadable', 'shipment-rejected', 'pickup-rejected', 'cancellation-rejected'] as const),
  ...(['refund-rejected', 'invoice-rejected', 'write-uncertain', 'sync-stalled', 'sync-recovered', 'gap-found'] as const),
  ...(['secret-expiring', 'read-only', 'feed-stuck', 'stock-low', 'dead-letter', 'circuit-open', 'webhook-paused'] as const),
] as const;
export type AlertKind = (typeof alertKinds)[number];

export const isAlertKind = (name: string): name is AlertKind => alertKinds.some((one) => one === name);
