import type { Dataset } from './datasets.ts';

/** Where a store's synchronization stands. A pass reads one window of changes, page by page. */
export interface SyncCursor {
  /** Every change up to here has been imported. */
  readonly watermark: string;
  readonly lastSuccessAt: string | null;
  /** The pass under way; absent between passes. */
  readonly pass: Pass | undefined;
  /** Amazon refuses part of what we ask for; absent when it shows everything. */
  readonly degraded: Degraded | undefined;
}

export interface Pass {
  /** `lastUpdatedAfter`: the same for all pages, Amazon binds its tokens to it. */
  readonly from: string;
  /** How far Amazon says that it has looked; unknown until it has said so. */
  readonly until: string | undefined;
  /** Where to go on; absent: with the first page. */
  readonly token: string | undefined;
  readonly tokenAt: string | undefined;
}

export interface Degraded {
  readonly without: readonly Dataset[];
  readonly since: string;
  /** Up to here changes have been imported as far as they can be seen. The watermark stays behind: all of it is read again in full. */
  readonly until: string | undefined;
  /** When everything was last asked for, in vain. */
  readonly triedAt: string;
}

export interface PageEnd {
  readonly nextToken: string | undefined;
  /** How far Amazon has looked. */
  readonly until: string | undefined;
}

export type NextStep =
  | { readonly step: 'continue'; readonly pass: Pass }
  | { readonly step: 'finish'; readonly watermark: string }
  /** The last page of what could be seen without the refused datasets. The watermark does not move. */
  | { readonly step: 'finish-degraded'; readonly until: string | undefined }
  /** Amazon sends us in a circle: the window has to be read again. */
  | { readonly step: 'stuck' };

/** The pass to run now: the one that was interrupted, or a new one from a little before the watermark. */
export const passToRun = (cursor: SyncCursor, now: Date, overlapMs: number): Pass => {
  const { pass } = cursor;
  return pass?.token !== undefined && isFreshToken(pass.tokenAt, now) ? pass : newPass(cursor, overlapMs);
};

/** A pass from its first page. While part is refused, what has been seen of the rest is not read again each time. */
export const newPass = ({ watermark, lastSuccessAt, degraded }: Omit<SyncCursor, 'pass'>, overlapMs: number): Pass => {
  const seenUntil = degraded?.until !== undefined && degraded.until > watermark ? degraded.until : undefined;
  // The first pass begins where the operator said, not before.
  const isFirst = lastSuccessAt === null && seenUntil === undefined;
  const from = isFirst ? watermark : new Date(Date.parse(seenUntil ?? watermark) - overlapMs).toISOString();
  return { from, until: undefined, token: undefined, tokenAt: undefined };
};

/** Asking for everything costs a call of the quota each time. */
const fullAgainMs = 900_000;

export const isTimeForAll = ({ triedAt }: Degraded, now: Date): boolean => now.getTime() - Date.parse(triedAt) >= fullAgainMs;

/** The watermark moves after the last page only, and never back. Amazon's word counts, not our clock; if it says nothing, all stays. */
export const stepAfter = (
  pass: Pass,
  page: PageEnd,
  { watermark, degraded }: Pick<SyncCursor, 'watermark' | 'degraded'>,
  now: Date,
  seen: ReadonlySet<string>,
): NextStep => {
  const until = earlier(pass.until, page.until);
  if (page.nextToken === undefined) {
    if (degraded) return { step: 'finish-degraded', until: later(degraded.until, until) };
    return { step: 'finish', watermark: later(watermark, until) ?? watermark };
  }
  if (page.nextToken === pass.token || seen.has(page.nextToken)) return { step: 'stuck' };
  return { step: 'continue', pass: { ...pass, until, token: page.nextToken, tokenAt: now.toISOString() } };
};

/** Amazon's tokens live for 24 hours. */
const tokenLifetimeMs = 23 * 3_600_000;

export const isFreshToken = (tokenAt: string | undefined, now: Date): boolean =>
  tokenAt !== undefined && now.getTime() - Date.parse(tokenAt) < tokenLifetimeMs;

const earlier = (a: string | undefined, b: string | undefined): string | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
};

const later = (a: string | undefined, b: string | undefined): string | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
};
