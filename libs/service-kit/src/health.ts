import { AppError } from '@orderbus/kernel';
import { withDeadline } from './deadline.ts';

/** Named questions of the form "can I work?". A check answers by returning, and complains by throwing. */
export type HealthChecks = Readonly<Record<string, () => unknown>>;

/** A check that failed, with its reason: for the log, not for the caller. */
export interface FailedCheck {
  readonly name: string;
  readonly error: unknown;
}

/** Runs all checks at once, each with this deadline. Empty: everything is well. */
export const failingChecks = async (checks: HealthChecks, deadlineMs = 2_000): Promise<readonly FailedCheck[]> => {
  const outcomes = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<FailedCheck | undefined> => {
      try {
        await withDeadline(
          deadlineMs,
          async () => check(),
          () => new AppError('unavailable', 'health.no-answer', { name, deadlineMs }),
        );
        return undefined;
      } catch (error) {
        return { name, error };
      }
    }),
  );
  return outcomes.filter((failed) => failed !== undefined);
};
