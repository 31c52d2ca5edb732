import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { GridColumn } from './columns.ts';
import type { GridLayout } from './layout.ts';

const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature });

export interface GridTableOptions<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly layout: GridLayout;
}

/** Which cells a row has, from left to right. */
export const useGridTable = <Row extends RowData>({ columns, rows, idOf, layout }: GridTableOptions<Row>) => {
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, header, cell }) => helper.display({ id, header, cell: ({ row }) => cell(row.original) }));
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: idOf,
    state: {
      columnOrder: [...layout.order],
      columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
    },
  });
  const model = table.getRowModel().rows;
  const byId = useMemo(() => new Map(model.map((row) => [row.id, row])), [model]);
  return { table, byId };
};
