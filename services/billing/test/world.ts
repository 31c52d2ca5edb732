import type { ChangedMemo, DocumentBook, NewInvoice } from '../src/domain/order-billing.ts';
import { type BillingSettings, defaultSettings, numberOf, seriesOf, shopOf } from '../src/domain/settings.ts';
import type { Upload } from '../src/domain/upload.ts';

interface Entered {
  readonly entered: NewInvoice[];
  readonly canceled: string[];
  readonly memos: ChangedMemo[];
  readonly uploads: (readonly [documentId: string, state: Upload['state'], attempt: number])[];
}

/** A book in memory: each series counts from 1. */
export const aBook = (changes: Partial<BillingSettings> = {}): DocumentBook & Entered => {
  const settings = { ...defaultSettings, ...changes };
  const last = new Map<string, number>();
  const book: Entered = { entered: [], canceled: [], memos: [], uploads: [] };
  return {
    ...book,
    settingsOf: () => settings,
    nextNumber: (type, tenant, orderShop) => {
      const shop = shopOf(settings, orderShop);
      const series = seriesOf(type, tenant, shop);
      last.set(series, (last.get(series) ?? 0) + 1);
      return { number: numberOf(String(last.get(series)).padStart(9, '0'), type, settings, shop), series, shop };
    },
    enterInvoice: (invoice) => void book.entered.push(invoice),
    cancelInvoice: (id) => void book.canceled.push(id),
    keepMemo: (memo) => void book.memos.push(memo),
    noteUpload: (_, documentId, { state, attempt }) => void book.uploads.push([documentId, state, attempt]),
  };
};
