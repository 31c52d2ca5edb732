import type { CreditMemo, Invoice, ShownBuyer } from '@orderbus/documents';
import type { BillingSettings } from '../domain/settings.ts';
import { taxSummary } from '../domain/tax.ts';
import type { PrintableInvoice, PrintableMemo } from '../store/printable.ts';

/** An invoice as it is printed. */
export const invoiceOf = (document: PrintableInvoice, settings: BillingSettings, shown: ShownBuyer): Invoice => ({
  ...billOf(document, settings, shown),
  canceledAt: document.canceledAt,
});

/** A credit memo as it is printed. */
export const creditMemoOf = (document: PrintableMemo, settings: BillingSettings, shown: ShownBuyer): CreditMemo => ({
  ...billOf(document, settings, shown),
  adjustmentRefundMinor: document.adjustmentRefundMinor,
  adjustmentFeeMinor: document.adjustmentFeeMinor,
});

const billOf = (document: PrintableInvoice | PrintableMemo, settings: BillingSettings, { recipient, buyer }: ShownBuyer) => {
  const { number, issuedAt, orderNumber, amazonOrderId, country, currency, totalMinor, tipMinor, lines, vatRate } = document;
  return {
    seller: { name: settings.sellerName, address: settings.sellerAddress, vatId: settings.vatId, footer: settings.footer },
    ...{ country, language: settings.locale, number, issuedAt, orderNumber, channelOrderId: amazonOrderId, recipient },
    buyerTaxNumber: buyer.taxRegistrations?.find((registration) => registration.number !== undefined)?.number,
    ...{ currency, lines, totalMinor, tipMinor },
    taxes: taxSummary(lines, country === null || vatRate === null ? {} : { country, rates: { [country]: vatRate } }),
  };
};
