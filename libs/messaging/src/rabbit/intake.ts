interface Patience {
  readonly waitMs: number;
  readonly notBefore: number;
}

/** Messages that have arrived and wait to be taken in batches. */
export interface Intake<T> {
  put(item: T): void;
  /**
   * Up to `size` items: at once when they are there, otherwise what came within `waitMs` of the first, and until `notBefore` (as
   * `performance.now()` has it). Empty only when closed.
   */
  take(size: number, patience: Patience): Promise<T[]>;
  /** Wakes whoever waits; nothing is taken any more. */
  close(): void;
}

export const openIntake = <T>(): Intake<T> => {
  let items: T[] = [];
  let closed = false;
  let wake: (() => void) | undefined;

  /** Resolves when so many items are there, when it is closed, or when the time is over. */
  const until = (count: number, waitMs?: number): Promise<void> => {
    if (closed || items.length >= count) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        wake = undefined;
        resolve();
      };
      const timer = waitMs === undefined ? undefined : setTimeout(done, waitMs);
      wake = () => {
        if (closed || items.length >= count) done();
      };
    });
  };

  return {
    put: (item) => {
      items.push(item);
      wake?.();
    },
    take: async (size, { waitMs, notBefore }) => {
      await until(1);
      const leftMs = Math.max(waitMs, notBefore - performance.now());
      if (leftMs > 0) await until(size, leftMs);
      return closed ? [] : items.splice(0, size);
    },
    close: () => {
      closed = true;
      items = [];
      wake?.();
    },
  };
};
