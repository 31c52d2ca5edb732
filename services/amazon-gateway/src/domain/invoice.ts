import { type Check, type Obstacle, obstacle, obstacleForNow } from './feed-check.ts';
import { countryOf } from './marketplaces.ts';
import type { Picture } from './write-kind.ts';
import type { InvoiceData } from './write-request.ts';

/** How Amazon is told what a document is. It has to agree with the document itself. */
export interface InvoicePlan {
  readonly documentId: string;
  readonly documentType: InvoiceData['documentType'];
  readonly number: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly taxMinor: number;
  /** Amazon's name for the money that a credit memo is about, as far as its books show it. */
  readonly transactionId?: string;
}

/** Where buyers get their invoices through Amazon. */
const served: ReadonlySet<string> = new Set(['BE', 'DE', 'ES', 'FR', 'GB', 'IE', 'IT', 'NL', 'PL', 'SE']);

/** Would Amazon take this document? */
export const planInvoice = (asked: InvoiceData, picture: Picture): Check<InvoicePlan> => {
  const inTheWay = obstacleOf(asked, picture);
  if (inTheWay) return { obstacle: inTheWay };
  const { documentId, documentType, number, currency, totalMinor, taxMinor } = asked;
  const transactionId = bookingOf(documentId, picture);
  return {
    plan: { documentId, documentType, number, currency, totalMinor, taxMinor, ...(transactionId !== undefined && { transactionId }) },
  };
};

const obstacleOf = ({ currency, totalMinor, taxMinor }: InvoiceData, { marketplaceId, facts }: Picture): Obstacle | undefined => {
  if (!served.has(countryOf(marketplaceId) ?? ''))
    return obstacle('invoice.not-served', 'Amazon takes no invoices for this marketplace: send it to the buyer in another way.');
  if (totalMinor < 0 || taxMinor < 0 || taxMinor > totalMinor)
    return obstacle('invoice.wrong-amount', 'The total of the document, or its tax, is an amount that it cannot have.');
  if (facts === null) return obstacleForNow('order.content-unknown', 'The content of this order has not been read yet.');
  if (facts.programs.includes('non-amazon')) return obstacle('order.not-sold-on-amazon', 'This order was not sold on Amazon.');
  if (facts.programs.includes('invoice-by-amazon'))
    return obstacle('invoice.by-amazon', 'Amazon writes the invoice of this order itself, and takes no other.');
  if (facts.currency !== undefined && facts.currency !== currency)
    return obstacle('invoice.other-currency', `The order was paid in ${facts.currency}, the document is in ${currency}.`, {
      paidIn: facts.currency,
      askedIn: currency,
    });
  return undefined;
};

/** A credit memo has the id of its refund. */
const bookingOf = (documentId: string, { earlier }: Picture): string | undefined =>
  earlier.flatMap(({ request, booking }) => (request.kind === 'refund' && request.refundId === documentId && booking ? [booking] : []))[0]
    ?.transactionId;
