import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { purgeHeard } from '../store/heard.ts';

/** Forgets what was heard, and all deliveries of it, when its time is over. */
export const forgetter = ({ database, clock, log }: ServiceKit, keptMs: number): Part => {
  const turn = async (): Promise<void> => {
    const purged = await purgeHeard(database, new Date(clock.now().getTime() - keptMs));
    if (purged > 0) log.info({ events: purged }, 'events for webhooks were forgotten');
  };
  return every(3_600_000, turn, { name: 'notification.forget-events', log });
};
