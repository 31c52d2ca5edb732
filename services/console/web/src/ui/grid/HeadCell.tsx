import { ArrowDown, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GridColumn, GridSelection, GridSort } from './columns.ts';
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

export const SelectAll = ({ selection, ids }: { readonly selection: GridSelection; readonly ids: readonly string[] }) => {
  const { t } = useTranslation();
  const chosen = ids.filter((id) => selection.ids.has(id)).length;
  const all = chosen === ids.length;
  return (
    <th scope="col" className={classes.headCheck}>
      <input
        type="checkbox"
        aria-label={t('grid.all')}
        checked={all}
        ref={(box) => {
          if (box) box.indeterminate = chosen > 0 && !all;
        }}
        onChange={() => selection.set(all ? [] : [...new Set([...selection.ids, ...ids])])}
      />
    </th>
  );
};
