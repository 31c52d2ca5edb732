import { type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { needKinds } from '../domain/needs/need.ts';
import { states } from '../domain/states.ts';
import { courses, firstDay, shownDays, soldInDays } from '../domain/windows.ts';
import { rebuildProgress } from '../rebuild/progress.ts';
import { countNeeds } from '../store/needs.ts';
import { activity, countsByState, salesInAll, salesSince } from '../store/overview.ts';
import type { ConsoleKit } from '../surroundings.ts';
import { totalsOf } from './needs-routes.ts';
import { storeQuery, storesAsked } from './stores.ts';

const amounts = { orders: z.int(), units: z.int(), revenueMinor: z.int() };
const Sold = z
  .array(z.object({ currency: z.string().describe("'' for orders that have no price, such as replacements"), ...amounts }))
  .describe('What was sold, by currency');

const OverviewView = z.object({
  at: z.iso.datetime(),
  sales: z.object({ today: Sold, sevenDays: Sold, thirtyDays: Sold, lifetime: Sold }),
  courses: z
    .array(z.object({ currency: z.string(), points: z.array(z.object({ day: z.iso.date(), ...amounts })) }))
    .describe('The last thirty days of each currency; the last point is today'),
  states: z.record(z.enum(states), z.int()).describe('How many orders stand where'),
  needs: z.array(z.object({ kind: z.enum(needKinds), open: z.int() })).describe('What is open, by kind; what waits for Amazon among it'),
  needsMe: z.int().describe('All that needs a person'),
  waitingAtAmazon: z.int().describe('What Amazon was asked and has not answered'),
  stores: z.array(z.object({ tenant: z.string(), lastEventAt: z.iso.datetime() })).describe('When anything was last heard of each'),
  rebuilding: z
    .object({ done: z.int(), events: z.int() })
    .optional()
    .describe('These numbers are being built anew from the event logs, and are not complete'),
});

/** The dashboard's numbers. */
export const overviewRoutes = (kit: ConsoleKit): Route[] => [
  route({
    ...{ method: 'get', path: '/api/overview', access: { needs: 'read', store: 'filtered' }, tags: ['overview'] },
    summary: 'One store or all in numbers: sales, orders by state, what needs a person',
    description:
      'Sales are the grand totals of all orders that are neither pending nor canceled, by the day of their purchase in the marketplace; what was ' +
      'paid back later is not taken off. `GET /orders/summary` of the order service gives the same.',
    query: z.object(storeQuery),
    responses: { 200: OverviewView },
    handle: async ({ caller, query: { store } }) => {
      const { database } = kit;
      const within = storesAsked(caller, store);
      const now = kit.clock.now();
      const [days, lifetime, counts, needs, stores, rebuilding] = await Promise.all([
        salesSince(database, within, firstDay(now)),
        salesInAll(database, within),
        countsByState(database, within),
        countNeeds(database, within, now),
        activity(database, within),
        rebuildProgress(database),
      ]);
      return {
        at: now.toISOString(),
        sales: {
          today: soldInDays(days, now, 1),
          sevenDays: soldInDays(days, now, 7),
          thirtyDays: soldInDays(days, now, shownDays),
          lifetime,
        },
        courses: courses(days, now),
        states: Object.fromEntries(states.map((state) => [state, counts.find((one) => one.state === state)?.orders ?? 0])) as never,
        needs,
        ...totalsOf(needs),
        stores,
        ...(rebuilding === undefined ? {} : { rebuilding }),
      };
    },
  }),
];
