import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { forgetNeeds } from '../store/forget-needs.ts';

/** Forgets what needs nobody any more, when its time is over. */
export const forgetter = ({ database, clock, log }: Pick<ServiceKit, 'database' | 'clock' | 'log'>): Part => {
  const turn = async (): Promise<void> => {
    const needs = await forgetNeeds(database, clock.now());
    if (needs > 0) log.info({ needs }, 'settled needs were forgotten');
  };
  return every(3_600_000, turn, { name: 'console.forget-needs', log });
};
