import { formatMoney } from '@orderbus/kernel';
import type { InvoiceUpload } from '../../domain/feed-batch.ts';

export const invoiceContentType = 'application/pdf';

/** What Amazon is told about a document. In practice it knows these names with their prefix only, whatever its pages say. */
export const invoiceOptions = ({ amazonOrderId, plan }: InvoiceUpload): Readonly<Record<string, string>> => {
  const { documentType, number, currency, totalMinor, taxMinor, transactionId } = plan;
  return {
    'metadata:OrderId': amazonOrderId,
    'metadata:InvoiceNumber': number,
    'metadata:TotalAmount': formatMoney({ minor: totalMinor, currency }),
    'metadata:TotalVATAmount': formatMoney({ minor: taxMinor, currency }),
    'metadata:DocumentType': documentType === 'invoice' ? 'Invoice' : 'CreditNote',
    ...(transactionId !== undefined && { 'metadata:TransactionId': transactionId }),
  };
};
