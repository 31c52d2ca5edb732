import type { Snapshot } from './translate.ts';

/** Why a sweep says that an order had not been kept up with. */
type GapReason =
  /** Amazon's list of changes has passed the time of its change without showing it. */
  | 'never-listed'
  /** It was created long ago and nobody knew it; its next change would have shown it. */
  | 'late'
  /** It is known, but not as Amazon shows it, though the list has passed the time of its change. */
  | 'stale';

export interface GapEvidence {
  readonly amazonOrderId: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly why: GapReason;
}

/** How late Amazon may show a new order in its list of changes before that counts as a gap. */
const lateMs = 3_600_000;

/**
 * Is an order that a sweep has found to be new or different evidence of a gap? Not when the next pass would have brought it: its change
 * is after `passedUntil`, up to which no pass looks again.
 */
export const evidenceOf = (
  { amazonOrderId, purchasedAt: createdAt, updatedAt }: Pick<Snapshot, 'amazonOrderId' | 'purchasedAt' | 'updatedAt'>,
  result: 'new' | 'changed',
  passedUntil: string,
): GapEvidence | undefined => {
  const about = { amazonOrderId, createdAt, updatedAt };
  const isPassed = updatedAt <= passedUntil;
  if (result === 'changed') return isPassed ? { ...about, why: 'stale' } : undefined;
  if (isPassed) return { ...about, why: 'never-listed' };
  return Date.parse(createdAt) < Date.parse(passedUntil) - lateMs ? { ...about, why: 'late' } : undefined;
};
