import { useLocalStorage } from '@mantine/hooks';
import type { GridColumn } from './columns.ts';

export interface GridLayout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly density: 'compact' | 'comfortable';
}

export interface GridLayoutState {
  readonly layout: GridLayout;
  readonly change: (layout: Partial<GridLayout>) => void;
  readonly reset: () => void;
}

/** How somebody has arranged a grid, remembered in this browser. Columns that are new since then stand at their usual place at the end. */
export const useGridLayout = <Row>(name: string, columns: readonly GridColumn<Row>[]): GridLayoutState => {
  const [kept, keep, forget] = useLocalStorage<Partial<GridLayout>>({
    key: `orderbus.grid.${name}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const known = columns.map(({ id }) => id);
  const order = [...(kept.order ?? []).filter((id) => known.includes(id)), ...known.filter((id) => !kept.order?.includes(id))];
  const hidden = kept.hidden ?? columns.filter(({ extra }) => extra).map(({ id }) => id);
  return {
    layout: { order, hidden, density: kept.density ?? 'compact' },
    change: (part) => keep((before) => ({ ...before, ...part })),
    reset: forget,
  };
};

/** From left to right. */
export const shownColumns = <Row>(columns: readonly GridColumn<Row>[], { order, hidden }: GridLayout): GridColumn<Row>[] =>
  order.flatMap((id) => (hidden.includes(id) ? [] : (columns.find((column) => column.id === id) ?? [])));
