import type { Clock } from '@orderbus/kernel';
import express, { type Router } from 'express';
import { z } from 'zod';
import type { Writes } from '../amazon/writes.ts';
import type { World } from '../world/world.ts';
import { type WriteEntry, writeEffects } from '../world/write-ledger.ts';
import { readInput } from './control-schemas.ts';

const LedgerQuery = z.strictObject({
  sellerId: z.string().optional(),
  orderId: z.string().optional(),
  operation: z.string().optional(),
  effect: z.enum(writeEffects).optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
});

export interface LedgerApi {
  readonly world: World;
  readonly clock: Clock;
  readonly writes: Writes;
}

/** `/sandbox/ledger`: every write that came. `/sandbox/feeds/:feedId/release`: what Amazon's support does about a stuck feed. */
export const ledgerRoutes = ({ world, clock, writes }: LedgerApi): Router => {
  const router = express.Router();

  router.get('/ledger', (request, response) => {
    world.advance();
    const query = readInput(LedgerQuery, request.query);
    const found = writes.ledger.find({ ...query, limit: query.limit + 1 });
    const entries = found.slice(0, query.limit);
    const last = found.length > entries.length ? entries.at(-1) : undefined;
    response.json({ entries: entries.map(shown), ...(last && { after: last.sequence }) });
  });

  router.post('/feeds/:feedId/release', (request, response) => {
    world.advance();
    const { feedId, status } = writes.feeds.release(String(request.params.feedId), clock.now().getTime());
    response.json({ feedId, processingStatus: status });
  });

  return router;
};

const shown = (entry: WriteEntry) => ({ ...entry, at: new Date(entry.at).toISOString() });
