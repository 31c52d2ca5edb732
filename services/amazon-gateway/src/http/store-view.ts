import { z } from 'zod';
import { needsPerson } from '../amazon/amazon-error.ts';
import type { CursorView } from '../store/queries.ts';
import type { ConnectedStore } from '../stores.ts';

const time = z.iso.datetime();

export const StoreView = z.object({
  id: z.string(),
  name: z.string(),
  region: z.enum(['na', 'eu', 'fe']),
  marketplaces: z.array(z.string()).describe('Empty: all in which the account sells'),
  status: z
    .enum(['connecting', 'running', 'ok', 'paused', 'failing', 'refused'])
    .describe('paused: Amazon throttles us; failing: it is tried again; refused: a person has to look at the authorization'),
  lastSuccessAt: time.optional(),
  watermark: time.optional().describe('Every change up to here has been imported'),
  lastError: z.string().optional(),
  consecutiveFailures: z.int(),
  pausedUntil: time.optional(),
  circuit: z.enum(['closed', 'half-open', 'open']),
  nextPollAt: time.optional(),
});
export type StoreView = z.output<typeof StoreView>;

/** What may be known about a store: nothing of its credentials. */
export const viewOf = ({ settings, api, poller }: ConnectedStore, cursor: CursorView | undefined): StoreView => {
  const { id, name, region, marketplaces } = settings;
  const nextPollAt = poller.nextPollAt?.toISOString();
  return {
    id,
    name: name ?? id,
    region,
    marketplaces,
    status: cursor ? statusOf(cursor) : 'connecting',
    ...(cursor?.lastSuccessAt && { lastSuccessAt: cursor.lastSuccessAt }),
    ...(cursor && { watermark: cursor.watermark }),
    ...(cursor?.lastError && { lastError: cursor.lastError }),
    consecutiveFailures: cursor?.consecutiveFailures ?? 0,
    ...(cursor?.pausedUntil && { pausedUntil: cursor.pausedUntil }),
    circuit: api.circuit,
    ...(nextPollAt && { nextPollAt }),
  };
};

const statusOf = ({ running, lastErrorCode, pausedUntil, consecutiveFailures, lastSuccessAt }: CursorView): StoreView['status'] => {
  if (running) return 'running';
  if (consecutiveFailures > 0) {
    if (needsPerson(lastErrorCode ?? '')) return 'refused';
    return pausedUntil === null ? 'failing' : 'paused';
  }
  return lastSuccessAt === null ? 'connecting' : 'ok';
};
