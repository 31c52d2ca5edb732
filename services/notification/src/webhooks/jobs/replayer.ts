import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { stepReplay } from '../store/replays.ts';

const pollMs = 500;
const step = { limit: 1_000, mostWaiting: 2_000 };

/** Makes what is to be sent once more into deliveries, little by little. */
export const replayer = ({ database, clock, log }: ServiceKit): Part => {
  const turn = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && (await database.transaction((tx) => stepReplay(tx, clock.now(), step))));
  };
  return every(pollMs, turn, { name: 'notification.replays', log });
};
