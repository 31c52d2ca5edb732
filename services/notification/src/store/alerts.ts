import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import type { Alert, AlertKind, AlertStatus, Severity } from '../domain/alert.ts';

export interface AlertFilter {
  readonly kind?: AlertKind | undefined;
  readonly status?: AlertStatus | undefined;
  readonly severity?: Severity | undefined;
  readonly orderId?: string | undefined;
  /** Only those of these stores. */
  readonly stores?: readonly string[] | undefined;
  /** The last one seen: the next ones were raised before it. */
  readonly before?: { readonly raisedAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Newest first. The conditions are written out, so that each filter can use its index. */
export const listAlerts = (database: Database, { before, limit, stores, ...filter }: AlertFilter): Promise<Alert[]> => {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = [
    ...Object.entries(columnOf).flatMap(([name, column]) => {
      const value = filter[name as keyof typeof columnOf];
      return value === undefined ? [] : [`${column} = ${parameter(value)}`];
    }),
    ...(stores ? [`tenant = any(${parameter(stores)}::text[])`] : []),
    ...(before ? [`(raised_at, id) < (${parameter(before.raisedAt)}::timestamptz, ${parameter(before.id)}::uuid)`] : []),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  return database.query(`select ${columns} from alert ${where} order by raised_at desc, id desc limit ${parameter(limit)}`, parameters);
};

export const findAlert = async (database: Database, id: string): Promise<Alert | undefined> => {
  const [alert] = await database.query<Alert>(`select ${columns} from alert where id = $1`, [id]);
  return alert;
};

/** @throws AppError `alert.unknown` */
export const knownAlert = async (database: Database, id: string): Promise<Alert> => {
  const alert = await findAlert(database, id);
  if (!alert) throw new AppError('not-found', 'alert.unknown', { id });
  return alert;
};

export const countOpenAlerts = (database: Database): Promise<{ kind: AlertKind; count: number }[]> =>
  database.query(`select kind, count(*)::int as count from alert where status = 'open' group by kind`);

const columnOf = { kind: 'kind', status: 'status', severity: 'severity', orderId: 'order_id' } as const;

const columns = `id, tenant, watch_id as "watchId", order_id as "orderId", kind, severity, status, data, raised_at as "raisedAt",
  resolved_at as "resolvedAt", resolved_by as "resolvedBy"`;
