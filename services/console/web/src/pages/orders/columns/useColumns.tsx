import { useMemo } from 'react';
import { country, number } from '../../../ui/format.ts';
import type { GridColumn } from '../../../ui/grid/columns.ts';
import { Money } from '../../../ui/Money.tsx';
import type en from '../../../words/orders.en.ts';
import type { ListedOrder } from '../orders.ts';
import { AmazonNumberCell, AttentionCell, Labels, NumberCell, ShipByCell, StatusCell, StockCell, TimeCell } from './Cells.tsx';
import type { Names } from './names.ts';

type ColumnId = keyof (typeof en)['column'];

type Column = Omit<GridColumn<ListedOrder>, 'header'> & { readonly id: ColumnId };

/** The columns of the list, in their usual order. Their ids are those of saved views and of files, where these have them. */
export const useColumns = (names: Names): readonly GridColumn<ListedOrder>[] =>
  useMemo(() => columnsWith(names).map((column) => ({ ...column, header: names.t(`column.${column.id}`) })), [names]);

const columnsWith = (names: Names): readonly Column[] => [
  { id: 'number', width: 136, sort: 'number', fixed: true, cell: (order) => <NumberCell order={order} names={names} /> },
  { id: 'amazonOrderId', width: 200, cell: (order) => <AmazonNumberCell order={order} names={names} /> },
  { id: 'status', width: 152, sort: 'status', cell: (order) => <StatusCell order={order} names={names} /> },
  { id: 'shipBy', width: 160, sort: 'shipBy', cell: (order) => <ShipByCell order={order} names={names} /> },
  {
    id: 'purchasedAt',
    width: 136,
    sort: 'purchased',
    cell: ({ purchasedAt, marketplaceId }) => <TimeCell at={purchasedAt} marketplaceId={marketplaceId} names={names} />,
  },
  { id: 'buyer', width: 144, cell: ({ buyer }) => buyer?.name },
  { id: 'shipToCountry', width: 152, cell: ({ shipToCountry }) => shipToCountry && country(shipToCountry) },
  { id: 'units', width: 72, align: 'end', cell: ({ units }) => number(units) },
  {
    id: 'total',
    width: 112,
    align: 'end',
    sort: 'total',
    cell: ({ totals }) => <Money minor={totals?.grandTotalMinor} currency={totals?.currency} />,
  },
  { id: 'stock', width: 136, cell: (order) => <StockCell order={order} names={names} /> },
  { id: 'attention', width: 208, cell: (order) => <AttentionCell order={order} names={names} /> },
  { id: 'tenant', width: 136, sort: 'store', cell: ({ tenant }) => names.store(tenant) },
  { id: 'marketplaceId', width: 144, cell: ({ marketplaceId }) => names.marketplace(marketplaceId) },
  { id: 'programs', width: 144, cell: ({ programs }) => <Labels labels={programs.map(names.program)} /> },
  { id: 'tags', width: 144, cell: ({ tags }) => <Labels labels={tags} /> },
  { id: 'note', width: 200, cell: ({ note }) => note && <span title={note}>{note}</span> },
  { id: 'amazonStatus', width: 128, extra: true, cell: ({ amazonStatus }) => names.word(`amazonStatus.${amazonStatus}`) },
  { id: 'fulfilledBy', width: 112, extra: true, cell: ({ fulfilledBy }) => names.word(`fulfilledBy.${fulfilledBy}`) },
  {
    id: 'updatedAt',
    width: 128,
    sort: 'updated',
    extra: true,
    cell: ({ updatedAt, marketplaceId }) => <TimeCell at={updatedAt} marketplaceId={marketplaceId} names={names} />,
  },
];
