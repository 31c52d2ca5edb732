import { every, type Job, type ServiceKit } from '@orderbus/service-kit';
import { stepReplay } from '../store/replays.ts';

const pollMs = 500;
const idleMs = 2_000;
const step = { limit: 1_000, mostWaiting: 2_000 };

/** Makes what is to be sent once more into deliveries, little by little. */
export const replayer = ({ database, clock, log }: ServiceKit): Job => {
  const turn = async (signal: AbortSignal): Promise<boolean> => {
    let found = false;
    while (!signal.aborted && (await database.transaction((tx) => stepReplay(tx, clock.now(), step)))) found = true;
    return found;
  };
  return every(pollMs, turn, { name: 'notification.replays', log, idleMs });
};
