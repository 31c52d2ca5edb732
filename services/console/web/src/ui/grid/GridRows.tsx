import type { RowData } from '@tanstack/react-table';
import type { VirtualItem } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import type { GridColumn, GridSelection } from './columns.ts';
import classes from './DataGrid.module.css';
import { GridRow } from './GridRow.tsx';
import { type GridLayout, shownColumns } from './layout.ts';
import type { Places } from './places.ts';
import type { RowActs } from './row-keys.ts';
import { useGridTable } from './useGridTable.ts';

export interface GridRowsProps<Row> {
  readonly columns: readonly GridColumn<Row>[];
  readonly layout: GridLayout;
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly places: Places<Row>;
  /** The rows in sight, and the height of all. */
  readonly items: readonly VirtualItem[];
  readonly total: number;
  readonly height: number;
  readonly active: number;
  readonly acts: RowActs;
  readonly selection: GridSelection | undefined;
  readonly opens: boolean;
}

export const GridRows = <Row extends RowData>(props: GridRowsProps<Row>) => {
  const { columns, layout, rows, idOf, places, items, total, height, active, acts, selection, opens } = props;
  const { t } = useTranslation();
  const byId = useGridTable({ columns, rows, idOf, layout });
  const shown = shownColumns(columns, layout);
  const shape = shown.map(({ id }) => id).join();
  const columnOf = new Map(shown.map((column) => [column.id, column]));
  return (
    <tbody>
      <Gap height={items[0]?.start ?? 0} />
      {items.map(({ index }) => {
        const original = places.at(index);
        const row = original && byId.get(idOf(original));
        if (original === undefined || row === undefined)
          return <Awaited key={index} index={index} height={height} columns={shown.length + (selection ? 1 : 0)} />;
        return (
          <GridRow
            key={row.id}
            index={index}
            height={height}
            acts={acts}
            active={active === index}
            choice={selection && { name: selection.nameOf(row.id) }}
            chosen={selection?.ids.has(row.id) ?? false}
            opens={opens}
            t={t}
            from={[original, columns, shape]}
            cells={() =>
              row.getVisibleCells().map(({ column: { id } }) => (
                <td key={id} data-align={columnOf.get(id)?.align} className={classes.cell}>
                  {columnOf.get(id)?.cell(original)}
                </td>
              ))
            }
          />
        );
      })}
      <Gap height={total - (items.at(-1)?.end ?? 0)} />
    </tbody>
  );
};

/** Stands for the rows that are out of sight. */
const Gap = ({ height }: { readonly height: number }) =>
  // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a row of nothing is not read out
  height > 0 ? <tr role="presentation" style={{ height }} /> : null;

/** A row whose page is on its way. */
const Awaited = ({ index, height, columns }: { readonly index: number; readonly height: number; readonly columns: number }) => (
  <tr data-row={index} aria-rowindex={index + 2} style={{ height }}>
    <td colSpan={columns} className={classes.cell}>
      <span className={classes.awaited} />
    </td>
  </tr>
);
