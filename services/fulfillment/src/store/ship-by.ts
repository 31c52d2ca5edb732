import type { ShippingObstacle } from '@orderbus/contracts';
import { endOfDay, knownCountries, timeZoneOf } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { type Bucket, buckets, type Moment } from '../domain/deadline.ts';
import { hasUnits, obstaclesOf, refusedOrders } from './left-to-ship.ts';

export interface BoardFilter {
  readonly bucket?: Bucket | undefined;
  readonly tenant?: string | undefined;
  readonly tenants?: readonly string[] | undefined;
  readonly marketplaceId?: string | undefined;
  readonly blocked?: boolean | undefined;
  readonly blockedBy?: ShippingObstacle | undefined;
  /** The last one seen. */
  readonly after?: { readonly shipBy: string | null; readonly orderId: string } | undefined;
  readonly limit: number;
}

export interface BoardOrder {
  readonly orderId: string;
  readonly tenant: string;
  readonly number: string;
  readonly amazonOrderId: string;
  readonly marketplaceId: string;
  readonly country: string | null;
  readonly shipBy: string | null;
  readonly serviceLevel: string | null;
  readonly programs: readonly string[];
  readonly unitsToShip: number;
  readonly obstacles: readonly ShippingObstacle[];
}

/** The orders of a marketplace that have the same obstacles, by how near their deadlines are. */
export interface BoardCount {
  readonly tenant: string;
  readonly marketplaceId: string;
  readonly country: string | null;
  readonly obstacles: readonly ShippingObstacle[];
  readonly orders: Readonly<Record<Bucket, number>>;
}

export type Statement = readonly [sql: string, parameters: readonly unknown[]];

export const countBoard = (database: Database, moment: Moment): Promise<BoardCount[]> => database.query(...countStatement(moment));

export const listBoard = (database: Database, moment: Moment, filter: BoardFilter): Promise<BoardOrder[]> =>
  database.query(...listStatement(moment, filter));

/** Reads the index of the board and no order: 200,000 open ones in about 0.2 s. */
export const countStatement = (moment: Moment): Statement => {
  const { now, alertAt, dayEnds, utcDayEnds } = edgesOf(moment);
  const edges = { now: '$1::timestamptz', alertAt: '$2::timestamptz', dayEnd: 'coalesce(d.ends, $5::timestamptz)' };
  const conditions = inBucket((name) => edges[name]);
  const counts = buckets.map((bucket) => `'${bucket}', count(*) filter (where ${conditions[bucket]()})`);
  return [
    `select o.tenant, o.marketplace_id as "marketplaceId", o.country, json_build_object(${counts.join(', ')}) as orders,
       o.obstacles || case when r.order_id is null then '{}' else '{amazon-refused}'::text[] end as obstacles
     from shipping_order o left join unnest($3::text[], $4::timestamptz[]) d(country, ends) on d.country = o.country
       left join (select distinct order_id from (${refusedOrders}) p) r on r.order_id = o.id
     where ${hasUnits} group by o.tenant, o.marketplace_id, o.country, o.obstacles, r.order_id is null`,
    [now, alertAt, Object.keys(dayEnds), Object.values(dayEnds), utcDayEnds],
  ];
};

/**
 * The most urgent first. A bucket is a range of deadlines wherever days end, which the index gives, and within it what its own
 * marketplace's day says. Orders without a deadline are a list of their own.
 */
