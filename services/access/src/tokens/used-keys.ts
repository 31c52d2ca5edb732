import type { Clock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { every, type Log, type Part } from '@orderbus/service-kit';
import { noteUsed } from '../store/api-keys.ts';

/** When each API key was last used: kept here, and written down now and then for all of them. */
export interface UsedKeys {
  note(id: string): void;
  /** Writes it down while it runs, and a last time when it stops. */
  readonly writer: Part;
}

const everyMs = 30_000;

export const usedKeys = (database: Database, clock: Clock, log: Log): UsedKeys => {
  let used = new Map<string, string>();
  const write = async (): Promise<void> => {
    const taken = used;
    used = new Map();
    try {
      await noteUsed(database, taken);
    } catch (error) {
      used = new Map([...taken, ...used]);
      throw error;
    }
  };
  const lastWords = (): Promise<void> =>
    write().catch((err: unknown) => log.warn({ err, keys: used.size }, 'when these keys were last used is not written down'));
  const loop = every(everyMs, write, { name: 'used-keys', log });
  return {
    note: (id) => void used.set(id, clock.now().toISOString()),
    writer: {
      name: 'used-keys',
      start: loop.start,
      stop: async () => {
        await loop.stop();
        await lastWords();
      },
    },
  };
};
