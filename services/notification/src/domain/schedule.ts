import { momentsAt, type TimeOfDay, timeOfDay } from '@orderbus/kernel';
import type { AlertKind } from './alert.ts';
import type { QuietHours, Rule, Schedule } from './rule.ts';

type Timing = Pick<Rule, 'schedule' | 'quietHours' | 'timeZone'>;

export interface Moment {
  readonly now: Date;
  /** How long a message waits for more of its kind, so that what happens together is told together. */
  readonly gatherMs: number;
  /** When the last message of the same group was to leave. */
  readonly last: Date | undefined;
}

/** When a message that is begun now is to leave. */
export const dueAt = ({ schedule, quietHours, timeZone }: Timing, kind: AlertKind, moment: Moment): Date => {
  const due = plannedFor(schedule, timeZone, moment);
  const waits = quietHours && !(schedule.when === 'at-once' && quietHours.except.includes(kind));
  return (waits ? endOfQuiet(due, quietHours, timeZone) : undefined) ?? due;
};

const plannedFor = (schedule: Schedule, timeZone: string, { now, gatherMs, last }: Moment): Date => {
  switch (schedule.when) {
    case 'at-once': {
      if (schedule.throttleMinutes === 0) return now;
      const allowed = last === undefined ? 0 : last.getTime() + schedule.throttleMinutes * minuteMs;
      return new Date(Math.max(now.getTime() + gatherMs, allowed));
    }
    case 'hourly': {
      const minutes = Number(timeOfDay(now, timeZone).slice(3));
      return new Date(Math.floor(now.getTime() / minuteMs) * minuteMs + (60 - minutes) * minuteMs);
    }
    case 'daily':
      return nextOf(schedule.at, now, timeZone);
  }
};

/** The next of these times; once a day, also where the clock is put back over it. */
const nextOf = (times: readonly TimeOfDay[], now: Date, timeZone: string): Date => {
  const moments = [0, 1, 2].flatMap((days) => times.map((time) => momentsAt(now, timeZone, days, time)[0].getTime()));
  return new Date(Math.min(...moments.filter((moment) => moment > now.getTime())));
};

/** When the quiet hours end that this falls into; nothing, when it falls into none. */
export const endOfQuiet = (at: Date, { from, until }: Pick<QuietHours, 'from' | 'until'>, timeZone: string): Date | undefined => {
  const reading = timeOfDay(at, timeZone);
  const quiet = from < until ? from <= reading && reading < until : from <= reading || reading < until;
  if (!quiet) return undefined;
  const ends = [0, 1, 2].flatMap((days) => momentsAt(at, timeZone, days, until)).map((end) => end.getTime());
  return new Date(Math.min(...ends.filter((end) => end > at.getTime())));
};

const minuteMs = 60_000;
