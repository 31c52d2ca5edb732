import type { RowData } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '../Loaded.tsx';
import { useAnchor } from './anchor.ts';
import type { GridCard, GridColumn, GridSelection, GridSort, GridWindow } from './columns.ts';
import classes from './DataGrid.module.css';
import { GridHead } from './GridHead.tsx';
import { GridRows } from './GridRows.tsx';
import { type GridLayout, shownColumns } from './layout.ts';
import { placesOf } from './places.ts';
import { useRowKeys } from './row-keys.ts';
import { useCards } from './useCards.ts';

export interface DataGridProps<Row extends RowData> {
  /** What the rows are, for whoever hears the page: "Orders". */
  readonly label: string;
  /** Made once (`useMemo`): cells are rendered anew with every other list. */
  readonly columns: readonly GridColumn<Row>[];
  /** In memory: all of them, or with `window` those that are. */
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
  /** Instead of `more`, for lists that do not fit into memory. */
  readonly window?: GridWindow<Row> | undefined;
  readonly card?: GridCard<Row> | undefined;
  /** Where the first rows are still awaited. */
  readonly waiting?: boolean;
  readonly empty: React.ReactNode;
  /** Of a grid that fills its page (`<Page fill>`). Default: as high as its rows, up to 640 px. */
  readonly fill?: boolean;
}

const rowHeights = { compact: 36, comfortable: 48 } as const;
const usualWidth = 140;
const loadsBefore = 20;

/**
 * A list of any length: only the rows in sight are in the page. Keys: j/k and the arrows move, x selects, Shift+x up to there, a all that is
 * loaded, Enter opens, o looks. Rows are real table rows between two that stand for what is out of sight, so that a screen reader finds a table.
 */
export const DataGrid = <Row extends RowData>(props: DataGridProps<Row>) => {
  if (props.waiting) return <Waiting height={props.fill ? '60dvh' : 320} />;
  return (props.window?.count ?? props.rows.length) === 0 ? props.empty : <Grid {...props} />;
};

const Grid = <Row extends RowData>(props: DataGridProps<Row>) => {
  const { label, rows, idOf, sort, selection, more, window, onOpen, onLook, fill = false } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const cards = useCards(props);
  const { columns, layout } = cards ?? props;
  const shown = shownColumns(columns, layout);
  const height = cards?.height ?? rowHeights[layout.density];
  const places = placesOf(rows, window);
  const virtual = useVirtualizer({
    count: places.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    scrollPaddingStart: headHeight,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: sizes that were kept are those of another density
  useEffect(() => virtual.measure(), [virtual, height]);
  useAnchor(scroller, places, idOf, height);
  const items = virtual.getVirtualItems();
  useAsked(props, items, places.count);

  const { active, acts } = useRowKeys({
    places,
    rows,
    idOf,
    scroller,
    onOpen,
    onLook,
    selection,
    show: (index) => virtual.scrollToIndex(index),
  });
  const widths = shown.map(({ width = usualWidth }) => width);
  const chosen = selection?.ids.size ?? 0;
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      data-fill={fill || undefined}
      data-chosen={(fill && chosen > 0) || undefined}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
      tabIndex={0}
    >
      <table
        className={classes.table}
        data-cards={cards !== undefined || undefined}
        aria-rowcount={goesOn(props) ? -1 : places.count + 1}
        style={{ minWidth: cards ? undefined : widths.reduce((sum, width) => sum + width, selection ? 40 : 0) }}
      >
        <caption className="visually-hidden">{label}</caption>
        <colgroup>
          {selection && <col style={{ width: 40 }} />}
          {shown.map(({ id }, index) => (
            <col key={id} style={{ width: cards ? undefined : widths[index] }} />
          ))}
        </colgroup>
        <GridHead {...{ columns, layout, rows, idOf, sort, selection }} />
        <GridRows
          {...{ places, idOf, columns, layout, rows, selection, items, height, active, acts }}
          opens={onOpen !== undefined}
          total={virtual.getTotalSize()}
        />
      </table>
      {more?.loading && (
        <p className={classes.more} role="status">
          {t('loading')}
        </p>
      )}
    </section>
  );
};

const goesOn = <Row extends RowData>({ window, more }: DataGridProps<Row>): boolean => (window ? !window.isWhole : (more?.has ?? false));

/** Asks for the rows that are needed next. */
const useAsked = <Row extends RowData>(
  { window, more }: Pick<DataGridProps<Row>, 'window' | 'more'>,
  items: readonly { readonly index: number }[],
  count: number,
): void => {
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;
  const look = window?.look;
  useEffect(() => look?.(first, last), [look, first, last]);
  const nearEnd = last >= count - loadsBefore;
  useEffect(() => {
    if (nearEnd && more?.has && !more.loading) void more.load();
  }, [more, nearEnd]);
};

/** It stays in sight above the rows. */
const headHeight = 36;
