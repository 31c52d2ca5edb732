import { LineQuantity, RefundReason } from '@orderbus/contracts';
import { z } from 'zod';
import type { CreditWish } from '../domain/order-billing.ts';
import { words } from './words.ts';

const Minor = z.int().nonnegative();
const Percent = z.number().positive().max(100).multipleOf(0.01);

/** What somebody wants to give back. */
export const CreditBody = z
  .strictObject({
    orderId: z.uuid(),
    kind: z
      .enum(['refund', 'correction'])
      .default('refund')
      .describe('`correction`: credits what was billed beyond what is due. Nobody is paid, since Amazon has not charged it'),
    reason: RefundReason,
    lines: z
      .array(z.strictObject({ ...LineQuantity.shape, restock: z.boolean().optional() }))
      .max(500)
      .optional()
      .describe('Absent: everything that is left. Empty: no units'),
    shippingMinor: Minor.optional().describe('Absent: what is left of it, where units are given back'),
    adjustmentRefundMinor: Minor.optional().describe('Given on top'),
    adjustmentRefundPercent: Percent.optional().describe('Given on top, of what the order costs'),
    adjustmentFeeMinor: Minor.optional().describe('Kept'),
    adjustmentFeePercent: Percent.optional().describe('Kept, of what the order costs'),
    comment: words(4_000).optional(),
    confirm: z.boolean().default(false).describe('Also if the same was asked for a moment ago'),
  })
  .superRefine((body, check) => {
    for (const name of ['adjustmentRefund', 'adjustmentFee'] as const)
      if (body[`${name}Minor`] !== undefined && body[`${name}Percent`] !== undefined)
        check.addIssue({ code: 'custom', path: [`${name}Percent`], message: 'Either an amount or a percentage' });
  });

export const wishOf = ({ orderId: _, comment: __, confirm: ___, ...wish }: z.output<typeof CreditBody>): CreditWish => wish;
