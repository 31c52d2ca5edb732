import { useSyncExternalStore } from 'react';

const everyMs = 5_000;
const waiting = new Set<() => void>();
let now = Date.now();

setInterval(() => {
  now = Date.now();
  for (const tick of waiting) tick();
}, everyMs);

/** The time, a few seconds old at most: one clock for the whole page. */
export const useNow = (): number =>
  useSyncExternalStore(
    (tick) => {
      waiting.add(tick);
      return () => waiting.delete(tick);
    },
    () => now,
  );
