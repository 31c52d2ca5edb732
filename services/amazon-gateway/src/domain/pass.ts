/** Where a store's synchronization stands. A pass reads one window of changes, page by page. */
export interface SyncCursor {
  /** Every change up to here has been imported. */
  readonly watermark: string;
  readonly lastSuccessAt: string | null;
  /** The pass under way; absent between passes. */
  readonly pass: Pass | undefined;
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

export interface PageEnd {
  readonly nextToken: string | undefined;
  readonly lastUpdatedBefore: string | undefined;
}

export type NextStep =
  | { readonly step: 'continue'; readonly pass: Pass }
  | { readonly step: 'finish'; readonly watermark: string }
  /** Amazon sends us in a circle: the window has to be read again. */
  | { readonly step: 'stuck' };

/** The pass to run now: the one that was interrupted, or a new one from a little before the watermark. */
export const passToRun = ({ watermark, lastSuccessAt, pass }: SyncCursor, now: Date, overlapMs: number): Pass => {
  if (pass?.token !== undefined && isFresh(pass.tokenAt, now)) return pass;
  // The first pass begins where the operator said, not before.
  const from = lastSuccessAt === null ? watermark : new Date(Date.parse(watermark) - overlapMs).toISOString();
  return { from, until: undefined, token: undefined, tokenAt: undefined };
};

/** The watermark moves after the last page only, and never back. Amazon's word counts, not our clock; if it says nothing, all stays. */
export const stepAfter = (pass: Pass, page: PageEnd, watermark: string, now: Date, seen: ReadonlySet<string>): NextStep => {
  const until = earlier(pass.until, page.lastUpdatedBefore);
  if (page.nextToken === undefined) return { step: 'finish', watermark: until !== undefined && until > watermark ? until : watermark };
  if (page.nextToken === pass.token || seen.has(page.nextToken)) return { step: 'stuck' };
  return { step: 'continue', pass: { ...pass, until, token: page.nextToken, tokenAt: now.toISOString() } };
};

/** Amazon's tokens live for 24 hours. */
const tokenLifetimeMs = 23 * 3_600_000;

const isFresh = (tokenAt: string | undefined, now: Date): boolean =>
  tokenAt !== undefined && now.getTime() - Date.parse(tokenAt) < tokenLifetimeMs;

const earlier = (a: string | undefined, b: string | undefined): string | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
};
