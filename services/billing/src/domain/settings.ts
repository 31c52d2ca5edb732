/** How a store is billed, and what stands on its documents. */
export interface BillingSettings {
  /** When an order gets its invoice: as it comes in, parcel by parcel, or when somebody says so. */
  readonly invoicing: 'on-import' | 'on-shipment' | 'manual';
  /** The shop whose series numbers its documents. Null: the one that the order came with, else the store has series of its own. */
  readonly shop: string | null;
  /** Around the counted number. Null: the shop's name and a hyphen, where there is a shop. */
  readonly invoicePrefix: string | null;
  readonly invoiceSuffix: string;
  readonly creditMemoPrefix: string | null;
  readonly creditMemoSuffix: string;
  /** Hands invoices and credit memos in at Amazon where it takes them. */
  readonly uploadVatInvoices: boolean;
  readonly sellerName: string;
  /** Line by line. */
  readonly sellerAddress: readonly string[];
  readonly vatId: string;
  readonly footer: string;
  /** The language of its documents. Null: that of the country sold to. */
  readonly locale: string | null;
  /** The seller's own tax rates in percent, by country. */
  readonly vatRates: Readonly<Record<string, number>>;
}

export const defaultSettings: BillingSettings = {
  invoicing: 'on-import',
  shop: null,
  invoicePrefix: null,
  invoiceSuffix: '',
  creditMemoPrefix: null,
  creditMemoSuffix: '',
  uploadVatInvoices: false,
  sellerName: '',
  sellerAddress: [],
  vatId: '',
  footer: '',
  locale: null,
  vatRates: {},
};

export type DocumentType = 'invoice' | 'credit-memo';

/** The shop whose series an order's documents are in. */
export const shopOf = (settings: BillingSettings, orderShop: string | null): string | null => settings.shop ?? orderShop;

/** Stores of one shop are numbered together; each document type by itself. */
export const seriesOf = (type: DocumentType, tenant: string, shop: string | null): string =>
  `${type}:${shop === null ? tenant : `shop:${shop}`}`;

/** The number as it stands on the document. */
export const numberOf = (counted: string, type: DocumentType, settings: BillingSettings, shop: string | null): string => {
  const [prefix, suffix] =
    type === 'invoice' ? [settings.invoicePrefix, settings.invoiceSuffix] : [settings.creditMemoPrefix, settings.creditMemoSuffix];
  return `${prefix ?? (shop === null ? '' : `${shop}-`)}${counted}${suffix}`;
};
