import { randomUUID } from 'node:crypto';
import type { Db } from 'pg-boss';
import type { BrokerLog } from '../options.ts';
import { reasonOf } from '../reason.ts';

/** Tells consumers that something has come, in this process at once and in others by NOTIFY. Only a hint: they look by themselves, too. */
export interface Bell {
  ring(queues: Iterable<string>): void;
  listen(queue: string, heard: () => void): () => void;
  close(): Promise<void>;
}

/** A commit with a NOTIFY takes a lock that the whole database shares, so it happens outside of transactions, and not more often than this. */
const quietMs = 50;

export const openBell = async (db: Db, channel: string, log: BrokerLog): Promise<Bell> => {
  const own = randomUUID();
  const listeners = new Map<string, Set<() => void>>();
  let unsent = new Set<string>();
  let quiet: NodeJS.Timeout | undefined;

  const wake = (queue: string): void => {
    for (const heard of listeners.get(queue) ?? []) heard();
  };

  const notify = (): void => {
    quiet = undefined;
    if (unsent.size === 0) return;
    const payload = JSON.stringify([own, ...unsent]);
    unsent = new Set();
    quiet = setTimeout(notify, quietMs).unref();
    db.executeSql('select pg_notify($1, $2)', [channel, payload]).catch(() => {});
  };

  const heard = (payload: string): void => {
    const [sender, ...queues] = JSON.parse(payload) as string[];
    if (sender !== own) queues.forEach(wake);
  };

  const everyone = (): void => [...listeners.keys()].forEach(wake);

  const listening = await db.listen?.(channel, heard, everyone).catch((error: unknown) => {
    log.warn({ reason: reasonOf(error) }, 'no notifications from the database; messages wait for the next poll');
  });

  return {
    ring: (queues) => {
      for (const queue of queues) {
        wake(queue);
        unsent.add(queue);
      }
      if (!quiet) notify();
    },
    listen: (queue, onRing) => {
      const set = listeners.get(queue) ?? new Set();
      listeners.set(queue, set.add(onRing));
      return () => set.delete(onRing);
    },
    close: async () => {
      clearTimeout(quiet);
      await listening?.close();
    },
  };
};
