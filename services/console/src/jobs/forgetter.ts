import { every, type Part } from '@orderbus/service-kit';
import { forgetNeeds } from '../store/forget-needs.ts';
import { forgetTimeline } from '../store/forget-timeline.ts';
import type { ConsoleKit } from '../surroundings.ts';

/** Forgets what needs nobody any more, and what happened long ago, when its time is over. */
export const forgetter = ({ database, clock, log, config }: Pick<ConsoleKit, 'database' | 'clock' | 'log' | 'config'>): Part => {
  const turn = async (): Promise<void> => {
    const needs = await forgetNeeds(database, clock.now());
    const entries = await forgetTimeline(database, new Date(clock.now().getTime() - config.TIMELINE_KEPT));
    if (needs + entries > 0) log.info({ needs, entries }, 'settled needs and old entries of timelines were forgotten');
  };
  return every(3_600_000, turn, { name: 'console.forget', log });
};
