/** What a circuit covers: one class may be ill while the others are well. */
export type OperationClass = 'reads' | 'writes' | 'feeds' | 'contacts';

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
  getMessagingActionsForOrder: { rate: 1, burst: 5, class: 'contacts', purpose: 'What may be said to the buyer of an order' },
  getAttributes: { rate: 1, burst: 5, class: 'contacts', purpose: 'The language of the buyer' },
  confirmCustomizationDetails: { rate: 1, burst: 5, class: 'contacts', purpose: 'A message about a customization' },
  createConfirmDeliveryDetails: { rate: 1, burst: 5, class: 'contacts', purpose: 'A message about the delivery' },
  createConfirmOrderDetails: { rate: 1, burst: 5, class: 'contacts', purpose: 'A question before shipping' },
  createConfirmServiceDetails: { rate: 1, burst: 5, class: 'contacts', purpose: 'A message about a service' },
  createDigitalAccessKey: { rate: 1, burst: 5, class: 'contacts', purpose: 'The key to something digital' },
  createUnexpectedProblem: { rate: 1, burst: 5, class: 'contacts', purpose: 'A message about a problem' },
  createLegalDisclosure: { rate: 1, burst: 5, class: 'contacts', purpose: 'A document that the law demands' },
  createWarranty: { rate: 1, burst: 5, class: 'contacts', purpose: 'A warranty' },
  sendInvoice: { rate: 1, burst: 5, class: 'contacts', purpose: 'An invoice, as a message to the buyer' },
  getSolicitationActionsForOrder: { rate: 1, burst: 5, class: 'contacts', purpose: 'Whether a review may be asked for; whether it was' },
  createProductReviewAndSellerFeedbackSolicitation: { rate: 1, burst: 5, class: 'contacts', purpose: 'Asks for a review' },
  createUploadDestinationForResource: { rate: 10, burst: 10, class: 'contacts', purpose: 'Where to put a file for a message' },
} as const satisfies Record<string, UsagePlan>;

export type OperationName = keyof typeof operations;
