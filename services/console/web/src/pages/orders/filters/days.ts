import { localDay } from '../search.ts';

export interface Days {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const shifted = (now: Date, by: number): string => localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + by));

/** What is asked for again and again. */
export const dayIn = {
  today: (now: Date): Days => ({ from: shifted(now, 0), to: shifted(now, 0) }),
  yesterday: (now: Date): Days => ({ from: shifted(now, -1), to: shifted(now, -1) }),
  week: (now: Date): Days => ({ from: shifted(now, -6), to: shifted(now, 0) }),
  month: (now: Date): Days => ({ from: shifted(now, -29), to: shifted(now, 0) }),
  overdue: (now: Date): Days => ({ to: now.toISOString() }),
  untilToday: (now: Date): Days => ({ to: shifted(now, 0) }),
  untilTomorrow: (now: Date): Days => ({ to: shifted(now, 1) }),
} as const;

export const quickDays = {
  purchased: ['today', 'yesterday', 'week', 'month'],
  shipBy: ['overdue', 'untilToday', 'untilTomorrow'],
} as const satisfies Record<string, readonly (keyof typeof dayIn)[]>;
