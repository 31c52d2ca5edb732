import { localText } from '@orderbus/kernel';

/** The date that a calendar there shows: `2026-05-04`. */
export const dayOf = (at: Date, timeZone: string): string => localText(at, timeZone).slice(0, 'yyyy-mm-dd'.length);

/** So many days before or after a date. */
export const daysFrom = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
