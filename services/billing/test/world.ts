import type { InvoiceBook, NewInvoice } from '../src/domain/order-billing.ts';

/** A book in memory: numbers count from 1 for each tenant. */
export const aBook = (): InvoiceBook & { readonly entered: NewInvoice[]; readonly canceled: string[] } => {
  const last = new Map<string, number>();
  const entered: NewInvoice[] = [];
  const canceled: string[] = [];
  return {
    ...{ entered, canceled },
    nextNumber: (tenant) => {
      last.set(tenant, (last.get(tenant) ?? 0) + 1);
      return String(last.get(tenant)).padStart(9, '0');
    },
    enter: (invoice) => void entered.push(invoice),
    cancel: (id) => void canceled.push(id),
  };
};
