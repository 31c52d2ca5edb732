import { z } from 'zod';
import { includedDataValues } from '../amazon/included-data.ts';

const seller = { sellerId: z.string().min(1).optional() };
const duration = { forMs: z.int().min(1).optional() };
const share = z.number().gt(0).max(1);

/** Comes again and again, by chance if wished, until it is used up, over, or ended. */
const often = { ...seller, ...duration, times: z.int().min(1).optional(), probability: share.optional() };
const requests = { ...often, operations: z.array(z.string().min(1)).min(1).optional() };
/** Concerns the same orders as long as it is on: those named, or a share of all. */
const someOrders = { ...seller, ...duration, orderIds: z.array(z.string().min(1)).min(1).optional(), share: share.default(1) };

/** Everything that can go wrong on request. Amazon's clients know each of these from real life. */
export const FaultOrder = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('error'), status: z.literal([429, 500, 503]), ...requests }),
  z.strictObject({ kind: z.literal('error-after-effect'), status: z.literal([500, 503]).default(500), ...requests }),
  z.strictObject({ kind: z.literal('slow'), delayMs: z.int().min(1).max(600_000), ...requests }),
  z.strictObject({ kind: z.literal(['forbidden', 'hang', 'malformed', 'reset']), ...requests }),
  z.strictObject({ kind: z.literal(['hang-after-effect', 'reset-after-effect', 'truncated']), ...requests }),
  z.strictObject({ kind: z.literal('dataset-outage'), dataset: z.enum(includedDataValues), ...requests }),
  z.strictObject({ kind: z.literal(['duplicates-across-pages', 'shuffled', 'token-loop', 'token-refused']), ...often }),
  z.strictObject({ kind: z.literal(['missing-from-list', 'not-bumped']), ...someOrders }),
  z.strictObject({ kind: z.literal('late-arrival'), lateByMs: z.int().min(1), ...someOrders }),
  z.strictObject({ kind: z.literal('finances-late'), lateByMs: z.int().min(1).default(172_800_000), ...someOrders }),
  z.strictObject({
    kind: z.literal('body-of-unknown-values'),
    fulfillmentStatus: z.string().min(1).default('INVOICE_UNCONFIRMED'),
    program: z.string().min(1).default('AMAZON_UNHEARD_OF'),
    ...someOrders,
  }),
  z.strictObject({ kind: z.literal(['feeds-fatal', 'feeds-fatal-after-effect', 'feeds-stuck']), ...often }),
]);

export type FaultOrder = z.output<typeof FaultOrder>;
export type FaultKind = FaultOrder['kind'];
export type FaultOf<K extends FaultKind> = FaultOrder & { readonly kind: K };

/** Decide instead of the operation, which is never reached. */
export const kindsBefore = ['error', 'forbidden', 'hang', 'malformed', 'reset'] as const;

/** Spoil the answer of an operation that has had its effect. */
export const kindsAfter = ['error-after-effect', 'hang-after-effect', 'reset-after-effect', 'truncated'] as const;

export type FaultBefore = FaultOf<(typeof kindsBefore)[number]>;
export type FaultAfter = FaultOf<(typeof kindsAfter)[number]>;
