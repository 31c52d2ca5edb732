import { Actor, Currency, RefundComponent, RefundReason, ToldDoubt, ToldRefusal } from '@orderbus/contracts';
import { FieldProblem } from '@orderbus/service-kit';
import { z } from 'zod';
import type { CreditPlan } from '../domain/plan-credit.ts';
import type { CreditMemoDocument, CreditMemoHead } from '../store/credit-memo-queries.ts';
import { InvoiceLineView, present, UploadView } from './views.ts';

const CreditLineView = InvoiceLineView.extend({ restock: z.boolean().optional().describe('Its units are to go on the shelf again') });

export const CreditMemoHeadView = z.object({
  creditMemoId: z.uuid(),
  tenant: z.string(),
  kind: z.enum(['refund', 'correction']).describe('`correction`: what was billed is not owed; nobody is paid'),
  number: z.string().optional().describe('Given when Amazon has accepted to pay back'),
  orderId: z.uuid(),
  orderNumber: z.string(),
  amazonOrderId: z.string(),
  shop: z.string().optional(),
  country: z.string().optional(),
  state: z.enum(['requested', 'submitted', 'accepted', 'refused', 'settled']),
  attempt: z.int().describe('How often Amazon was asked'),
  reason: RefundReason,
  currency: Currency,
  totalMinor: z.int(),
  tipMinor: z.int(),
  adjustmentRefundMinor: z.int(),
  adjustmentFeeMinor: z.int(),
  returnId: z.uuid().optional(),
  requestedAt: z.iso.datetime(),
  requestedBy: Actor,
  submittedAt: z.iso.datetime().optional(),
  issuedAt: z.iso.datetime().optional(),
  settledAt: z.iso.datetime().optional(),
  refusal: ToldRefusal.optional(),
  uncertain: z
    .object({ commandId: z.uuid(), since: z.iso.datetime(), ...ToldDoubt.shape })
    .optional()
    .describe('Nobody can tell whether Amazon has done it: a person looks at the gateway'),
  upload: UploadView,
});

export const CreditMemoView = CreditMemoHeadView.extend({ vatRate: z.number().optional(), lines: z.array(CreditLineView) });

const RefundLineView = z.object({
  lineId: z.string(),
  quantity: z.int().optional(),
  components: z.array(z.object({ kind: RefundComponent, amountMinor: z.int() })),
});

export const PreviewView = z.object({
  currency: Currency.optional(),
  lines: z.array(CreditLineView),
  tipMinor: z.int(),
  shippingMinor: z.int(),
  shippingLeftMinor: z.int().describe('The most of the shipping that can go back'),
  adjustmentRefundMinor: z.int(),
  adjustmentFeeMinor: z.int(),
  totalMinor: z.int(),
  paidMinor: z.int(),
  backMinor: z.int().describe('What has gone back, or is on its way'),
  capMinor: z.int().describe('The most that can go back. A tip belongs to no line, and Amazon pays back by line'),
  asked: z.array(RefundLineView).describe('What Amazon will be asked'),
  problems: z.array(FieldProblem).describe('Why it is not possible. Empty: it is'),
  warnings: z.array(z.string()),
});

export const creditMemoHeadView = (memo: CreditMemoHead): z.output<typeof CreditMemoHeadView> => {
  const { creditMemoId, tenant, kind, orderId, orderNumber, amazonOrderId, state, attempt, reason, currency, totalMinor, tipMinor } = memo;
  const { adjustmentRefundMinor, adjustmentFeeMinor, requestedAt, requestedBy, upload } = memo;
  const { number, shop, country, returnId, submittedAt, issuedAt, settledAt, refusal, uncertain } = memo;
  return {
    ...{ creditMemoId, tenant, kind, orderId, orderNumber, amazonOrderId, state, attempt, reason, currency, totalMinor, tipMinor },
    ...{ adjustmentRefundMinor, adjustmentFeeMinor, requestedAt, requestedBy, upload },
    ...present({ number, shop, country, returnId, submittedAt, issuedAt, settledAt, refusal, uncertain }),
  };
};

export const creditMemoView = (memo: CreditMemoDocument): z.output<typeof CreditMemoView> => ({
  ...creditMemoHeadView(memo),
  ...present({ vatRate: memo.vatRate }),
  lines: memo.lines.map(lineView),
});

export const previewView = (plan: CreditPlan, currency: string | null): z.output<typeof PreviewView> => ({
  ...plan,
  ...present({ currency }),
  lines: plan.lines.map(lineView),
  asked: plan.asked.map(({ lineId, quantity, components }) => ({ lineId, quantity, components: [...components] })),
  problems: [...plan.problems],
  warnings: [...plan.warnings],
});

const lineView = (line: CreditMemoDocument['lines'][number]): z.output<typeof CreditLineView> => ({
  ...line,
  programs: line.programs && [...line.programs],
});
