import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until the check stops throwing; after the deadline throws what it threw last. */
export const eventually = async <T>(check: () => T | Promise<T>, withinMs = 20_000): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(10);
    }
  }
};
