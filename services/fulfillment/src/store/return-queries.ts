import type { RefundReason } from '@orderbus/contracts';
import type { Database } from '@orderbus/outbox';
import type { ReturnRow } from './return-entity.ts';

export interface KnownReturn extends ReturnRow {
  readonly number: string;
  readonly amazonOrderId: string;
  readonly createdAt: string;
}

export interface ReturnFilter {
  readonly orderId?: string | undefined;
  readonly tenant?: string | undefined;
  readonly tenants?: readonly string[] | undefined;
  readonly reason?: RefundReason | undefined;
  readonly refund?: boolean | undefined;
  readonly receivedFrom?: string | undefined;
  readonly receivedBefore?: string | undefined;
  /** The last one seen. */
  readonly before?: { readonly receivedAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Newest first. The conditions are written out, so that each filter can use its index. */
export const listReturns = (database: Database, { before, limit, ...filter }: ReturnFilter): Promise<KnownReturn[]> => {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = [
    ...Object.entries(conditionOf).flatMap(([name, condition]) => {
      const value = filter[name as keyof typeof conditionOf];
      return value === undefined ? [] : [condition.replace('$', parameter(value))];
    }),
    ...(before ? [`(r.received_at, r.id) < (${parameter(before.receivedAt)}::timestamptz, ${parameter(before.id)}::uuid)`] : []),
  ];
  const where = conditions.length > 0 ? `where ${conditions.join(' and ')}` : '';
  return database.query(`${select} ${where} order by r.received_at desc, r.id desc limit ${parameter(limit)}`, parameters);
};

export const findReturn = async (database: Database, id: string): Promise<KnownReturn | undefined> => {
  const [found] = await database.query<KnownReturn>(`${select} where r.id = $1`, [id]);
  return found;
};

/** The seller account of an order. */
export const tenantOf = async (database: Database, orderId: string): Promise<string | undefined> =>
  (await database.query<{ tenant: string }>('select tenant from shipping_order where id = $1', [orderId]))[0]?.tenant;

const conditionOf = {
  orderId: 'r.order_id = $',
  tenant: 'r.tenant = $',
  tenants: 'r.tenant = any($)',
  reason: 'r.reason = $',
  refund: 'r.refund = $',
  receivedFrom: 'r.received_at >= $',
  receivedBefore: 'r.received_at < $',
} as const;

const select = `select r.id, r.order_id as "orderId", r.tenant, r.received_at as "receivedAt", r.reason, r.refund, r.lines, r.actor,
  r.created_at as "createdAt", o.number, o.amazon_order_id as "amazonOrderId" from return r join shipping_order o on o.id = r.order_id`;
