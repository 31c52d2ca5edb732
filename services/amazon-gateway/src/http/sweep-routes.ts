import { AppError, type Clock } from '@orderbus/kernel';
import {
  actorOf,
  decodeCursor,
  invalidRequest,
  named,
  pageOf,
  pageQuery,
  type Route,
  route,
  type ServiceKit,
  toPage,
  withinStores,
} from '@orderbus/service-kit';
import { z } from 'zod';
import type { Store } from '../domain/store.ts';
import { latestFor, rangeIssue, type SweepKind, type SweepRange } from '../domain/sweep.ts';
import { cancelSweep, evidenceFrom, findSweep, listSweeps, requestSweep } from '../store/sweep-requests.ts';
import type { Stores } from '../stores.ts';
import { estimatedViewOf, SweepView, SweepWithEvidence, viewOf } from './sweep-view.ts';

const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const Place = z.object({ at: z.iso.datetime(), id: z.uuid() });
const until = time.optional().describe('Default: five minutes ago');

export interface SweepRoutesOptions {
  /** How far back a search for gaps goes by default. */
  readonly gapWindowMs: number;
}

/** Reading a range of creation times once more: searching for gaps, and fetching what is older. */
export const sweepRoutes = (kit: ServiceKit, stores: Stores, { gapWindowMs }: SweepRoutesOptions): Route[] => {
  const { database, clock, execution } = kit;

  const request = async (storeId: string, kind: SweepKind, asked: Asked & { readonly from: string }, requestedBy: string) => {
    const { store } = await stores.find(storeId);
    const range = rangeOf(asked, store, clock);
    return estimatedViewOf(kit, store, await requestSweep(execution, { storeId, kind, ...range, asked: nameOf(asked), requestedBy }));
  };

  return [
    route({
      method: 'post',
      path: '/stores/:storeId/gap-sweeps',
      access: { needs: 'operate', store: named('storeId') },
      summary: 'Searches for orders that the synchronization has missed, and imports them',
      description:
        'As it happens every night. Default: the last days. Asking again for the same range, while it is under way, answers with the same sweep.',
      tags: ['sweeps'],
      body: z.strictObject({ from: time.optional(), until }),
      responses: { 202: SweepView },
      handle: async ({ params, body, caller }) => {
        const since = new Date(clock.now().getTime() - gapWindowMs).toISOString();
        const asked = { ...body, from: body.from ?? since, isDefault: body.from === undefined };
        return request(params.storeId, 'gap', asked, actorOf({ caller }).name);
      },
    }),
    route({
      method: 'post',
      path: '/stores/:storeId/backfills',
      access: { needs: 'administer', store: named('storeId') },
      summary: "Imports the orders of a range of creation times, also from before the store's start",
      description:
        'Asking again for the same range, while it is under way, answers with the same one. `finishesAt` says when the quota will have allowed it.',
      tags: ['sweeps'],
      body: z.strictObject({ from: time, until }),
      responses: { 202: SweepView },
      handle: async ({ params, body, caller }) => request(params.storeId, 'backfill', body, actorOf({ caller }).name),
    }),
    route({
      method: 'get',
      path: '/sweeps',
      access: { needs: 'read', store: 'filtered' },
      summary: 'Searches for gaps and backfills, newest first',
      tags: ['sweeps'],
      query: pageQuery.extend({ storeId: z.string().max(40).optional(), kind: z.enum(['gap', 'backfill']).optional() }),
      responses: { 200: pageOf(SweepView) },
      handle: async ({ caller, query: { cursor, limit, storeId, ...filter } }) => {
        const storeIds = withinStores(caller, storeId === undefined ? undefined : [storeId]);
        const before = cursor === undefined ? undefined : decodeCursor(cursor, Place);
        const { items, ...rest } = toPage(await listSweeps(database, { ...filter, storeIds, before, limit: limit + 1 }), limit, (row) => ({
          at: row.requestedAt,
          id: row.id,
        }));
        return { items: items.map(viewOf), ...rest };
      },
    }),
    route({
      method: 'get',
      path: '/sweeps/:sweepId',
      access: { needs: 'read', store: async ({ params }) => (await findSweep(database, params.sweepId))?.storeId },
      summary: 'How a sweep stands, with the evidence of what had been missing',
      tags: ['sweeps'],
      params: z.object({ sweepId: z.uuid() }),
      responses: { 200: SweepWithEvidence },
      handle: async ({ params: { sweepId } }) => {
        const row = await findSweep(database, sweepId);
        if (!row) throw new AppError('not-found', 'sweep.unknown', { sweepId });
        return { ...(await estimatedViewOf(kit, stores.get(row.storeId)?.store, row)), evidence: await evidenceFrom(database, sweepId) };
      },
    }),
    route({
      method: 'delete',
      path: '/sweeps/:sweepId',
      access: { needs: 'operate', store: async ({ params }) => (await findSweep(database, params.sweepId))?.storeId },
      summary: 'Calls a sweep off. What it has imported stays',
      tags: ['sweeps'],
      params: z.object({ sweepId: z.uuid() }),
      responses: { 200: SweepView },
      handle: async ({ params: { sweepId } }) => {
        const row = (await cancelSweep(execution, sweepId)) ?? (await findSweep(database, sweepId));
        if (!row) throw new AppError('not-found', 'sweep.unknown', { sweepId });
        if (row.state !== 'canceled') throw new AppError('conflict', 'sweep.finished', { sweepId, state: row.state });
        return viewOf(row);
      },
    }),
  ];
};

interface Asked {
  readonly from: string;
  readonly until?: string | undefined;
  /** The beginning moves with the clock: it is not part of what was asked for. */
  readonly isDefault?: boolean;
}

const nameOf = ({ from, until: end, isDefault }: Asked): string => `${isDefault ? '' : from}/${end ?? ''}`;

const rangeOf = ({ from, until: end }: Asked, { region }: Store, clock: Clock): SweepRange => {
  const now = clock.now();
  const range = { from, until: end ?? latestFor(now) };
  const issue = rangeIssue(range, region, now);
  if (issue) throw invalidRequest([issue]);
  return range;
};
