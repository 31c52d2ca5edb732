import { Actor, CancelReason, LineQuantity, ToldRefusal } from '@orderbus/contracts';
import { z } from 'zod';
import { type Action, actions, actionsOf, type Why, whys } from '../domain/gates.ts';
import { states } from '../domain/lifecycle.ts';
import { moneyOf } from '../domain/money.ts';
import { attentionCauses, type Cancellation, type Hold, type Order } from '../domain/order.ts';
import { lineStatusOf, toCancel, toInvoice, toRefund, toShip } from '../domain/quantities.ts';
import { sellerCentralUrl } from './seller-central.ts';

const StateSchema = z.enum(states);

const LineUnits = z.object({
  lineId: z.string(),
  status: z.enum(['ordered', 'shipped', 'invoiced', 'refunded', 'canceled', 'partial', 'mixed']),
  ordered: z.int(),
  invoiced: z.int(),
  shipped: z.int(),
  refunded: z.int(),
  canceled: z.int(),
  toInvoice: z.int(),
  toShip: z.int(),
  toRefund: z.int(),
  toCancel: z.int(),
});

/** Where an order stands with us: the part of its detail that people act upon. */
export const Standing = {
  version: z.int().describe('Counts its events; its ETag'),
  hold: z
    .object({
      cause: z.enum(['person', 'buyer-cancel-request']),
      reason: z.string().optional(),
      by: Actor,
      state: StateSchema.describe('Where it goes when it is released'),
      status: z.string(),
    })
    .optional(),
  cancellation: z
    .object({
      id: z.uuid(),
      at: z.iso.datetime(),
      by: Actor,
      reason: CancelReason,
      lines: z.array(LineQuantity).optional().describe('Absent: the whole order'),
      state: z.enum(['requested', 'accepted', 'refused']),
      refusal: z.string().optional(),
      said: ToldRefusal.optional().describe('The refusal, for whoever says it in another language'),
    })
    .optional()
    .describe('The last one that Amazon was asked for'),
  buyerRequest: z.enum(['accepted', 'declined']).optional().describe('What the seller answered to the buyer who asked to cancel'),
  admitted: z.boolean().describe('Processed although stock is missing'),
  ledger: z.array(LineUnits).describe('What became of the units, by line'),
  money: z.object({
    grandTotalMinor: z.int(),
    invoicedMinor: z.int(),
    paidMinor: z.int(),
    dueMinor: z.int(),
    refundedMinor: z.int(),
    refundableMinor: z.int(),
    canceledMinor: z.int(),
  }),
  actions: z
    .array(
      z.object({
        action: z.enum(actions as [Action, ...Action[]]),
        allowed: z.boolean(),
        code: z.enum(whys as [Why, ...Why[]]).optional(),
        why: z.string().optional(),
      }),
    )
    .describe('What can be done now, and of the rest, why not'),
};

export const standingOf = (order: Order): z.output<z.ZodObject<typeof Standing>> => ({
  version: order.version,
  ...(order.hold === null ? {} : { hold: holdOf(order.hold) }),
  ...(order.cancellation === null ? {} : { cancellation: cancellationOf(order.cancellation) }),
  ...(order.buyerRequest === null ? {} : { buyerRequest: order.buyerRequest }),
  admitted: order.admitted,
  ledger: Object.entries(order.ledger).map(([lineId, units]) => {
    const { refundedUnshipped: _, ...counts } = units;
    const left = { toInvoice: toInvoice(units), toShip: toShip(units), toRefund: toRefund(units), toCancel: toCancel(units) };
    return { lineId, status: lineStatusOf(units), ...counts, ...left };
  }),
  money: moneyOf(order),
  actions: [...actionsOf(order)],
});

/** Attention, note, tags, and what is only shown: of use in a list as well. */
export const Marks = {
  attention: z.array(z.enum(attentionCauses)).describe('Why a person should look at it'),
  note: z.string().nullable(),
  tags: z.array(z.string()),
  sellerCentralUrl: z.url().optional().describe('Where to look after it: its store does not import'),
};

export const marksOf = ({ attention, note, tags, viewOnly, amazonOrderId, country }: Order) => ({
  attention: [...attention],
  note,
  tags: [...tags],
  ...(viewOnly ? { sellerCentralUrl: sellerCentralUrl(amazonOrderId, country) } : {}),
});

const holdOf = ({ reason, ...rest }: Hold) => ({ ...rest, ...(reason === null ? {} : { reason }) });

const cancellationOf = ({ lines, refusal, said, ...rest }: Cancellation) => ({
  ...rest,
  ...(lines === null ? {} : { lines: [...lines] }),
  ...(refusal === null ? {} : { refusal }),
  ...(said && { said }),
});
