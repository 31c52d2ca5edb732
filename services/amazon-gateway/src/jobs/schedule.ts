import { createHash } from 'node:crypto';
import { Cron } from 'croner';
import type { Store } from '../domain/store.ts';

/** Stores with the same pattern begin within this time, not at the same second. */
const spreadMs = 30_000;

/** The next time at which a store is polled. Each store has its own place in the spread, the same everywhere and always. */
export const nextPollOf = ({ id, cron }: Pick<Store, 'id' | 'cron'>, now: Date): Date | undefined => {
  const offsetMs = namesSeconds(cron) ? 0 : offsetOf(id);
  const next = new Cron(cron, { timezone: 'UTC', paused: true }).nextRun(new Date(now.getTime() - offsetMs));
  return next ? new Date(next.getTime() + offsetMs) : undefined;
};

/** Who writes down seconds means them. */
const namesSeconds = (cron: string): boolean => cron.trim().split(/\s+/).length > 5;

const offsetOf = (storeId: string): number => createHash('sha256').update(storeId).digest().readUInt32BE() % spreadMs;
