import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { FulfilledBy, OrderId, OrderLine, TimeWindow, Totals } from './shapes.ts';

/** Where Amazon stands with the order, in our words. `unknown` is a value that Amazon introduced after us: it is shown, and changes nothing. */
export const AmazonStatus = z.enum(['pending', 'unshipped', 'partially-shipped', 'shipped', 'canceled', 'unfulfillable', 'unknown']);
export type AmazonStatus = z.infer<typeof AmazonStatus>;

/** The whole order as Amazon shows it, each time. A later snapshot replaces an earlier one. */
export const AmazonOrder = z.object({
  orderId: OrderId,
  /** Amazon's number, 3-7-7 digits. */
  amazonOrderId: z.string().min(1),
  marketplaceId: z.string(),
  /** ISO country of the marketplace; absent when it is one we do not know. */
  country: z.string().length(2).optional(),
  status: AmazonStatus,
  fulfilledBy: FulfilledBy,
  serviceLevel: z.string().optional(),
  purchasedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  shipBy: TimeWindow.optional(),
  deliverBy: TimeWindow.optional(),
  /** `prime`, `premium`, `business`, `in-store-pickup`, `invoice-by-amazon`, ...; new ones pass through in lower case. */
  programs: z.array(z.string()),
  /** The Amazon number of the order that this one replaces or exchanges. */
  replaces: z.string().optional(),
  /** A buyer asked to cancel; the seller decides. */
  cancelRequested: z.object({ reason: z.string().optional() }).optional(),
  totals: Totals.optional(),
  lines: z.array(OrderLine),
  /** False when Amazon's parts do not add up to its total: a person should look before money moves. */
  balanced: z.boolean(),
  /** Buyer and recipient, sealed for the order service. Nobody else can read it. */
  sealedBuyer: z.string().optional(),
  /** Why there is no buyer data: Amazon does not show it yet, or not to us. */
  buyerData: z.enum(['present', 'not-yet', 'withheld']),
  shipToCountry: z.string().length(2).optional(),
});
export type AmazonOrder = z.infer<typeof AmazonOrder>;

export const AmazonOrderImported = defineEvent('amazon.order.imported', 1, AmazonOrder);
export const AmazonOrderUpdated = defineEvent('amazon.order.updated', 1, AmazonOrder);

/** Amazon answered with something that its own model does not allow. The raw answer is kept at the gateway under `rawId`. */
export const AmazonOrderUnreadable = defineEvent(
  'amazon.order.unreadable',
  1,
  z.object({ rawId: z.uuid(), amazonOrderId: z.string().optional(), problems: z.array(z.string()) }),
);

export const amazonGatewayEvents = [AmazonOrderImported, AmazonOrderUpdated, AmazonOrderUnreadable] as const;
