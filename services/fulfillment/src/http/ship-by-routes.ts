import { ShippingObstacle } from '@orderbus/contracts';
import { localText, timeZoneOf } from '@orderbus/kernel';
import { decodeCursor, maySee, pageOf, pageQuery, type Route, route, type ServiceKit, storeFilter, toPage } from '@orderbus/service-kit';
import { z } from 'zod';
import { type Bucket, bucketOf, buckets, hoursLeft, type Moment, obstacleWords } from '../domain/deadline.ts';
import { type BoardCount, type BoardOrder, countBoard, listBoard } from '../store/ship-by.ts';

const Orders = z.object({ orders: z.int(), blocked: z.int().describe('How many of them something keeps from being shipped') });

const BoardView = z.object({
  at: z.iso.datetime(),
  alertHours: z.number().describe('An order is at risk from so many hours before its deadline'),
  marketplaces: z.array(
    z.object({
      tenant: z.string(),
      marketplaceId: z.string(),
      country: z.string().optional(),
      timeZone: z.string().describe('Where its days end. UTC where the country is not known'),
      buckets: z.object({ overdue: Orders, 'due-today': Orders, 'at-risk': Orders, 'in-time': Orders, 'no-deadline': Orders }),
      blockedBy: z.record(ShippingObstacle, z.int()).describe('An order may have several obstacles, and counts for each'),
    }),
  ),
});

const BoardOrderView = z.object({
  orderId: z.uuid(),
  tenant: z.string(),
  number: z.string(),
  amazonOrderId: z.string(),
  marketplaceId: z.string(),
  country: z.string().optional(),
  bucket: z.enum(buckets),
  shipBy: z.iso.datetime().optional().describe('The last moment at which it ships in time'),
  shipByLocal: z.string().optional().describe("The same by the marketplace's clock, with its time zone"),
  hoursLeft: z.number().optional().describe('Below zero: so long ago'),
  unitsToShip: z.int().describe('Those in a parcel that Amazon has refused are among them'),
  obstacles: z.array(z.object({ cause: ShippingObstacle, words: z.string() })),
  serviceLevel: z.string().optional(),
  programs: z.array(z.string()),
});

const Position = z.object({ shipBy: z.iso.datetime().nullable(), orderId: z.uuid() });

export const shipByRoutes = ({ database, clock }: ServiceKit, { alertMs }: Pick<Moment, 'alertMs'>): Route[] => [
  route({
    method: 'get',
    path: '/ship-by',
    access: { needs: 'read', store: 'filtered' },
    summary: 'How many orders have to leave, by store, marketplace and how near their deadlines are',
    description: 'An order that Amazon ships is never among them. An order may be overdue and blocked: it counts as both.',
    tags: ['ship-by'],
    responses: { 200: BoardView },
    handle: async ({ caller }) => {
      const moment = { now: clock.now(), alertMs };
      const counts = await countBoard(database, moment);
      const marketplaces = boardOf(counts.filter(({ tenant }) => maySee(caller, tenant)));
      return { at: moment.now.toISOString(), alertHours: alertMs / 3_600_000, marketplaces };
    },
  }),
  route({
    method: 'get',
    path: '/ship-by/orders',
    access: { needs: 'read', store: 'filtered' },
    summary: 'The orders that have to leave, the most urgent first',
    tags: ['ship-by'],
    query: pageQuery.extend({
      bucket: z.enum(buckets).optional().describe('Absent: all that have a deadline'),
      tenant: z.string().max(100).optional(),
      marketplaceId: z.string().max(100).optional(),
      blocked: z.stringbool({ truthy: ['true'], falsy: ['false'] }).optional(),
      blockedBy: ShippingObstacle.optional(),
    }),
    responses: { 200: pageOf(BoardOrderView) },
    handle: async ({ caller, query: { limit, cursor, tenant, ...filter } }) => {
      const moment = { now: clock.now(), alertMs };
      const after = cursor === undefined ? undefined : decodeCursor(cursor, Position);
      const rows = await listBoard(database, moment, { ...filter, ...storeFilter(caller, tenant), after, limit: limit + 1 });
      const views = rows.map((row) => viewOf(row, moment));
      return toPage(views, limit, ({ shipBy = null, orderId }) => ({ shipBy, orderId }));
    },
  }),
];

type Marketplace = z.output<typeof BoardView>['marketplaces'][number];

const boardOf = (counts: readonly BoardCount[]): Marketplace[] =>
  [...Map.groupBy(counts, ({ tenant, marketplaceId, country }) => JSON.stringify([tenant, marketplaceId, country])).entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => marketplaceOf(own as [BoardCount]));

const marketplaceOf = (own: readonly [BoardCount, ...BoardCount[]]): Marketplace => {
  const [{ tenant, marketplaceId, country }] = own;
  const sum = (of: readonly BoardCount[], bucket: Bucket): number => of.reduce((total, { orders }) => total + orders[bucket], 0);
  const blocked = own.filter(({ obstacles }) => obstacles.length > 0);
  const ordersIn = (bucket: Bucket) => ({ orders: sum(own, bucket), blocked: sum(blocked, bucket) });
  const blockedBy = (cause: ShippingObstacle): number => {
    const those = own.filter(({ obstacles }) => obstacles.includes(cause));
    return buckets.reduce((total, bucket) => total + sum(those, bucket), 0);
  };
  return {
    ...{ tenant, marketplaceId, timeZone: timeZoneOf(country) },
    ...(country === null ? {} : { country }),
    buckets: {
      overdue: ordersIn('overdue'),
      'due-today': ordersIn('due-today'),
      'at-risk': ordersIn('at-risk'),
      'in-time': ordersIn('in-time'),
      'no-deadline': ordersIn('no-deadline'),
    },
    blockedBy: Object.fromEntries(ShippingObstacle.options.map((cause) => [cause, blockedBy(cause)])) as Marketplace['blockedBy'],
  };
};

const viewOf = ({ country, shipBy, serviceLevel, obstacles, ...order }: BoardOrder, moment: Moment): z.output<typeof BoardOrderView> => {
  const timeZone = timeZoneOf(country);
  return {
    ...{ ...order, programs: [...order.programs], bucket: bucketOf(shipBy, timeZone, moment) },
    obstacles: obstacles.map((cause) => ({ cause, words: obstacleWords[cause] })),
    ...(country === null ? {} : { country }),
    ...(serviceLevel === null ? {} : { serviceLevel }),
    ...(shipBy === null ? {} : { shipBy, shipByLocal: localText(new Date(shipBy), timeZone), hoursLeft: hoursLeft(shipBy, moment.now) }),
  };
};
