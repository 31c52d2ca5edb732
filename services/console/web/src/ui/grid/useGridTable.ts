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

/** The rows by their ids, with the cells that each has, from left to right. */
export const useGridTable = <Row extends RowData>({ columns, rows, idOf, layout }: GridTableOptions<Row>) => {
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, header }) => helper.display({ id, header }));
  }, [columns]);
  // Made anew, they would have every row ask again which of its cells are shown, in each frame of scrolling.
  const state = useMemo(
    () => ({ columnOrder: [...layout.order], columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])) }),
    [layout],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: idOf,
    state,
  });
  const model = table.getRowModel().rows;
  return useMemo(() => new Map(model.map((row) => [row.id, row])), [model]);
};
