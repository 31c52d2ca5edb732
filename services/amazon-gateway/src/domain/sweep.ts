import type { FieldIssue } from '@orderbus/kernel';
import type { Region } from './marketplaces.ts';

/**
 * Reading a range of creation times once more, window by window. `gap`: what the list of changes should have shown. `backfill`: also what
 * is older than the store's start.
 */
export type SweepKind = 'gap' | 'backfill';
export type SweepState = 'queued' | 'running' | 'done' | 'failed' | 'canceled';

/** Where a sweep stands. */
export interface SweepPlace {
  /** The beginning of the window under way. */
  readonly at: string;
  readonly token: string | undefined;
  readonly tokenAt: string | undefined;
  /** Pages of this window so far. */
  readonly windowPages: number;
  /** How often a window had to be read from its beginning again. */
  readonly restarts: number;
}

export interface SweepRange {
  readonly from: string;
  readonly until: string;
}

export interface SweepWindow extends SweepRange {
  readonly token: string | undefined;
}

/** A page token lives for a day, and a window must be through before its token is over. */
const windowMs = 86_400_000;

/** No window has more: a day of the documented rate. A token that leads us in a larger circle ends here. */
const mostWindowPages = 500;
const mostRestarts = 5;

/** The window to read now. */
export const windowAt = ({ until }: SweepRange, { at, token }: SweepPlace): SweepWindow => {
  const end = new Date(Date.parse(at) + windowMs).toISOString();
  return { from: at, until: end < until ? end : until, token };
};

export type SweepStep =
  | { readonly step: 'continue'; readonly place: SweepPlace }
  | { readonly step: 'done' }
  /** Amazon sends us in a circle, again and again. */
  | { readonly step: 'stuck' };

export const sweepStepAfter = (range: SweepRange, place: SweepPlace, nextToken: string | undefined, now: Date): SweepStep => {
  if (nextToken === undefined) {
    const { until } = windowAt(range, place);
    return until >= range.until ? { step: 'done' } : { step: 'continue', place: { ...freshPlace(until), restarts: place.restarts } };
  }
  if (nextToken === place.token || place.windowPages + 1 >= mostWindowPages) return restarted(place);
  return {
    step: 'continue',
    place: { ...place, token: nextToken, tokenAt: now.toISOString(), windowPages: place.windowPages + 1 },
  };
};

/** The window from its first page. What is read twice changes nothing. */
export const restarted = (place: SweepPlace): SweepStep =>
  place.restarts >= mostRestarts
    ? { step: 'stuck' }
    : { step: 'continue', place: { ...freshPlace(place.at), restarts: place.restarts + 1 } };

export const freshPlace = (at: string): SweepPlace => ({ at, token: undefined, tokenAt: undefined, windowPages: 0, restarts: 0 });

export const windowsOf = ({ from, until }: SweepRange): number => Math.max(1, Math.ceil((Date.parse(until) - Date.parse(from)) / windowMs));

/** How many windows have been read to their end; all of them when it is done. */
export const windowsDone = (range: SweepRange, at: string): number =>
  at >= range.until ? windowsOf(range) : Math.floor((Date.parse(at) - Date.parse(range.from)) / windowMs);

/** Amazon shows two years; of Japan, Australia and Singapore everything since 2016. Asking for the last minutes is refused. */
export const rangeIssue = (
  { from, until }: SweepRange,
  region: Region,
  now: Date,
): (FieldIssue & { readonly field: 'from' | 'until' }) | undefined => {
  const earliest = earliestFor(region, now);
  if (from < earliest) {
    const message = `Amazon shows orders created since ${earliest.slice(0, 10)} only`;
    return { field: 'from', message, code: 'sweep.too-early', facts: { earliestAt: earliest } };
  }
  if (until > latestFor(now))
    return { field: 'until', message: 'Must be at least five minutes ago: Amazon shows what is newer late', code: 'sweep.too-late' };
  if (from >= until) return { field: 'from', message: 'Must be before until', code: 'sweep.empty' };
  return undefined;
};

/** As late as a range can end. */
export const latestFor = (now: Date): string => new Date(now.getTime() - 300_000).toISOString();

const earliestFor = (region: Region, now: Date): string => {
  if (region === 'fe') return '2016-01-01T00:00:00.000Z';
  const twoYearsAgo = new Date(now);
  twoYearsAgo.setUTCFullYear(now.getUTCFullYear() - 2);
  return twoYearsAgo.toISOString();
};

/** How many pages are still to be read, if the windows to come are like those before. */
export const pagesToCome = (range: SweepRange, { at, pages }: { readonly at: string; readonly pages: number }): number => {
  const done = windowsDone(range, at);
  return Math.ceil((windowsOf(range) - done) * Math.max(1, pages / Math.max(1, done)));
};
