import type { Database } from '@orderbus/outbox';
import { type State, states } from '../domain/lifecycle.ts';
import { isMeant, type Listing, statement } from './list-statements.ts';

/** A store in numbers. */
export interface StoreSummary {
  readonly tenant: string;
  readonly orders: Readonly<Record<State, number>>;
  /** What was sold, by currency: neither what is not an order yet nor what was canceled. */
  readonly sales: readonly { readonly currency: string; readonly orders: number; readonly grandTotalMinor: number }[];
}

/** By store, in the order of their names. What was canceled before it was an order is not counted, unless its state is asked for. */
export const summarize = async (database: Database, { filters, search }: Pick<Listing, 'filters' | 'search'>): Promise<StoreSummary[]> => {
  const counted = { ...filters, state: filters.state ?? states };
  const rows = await database.query<Row>(
    ...statement((bind) => {
      const isOrder = filters.state === undefined ? `(number <> '' or state = 'pending') and` : '';
      return `select tenant, state, currency, count(*)::int as count, coalesce(sum(total_minor), 0)::bigint as sum
        from order_list where ${isOrder} ${isMeant({ filters: counted, search }, bind)}
        group by tenant, state, currency order by tenant, currency`;
    }),
  );
  return [...Map.groupBy(rows, (row) => row.tenant)].map(([tenant, own]) => ({ tenant, orders: countsOf(own), sales: salesOf(own) }));
};

interface Row {
  readonly tenant: string;
  readonly state: State;
  readonly currency: string;
  readonly count: number;
  readonly sum: number;
}

const countsOf = (rows: readonly Row[]): StoreSummary['orders'] =>
  Object.fromEntries(states.map((state) => [state, total(rows.filter((row) => row.state === state).map((row) => row.count))])) as Record<
    State,
    number
  >;

const salesOf = (rows: readonly Row[]): StoreSummary['sales'] => {
  const sold = rows.filter((row) => row.state !== 'pending' && row.state !== 'canceled' && row.currency !== '');
  return [...Map.groupBy(sold, (row) => row.currency)].map(([currency, own]) => ({
    currency,
    orders: total(own.map((row) => row.count)),
    grandTotalMinor: total(own.map((row) => row.sum)),
  }));
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
