import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until the check stops throwing, looking every few milliseconds, and returns what it returned.
 * After the deadline it throws what the check threw last.
 */
export const eventually = async <T>(check: () => T | Promise<T>, { withinMs = 60_000, everyMs = 20 } = {}): Promise<T> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(everyMs);
    }
  }
};
