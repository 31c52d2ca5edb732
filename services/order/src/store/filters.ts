import type { Status } from '../domain/lifecycle.ts';

/** What orders can be narrowed to. Several filters all have to hold. */
export interface Filters {
  readonly status?: readonly Status[] | undefined;
  readonly tenant?: string | undefined;
  readonly marketplace?: string | undefined;
  readonly fulfilledBy?: string | undefined;
  readonly currency?: string | undefined;
  readonly minTotalMinor?: number | undefined;
  readonly maxTotalMinor?: number | undefined;
  readonly amazonOrderId?: string | undefined;
  readonly number?: string | undefined;
  readonly purchasedFrom?: string | undefined;
  readonly purchasedTo?: string | undefined;
}

/** The filters as SQL, with the parameters that it numbers. */
export const conditionsOf = (filters: Filters): { conditions: string[]; parameters: unknown[] } => {
  const used = (Object.keys(sqlOf) as (keyof Filters)[]).filter((name) => filters[name] !== undefined);
  return { conditions: used.map((name, n) => sqlOf[name](`$${n + 1}`)), parameters: used.map((name) => filters[name]) };
};

const sqlOf: Readonly<Record<keyof Filters, (parameter: string) => string>> = {
  status: (p) => `status = any(${p}::text[])`,
  tenant: (p) => `tenant = ${p}`,
  marketplace: (p) => `marketplace_id = ${p}`,
  fulfilledBy: (p) => `fulfilled_by = ${p}`,
  currency: (p) => `currency = ${p}`,
  minTotalMinor: (p) => `grand_total_minor >= ${p}::bigint`,
  maxTotalMinor: (p) => `grand_total_minor <= ${p}::bigint`,
  amazonOrderId: (p) => `amazon_order_id = ${p}`,
  number: (p) => `number = ${p}`,
  purchasedFrom: (p) => `purchased_at >= ${p}::timestamptz`,
  purchasedTo: (p) => `purchased_at < ${p}::timestamptz`,
};
