import {
  columnOrderingFeature,
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  rowSelectionFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../Loaded.tsx';
import type { GridColumn, GridSelection, GridSort } from './columns.ts';
import classes from './DataGrid.module.css';
import { GridRow } from './GridRow.tsx';
import { HeadCell } from './HeadCell.tsx';
import type { GridLayout } from './layout.ts';
import { useRowKeys } from './row-keys.ts';

export interface DataGridProps<Row extends RowData> {
  /** What the rows are, for whoever hears the page: "Orders". */
  readonly label: string;
  /** Made once (`useMemo`): cells are rendered anew with every other list. */
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  /** From `useGridLayout`. */
  readonly layout: GridLayout;
  /** Enter, and a click where there is no `onLook`. */
  readonly onOpen?: ((row: Row) => void) | undefined;
  /** `o` and a click: a look at the row, without leaving. */
  readonly onLook?: ((row: Row) => void) | undefined;
  readonly sort?: GridSort | undefined;
  readonly selection?: GridSelection | undefined;
  /** The next page of rows. */
  readonly more?: { readonly has: boolean; readonly loading: boolean; readonly load: () => unknown } | undefined;
  /** Where the first rows are still awaited. */
  readonly waiting?: boolean;
  readonly empty: React.ReactNode;
  /** Of a grid that fills its page (`<Page fill>`). Default: as high as its rows, up to 640 px. */
  readonly fill?: boolean;
}

const features = tableFeatures({ columnOrderingFeature, columnVisibilityFeature, rowSelectionFeature });

const rowHeights = { compact: 36, comfortable: 48 } as const;
const usualWidth = 140;
const loadsBefore = 20;

/**
 * A list of any length: only the rows in sight are in the page. Keys: j/k and the arrows move, x selects, Enter opens, o looks. Rows are real
 * table rows between two that stand for what is out of sight, so that a screen reader finds a table.
 */
export const DataGrid = <Row extends RowData>(props: DataGridProps<Row>) => {
  if (props.waiting) return <Waiting height={props.fill ? '60dvh' : 320} />;
  return props.rows.length === 0 ? props.empty : <Grid {...props} />;
};

const Grid = <Row extends RowData>(props: DataGridProps<Row>) => {
  const { label, columns, rows, idOf, layout, sort, selection, more, onOpen, onLook, fill = false } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const table = useGridTable(props);
  const model = table.getRowModel().rows;
  const leaves = table.getVisibleLeafColumns();
  const height = rowHeights[layout.density];
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes that were kept are those of another density
  useEffect(() => virtual.measure(), [virtual, height]);
  const items = virtual.getVirtualItems();
  const nearEnd = (items.at(-1)?.index ?? -1) >= model.length - loadsBefore;
  useEffect(() => {
    if (nearEnd && more?.has && !more.loading) void more.load();
  }, [more, nearEnd]);

  const keys = useRowKeys({ rows, idOf, scroller, onOpen, onLook, selection, show: (index) => virtual.scrollToIndex(index) });
  const widths = leaves.map(({ id }) => byId.get(id)?.width ?? usualWidth);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
    <section ref={scroller} className={classes.scroller} data-fill={fill || undefined} aria-label={label} tabIndex={0}>
      <table
        className={classes.table}
        aria-rowcount={more?.has ? -1 : rows.length + 1}
        style={{ minWidth: widths.reduce((sum, width) => sum + width, 0) }}
      >
        <caption className="visually-hidden">{label}</caption>
        <colgroup>
          {selection && <col style={{ width: 40 }} />}
          {leaves.map(({ id }, index) => (
            <col key={id} style={{ width: widths[index] }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {selection && <SelectAll selection={selection} ids={rows.map(idOf)} />}
            {leaves.map(({ id }) => {
              const column = byId.get(id);
              return column && <HeadCell key={id} column={column} sort={sort} />;
            })}
          </tr>
        </thead>
        <tbody>
          <Gap height={items[0]?.start ?? 0} />
          {items.map(({ index }) => {
            const row = model[index];
            if (row === undefined) return null;
            return (
              <GridRow
                key={row.id}
                id={row.id}
                index={index}
                height={height}
                keys={keys}
                selection={selection}
                opens={onOpen !== undefined}
              >
                {row.getVisibleCells().map((cell) => (
                  <td key={cell.id} data-align={byId.get(cell.column.id)?.align} className={classes.cell}>
                    <table.FlexRender cell={cell} />
                  </td>
                ))}
              </GridRow>
            );
          })}
          <Gap height={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
      {more?.loading && (
        <p className={classes.more} role="status">
          {t('loading')}
        </p>
      )}
    </section>
  );
};

const useGridTable = <Row extends RowData>({ columns, rows, idOf, layout, selection }: DataGridProps<Row>) => {
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map(({ id, header, cell }) => helper.display({ id, header, cell: ({ row }) => cell(row.original) }));
  }, [columns]);
  return useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: idOf,
    state: {
      columnOrder: [...layout.order],
      columnVisibility: Object.fromEntries(layout.hidden.map((id) => [id, false])),
      rowSelection: Object.fromEntries([...(selection?.ids ?? [])].map((id) => [id, true])),
    },
  });
};

const SelectAll = ({ selection, ids }: { readonly selection: GridSelection; readonly ids: readonly string[] }) => {
  const { t } = useTranslation();
  const all = ids.every((id) => selection.ids.has(id));
  return (
    <th scope="col" className={classes.headCheck}>
      <input type="checkbox" aria-label={t('grid.all')} checked={all} onChange={() => selection.set(all ? [] : ids)} />
    </th>
  );
};

/** Stands for the rows that are out of sight. */
const Gap = ({ height }: { readonly height: number }) =>
  // biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a row of nothing is not read out
  height > 0 ? <tr role="presentation" style={{ height }} /> : null;
