import type { FieldIssue } from '@orderbus/kernel';
import { said } from '@orderbus/service-kit';
import { z } from 'zod';
import type { ReferredOrder } from '../store/order-references.ts';
import { ofRow, type TableRow } from './csv.ts';

const text = (longest: number) => z.string().min(1).max(longest);

/** `date`: the day, or the moment, at which it left. Absent: now. */
export const trackingColumns = {
  order: text(100),
  sku: text(100),
  quantity: z.coerce.number().int().positive().max(1_000_000),
  carrier: text(100),
  tracking: text(100),
  service: text(100).optional(),
  date: z
    .union(
      [z.iso.date(), z.iso.datetime({ offset: true })],
      said('field.not-day-or-moment', 'Expected a day like 2026-05-04, or a moment like 2026-05-04T15:30:00Z'),
    )
    .optional(),
};
type Row = TableRow<typeof trackingColumns>;

/** The rows of one parcel: those that name the same order and the same number. */
export interface ParcelRows {
  readonly order: ReferredOrder;
  readonly rows: readonly number[];
  readonly carrier: string;
  readonly service?: string | undefined;
  readonly tracking: string;
  readonly shippedAt?: string | undefined;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface TrackingFile {
  readonly parcels: readonly ParcelRows[];
  /** Why nothing is made of a row. */
  readonly refused: ReadonlyMap<number, readonly FieldIssue[]>;
}

type OrdersOf = (reference: string) => readonly ReferredOrder[];

/** Puts rows together to parcels. A parcel with a row that cannot be read is not shipped at all: it would leave without a part of it. */
export const parcelsIn = (rows: readonly Row[], ordersOf: OrdersOf, now: Date): TrackingFile => {
  const refused = new Map<number, readonly FieldIssue[]>();
  for (const row of rows) {
    const problems = [...(row.problems ?? []), ...objectionsToOrder(row.text.order, ordersOf)];
    if (problems.length > 0) refused.set(row.row, problems);
  }
  const parcels: ParcelRows[] = [];
  for (const group of groupsOf(rows, ordersOf).values()) {
    const why = objectionToGroup(group, refused);
    if (why === undefined) parcels.push(parcelOf(group, ordersOf, now));
    else for (const { row } of group) refused.set(row, refused.get(row) ?? [why]);
  }
  return { parcels, refused };
};

/** What stands in a row that names no order or no number belongs to nothing. */
const groupsOf = (rows: readonly Row[], ordersOf: OrdersOf): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const { order, tracking } = row.text;
    if (order === undefined || tracking === undefined) continue;
    const key = JSON.stringify([ordersOf(order)[0]?.id ?? order, tracking]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
};

const objectionsToOrder = (reference: string | undefined, ordersOf: OrdersOf): FieldIssue[] => {
  const found = reference === undefined ? 1 : ordersOf(reference).length;
  if (found === 1) return [];
  if (found === 0) return [{ field: 'order', message: 'No such order', code: 'order.unknown' }];
  const message = `${found} stores have an order with this number: name one with ?tenant=`;
  return [{ field: 'order', message, code: 'order.in-several-stores', facts: { stores: found } }];
};

const objectionToGroup = (group: readonly Row[], refused: TrackingFile['refused']): FieldIssue | undefined => {
  const broken = group.find(({ row }) => refused.has(row));
  if (broken) return ofRow('row.other-refused', `Row ${broken.row} of the same parcel is refused`, { other: broken.row });
  const carriers = new Set(group.map(({ text: { carrier = '' } }) => carrier.toLowerCase()));
  if (carriers.size < 2) return undefined;
  return { field: 'carrier', message: 'The rows of this parcel name several', code: 'row.several-carriers' };
};

const parcelOf = (rows: readonly Row[], ordersOf: OrdersOf, now: Date): ParcelRows => {
  const values = rows.flatMap((row) => (row.values ? [row.values] : []));
  const [first] = values as [(typeof values)[number]];
  return {
    ...{ order: ordersOf(first.order)[0] as ReferredOrder, rows: rows.map(({ row }) => row) },
    ...{ carrier: first.carrier, tracking: first.tracking, service: first.service },
    ...{ shippedAt: first.date && momentOf(first.date, now), lines: values.map(({ sku, quantity }) => ({ sku, quantity })) },
  };
};

const dayMs = 86_400_000;

/** Of a day that has begun, its end or now: its beginning may lie before the order, and what is ahead is not told to the channel yet. */
const momentOf = (given: string, now: Date): string => {
  const at = Date.parse(given);
  const isDay = !given.includes('T');
  return new Date(isDay && at <= now.getTime() ? Math.min(at + dayMs - 1_000, now.getTime()) : at).toISOString();
};
