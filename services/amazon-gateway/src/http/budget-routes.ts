import type { Clock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { named, type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import { operations } from '../amazon/operations.ts';
import { type Bucket, callsLeft, fullAt, nextCallAt, usableBurst } from '../domain/budget.ts';
import { bucketsOf } from '../store/rate-budget.ts';
import type { Stores } from '../stores.ts';

const time = z.iso.datetime();

const OperationBudget = z.object({
  operation: z.string(),
  purpose: z.string(),
  rate: z.number().describe('Calls per second that Amazon grants: as documented, until its answers say otherwise'),
  burst: z.int().describe('Calls that Amazon documents to allow at once; one of them is never used'),
  left: z.int().describe('Calls that can be made at once'),
  nextCallAt: time.describe('Now, or when there is a call again'),
  fullAt: time,
  pausedUntil: time.optional().describe('Amazon has refused a call: none is made before'),
  pausedBecause: z.string().optional().describe("Amazon's words"),
});

/** What a store may still ask of Amazon. */
export const budgetRoutes = ({ database, clock }: { database: Database; clock: Clock }, stores: Stores): Route[] => [
  route({
    method: 'get',
    path: '/stores/:storeId/budget',
    access: { needs: 'read', store: named('storeId') },
    summary: "How much of Amazon's quota the store has left, by operation",
    description: 'Shared by all replicas. Operations that have never been called are there, too, with their documented plan.',
    tags: ['stores'],
    responses: { 200: z.object({ items: z.array(OperationBudget) }) },
    handle: async ({ params }) => {
      const { store } = await stores.find(params.storeId);
      const used = new Map((await bucketsOf(database, store.id)).map((row) => [row.operation, row]));
      const now = clock.now();
      return {
        items: Object.entries(operations).map(([operation, { rate, burst, purpose }]) => {
          const row = used.get(operation);
          const unused: Bucket = { rate, burst, tokens: usableBurst(burst), filledAt: now.toISOString(), pausedUntil: null };
          return { operation, purpose, ...viewOf(row ?? unused, now), ...pauseOf(row, now) };
        }),
      };
    },
  }),
];

const viewOf = (bucket: Bucket, now: Date) => ({
  rate: bucket.rate,
  burst: bucket.burst,
  left: callsLeft(bucket, now),
  nextCallAt: nextCallAt(bucket, now).toISOString(),
  fullAt: fullAt(bucket, now).toISOString(),
});

const pauseOf = (row: { pausedUntil: string | null; pausedBecause: string | null } | undefined, now: Date) =>
  row?.pausedUntil && Date.parse(row.pausedUntil) > now.getTime()
    ? { pausedUntil: row.pausedUntil, ...(row.pausedBecause && { pausedBecause: row.pausedBecause }) }
    : {};
