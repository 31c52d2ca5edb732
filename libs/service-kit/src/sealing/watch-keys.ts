import { readFileSync } from 'node:fs';
import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { every } from '../intervals.ts';
import type { Log } from '../log.ts';
import type { Part } from '../parts.ts';
import { enterKeys, neededKeys, noteSealing } from './key-register.ts';
import { keyRing } from './key-ring.ts';
import type { KeySettings } from './live-keys.ts';

/**
 * Takes over keys from `ORDERBUS_KEYS_FILE` when they change, while the service runs. Keys without one that is still needed are refused: at
 * the start the service does not start, later it goes on with those of before, and says so.
 */
export const watchKeys = (
  { ORDERBUS_KEYS: ring, ORDERBUS_KEYS_FILE: file, ORDERBUS_KEYS_EVERY: everyMs }: KeySettings,
  { database, log }: { readonly database: Pick<Database, 'query'>; readonly log: Log },
): Required<Pick<Part, 'start' | 'stop'>> => {
  let read: string | undefined;
  ring.lookIn(() => file && contentOf(file));

  const refuseWithout = async (keyIds: readonly string[]): Promise<void> => {
    const missing = (await neededKeys(database)).filter((keyId) => !keyIds.includes(keyId));
    if (missing.length > 0) throw new AppError('conflict', 'sealing.key-missing', { missing, given: keyIds });
  };

  const takeOver = async (text: string): Promise<void> => {
    const { keyIds, fingerprint } = keyRing(text);
    if (keyIds.join() === ring.keyIds.join() && fingerprint('') === ring.fingerprint('')) return;
    await refuseWithout(keyIds);
    // Entered before it seals: a crash in between leaves a key too many on record, and never one too few.
    await noteSealing(database, keyIds[0]);
    ring.replace(text);
    log.info({ seals: keyIds[0], opens: keyIds }, 'new keys');
  };

  const look = async (): Promise<void> => {
    const text = file && contentOf(file);
    if (text && text !== read) {
      try {
        await takeOver(text);
        read = text;
      } catch (error) {
        if (!(error instanceof AppError) || error.kind === 'unavailable') throw error;
        read = text;
        log.error({ err: error, file }, 'the keys in the file cannot be used, those of before stay');
      }
    }
    await noteSealing(database, ring.keyIds[0]);
  };
  const loop = every(everyMs, look, { name: 'keys', log });

  return {
    start: async () => {
      await refuseWithout(ring.keyIds);
      await enterKeys(database, ring.keyIds);
      await loop.start();
    },
    stop: () => loop.stop(),
  };
};

const contentOf = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
};
