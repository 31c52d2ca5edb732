import { ArrowDown, ArrowUp } from 'lucide-react';
import type { GridColumn, GridSort } from './columns.ts';
import classes from './DataGrid.module.css';

export interface HeadCellProps<Row> {
  readonly column: GridColumn<Row>;
  readonly sort: GridSort | undefined;
}

/** A column's heading; sorts the whole result, largest or newest first, then the other way round. */
export const HeadCell = <Row,>({ column: { header, align, sort: key }, sort }: HeadCellProps<Row>) => {
  if (key === undefined || sort === undefined)
    return (
      <th scope="col" data-align={align} className={classes.head}>
        {header}
      </th>
    );
  const falling = sort.by === `-${key}`;
  const rising = sort.by === key;
  const direction = falling ? 'descending' : 'ascending';
  return (
    <th scope="col" data-align={align} className={classes.head} aria-sort={falling || rising ? direction : 'none'}>
      <button type="button" className={classes.sort} onClick={() => sort.set(falling ? key : `-${key}`)}>
        {header}
        {falling && <ArrowDown size={14} aria-hidden="true" />}
        {rising && <ArrowUp size={14} aria-hidden="true" />}
      </button>
    </th>
  );
};
