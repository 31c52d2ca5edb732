import { AmazonStatus, BlockReason, FulfilledBy, OrderLine, TimeWindow, Totals } from '@orderbus/contracts';
import { z } from 'zod';
import { deliverByOf, shipByOf, totalsOf } from '../domain/events.ts';
import { states } from '../domain/lifecycle.ts';
import type { Order } from '../domain/order.ts';
import type { ListedOrder } from '../store/queries.ts';
import { Marks, marksOf, Standing, standingOf } from './standing.ts';

export const StateSchema = z.enum(states);

const MaskedBuyer = z.object({ name: z.string().optional(), city: z.string().optional(), country: z.string().optional() });

/** An order as a line of a list. No answer holds buyer data. */
export const OrderItem = z.object({
  id: z.uuid(),
  tenant: z.string().describe('The store that it was sold in'),
  number: z.string().nullable().describe('Ours; null as long as, or because, it never became an order'),
  amazonOrderId: z.string(),
  marketplaceId: z.string(),
  country: z.string().optional(),
  fulfilledBy: FulfilledBy,
  state: StateSchema,
  status: z.string().describe('The code of its label: the default one of its state, or another of that state'),
  amazonStatus: AmazonStatus,
  purchasedAt: z.iso.datetime(),
  shipBy: TimeWindow.optional(),
  totals: Totals.optional().describe('Amounts in minor units. Absent: nothing to pay, or Amazon has not said yet'),
  units: z.int().describe('Ordered units, over all lines'),
  stock: z.enum(['none', 'waiting', 'reserved', 'short', 'released']),
  blockReasons: z.array(BlockReason).describe('What a blocked order waits for'),
  cancelRequested: z.boolean().describe('The buyer asked to cancel'),
  customerId: z.uuid().optional().describe("The buyer's account, where the store keeps accounts and Amazon shows an e-mail address"),
});

/** An order as a line of the list of orders, with all that the list can be filtered and sorted by. */
export const ListedOrderItem = OrderItem.extend({
  shipToCountry: z.string().optional(),
  programs: z.array(z.string()),
  buyer: MaskedBuyer.optional().describe('Masked. Absent: not kept, or purged'),
  updatedAt: z.iso.datetime().describe('When something about it last changed here'),
  ...Marks,
});

export const OrderDetail = OrderItem.extend({
  amazonUpdatedAt: z.iso.datetime(),
  serviceLevel: z.string().optional(),
  programs: z.array(z.string()),
  deliverBy: TimeWindow.optional(),
  formerNumber: z.string().optional().describe("Its own number from before it got Amazon's: it is found by that, too"),
  addressIssues: z.array(z.string()).describe('The fields of its address that are not acceptable; not what is in them'),
  replaces: z.string().optional().describe('The Amazon number of the order that this one replaces'),
  cancelReason: z.string().optional(),
  lines: z.array(OrderLine),
  balanced: z.boolean().describe("False when Amazon's parts do not add up to its total"),
  billed: z
    .array(
      z.object({
        documentId: z.string(),
        kind: z.enum(['invoice', 'correction']),
        number: z.string(),
        totalMinor: z.int(),
        canceled: z.boolean(),
      }),
    )
    .describe('Invoices by number, and corrections of what was billed; refunds are kept by billing'),
  ...Standing,
  ...Marks,
});

const itemOf = (order: Order): z.output<typeof OrderItem> => ({
  id: order.id,
  tenant: order.tenant,
  number: order.number,
  amazonOrderId: order.amazonOrderId,
  marketplaceId: order.marketplaceId,
  ...(order.country === null ? {} : { country: order.country }),
  fulfilledBy: order.fulfilledBy,
  state: order.state,
  status: order.status,
  amazonStatus: order.amazonStatus,
  purchasedAt: order.purchasedAt,
  ...shipByOf(order),
  ...totalsOf(order),
  units: order.lines.reduce((sum, line) => sum + line.quantity, 0),
  stock: order.stock,
  blockReasons: order.state === 'blocked' ? [...order.blockReasons] : [],
  cancelRequested: order.cancelRequest !== null,
  ...(order.customerId === null ? {} : { customerId: order.customerId }),
});

export const listedItemOf = (order: ListedOrder, buyer: z.output<typeof MaskedBuyer> | undefined): z.output<typeof ListedOrderItem> => ({
  ...itemOf(order),
  ...(order.shipToCountry === '' ? {} : { shipToCountry: order.shipToCountry }),
  programs: [...order.programs],
  ...(buyer === undefined || Object.keys(buyer).length === 0 ? {} : { buyer }),
  updatedAt: order.updatedAt,
  ...marksOf(order),
});

export const detailOf = (order: Order): z.output<typeof OrderDetail> => ({
  ...itemOf(order),
  amazonUpdatedAt: order.amazonUpdatedAt,
  ...(order.serviceLevel === null ? {} : { serviceLevel: order.serviceLevel }),
  programs: [...order.programs],
  ...deliverByOf(order),
  ...(order.formerNumber === null ? {} : { formerNumber: order.formerNumber }),
  addressIssues: [...order.addressIssues],
  ...(order.replaces === null ? {} : { replaces: order.replaces }),
  ...(order.cancelRequest?.reason === undefined ? {} : { cancelReason: order.cancelRequest.reason }),
  lines: [...order.lines],
  balanced: order.balanced,
  billed: Object.entries(order.billed)
    .map(([documentId, { kind, number, totalMinor, canceled }]) => ({ documentId, kind, number, totalMinor, canceled }))
    .sort((a, b) => (a.number < b.number ? -1 : 1)),
  ...standingOf(order),
  ...marksOf(order),
});
