const second = 1000;
const minute = 60 * second;

export const defaultRetryDelaysMs: readonly number[] = [5 * second, 30 * second, 2 * minute, 10 * minute, 60 * minute];

/** How long to wait after the attempt with this number (1 is the first) before the next one. */
export const delayAfter = (attempt: number, delaysMs: readonly number[]): number | 'exhausted' =>
  delaysMs[Math.max(attempt, 1) - 1] ?? 'exhausted';
