import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ProblemNote } from '../ProblemNote.tsx';
import type { GridCard, GridColumn } from './columns.ts';
import { DataGrid, type DataGridProps } from './DataGrid.tsx';
import { useGridLayout } from './layout.ts';

interface Waiting {
  readonly orderId: string;
  readonly amazonOrderId: string;
  readonly number?: string | null;
}

export interface OrderGridProps<Row extends Waiting> {
  /** Under which name its layout is remembered. */
  readonly id: string;
  readonly label: string;
  /** As `DataGrid`: made once. */
  readonly columns: readonly GridColumn<Row>[];
  readonly card?: GridCard<Row>;
  /** From `useList`. */
  readonly list: Pick<DataGridProps<Row>, 'rows' | 'more' | 'waiting'> & { readonly error: unknown; readonly refetch: () => unknown };
  readonly chosen: ReadonlySet<string>;
  readonly choose: (ids: ReadonlySet<string>) => void;
  readonly empty: ReactNode;
  readonly fill?: boolean;
}

/** Orders that wait for somebody: each opens its page, and several are chosen for what can be done to them all. */
export const OrderGrid = <Row extends Waiting>({
  id,
  label,
  columns,
  card,
  list,
  chosen,
  choose,
  empty,
  fill = false,
}: OrderGridProps<Row>) => {
  const navigate = useNavigate();
  const { layout } = useGridLayout(id, columns);
  const nameOf = (orderId: string): string => {
    const row = list.rows.find((one) => one.orderId === orderId);
    return row?.number ?? row?.amazonOrderId ?? orderId;
  };
  return (
    <>
      {Boolean(list.error) && <ProblemNote error={list.error} retry={list.refetch} />}
      <DataGrid
        label={label}
        columns={columns}
        rows={list.rows}
        idOf={({ orderId }) => orderId}
        layout={layout}
        card={card}
        onOpen={({ orderId }) => void navigate({ to: '/orders/$orderId', params: { orderId } })}
        selection={{ ids: chosen, set: (next) => choose(new Set(next)), nameOf }}
        more={list.more}
        waiting={list.waiting}
        fill={fill}
        empty={empty}
      />
    </>
  );
};
