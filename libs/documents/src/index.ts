export type { Address, Recipient } from './address.ts';
export type { BillLine, BillTax, CreditMemo, Invoice } from './bill-content.ts';
export { type Printed, renderDocuments } from './documents.ts';
export type { Seller } from './frame.ts';
export { type Language, languages } from './language.ts';
export type { PackingSlip, SlipLine, SlipParcel } from './packing-slip.ts';
export type { PickLine, PickList } from './pick-list.ts';
export { type Buyers, buyersFrom, type ShownBuyer } from './print/buyers.ts';
export { forgetPrintJobs, pdf, printJobRoutes } from './print/routes.ts';
