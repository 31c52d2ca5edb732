import { AppError } from '@orderbus/kernel';
import { named, type Route, route, type ServiceKit } from '@orderbus/service-kit';
import { z } from 'zod';
import { needsPerson } from '../amazon/amazon-error.ts';
import { cursorsOf } from '../store/queries.ts';
import type { Stores } from '../stores.ts';

const SyncAnswer = z.object({
  state: z.enum(['started', 'running', 'paused']),
  pausedUntil: z.iso.datetime().optional().describe('Amazon throttles us: nothing is asked before then'),
});

/** Synchronizing without waiting for the next poll. */
export const syncRoutes = ({ database, clock }: Pick<ServiceKit, 'database' | 'clock'>, stores: Stores): Route[] => [
  route({
    method: 'post',
    path: '/stores/:storeId/sync',
    access: { needs: 'operate', store: named('storeId') },
    summary: 'Asks Amazon now, instead of at the next poll',
    description: 'Asking again while a pass runs changes nothing. While Amazon throttles us, it waits like everything else.',
    tags: ['stores'],
    responses: { 202: SyncAnswer },
    handle: async ({ params }): Promise<z.output<typeof SyncAnswer>> => {
      const { store, poller } = await stores.find(params.storeId);
      if (store.status === 'paused') throw new AppError('conflict', 'store.paused', { storeId: store.id, why: 'a person has paused it' });
      const [cursor] = await cursorsOf(database, [store.id], clock.now());
      const { pausedUntil, lastErrorCode } = cursor ?? { pausedUntil: null, lastErrorCode: null };
      // What Amazon has refused is asked again at once: a person may have put it right.
      if (pausedUntil !== null && !needsPerson(lastErrorCode ?? '')) return { state: 'paused', pausedUntil };
      return { state: poller.begin() };
    },
  }),
];
