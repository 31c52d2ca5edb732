import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { OrderId } from './shapes.ts';

const text = z.string().min(1);

export const BuyerAddress = z.object({
  name: text.optional(),
  company: text.optional(),
  /** Street and number, as they stand on a label. */
  lines: z.array(text).readonly().optional(),
  city: text.optional(),
  district: text.optional(),
  municipality: text.optional(),
  state: text.optional(),
  postalCode: text.optional(),
  /** ISO 3166, two letters; a customs territory that ISO does not know passes through. */
  country: text.optional(),
  phone: text.optional(),
  type: text.optional(),
  /** Brazil: the street in its parts. */
  street: z
    .object({ name: text.optional(), number: text.optional(), complement: text.optional(), neighborhood: text.optional() })
    .optional(),
});
export type BuyerAddress = z.infer<typeof BuyerAddress>;

const BuyerTaxRegistration = z.object({
  party: text.optional(),
  name: text.optional(),
  type: text.optional(),
  number: text.optional(),
  address: BuyerAddress.optional(),
  attributes: z.record(z.string(), z.string()).optional(),
});

/** Everything about the people behind an order. No event carries it in clear: it travels as `sealedBuyer`, sealed for its order's id. */
export const BuyerData = z.object({
  name: text.optional(),
  email: text.optional(),
  company: text.optional(),
  purchaseOrder: text.optional(),
  recipient: BuyerAddress.optional(),
  delivery: z
    .object({
      dropOff: text.optional(),
      instruction: text.optional(),
      capabilities: z.array(text).readonly().optional(),
      /** As Amazon writes it: business hours and exceptions. */
      times: z.unknown().optional(),
    })
    .optional(),
  gifts: z
    .array(z.object({ lineId: text, message: text.optional(), wrapLevel: text.optional() }))
    .readonly()
    .optional(),
  customizations: z
    .array(z.object({ lineId: text, url: text }))
    .readonly()
    .optional(),
  taxRegistrations: z.array(BuyerTaxRegistration).readonly().optional(),
});
export type BuyerData = z.infer<typeof BuyerData>;

/** The buyer of this order has to be forgotten, sealed or not. The order service has lost the key of what it had. */
export const OrderBuyerPurged = defineEvent(
  'order.buyer_purged',
  1,
  z.object({ orderId: OrderId, reason: z.enum(['retention', 'erasure-request']), purgedAt: z.iso.datetime() }),
);

export const buyerEvents = [OrderBuyerPurged] as const;
