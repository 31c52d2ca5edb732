import { setTimeout as sleep } from 'node:timers/promises';

/** Waits, or less when the signal comes first. Never throws. */
export const pause = async (ms: number, signal: AbortSignal): Promise<void> => {
  await sleep(ms, undefined, { signal }).catch(() => {});
};

/** Doubles from the first to the last pause; the half of it is chance, so that many clients do not come back at the same moment. */
export const growingPause = (attempt: number, firstMs: number, lastMs: number): number => {
  const full = Math.min(lastMs, firstMs * 2 ** Math.min(attempt, 30));
  return full / 2 + (Math.random() * full) / 2;
};

/** The outcome of the promise, or `undefined` as soon as the signal comes. Leaves nothing behind on the signal. */
export const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const giveUp = () => resolve(undefined);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });

export const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Waits for the promise, however it ends, but no longer than this. Answers whether it came in time. */
export const within = async (ms: number, promise: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  const inTime = promise.then(
    () => true,
    () => true,
  );
  return await Promise.race([inTime, late]).finally(() => clearTimeout(timer));
};

export interface Persistence {
  readonly signal: AbortSignal;
  readonly failed: (error: unknown, pauseMs: number) => void;
}

/** Runs the work, at least once, until it succeeds; with pauses of one to ten seconds. `undefined` when the signal came before success. */
export const persist = async <T>(work: () => Promise<T>, { signal, failed }: Persistence): Promise<T | undefined> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const pauseMs = Math.min(10_000, 1000 * 2 ** attempt);
      failed(error, pauseMs);
      await pause(pauseMs, signal);
      if (signal.aborted) return undefined;
    }
  }
};
