import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Database } from './open.ts';

export interface NotificationsOptions {
  readonly database: Database;
  readonly channel: string;
  readonly heard: (payload: string) => void;
  /** From now on everything is heard; what was told before may not have been. Called again whenever the connection was lost. */
  readonly begun: () => void;
  readonly log: (message: string, details: Record<string, unknown>) => void;
}

/** How soon a connection that has died silently is noticed. */
const lookEveryMs = 10_000;
const patienceMs = 5_000;
const againMs = 500;

/** What transactions of all instances tell with NOTIFY, in the order of their commits. On a connection of its own, outside of the pool. */
export const notifications = ({ database, channel, heard, begun, log }: NotificationsOptions) => {
  let stopping = new AbortController();
  let loop: Promise<void> | undefined;

  const listen = async (signal: AbortSignal): Promise<void> => {
    const { url } = database.source.options as { readonly url?: string };
    const client = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
    });
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => {});
    client.on('error', lost.reject);
    client.on('end', () => lost.reject(new Error('The connection has ended')));
    client.on('notification', ({ payload = '' }) => heard(payload));
    try {
      await client.connect();
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      begun();
      while (!signal.aborted) {
        await Promise.race([lost.promise, pause(lookEveryMs, undefined, { signal }).catch(() => {})]);
        if (!signal.aborted) await client.query('select 1');
      }
    } finally {
      await Promise.race([client.end().catch(() => {}), pause(1_000, undefined, { ref: false })]);
    }
  };

  const go = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await listen(signal).catch((error: unknown) => {
        if (!signal.aborted) log('no notifications from the database; it is asked again', { channel, error: (error as Error).message });
      });
      await pause(againMs, undefined, { signal }).catch(() => {});
    }
  };

  return {
    name: `notifications.${channel}`,
    start: async (): Promise<void> => {
      stopping = new AbortController();
      loop = go(stopping.signal);
    },
    stop: async (): Promise<void> => {
      stopping.abort();
      await loop;
    },
  };
};
