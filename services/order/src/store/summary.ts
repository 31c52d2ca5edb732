import type { Database } from '@orderbus/outbox';
import { type Status, statuses } from '../domain/lifecycle.ts';
import { conditionsOf, type Filters } from './filters.ts';

/** A store in numbers. */
export interface StoreSummary {
  readonly tenant: string;
  readonly orders: Readonly<Record<Status, number>>;
  /** What was sold, by currency: neither what is not an order yet nor what was canceled. */
  readonly sales: readonly { readonly currency: string; readonly orders: number; readonly grandTotalMinor: number }[];
}

/** By store, in the order of their names. What was canceled before it was an order is not counted. */
export const summarize = async (database: Database, filters: Filters): Promise<StoreSummary[]> => {
  const { conditions, parameters } = conditionsOf(filters);
  const where = [`(number is not null or status = 'pending')`, ...conditions].join(' and ');
  const rows = await database.query<Row>(
    `select tenant, status, currency, count(*)::int as count, coalesce(sum(grand_total_minor), 0)::bigint as sum
     from orders where ${where} group by tenant, status, currency order by tenant, currency`,
    parameters,
  );
  return [...Map.groupBy(rows, (row) => row.tenant)].map(([tenant, own]) => ({ tenant, orders: countsOf(own), sales: salesOf(own) }));
};

interface Row {
  readonly tenant: string;
  readonly status: Status;
  readonly currency: string | null;
  readonly count: number;
  readonly sum: number;
}

const countsOf = (rows: readonly Row[]): StoreSummary['orders'] =>
  Object.fromEntries(
    statuses.map((status) => [status, total(rows.filter((row) => row.status === status).map((row) => row.count))]),
  ) as Record<Status, number>;

const salesOf = (rows: readonly Row[]): StoreSummary['sales'] => {
  const sold = rows.filter((row) => row.status !== 'pending' && row.status !== 'canceled');
  return [...Map.groupBy(sold, (row) => row.currency)].flatMap(([currency, own]) =>
    currency === null ? [] : [{ currency, orders: total(own.map((row) => row.count)), grandTotalMinor: total(own.map((row) => row.sum)) }],
  );
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
