import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { tellDeadlines } from '../store/deadlines.ts';

/** How many deadlines one transaction looks at. */
const atMost = 500;

export interface DeadlineSettings {
  readonly everyMs: number;
  /** How long before a deadline its alert comes. */
  readonly alertMs: number;
}

/** Says once that a deadline is near, once that it has passed, and that neither matters any more. */
export const watchDeadlines = ({ execution, clock, log }: ServiceKit, { everyMs, alertMs }: DeadlineSettings): Part =>
  every(
    everyMs,
    async (signal) => {
      while (!signal.aborted && (await tellDeadlines(execution, { now: clock.now(), alertMs }, atMost)) === atMost);
    },
    { name: 'watch-deadlines', log },
  );
