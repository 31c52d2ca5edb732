import { type Answered, retryAfterMs } from './attempt.ts';

export const webhookStates = ['enabled', 'paused', 'disabled'] as const;
/** `paused`: what happens is kept for it and not sent. `disabled`: it is not told of what happens. */
type WebhookState = (typeof webhookStates)[number];

export const stateReasons = ['failing', 'gone', 'person'] as const;
type StateReason = (typeof stateReasons)[number];

/** How it stands with a target, as far as its answers tell. */
export interface Health {
  readonly state: WebhookState;
  readonly stateReason: StateReason | null;
  readonly stateSince: string;
  /** Attempts that failed since the last one that did not. */
  readonly failures: number;
  readonly failingSince: string | null;
  /** Nothing is sent before. */
  readonly restUntil: string | null;
}

/** From so many failures in a row on it is left in peace for a while, and then asked with one delivery at a time. */
export const restFrom = 5;
/** Fewer prove nothing, however long ago the first one was. */
const pauseFrom = 10;
const restMs = (failures: number): number => Math.min(failures * 5_000, 300_000);

/** One target that does not answer is its own affair: it rests, and is paused when it has done nothing but fail for too long. */
export const afterAnswers = (health: Health, answers: readonly Answered[], now: Date, pauseAfterMs: number): Health => {
  const well = rested(judge(health, answers, now), answers, now);
  if (well.state !== 'enabled') return well;
  const become = (state: WebhookState, stateReason: StateReason): Health => ({
    ...well,
    state,
    stateReason,
    stateSince: now.toISOString(),
  });
  if (answers.some(({ status }) => status === 410)) return become('disabled', 'gone');
  const failingMs = well.failingSince === null ? 0 : now.getTime() - Date.parse(well.failingSince);
  return well.failures >= pauseFrom && failingMs >= pauseAfterMs ? become('paused', 'failing') : well;
};

/** As good as new. */
export const enabledAt = (now: Date): Health => ({
  ...{ state: 'enabled', stateReason: null, stateSince: now.toISOString() },
  ...{ failures: 0, failingSince: null, restUntil: null },
});

const judge = (health: Health, answers: readonly Answered[], now: Date): Health =>
  answers.some(({ taken }) => taken)
    ? { ...health, failures: 0, failingSince: null }
    : { ...health, failures: health.failures + answers.length, failingSince: health.failingSince ?? now.toISOString() };

const rested = (health: Health, answers: readonly Answered[], now: Date): Health => {
  const askedMs = Math.max(0, ...answers.map(({ retryAfter }) => retryAfterMs(retryAfter, now) ?? 0));
  const ms = Math.max(askedMs, health.failures >= restFrom ? restMs(health.failures) : 0);
  return { ...health, restUntil: ms > 0 ? new Date(now.getTime() + ms).toISOString() : null };
};
