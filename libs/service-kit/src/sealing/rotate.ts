import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { enterKeys, othersSealing, strikeOthers } from './key-register.ts';
import type { KeyRing } from './key-ring.ts';
import { type Resealed, reseal, type SealedColumn } from './reseal.ts';

export interface RotationOptions {
  readonly database: Pick<Database, 'query'>;
  /** The first of its keys is the new one. */
  readonly ring: KeyRing;
  readonly columns: readonly SealedColumn[];
  /** How often instances look for new keys: `ORDERBUS_KEYS_EVERY`. */
  readonly everyMs: number;
  /** How long to wait for instances that do not seal with it yet. Default: two minutes. */
  readonly patienceMs?: number;
  readonly waiting?: (keyIds: readonly string[]) => void;
}

/** An instance that has not been heard of for so many looks is gone. */
const silentLooks = 4;
const mostPasses = 10;

/**
 * Waits until all instances of a service seal with the new key, seals with it whatever they keep, and strikes the other keys off the register:
 * then they can go. While the service runs, and as often as one likes.
 * @throws AppError `sealing.old-key-in-use` when an instance still seals with another one: what it seals next would need that again.
 */
export const rotate = async ({ database, ring, columns, everyMs, patienceMs = 120_000, waiting }: RotationOptions): Promise<Resealed[]> => {
  const [first] = ring.keyIds;
  const silentMs = silentLooks * everyMs;
  const deadline = performance.now() + patienceMs;
  await enterKeys(database, ring.keyIds);
  for (let said = false; ; said = true) {
    const others = await othersSealing(database, first, silentMs);
    if (others.length === 0) break;
    if (performance.now() > deadline)
      throw new AppError('conflict', 'sealing.old-key-in-use', { sealsWith: others, shouldSealWith: first });
    if (!said) waiting?.(others);
    await pause(Math.min(everyMs, 1_000));
  }

  const results = await reseal(database, ring, columns);
  // What was sealed before the keys changed, and committed behind the back of the pass before, is found by the next one.
  for (let pass = 1; pass < mostPasses; pass++) {
    const left = await reseal(database, ring, columns);
    if (left.some(({ sealed }) => sealed > 0)) continue;
    if (left.every(({ unopened }) => unopened.size === 0)) await strikeOthers(database, first, silentMs);
    break;
  }
  return results;
};
