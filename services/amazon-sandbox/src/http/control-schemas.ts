import { AppError, type FieldIssue } from '@orderbus/kernel';
import { z } from 'zod';
import { roles } from '../amazon/applications.ts';
import { maxSpeed } from '../config.ts';
import { fulfillmentStatuses, itemPrograms, paymentMethods, programs } from '../world/order.ts';

/** At most this many at once: a call that takes seconds, not minutes. */
const maxOrders = 50_000;
const count = z.int().min(1).max(maxOrders);
const status = z.enum(fulfillmentStatuses);

export const NewOrders = z.strictObject({
  count: count.default(1),
  sellerId: z.string().optional(),
  marketplaceId: z.string().optional(),
  channel: z.enum(['AMAZON', 'NON_AMAZON']).optional(),
  fulfilledBy: z.enum(['MERCHANT', 'AMAZON']).optional(),
  fulfillmentStatus: status.optional(),
  lines: z
    .array(z.strictObject({ sku: z.string().min(1).max(40), quantity: z.int().min(1).max(999) }))
    .min(1)
    .max(50)
    .optional(),
  createdTime: z.iso
    .datetime({ offset: true })
    .transform((text) => Date.parse(text))
    .optional(),
  programs: z.array(z.enum(programs)).optional(),
  itemPrograms: z.array(z.enum(itemPrograms)).optional(),
  paymentMethod: z.enum(paymentMethods).optional(),
  live: z.boolean().optional(),
  answer: z.enum(['full', 'ids']).default('full'),
});

export const OrderPatch = z
  .strictObject({
    fulfillmentStatus: status.optional(),
    cancelledBy: z.enum(['BUYER', 'MERCHANT', 'AMAZON']).optional(),
    requestCancellation: z.strictObject({ reason: z.string().min(1).default('CHANGED_MIND') }).optional(),
    contact: z
      .strictObject({
        locale: z.string().min(2).max(20).optional(),
        optedOut: z.boolean().optional(),
        nature: z.enum(['goods', 'customized', 'service', 'digital']).optional(),
      })
      .optional(),
    raw: z.record(z.string(), z.unknown()).nullable().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'nothing to change')
  .refine((patch) => patch.cancelledBy === undefined || patch.fulfillmentStatus === 'CANCELLED', {
    error: 'only together with fulfillmentStatus CANCELLED',
    path: ['cancelledBy'],
  });

export const OrderListQuery = z.strictObject({
  sellerId: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  after: z.coerce.number().int().min(0).default(0),
});

export const Pace = z.strictObject({ ordersPerMinute: z.number().min(0).max(60_000) });

export const Reset = z.strictObject({ seed: z.int().optional(), initialOrders: z.int().min(0).max(maxOrders).default(0) });

export const ClockSpeed = z.strictObject({ speed: z.number().min(0).max(maxSpeed) });

export const ClockAdvance = z.strictObject({ advanceMs: z.int().min(1) });

export const ApplicationRoles = z.strictObject({ roles: z.array(z.enum(roles)), withoutRole: z.enum(['hide', 'forbid']).default('hide') });

export const Authorization = z.strictObject({ sellerId: z.string() });

export const Revocation = z.strictObject({ revoked: z.boolean() });

/** @throws AppError `invalid`, listing every field that is wrong. */
export const readInput = <T extends z.ZodType>(schema: T, input: unknown): z.output<T> => {
  const result = schema.safeParse(input ?? {});
  if (result.success) return result.data;
  throw new AppError('invalid', 'sandbox.bad-input', { issues: result.error.issues.flatMap(issuesOf) });
};

const issuesOf = (issue: z.core.$ZodIssue): FieldIssue[] => {
  const field = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return [{ field, message: issue.message }];
  return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key, message: 'unknown field' }));
};
