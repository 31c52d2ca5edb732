import type { OrderFacts } from '../facts.ts';
import type { ActionWords } from './action.ts';
import { whyNot } from './why.ts';

/** Billing knows best what is left to be billed; the order answers for it until that is known. */
export const whyNotInvoice = (facts: OrderFacts, t: ActionWords): string | undefined => {
  const { billing } = facts;
  if (billing === undefined) return whyNot(facts, 'invoice', t) ?? t('why.loading');
  if (billing.status === 'canceled') return t('why.canceled');
  if (billing.reason === 'invoice-by-amazon') return t('why.amazonBills');
  if (billing.toBill.why !== undefined) return t(billing.status === 'review' ? 'why.doesNotAddUp' : 'why.needsNoInvoice');
  return billing.toBill.lines.length === 0 && !isBehind(billing) ? t('why.invoiced') : undefined;
};

/** More is due than was billed: a tip that came late, for example. */
const isBehind = ({ dueMinor, invoicedMinor }: NonNullable<OrderFacts['billing']>): boolean => dueMinor > invoicedMinor;

/** More was billed than is due: that is corrected, and nobody is paid. */
export const isAhead = ({ dueMinor, invoicedMinor, totalsDiffer }: NonNullable<OrderFacts['billing']>): boolean =>
  totalsDiffer && invoicedMinor > dueMinor;

/** Money goes back for what was billed, as long as any is left; what was billed too much is corrected. */
export const whyNotCredit = (facts: OrderFacts, t: ActionWords): string | undefined => {
  const { billing, order } = facts;
  if (billing === undefined) return whyNot(facts, 'refund', t) ?? t('why.loading');
  if (isAhead(billing)) return undefined;
  if (billing.status === 'canceled') return t('why.notCharged');
  if (order.fulfilledBy === 'amazon') return t('why.amazonRefunds');
  if (!billing.invoices.some(({ status }) => status === 'issued')) return t('why.notBilled');
  return billing.paidMinor - billing.backMinor <= 0 ? t('why.refunded') : undefined;
};
