/** What is still missing before somebody is in: a code, an authenticator, a new password. `open`: nothing. */
export type Stage = 'code' | 'enrolment' | 'password' | 'open';

export interface SessionTimes {
  /** Without a sign of life for this long, it ends. */
  readonly idleMs: number;
  /** It ends after this long in any case. */
  readonly absoluteMs: number;
}

/** How long somebody may take to complete a sign-in. */
const unfinishedMs = 600_000;

/** A sign of life is noted once in this time: not every request writes. */
export const notedEveryMs = 60_000;

export const endOf = (stage: Stage, now: Date, { absoluteMs }: SessionTimes): string =>
  new Date(now.getTime() + (stage === 'open' ? absoluteMs : unfinishedMs)).toISOString();

export const hasEnded = (session: { readonly endsAt: string; readonly lastSeenAt: string }, now: Date, { idleMs }: SessionTimes): boolean =>
  Date.parse(session.endsAt) <= now.getTime() || Date.parse(session.lastSeenAt) + idleMs <= now.getTime();

/** What comes after the password, or after a code: what is missing is asked for one after the other. */
export const nextStage = (missing: { readonly code: boolean; readonly enrolment: boolean; readonly password: boolean }): Stage => {
  if (missing.code) return 'code';
  // The password first: whoever takes over an account with an old one must not set up an authenticator for it.
  if (missing.password) return 'password';
  return missing.enrolment ? 'enrolment' : 'open';
};
