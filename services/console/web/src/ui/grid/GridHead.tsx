import { memo } from 'react';
import type { GridColumn, GridSelection, GridSort } from './columns.ts';
import classes from './DataGrid.module.css';
import { HeadCell, SelectAll } from './HeadCell.tsx';
import { type GridLayout, shownColumns } from './layout.ts';

interface GridHeadProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly layout: GridLayout;
  /** Everything that is in memory. */
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly sort: GridSort | undefined;
  readonly selection: GridSelection | undefined;
}

const Head = <Row,>({ columns, layout, rows, idOf, sort, selection }: GridHeadProps<Row>) => (
  <thead className={classes.heads}>
    <tr aria-rowindex={1}>
      {selection && <SelectAll selection={selection} ids={rows.map(idOf)} />}
      {shownColumns(columns, layout).map((column) => (
        <HeadCell key={column.id} column={column} sort={sort} />
      ))}
    </tr>
  </thead>
);

/** Not rendered anew while somebody scrolls: nothing of it changes. */
export const GridHead = memo(Head) as typeof Head;
