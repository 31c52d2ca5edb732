/** How long something took, in milliseconds. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
}

export const spreadOf = (taken: readonly number[]): Spread => {
  const sorted = taken.toSorted((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), longest: at(1) };
};
