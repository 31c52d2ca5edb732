/** What somebody has tried in a row without success: an account, or an address. */
export interface Attempts {
  readonly failures: number;
  /** How often it was locked in a row: each lock is twice as long as the one before. */
  readonly locks: number;
  readonly lockedUntil: string | null;
  readonly lastAt: string;
}

export interface LockRules {
  /** The failure that locks. */
  readonly most: number;
  /** The first lock. */
  readonly lockMs: number;
}

export const accountLock = (lockMs: number): LockRules => ({ most: 10, lockMs });
/** Behind one address there may be a whole office. */
export const addressLock = (lockMs: number): LockRules => ({ most: 30, lockMs });

/** After this silence nothing is held against anybody. */
export const forgottenAfterMs = 86_400_000;

export type Attempted =
  | { readonly may: true; readonly attempts: Attempts; readonly locks: boolean }
  | { readonly may: false; readonly lockedUntil: string };

/**
 * Counts an attempt as a failure before anything is compared: of many at the same time, no more than are allowed get that far. Success
 * takes it back.
 */
export const attempt = (before: Attempts | undefined, now: Date, { most, lockMs }: LockRules): Attempted => {
  const at = now.toISOString();
  const known =
    before !== undefined && Date.parse(before.lockedUntil ?? before.lastAt) > now.getTime() - forgottenAfterMs ? before : undefined;
  if (known?.lockedUntil && known.lockedUntil > at) return { may: false, lockedUntil: known.lockedUntil };
  const locked = known?.locks ?? 0;
  const failures = (known?.lockedUntil ? 0 : (known?.failures ?? 0)) + 1;
  const locks = failures >= most;
  const until = new Date(now.getTime() + Math.min(lockMs * 2 ** locked, forgottenAfterMs)).toISOString();
  return { may: true, locks, attempts: { failures, locks: locks ? locked + 1 : locked, lockedUntil: locks ? until : null, lastAt: at } };
};

/** It was right: it does not count, and what it has locked is open again. */
export const takenBack = (attempts: Attempts): Attempts => ({
  ...attempts,
  failures: Math.max(0, attempts.failures - 1),
  locks: attempts.lockedUntil ? attempts.locks - 1 : attempts.locks,
  lockedUntil: null,
});
