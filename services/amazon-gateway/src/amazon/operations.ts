/** What a circuit covers: one class may be ill while the others are well. */
export type OperationClass = 'reads' | 'writes' | 'feeds';

interface UsagePlan {
  /** Calls per second that can go on for ever. */
  readonly rate: number;
  /** Calls at once after a rest. */
  readonly burst: number;
  readonly class: OperationClass;
  readonly purpose: string;
}

/** Everything we ask of Amazon, with the usage plan that is documented. The true rate may differ per seller: Amazon's answers say it. */
export const operations = {
  searchOrders: { rate: 0.0056, burst: 20, class: 'reads', purpose: 'Orders by the time of their change or creation, 100 per call' },
  getOrder: { rate: 0.5, burst: 30, class: 'reads', purpose: 'One order: recovering it, or seeing what a write has done' },
  confirmShipment: { rate: 2, burst: 10, class: 'writes', purpose: 'One package is on its way; the same reference again corrects it' },
  updateShipmentStatus: { rate: 5, burst: 15, class: 'writes', purpose: 'A pickup in a store: ready, picked up, refused' },
  createFeedDocument: { rate: 0.5, burst: 15, class: 'feeds', purpose: 'Where to upload a feed' },
  createFeed: { rate: 0.0083, burst: 15, class: 'feeds', purpose: 'Hands in a feed: cancellations, refunds, invoices' },
  getFeed: { rate: 2, burst: 15, class: 'feeds', purpose: 'How far a feed is' },
  getFeeds: { rate: 0.0222, burst: 10, class: 'feeds', purpose: 'Finds a feed whose creation got no answer' },
  cancelFeed: { rate: 2, burst: 15, class: 'feeds', purpose: 'Takes back a feed that has not begun' },
  listTransactions: { rate: 0.5, burst: 10, class: 'reads', purpose: "What Amazon's books show of an order: refunds" },
  getFeedDocument: { rate: 0.0222, burst: 10, class: 'feeds', purpose: 'Where the processing report is' },
} as const satisfies Record<string, UsagePlan>;

export type OperationName = keyof typeof operations;
