import type { Readable } from 'node:stream';
import { layOutCreditMemo, layOutInvoice } from './bill.ts';
import type { CreditMemo, Invoice } from './bill-content.ts';
import { layOutSlip, type PackingSlip } from './packing-slip.ts';
import type { Sheet } from './paper.ts';
import { layOutPickList, type PickList } from './pick-list.ts';
import { render } from './render.ts';

/** All that can be printed. */
export type Printed =
  | { readonly packingSlip: PackingSlip }
  | { readonly pickList: PickList }
  | { readonly invoice: Invoice }
  | { readonly creditMemo: CreditMemo };

/** One PDF: each document begins on a sheet of its own, and counts its sheets. It is written while it is read. */
export const renderDocuments = (documents: AsyncIterable<Printed> | Iterable<Printed>, title: string): Readable =>
  render(documents, title, layOut);

const layOut = (document: Printed): Sheet[] => {
  if ('packingSlip' in document) return layOutSlip(document.packingSlip);
  if ('pickList' in document) return layOutPickList(document.pickList);
  return 'invoice' in document ? layOutInvoice(document.invoice) : layOutCreditMemo(document.creditMemo);
};
