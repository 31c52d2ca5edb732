/** The calls of one operation that a store may make: they come back at a steady rate, up to a limit. */
export interface Bucket {
  /** Calls per second. */
  readonly rate: number;
  /** Calls that Amazon documents to allow at once. */
  readonly burst: number;
  /** Calls that were left then; fractions of a call, and debts, count. */
  readonly tokens: number;
  readonly filledAt: string;
  /** Amazon has refused a call: none is made before. */
  readonly pausedUntil: string | null;
}

/**
 * What is used of a burst: one call less than documented. Calls overtake each other on their way, and Amazon counts when they arrive:
 * with none to spare, the second of two that left in time would come too early.
 */
export const usableBurst = (burst: number): number => burst - 1;

/** Calls that could be made now, pauses aside. */
export const callsLeft = (bucket: Bucket, now: Date): number => Math.max(0, Math.floor(tokensAt(bucket, now) + tolerance));

/** When the next call can be made that still leaves `spare` to others. */
export const nextCallAt = (bucket: Bucket, now: Date, spare = 0): Date =>
  doneAt(bucket, Math.min(1 + spare, usableBurst(bucket.burst)), now);

/** When all of it can be used again. */
export const fullAt = (bucket: Bucket, now: Date): Date => doneAt(bucket, usableBurst(bucket.burst), now);

/** When so many calls will have been granted, if nobody else makes any: the estimate for a long piece of work. */
export const doneAt = (bucket: Bucket, calls: number, now: Date): Date => {
  const missing = calls - tolerance - tokensAt(bucket, now);
  const filledAt = now.getTime() + (missing > 0 ? Math.ceil((missing / bucket.rate) * 1_000) : 0);
  return new Date(Math.max(filledAt, bucket.pausedUntil === null ? 0 : Date.parse(bucket.pausedUntil)));
};

const tokensAt = ({ rate, burst, tokens, filledAt }: Bucket, now: Date): number => {
  const elapsedMs = Math.max(0, now.getTime() - Date.parse(filledAt));
  return Math.min(usableBurst(burst), tokens + (elapsedMs / 1_000) * rate);
};

/** Forgives the rounding of fractions. */
const tolerance = 1e-9;
