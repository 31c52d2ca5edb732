import type { BuyerData } from '@orderbus/contracts';
import { formatMoney } from '@orderbus/kernel';
import type { ListedOrder } from '../store/queries.ts';
import { type BuyerColumnName, buyerColumns, isBuyerColumn } from './buyer-columns.ts';
import { type Cell, text } from './cells.ts';

interface Column {
  readonly header: string;
  readonly of: (order: ListedOrder) => Cell;
}

const time = (value: string | null): Cell => (value === null ? null : { time: value });
const list = (values: readonly string[]): Cell => text(values.join(', '));

/** The columns that a list of orders can be shown and exported with, in their usual order. None of them tells about the buyer. */
const columns = {
  number: { header: 'Number', of: ({ number }) => text(number) },
  amazonOrderId: { header: 'Amazon order', of: ({ amazonOrderId }) => text(amazonOrderId) },
  purchasedAt: { header: 'Purchased', of: ({ purchasedAt }) => time(purchasedAt) },
  tenant: { header: 'Store', of: ({ tenant }) => text(tenant) },
  marketplaceId: { header: 'Marketplace', of: ({ marketplaceId }) => text(marketplaceId) },
  state: { header: 'State', of: ({ state }) => text(state) },
  status: { header: 'Status', of: ({ status }) => text(status) },
  amazonStatus: { header: 'Status at Amazon', of: ({ amazonStatus }) => text(amazonStatus) },
  fulfilledBy: { header: 'Fulfilled by', of: ({ fulfilledBy }) => text(fulfilledBy) },
  shipToCountry: { header: 'Ship to', of: ({ shipToCountry }) => text(shipToCountry) },
  shipBy: { header: 'Ship by', of: ({ shipBy }) => time(shipBy) },
  serviceLevel: { header: 'Service', of: ({ serviceLevel }) => text(serviceLevel) },
  programs: { header: 'Programs', of: ({ programs }) => list(programs) },
  skus: { header: 'SKUs', of: ({ lines }) => list([...new Set(lines.map(({ sku }) => sku))]) },
  titles: { header: 'Titles', of: ({ lines }) => list([...new Set(lines.map(({ title }) => title))]) },
  units: { header: 'Units', of: ({ lines }) => ({ count: lines.reduce((sum, { quantity }) => sum + quantity, 0) }) },
  currency: { header: 'Currency', of: ({ currency }) => text(currency) },
  total: {
    header: 'Total',
    of: ({ currency, grandTotalMinor }) =>
      currency === null || grandTotalMinor === null ? null : { money: formatMoney({ minor: grandTotalMinor, currency }) },
  },
  invoiceNumber: {
    header: 'Invoice',
    of: ({ billed }) =>
      list(Object.values(billed).flatMap(({ kind, canceled, number }) => (kind === 'invoice' && !canceled ? [number] : []))),
  },
  tags: { header: 'Tags', of: ({ tags }) => list(tags) },
  attention: { header: 'Needs attention', of: ({ attention }) => list(attention) },
  note: { header: 'Note', of: ({ note }) => text(note) },
  updatedAt: { header: 'Updated', of: ({ updatedAt }) => time(updatedAt) },
} as const satisfies Record<string, Column>;

export type ColumnName = keyof typeof columns;
export const columnNames = Object.keys(columns) as [ColumnName, ...ColumnName[]];

/** A column of a file: of the list, or of the buyers. */
export type FileColumn = ColumnName | BuyerColumnName;

export const headerOf = (name: FileColumn): string => (isBuyerColumn(name) ? buyerColumns[name] : columns[name]).header;

/** Without a buyer, the columns that tell about him are empty. */
export const rowOf = (order: ListedOrder, names: readonly FileColumn[], buyer: BuyerData = {}): Cell[] =>
  names.map((name) => (isBuyerColumn(name) ? buyerColumns[name].of(buyer) : columns[name].of(order)));