export const listStatement = (moment: Moment, { limit, after, ...filter }: BoardFilter): Statement => {
  const parameters: unknown[] = [];
  const parameter = (value: unknown, type: string): string => `$${parameters.push(value)}::${type}`;
  const conditions = [
    hasUnits,
    filter.bucket === undefined ? 'o.ship_by is not null' : bucketCondition(filter.bucket, edgesOf(moment), parameter),
    ...(filter.tenant === undefined ? [] : [`o.tenant = ${parameter(filter.tenant, 'text')}`]),
    ...(filter.tenants === undefined ? [] : [`o.tenant = any(${parameter(filter.tenants, 'text[]')})`]),
    ...(filter.marketplaceId === undefined ? [] : [`o.marketplace_id = ${parameter(filter.marketplaceId, 'text')}`]),
    ...(filter.blocked === undefined ? [] : [`(cardinality(o.obstacles) > 0 or ${isRefused}) = ${parameter(filter.blocked, 'boolean')}`]),
    ...(filter.blockedBy === undefined ? [] : [obstacleCondition(filter.blockedBy, parameter)]),
    ...(after === undefined ? [] : [positionAfter(after, parameter)]),
  ];
  return [
    `select ${columns} from shipping_order o where ${conditions.join(' and ')} order by o.ship_by, o.id limit ${parameter(limit, 'int')}`,
    parameters,
  ];
};

const columns = `o.id as "orderId", o.tenant, o.number, o.amazon_order_id as "amazonOrderId", o.marketplace_id as "marketplaceId", o.country,
  o.ship_by as "shipBy", o.service_level as "serviceLevel", o.programs, o.to_ship as "unitsToShip", ${obstaclesOf} as obstacles`;

/** The same as `bucketOf` of the domain. The edges are asked for where they are needed: a parameter that nobody uses has no type. */
const inBucket = (edge: (name: 'now' | 'alertAt' | 'dayEnd') => string): Readonly<Record<Bucket, () => string>> => ({
  overdue: () => `o.ship_by < ${edge('now')}`,
  'due-today': () => `o.ship_by >= ${edge('now')} and o.ship_by <= ${edge('dayEnd')}`,
  'at-risk': () => `o.ship_by > ${edge('dayEnd')} and o.ship_by <= ${edge('alertAt')}`,
  'in-time': () => `o.ship_by > ${edge('dayEnd')} and o.ship_by > ${edge('alertAt')}`,
  'no-deadline': () => 'o.ship_by is null',
});

type Parameter = (value: unknown, type: string) => string;

/** Besides, the range of the bucket wherever days end: that one the index knows. */
const bucketCondition = (bucket: Bucket, { now, alertAt, dayEnds, utcDayEnds }: Edges, parameter: Parameter): string => {
  const time = (at: string): string => parameter(at, 'timestamptz');
  const dayEnd = () => `coalesce((${parameter(JSON.stringify(dayEnds), 'jsonb')} ->> o.country)::timestamptz, ${time(utcDayEnds)})`;
  const edges = { now: () => time(now), alertAt: () => time(alertAt), dayEnd };
  const condition = inBucket((name) => edges[name]())[bucket]();
  const last = [...Object.values(dayEnds), utcDayEnds].sort().at(-1) as string;
  if (bucket === 'due-today') return `${condition} and o.ship_by <= ${time(last)}`;
  return bucket === 'at-risk' ? `${condition} and o.ship_by >= ${time(now)}` : condition;
};

const isRefused = `o.id in (${refusedOrders})`;

const obstacleCondition = (obstacle: ShippingObstacle, parameter: Parameter): string =>
  obstacle === 'amazon-refused' ? isRefused : `cardinality(o.obstacles) > 0 and ${parameter(obstacle, 'text')} = any(o.obstacles)`;

const positionAfter = ({ shipBy, orderId }: NonNullable<BoardFilter['after']>, parameter: Parameter): string =>
  shipBy === null
    ? `o.id > ${parameter(orderId, 'uuid')}`
    : `(o.ship_by, o.id) > (${parameter(shipBy, 'timestamptz')}, ${parameter(orderId, 'uuid')})`;

interface Edges {
  readonly now: string;
  readonly alertAt: string;
  /** By country: when its day ends. */
  readonly dayEnds: Readonly<Record<string, string>>;
  readonly utcDayEnds: string;
}

const edgesOf = ({ now, alertMs }: Moment): Edges => ({
  now: now.toISOString(),
  alertAt: new Date(now.getTime() + alertMs).toISOString(),
  dayEnds: Object.fromEntries(knownCountries.map((country) => [country, endOfDay(now, timeZoneOf(country)).toISOString()])),
  utcDayEnds: endOfDay(now, 'UTC').toISOString(),
});
